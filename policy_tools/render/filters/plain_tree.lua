-- The tree of a paper as plain tables of Lua, with the names that pandoc gives to fields.
--
-- To look at one word of pandoc's own tree costs a call into pandoc, and a paper has thousands of them. Its tree as
-- JSON costs next to nothing, and is read here at a tenth of that cost. Raw markup is left out: no format that is
-- written from this tree takes any.

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

-- How each kind of element is made of what its JSON holds. A tag without a maker stands for itself ("AlignLeft").
local MAKERS = {
  Quoted = function(c) return { t = 'Quoted', quotetype = c[1], content = List(c[2]) } end,
  Math = function(c) return { t = 'Math', mathtype = c[1], text = c[2] } end,
  Code = with_text 'Code',
  Span = with_content 'Span',
  Cite = function(c) return { t = 'Cite', content = List(c[2]) } end,
  Link = function(c) return with_attr({ t = 'Link', content = List(c[2]), target = c[3][1] }, c[1]) end,
  Image = function(c) return with_attr({ t = 'Image', caption = List(c[2]), src = c[3][1] }, c[1]) end,
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
  RawInline = function() end,
  RawBlock = function() return { t = 'RawBlock', text = '' } end, -- holds its place: see `remove_raw_blocks`
}

for _, tag in ipairs {
  'Emph', 'Strong', 'Strikeout', 'Underline', 'Superscript', 'Subscript', 'SmallCaps', 'Note',
  'Para', 'Plain', 'BlockQuote', 'BulletList', 'DefinitionList', 'LineBlock',
} do
  MAKERS[tag] = function(c) return { t = tag, content = List(c) } end
end

local LONELY = { LineBreak = true, SoftBreak = true, HorizontalRule = true }

local function make(tag, c)
  if LONELY[tag] then return { t = tag } end
  local maker = MAKERS[tag]
  if not maker then return tag end
  return maker(c)
end

local ESCAPES = {
  ['"'] = '"', ['\\'] = '\\', ['/'] = '/', b = '\b', f = '\f', n = '\n', r = '\r', t = '\t',
}

-- JSON as pandoc writes it: no space between its signs, an element's tag before its content.
local function new_grammar()
  local P, R, S, V, C, Cc, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.C, lpeg.Cc, lpeg.Ct
  local hex = R('09', 'af', 'AF')
  local plain = (1 - S '"\\') ^ 0
  local code = P 'u' * (C(hex * hex * hex * hex) / function(digits) return utf8.char(tonumber(digits, 16)) end)
  local escaped = P '\\' / '' * (code + C(1) / ESCAPES)
  local string = P '"' * (C(plain) * P '"' + lpeg.Cs((plain * escaped) ^ 1 * plain) * P '"')
  local number = (P '-' ^ -1 * R '09' ^ 1 * (S '.eE+-' + R '09') ^ 0) / tonumber
  local word = P '{"t":"Str","c":' * (string / function(text) return { t = 'Str', text = text } end) * P '}'
  local space = P '{"t":"Space"}' * Cc { t = 'Space' }
  local function items(item) return (item * (P ',' * item) ^ 0) ^ -1 end
  return P {
    V 'value',
    value = word + space + V 'element' + string + V 'array' + number + V 'object'
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

-- The blocks as plain tables.
function M.of(blocks)
  return List(grammar:match(pandoc.write(pandoc.Pandoc(blocks), 'json')).blocks)
end

-- What stands below an element, as lists of elements or of lists, in the order of reading.
local function lists_below(item)
  if item.t ~= 'Table' then
    local caption = item.caption and (item.caption.long or item.caption)
    return { caption or item.content, caption and item.content }
  end
  local lists = { item.caption.long }
  local function add(rows)
    for _, row in ipairs(rows) do
      for _, cell in ipairs(row.cells) do lists[#lists + 1] = cell.contents end
    end
  end
  add(item.head.rows)
  for _, body in ipairs(item.bodies) do
    add(body.head)
    add(body.body)
  end
  add(item.foot.rows)
  return lists
end

-- Calls `act` with every element below a list, each before what stands below it.
function M.each(list, act)
  for _, item in ipairs(list) do
    if item.t then
      act(item)
      if not item.text then
        for _, below in ipairs(lists_below(item)) do M.each(below, act) end
      end
    else
      M.each(item, act)
    end
  end
end

-- Takes raw blocks out of a list and everything below it. Until then the blocks can be counted as pandoc's are.
function M.remove_raw_blocks(list)
  for index = #list, 1, -1 do
    local item = list[index]
    if item.t == 'RawBlock' then
      table.remove(list, index)
    elseif not item.t then
      M.remove_raw_blocks(item)
    elseif not item.text then
      for _, below in ipairs(lists_below(item)) do M.remove_raw_blocks(below) end
    end
  end
end

local SPACES = { Space = true, SoftBreak = true, LineBreak = true }
local QUOTES = { SingleQuote = { '‘', '’' }, DoubleQuote = { '“', '”' } }

local function add_words(list, words)
  for _, item in ipairs(list) do
    if SPACES[item.t] then
      words[#words + 1] = ' '
    elseif item.t == 'Quoted' then
      words[#words + 1] = QUOTES[item.quotetype][1]
      add_words(item.content, words)
      words[#words + 1] = QUOTES[item.quotetype][2]
    elseif item.text then
      if item.t ~= 'CodeBlock' then words[#words + 1] = item.text end
    elseif not item.t then
      add_words(item, words)
    elseif item.t ~= 'Note' then
      for _, below in ipairs(lists_below(item)) do add_words(below, words) end
    end
  end
end

-- The words of a list, as `pandoc.utils.stringify` gives them: without notes.
function M.words(list)
  local words = {}
  add_words(list, words)
  return table.concat(words)
end

return M
