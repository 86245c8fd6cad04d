-- Recommendations and call-outs: the kinds of box, and the label that opens each.

local M = {}

local LABELS = {
  recommendation = 'Recommendation', note = 'Note', warning = 'Warning',
  example = 'Example', evidence = 'Evidence', box = 'Box',
}
local KINDS = { 'recommendation', 'note', 'warning', 'example', 'evidence', 'box' }

-- The kind of box that a Div is, or nil.
function M.kind_of(div)
  for _, kind in ipairs(KINDS) do
    if div.classes:includes(kind) then return kind end
  end
  return nil
end

-- The words an author gave the box: its `title`, or the heading that it opens with.
local function take_title(div)
  local title = div.attributes.title
  if title then
    div.attributes.title = nil
    local block = pandoc.read(title, 'markdown-yaml_metadata_block-raw_tex-raw_attribute-citations').blocks[1]
    return block and block.content or pandoc.Inlines(title)
  end
  local first = div.content[1]
  if first and first.t == 'Header' then
    div.content:remove(1)
    return first.content
  end
  return nil
end

-- The label of a box that says nothing but its kind.
function M.plain_label(kind)
  return pandoc.Para { pandoc.Span(pandoc.Inlines(LABELS[kind]), pandoc.Attr('', { 'box-label' })) }
end

local function number_recommendation(div, state)
  local count = state.counts.recommendation + 1
  state.counts.recommendation = count
  if div.identifier == '' then
    div.identifier = state.anchors:claim('recommendation-' .. count)
    state.report {
      code = 'recommendation.no-id', near = '{.recommendation', message = 'This recommendation has no id.',
      hint = 'Give it one that stays for ever, such as ::: {.recommendation #nib-03}.',
    }
  else
    div.identifier = state:claim(div.identifier)
  end
  state.targets[div.identifier] = { kind = 'recommendation', number = tostring(count) }
  return tostring(count)
end

-- Numbers the box where it is a recommendation, and puts its label first.
function M.label(div, kind, state)
  local title = take_title(div)
  local words = pandoc.Inlines(LABELS[kind])
  if kind == 'recommendation' then
    local number = number_recommendation(div, state)
    words = pandoc.Inlines { pandoc.Str 'Recommendation', pandoc.Space(), pandoc.Str(number) }
    div.attributes.number = number
    if title then
      words[#words] = pandoc.Str(number .. ':')
      words:insert(pandoc.Space())
      words:extend(title)
    end
  else
    div.identifier = state:claim(div.identifier)
    words = title or words
  end
  div.attributes.kind = kind
  div.content:insert(1, pandoc.Para { pandoc.Span(words, pandoc.Attr('', { 'box-label' })) })
end

return M
