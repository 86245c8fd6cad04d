-- Paragraphs, headings, lists, figures and boxes as HTML.

local attributes = require 'html_attributes'
local html_inlines = require 'html_inlines'
local html_table = require 'html_table'

local M = {}

M.RawBlock = html_inlines.RawInline
M.Table = html_table.write

function M.Plain(buffer, block) buffer:inlines(block.content) end
function M.HorizontalRule(buffer) buffer:put '<hr />' end

-- A counted paragraph starts with its number, as a link to itself.
function M.Para(buffer, block)
  local paragraph = block.paragraph
  if buffer.in_entry then return buffer:inlines(block.content) end
  if #block.content == 0 and not paragraph then return end
  buffer:put '<p>'
  if paragraph then
    buffer:put('<span' .. attributes.pair('id', paragraph.anchor) .. ' class="para-number"><a'
      .. attributes.pair('href', '#' .. paragraph.anchor) .. '>' .. paragraph.number .. '</a></span> ')
  end
  buffer:inlines(block.content)
  buffer:put '</p>'
end

function M.LineBlock(buffer, block)
  buffer:put '<div class="line-block">'
  for index, line in ipairs(block.content) do
    if index > 1 then buffer:put '<br />\n' end
    buffer:inlines(line)
  end
  buffer:put '</div>'
end

function M.CodeBlock(buffer, block)
  buffer:put('<pre' .. attributes.of(block) .. '><code>')
  buffer:put(attributes.escape(block.text))
  buffer:put '</code></pre>'
end

function M.BlockQuote(buffer, block)
  buffer:put '<blockquote>\n'
  buffer:blocks(block.content)
  buffer:put '\n</blockquote>'
end

local function put_heading(buffer, header, id)
  local name, classes = 'h' .. header.level, header.classes
  if header.level > 6 then name, classes = 'p', pandoc.List { 'heading' } .. classes end
  buffer:put('<' .. name .. attributes.write(id, classes, header.attributes) .. '>')
  buffer:inlines(header.content)
  buffer:put('</' .. name .. '>')
end

function M.Header(buffer, header) put_heading(buffer, header, header.identifier) end

-- Lists --------------------------------------------------------------------------------------------------

local SIGNS = { ['☐ '] = true, ['☒ '] = true }

-- Whether an item is a task, done or to be done: its sign stands before its words.
local function is_task(item)
  local first = item[1]
  if not first or not (first.t == 'Plain' or first.t == 'Para') then return false end
  local sign, next_one = first.content[1], first.content[2]
  if not sign or sign.t ~= 'Str' then return false end
  local gap = next_one and next_one.t == 'Space' and ' ' or ''
  return SIGNS[(sign.text .. gap):sub(1, #'☐ ')] == true
end

local function are_tasks(items)
  for _, item in ipairs(items) do
    if not is_task(item) then return false end
  end
  return true
end

local function put_items(buffer, items)
  for _, item in ipairs(items) do
    buffer:put '\n<li>'
    buffer:blocks(item)
    buffer:put '</li>'
  end
end

function M.BulletList(buffer, block)
  buffer:put(are_tasks(block.content) and '<ul class="task-list">' or '<ul>')
  put_items(buffer, block.content)
  buffer:put '\n</ul>'
end

local TYPES = { Decimal = '1', LowerAlpha = 'a', UpperAlpha = 'A', LowerRoman = 'i', UpperRoman = 'I', Example = '1' }

function M.OrderedList(buffer, block)
  local list = block.listAttributes
  local start = list.start ~= 1 and (' start="%d"'):format(list.start) or ''
  local class = list.style == 'Example' and ' class="example"' or ''
  local type = TYPES[list.style] and ' type="' .. TYPES[list.style] .. '"' or ''
  buffer:put('<ol' .. start .. class .. type .. '>')
  put_items(buffer, block.content)
  buffer:put '\n</ol>'
end

function M.DefinitionList(buffer, block)
  buffer:put '<dl>'
  for _, item in ipairs(block.content) do
    buffer:put '\n<dt>'
    buffer:inlines(item[1])
    buffer:put '</dt>'
    for _, meaning in ipairs(item[2]) do
      buffer:put '\n<dd>\n'
      buffer:blocks(meaning)
      buffer:put '\n</dd>'
    end
  end
  buffer:put '\n</dl>'
end

-- Figures ------------------------------------------------------------------------------------------------

function M.Figure(buffer, figure)
  buffer:put('<figure' .. attributes.of(figure) .. '>\n')
  buffer:blocks(figure.content)
  if #figure.caption.long > 0 then
    buffer:put '\n<figcaption>'
    buffer:blocks(figure.caption.long)
    buffer:put '</figcaption>'
  end
  buffer:put '\n</figure>'
end

-- Boxes, sections and references -------------------------------------------------------------------------

local function put_div(buffer, div, given)
  local name, classes = 'div', div.classes
  if classes:includes 'section' then
    name, classes = 'section', classes:filter(function(class) return class ~= 'section' end)
  end
  buffer:put('<' .. name .. attributes.write(div.identifier, classes, given) .. '>\n')
  buffer:blocks(div.content)
  buffer:put('\n</' .. name .. '>')
end

-- A reference among others: its paragraphs are plain words.
local function put_entry(buffer, div)
  buffer.in_entry = true
  put_div(buffer, div, attributes.with(div.attributes, 'role', 'listitem'))
  buffer.in_entry = false
end

function M.Div(buffer, div)
  if div.classes:includes 'csl-entry' then return put_entry(buffer, div) end
  local is_list = div.classes:includes 'csl-bib-body' or div.identifier == 'refs'
  put_div(buffer, div, is_list and attributes.with(div.attributes, 'role', 'list') or div.attributes)
end

return M
