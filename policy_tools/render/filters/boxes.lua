-- Recommendations and call-outs: the kinds of box, and the label that opens each.

local nodes = require 'nodes'
local plain_tree = require 'plain_tree'

local M = {}

-- What a box is called that says nothing but its kind.
M.LABELS = {
  recommendation = 'Recommendation', note = 'Note', warning = 'Warning',
  example = 'Example', evidence = 'Evidence', box = 'Box',
}
-- Quarto's call-outs.
local ALSO = {
  ['callout-note'] = 'note', ['callout-tip'] = 'note', ['callout-important'] = 'warning',
  ['callout-warning'] = 'warning', ['callout-caution'] = 'warning',
}
local KINDS = { 'recommendation', 'note', 'warning', 'example', 'evidence', 'box' }

-- The kind of box that a Div is, or nil. A call-out of Quarto gets the name that it has here.
function M.kind_of(div)
  for _, kind in ipairs(KINDS) do
    if div.classes:includes(kind) then return kind end
  end
  for place, class in ipairs(div.classes) do
    if ALSO[class] then
      div.classes[place] = ALSO[class]
      return ALSO[class]
    end
  end
  return nil
end

-- The words an author gave the box: its `title`, or the heading that it opens with.
local function take_title(div)
  local title = div.attributes.title
  if title then
    div.attributes.title = nil
    local read = pandoc.read(title, 'markdown-yaml_metadata_block-raw_tex-raw_attribute-citations')
    local block = plain_tree.of(read.blocks)[1]
    return block and block.content or nodes.inlines(title)
  end
  local first = div.content[1]
  if first and first.t == 'Header' then
    div.content:remove(1)
    return first.content
  end
  return nil
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
  local words = nodes.inlines(M.LABELS[kind])
  if kind == 'recommendation' then
    local number = number_recommendation(div, state)
    words = nodes.inlines('Recommendation ' .. number)
    div.attributes.number = number
    if title then
      words = nodes.inlines(('Recommendation %s: '):format(number))
      words:extend(title)
    end
  else
    div.identifier = state:claim(div.identifier)
    words = title or words
  end
  div.attributes.kind = kind
  div.content:insert(1, nodes.para { nodes.span(words, '', { 'box-label' }) })
end

return M
