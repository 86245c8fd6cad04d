-- Figures and tables: how they are recognised, numbered and captioned.

local nodes = require 'nodes'

local M = {}

local WORDS = { figure = 'Figure', table = 'Table' }

local function has_words(inlines)
  return nodes.words(inlines):match '%S' ~= nil
end

-- The images of a paragraph that holds nothing else; nil when it holds words.
local function images_alone(block)
  local images = {}
  for _, inline in ipairs(block.content) do
    if inline.t == 'Image' then
      images[#images + 1] = inline
    elseif inline.t ~= 'SoftBreak' and inline.t ~= 'Space' and inline.t ~= 'LineBreak' then
      return nil
    end
  end
  return #images > 0 and images or nil
end

-- A paragraph that is one image with an id is a figure, though its image has no caption.
function M.figure_of_paragraph(block)
  local images = block.content[1] and block.content[1].t == 'Image' and images_alone(block)
  if not images or #images ~= 1 or images[1].identifier == '' then return nil end
  local id = images[1].identifier
  images[1].identifier = ''
  return nodes.figure({ nodes.plain { images[1] } }, {}, id, images[1].classes)
end

-- Whether a paragraph is one formula on a line of its own, and nothing else.
function M.is_formula(block)
  local first = block.content[1]
  return #block.content == 1 and first.t == 'Math' and first.mathtype == 'DisplayMath'
end

local function last_paragraph(blocks)
  local last = blocks[#blocks]
  if last and last.t == 'Para' and not images_alone(last) then
    blocks:remove(#blocks)
    return pandoc.List { nodes.plain(last.content) }
  end
  return nil
end

-- The one table that a div holds, with its caption; nil when it holds anything else.
local function table_of_div(div)
  for index, block in ipairs(div.content) do
    if block.t == 'Table' and (index == 1 or index == #div.content) and #div.content <= 2 then
      if #block.caption.long == 0 then block.caption.long = last_paragraph(div.content) or pandoc.List {} end
      block.identifier = div.identifier
      return #div.content == 1 and block or nil
    end
  end
  return nil
end

-- `::: {#fig-x}` and `::: {#tbl-x}`: the table or picture itself, or a figure of whatever else stands there (several
-- pictures, several tables, words); nil for other divs, and for empty ones.
function M.float_of_div(div)
  local kind, blocks = div.identifier:match '^(%a+)%-', div.content
  if kind ~= 'fig' and kind ~= 'tbl' or #blocks == 0 then return nil end
  local single = kind == 'tbl' and table_of_div(div)
  if single then return single end
  if #blocks == 1 and blocks[1].t == 'Figure' then
    blocks[1].identifier = div.identifier
    return blocks[1]
  end
  local caption = #blocks > 1 and last_paragraph(blocks) or {} -- words alone are the figure itself
  return nodes.figure(blocks, caption, div.identifier, div.classes)
end

-- Puts a label first in a caption.
local function open_caption(block, words)
  local long = block.caption.long
  local label = nodes.span(nodes.inlines(words), '', { 'caption-label' })
  if long[1] and long[1].content then
    long[1].content:insert(1, label)
  else
    long:insert(1, nodes.plain { label })
  end
end

-- Counts the float, names it, and opens its caption with its label.
local function number_float(block, kind, state)
  if block.classes:includes 'unnumbered' then
    block.identifier = state:claim(block.identifier)
    return block
  end
  local count = state.counts[kind] + 1
  state.counts[kind] = count
  if block.identifier == '' then
    block.identifier = state.anchors:claim(kind .. '-' .. count)
  else
    block.identifier = state:claim(block.identifier)
  end
  state.targets[block.identifier] = { kind = kind, number = tostring(count) }
  local first = block.caption.long[1]
  local followed = first and has_words(first.content or {})
  open_caption(block, ('%s %d%s'):format(WORDS[kind], count, followed and ': ' or ''))
  return block
end

-- The figures inside a figure, its panels.
local function panels_of(block)
  local panels = {}
  for index, panel in ipairs(block.content) do
    if panel.t == 'Div' then panel = M.float_of_div(panel) or panel end
    if panel.t == 'Figure' then
      block.content[index] = panel
      panels[#panels + 1] = panel
    end
  end
  return panels
end

local function is_named(panel) return panel.identifier:match '^%a+%-' ~= nil end

-- Gives panels their letters ("1b"), where one of them has a name to be referred to by.
local function letter_panels(block, state)
  local whole, panels = state.targets[block.identifier], panels_of(block)
  if not whole or not pandoc.List.find_if(panels, is_named) or #panels > 26 then return end
  for index, panel in ipairs(panels) do
    local letter = string.char(string.byte 'a' + index - 1)
    if is_named(panel) then
      panel.identifier = state:claim(panel.identifier)
      state.targets[panel.identifier] = { kind = whole.kind, number = whole.number .. letter }
    end
    open_caption(panel, ('(%s) '):format(letter))
  end
end

-- Numbers a figure, among the tables if it is called one.
function M.number_figure(block, state)
  number_float(block, block.identifier:match '^tbl%-' and 'table' or 'figure', state)
  letter_panels(block, state)
  return block
end

-- Numbers a table that has a caption or an id; a bare table is part of the text.
function M.number_table(block, state)
  if block.identifier == '' and #block.caption.long == 0 then return block end
  return number_float(block, 'table', state)
end

return M
