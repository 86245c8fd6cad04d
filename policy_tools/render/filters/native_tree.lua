-- Making pandoc's own tree of plain tables (see nodes.lua), by way of its JSON: the way back of plain_tree.lua.
--
-- To build the tree by pandoc's constructors costs a call for every word; pandoc reads its JSON in one. Lost are what
-- plain_tree.lua does not take over: short captions, and attributes of a table's parts, rows and cells.

local M = {}

-- Signs that JSON cannot hold as they are.
local ESCAPES = { ['"'] = '\\"', ['\\'] = '\\\\', ['\n'] = '\\n', ['\r'] = '\\r', ['\t'] = '\\t' }
local function escape(sign) return ESCAPES[sign] or ('\\u%04x'):format(sign:byte()) end

local function escaped(text)
  if not text:find '[%c"\\]' then return text end
  return (text:gsub('[%c"\\]', escape))
end

local function quoted(text) return '"' .. escaped(text) .. '"' end

-- The text as it grows. `n` counts its pieces: to ask a table for its length costs more with every piece.
local Buffer = {}
Buffer.__index = Buffer

function Buffer:put(text)
  local n = self.n + 1
  self.n = n
  self[n] = text
end

-- A JSON list of what `put_one` writes of each item.
function Buffer:list(items, put_one)
  self:put '['
  for index = 1, #items do
    if index > 1 then self:put ',' end
    put_one(self, items[index])
  end
  self:put ']'
end

local PLAIN_ATTR = '["",[],[]]'

