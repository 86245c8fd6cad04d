-- Reading pandoc's own tree into plain tables (see nodes.lua), by way of its JSON.
--
-- pandoc writes JSON at next to no cost, and it is read here at a third of what pandoc's own reader takes.

local lpeg = require 'lpeg'

local List = pandoc.List

local M = {}

local function attributes_of(pairs_of)
  local attributes = {}
  for _, pair in ipairs(pairs_of) do attributes[pair[1]] = pair[2] end
  return attributes
end

local function with_attr(element, attr)
  element.identifier, element.classes, element.attributes = attr[1], List(attr[2]), attributes_of(attr[3])
  return element
end

local function with_text(tag)
  return function(c) return with_attr({ t = tag, text = c[2] }, c[1]) end
end

local function with_content(tag)
  return function(c) return with_attr({ t = tag, content = List(c[2]) }, c[1]) end
end

local function raw(tag)
  return function(c) return { t = tag, format = c[1], text = c[2] } end
end

local function caption_of(c) return { long = List(c[2]) } end

local function row_of(c)
  local cells = {}
  for index, cell in ipairs(c[2]) do
    cells[index] = { alignment = cell[2], row_span = cell[3], col_span = cell[4], contents = List(cell[5]) }
  end
  return { cells = cells }
end

local function rows_of(rows) return List(rows):map(row_of) end

local function body_of(c) return { row_head_columns = c[2], head = rows_of(c[3]), body = rows_of(c[4]) } end

local function citation_of(c) return { id = c.citationId, mode = c.citationMode } end

-- How each kind of element is made of what its JSON holds. A tag without a maker stands for itself ("AlignLeft").
local MAKERS = {
  Str = function(text) return { t = 'Str', text = text } end,
  Quoted = function(c) return { t = 'Quoted', quotetype = c[1], content = List(c[2]) } end,
  Math = function(c) return { t = 'Math', mathtype = c[1], text = c[2] } end,
  Code = with_text 'Code',
  Span = with_content 'Span',
  Cite = function(c) return { t = 'Cite', citations = List(c[1]):map(citation_of), content = List(c[2]) } end,
  Link = function(c) return with_attr({ t = 'Link', content = List(c[2]), target = c[3][1], title = c[3][2] }, c[1]) end,
  Image = function(c) return with_attr({ t = 'Image', caption = List(c[2]), src = c[3][1], title = c[3][2] }, c[1]) end,
  CodeBlock = with_text 'CodeBlock',
  Div = with_content 'Div',
  ColWidth = function(c) return { t = 'ColWidth', c = c } end,
  Header = function(c) return with_attr({ t = 'Header', level = c[1], content = List(c[3]) }, c[2]) end,
  OrderedList = function(c)
    local start, style, delimiter = table.unpack(c[1])
    return {
      t = 'OrderedList', content = List(c[2]), listAttributes = { start = start, style = style, delimiter = delimiter },
    }
  end,
  Figure = function(c) return with_attr({ t = 'Figure', caption = caption_of(c[2]), content = List(c[3]) }, c[1]) end,
  Table = function(c)
    return with_attr({
      t = 'Table', caption = caption_of(c[2]), colspecs = c[3], head = { rows = rows_of(c[4][2]) },
      bodies = List(c[5]):map(body_of), foot = { rows = rows_of(c[6][2]) },
    }, c[1])
  end,
  RawInline = raw 'RawInline',
  RawBlock = raw 'RawBlock',
}

for _, tag in ipairs {
  'Emph', 'Strong', 'Strikeout', 'Underline', 'Superscript', 'Subscript', 'SmallCaps', 'Note',
  'Para', 'Plain', 'BlockQuote', 'BulletList', 'DefinitionList', 'LineBlock',
} do
  MAKERS[tag] = function(c) return { t = tag, content = List(c) } end
end

local LONELY = { Space = true, LineBreak = true, SoftBreak = true, HorizontalRule = true }

local function make(tag, c)
  if LONELY[tag] then return { t = tag } end
  local maker = MAKERS[tag]
  if not maker then return tag end
  return maker(c)
end

local ESCAPES = {
  ['"'] = '"', ['\\'] = '\\', ['/'] = '/', b = '\b', f = '\f', n = '\n', r = '\r', t = '\t',
}

-- JSON as pandoc writes it: no space between its signs, an element's tag before its content. Words that follow each
-- other are read as one `Str`, spaces and all: a paper is then a few hundred elements and not ten thousand.
local function new_grammar()
  local P, R, S, V, C, Cc, Cs, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.C, lpeg.Cc, lpeg.Cs, lpeg.Ct
  local hex = R('09', 'af', 'AF')
  local plain = (1 - S '"\\') ^ 0
  local code = P '\\u' * C(hex * hex * hex * hex) / function(digits) return utf8.char(tonumber(digits, 16)) end
  local escaped = code + P '\\' / '' * (C(1) / ESCAPES)
  local string = P '"' * (C(plain) * P '"' + Cs((plain * escaped) ^ 1 * plain) * P '"')
  local number = (P '-' ^ -1 * R '09' ^ 1 * (S '.eE+-' + R '09') ^ 0) / tonumber
  local gap = P '"},{"t":"' * (P 'Space' + P 'SoftBreak') * P '"},{"t":"Str","c":"' / ' '
  local run = Cs(plain * ((escaped + gap) * plain) ^ 0)
  local words = P '{"t":"Str","c":"' * (run / MAKERS.Str) * P '"}'
  local function items(item) return (item * (P ',' * item) ^ 0) ^ -1 end
  return P {
    V 'value',
    value = words + V 'element' + string + V 'array' + number + V 'object'
      + P 'null' * Cc(false) + P 'true' * Cc(true) + P 'false' * Cc(false),
    element = (P '{"t":' * string * (P ',"c":' * V 'value') ^ -1 * P '}') / make,
    array = P '[' * Ct(items(V 'value')) * P ']',
    object = P '{' * (Ct(items(lpeg.Cg(string * P ':' * V 'value'))) / function(fields)
      local object = {}
      for index = 1, #fields, 2 do object[fields[index]] = fields[index + 1] end
      return object
    end) * P '}',
  }
end

lpeg.setmaxstack(50000) -- each step into the tree takes some; what is nested deeper is refused before
local grammar = new_grammar()

-- The same from what pandoc's own reader of JSON gives: for trees that are nested deeper than the grammar can follow.
local function build(value)
  if type(value) ~= 'table' then return value end
  if value.t then return make(value.t, build(value.c)) end
  local built = {}
  for key, part in pairs(value) do built[key] = build(part) end
  return built
end

-- The blocks as plain tables.
function M.of(blocks)
  local json = pandoc.write(pandoc.Pandoc(blocks), 'json')
  local matched, tree = pcall(grammar.match, grammar, json)
  if not matched then tree = build(pandoc.json.decode(json, false)) end
  return List(tree.blocks)
end

return M