-- A map has no order: attributes come sorted by name, so that the same paper gives the same bytes.
local function attr_of(element)
  local classes, attributes, names = {}, {}, {}
  for index, class in ipairs(element.classes or {}) do classes[index] = quoted(class) end
  for name in pairs(element.attributes or {}) do names[#names + 1] = name end
  table.sort(names)
  for index, name in ipairs(names) do
    attributes[index] = '[' .. quoted(name) .. ',' .. quoted(element.attributes[name]) .. ']'
  end
  return ('[%s,[%s],[%s]]'):format(
    quoted(element.identifier or ''), table.concat(classes, ','), table.concat(attributes, ',')
  )
end

local MAKERS = {}

function MAKERS.Str(buffer, words) buffer:put('{"t":"Str","c":' .. quoted(words.text) .. '}') end

-- The first word of a line stands by itself: a writer looks at it to see whether it would be read as the mark of a
-- list or heading.
local function put_line_start(buffer, words)
  local first, rest = words.text:match '^(%S+) (.+)$'
  if not first then return MAKERS.Str(buffer, words) end
  buffer:put('{"t":"Str","c":' .. quoted(first) .. '},{"t":"Space"},{"t":"Str","c":' .. quoted(rest) .. '}')
end

local function put_elements(buffer, elements)
  buffer:put '['
  local starts_line = true
  for index = 1, #elements do
    local element = elements[index]
    if index > 1 then buffer:put ',' end
    local put = starts_line and element.t == 'Str' and put_line_start or MAKERS[element.t]
    put(buffer, element)
    starts_line = element.t == 'LineBreak'
  end
  buffer:put ']'
end

local function put_items(buffer, items) buffer:list(items, put_elements) end

local function opening(element, rest) return '{"t":"' .. element.t .. '","c":[' .. rest end

-- Kinds that are alike ----------------------------------------------------------------------------------

for _, tag in ipairs { 'Space', 'SoftBreak', 'LineBreak', 'HorizontalRule' } do
  local text = '{"t":"' .. tag .. '"}'
  MAKERS[tag] = function(buffer) buffer:put(text) end
end

local function with(put_content)
  return function(buffer, element)
    buffer:put('{"t":"' .. element.t .. '","c":')
    put_content(buffer, element.content)
    buffer:put '}'
  end
end

for _, tag in ipairs {
  'Emph', 'Strong', 'Strikeout', 'Underline', 'Superscript', 'Subscript', 'SmallCaps', 'Note', 'Plain', 'BlockQuote',
} do
  MAKERS[tag] = with(put_elements)
end

MAKERS.BulletList = with(put_items)
MAKERS.LineBlock = with(put_items)
MAKERS.DefinitionList = with(function(buffer, items)
  buffer:list(items, function(_, item)
    buffer:put '['
    put_elements(buffer, item[1])
    buffer:put ','
    put_items(buffer, item[2])
    buffer:put ']'
  end)
end)

for _, tag in ipairs { 'Span', 'Div' } do
  MAKERS[tag] = function(buffer, element)
    buffer:put(opening(element, attr_of(element) .. ','))
    put_elements(buffer, element.content)
    buffer:put ']}'
  end
end

for _, tag in ipairs { 'Code', 'CodeBlock' } do
  MAKERS[tag] = function(buffer, element)
    buffer:put(opening(element, attr_of(element) .. ',' .. quoted(element.text) .. ']}'))
  end
end

for _, tag in ipairs { 'RawInline', 'RawBlock' } do
  MAKERS[tag] = function(buffer, element)
    buffer:put(opening(element, quoted(element.format) .. ',' .. quoted(element.text) .. ']}'))
  end
end

-- Words -------------------------------------------------------------------------------------------------

function MAKERS.Quoted(buffer, quote)
  buffer:put(opening(quote, '{"t":"' .. quote.quotetype .. '"},'))
  put_elements(buffer, quote.content)
  buffer:put ']}'
end

function MAKERS.Math(buffer, math)
  buffer:put(opening(math, '{"t":"' .. math.mathtype .. '"},' .. quoted(math.text) .. ']}'))
end

local function put_target(buffer, element, content, address)
  buffer:put(opening(element, attr_of(element) .. ','))
  put_elements(buffer, content)
  buffer:put(',[' .. quoted(address) .. ',' .. quoted(element.title or '') .. ']]}')
end

function MAKERS.Link(buffer, link) put_target(buffer, link, link.content, link.target) end
function MAKERS.Image(buffer, image) put_target(buffer, image, image.caption, image.src) end

-- Citations have been set as words by now: of one that is left, its words remain.
function MAKERS.Cite(buffer, cite)
  buffer:put(opening({ t = 'Span' }, PLAIN_ATTR .. ','))
  put_elements(buffer, cite.content)
  buffer:put ']}'
end

-- Blocks ------------------------------------------------------------------------------------------------

-- The number of a paragraph, as a link to itself.
local function number_of(paragraph)
  local link = {
    t = 'Link', content = { { t = 'Str', text = paragraph.number } }, target = '#' .. paragraph.anchor, title = '',
  }
  return { t = 'Span', identifier = paragraph.anchor, classes = { 'para-number' }, content = { link } }
end

function MAKERS.Para(buffer, para)
  local content = para.content
  if para.paragraph then
    content = table.move(content, 1, #content, 3, { number_of(para.paragraph), { t = 'Space' } })
  end
  buffer:put '{"t":"Para","c":'
  put_elements(buffer, content)
  buffer:put '}'
end

function MAKERS.Header(buffer, header)
  buffer:put(opening(header, header.level .. ',' .. attr_of(header) .. ','))
  put_elements(buffer, header.content)
  buffer:put ']}'
end

function MAKERS.OrderedList(buffer, list)
  local attributes = list.listAttributes
  buffer:put(opening(list, ('[%d,{"t":"%s"},{"t":"%s"}],'):format(
    attributes.start, attributes.style, attributes.delimiter
  )))
  put_items(buffer, list.content)
  buffer:put ']}'
end

local function put_caption(buffer, caption)
  buffer:put '[null,'
  put_elements(buffer, caption.long)
  buffer:put ']'
end

function MAKERS.Figure(buffer, figure)
  buffer:put(opening(figure, attr_of(figure) .. ','))
  put_caption(buffer, figure.caption)
  buffer:put ','
  put_elements(buffer, figure.content)
  buffer:put ']}'
end

-- Tables ------------------------------------------------------------------------------------------------

local function put_column(buffer, spec)
  local width = spec[2]
  local given = type(width) == 'table' and width.c and ('{"t":"ColWidth","c":%.17g}'):format(width.c)
  buffer:put('[{"t":"' .. spec[1] .. '"},' .. (given or '{"t":"ColWidthDefault"}') .. ']')
end

local function put_cell(buffer, cell)
  buffer:put(('[%s,{"t":"%s"},%d,%d,'):format(PLAIN_ATTR, cell.alignment, cell.row_span, cell.col_span))
  put_elements(buffer, cell.contents)
  buffer:put ']'
end

local function put_row(buffer, row)
  buffer:put('[' .. PLAIN_ATTR .. ',')
  buffer:list(row.cells, put_cell)
  buffer:put ']'
end

local function put_part(buffer, rows)
  buffer:put('[' .. PLAIN_ATTR .. ',')
  buffer:list(rows, put_row)
  buffer:put ']'
end

local function put_body(buffer, body)
  buffer:put('[' .. PLAIN_ATTR .. ',' .. body.row_head_columns .. ',')
  buffer:list(body.head, put_row)
  buffer:put ','
  buffer:list(body.body, put_row)
  buffer:put ']'
end

function MAKERS.Table(buffer, tbl)
  buffer:put(opening(tbl, attr_of(tbl) .. ','))
  put_caption(buffer, tbl.caption)
  buffer:put ','
  buffer:list(tbl.colspecs, put_column)
  buffer:put ','
  put_part(buffer, tbl.head.rows)
  buffer:put ','
  buffer:list(tbl.bodies, put_body)
  buffer:put ','
  put_part(buffer, tbl.foot.rows)
  buffer:put ']}'
end

local VERSION = tostring(PANDOC_API_VERSION):gsub('%.', ',')

-- The blocks as pandoc's own tree.
function M.of(blocks)
  local buffer = setmetatable({ n = 0 }, Buffer)
  buffer:put('{"pandoc-api-version":[' .. VERSION .. '],"meta":{},"blocks":')
  put_elements(buffer, blocks)
  buffer:put '}'
  return pandoc.read(table.concat(buffer), 'json').blocks
end

return M
