-- Paragraphs, headings, lists, figures and boxes as Typst.

local nodes = require 'nodes'
local typst_inlines = require 'typst_inlines'
local typst_table = require 'typst_table'
local typst_words = require 'typst_words'

local str, arguments = typst_words.string, typst_words.arguments

local M = {}

-- The number hangs in the margin. A pack's papers come with theirs as words, behind which a space would only indent.
function M.Para(writer, block)
  local number = block.paragraph
  writer.paragraph = number or writer.paragraph
  local words = writer:inlines(block.content):gsub('^(#para%-number%b();) ', '%1')
  return number and typst_inlines.para_number(writer, number.number, number.anchor) .. words or words
end

function M.HorizontalRule() return '#thematic-break();' end
function M.BlockQuote(writer, block) return '#quote(block: true)[' .. writer:inside(block.content) .. '];' end

M.Plain = M.Para

-- What has a label of its own stands in no paragraph, not in the one before it either.
local function apart(write)
  return function(writer, block, ...)
    local paragraph = writer.paragraph
    writer.paragraph = nil
    local written = write(writer, block, ...)
    writer.paragraph = paragraph
    return written
  end
end

M.Table = apart(typst_table.write)

function M.LineBlock(writer, block)
  local lines = {}
  for index, line in ipairs(block.content) do lines[index] = writer:inlines(line) end
  return table.concat(lines, '#linebreak();')
end

function M.CodeBlock(_, block)
  local language = block.classes[1]
  return '#code-block(' .. arguments({ false, str(block.text) }, { 'lang', language and str(language) }) .. ');'
end

function M.Header(writer, header)
  if not nodes.words(header.content):match '%S' then return writer:anchor(header.identifier) end
  local level = math.min(header.level, writer.last_level + 1) -- PDF/UA allows no skipped level
  writer.last_level = level
  writer.paragraph = nil
  local number = header.attributes.number
  local call = arguments(
    { false, tostring(level) }, { 'number', number and str(number) }, writer:id_argument(header.identifier)
  )
  writer.before_heading = {}
  local words = writer:inlines(header.content):gsub('^ ', '') -- what the section's number left behind
  local anchors = table.concat(writer.before_heading)
  writer.before_heading = nil
  return anchors .. '#section-heading(' .. call .. ')[' .. words .. '];'
end

-- Lists --------------------------------------------------------------------------------------------------

local function is_tight(items)
  for _, item in ipairs(items) do
    if item[1] and item[1].t == 'Para' then return 'false' end
  end
  return 'true'
end

local function write_items(writer, items)
  local parts = {}
  for index, item in ipairs(items) do parts[index] = '[' .. writer:inside(item) .. ']' end
  return table.concat(parts, ', ')
end

function M.BulletList(writer, block)
  return '#list(tight: ' .. is_tight(block.content) .. ', ' .. write_items(writer, block.content) .. ');'
end

local NUMERALS = { LowerAlpha = 'a', UpperAlpha = 'A', LowerRoman = 'i', UpperRoman = 'I' }
local DELIMITERS = { OneParen = '%s)', TwoParens = '(%s)' }

function M.OrderedList(writer, block)
  local list = block.listAttributes
  local pattern = (DELIMITERS[list.delimiter] or '%s.'):format(NUMERALS[list.style] or '1')
  return '#enum(' .. arguments(
    { 'tight', is_tight(block.content) }, { 'start', tostring(list.start) }, { 'numbering', str(pattern) },
    { false, write_items(writer, block.content) }
  ) .. ');'
end

function M.DefinitionList(writer, block)
  local items, meanings_of_all = {}, {}
  for index, item in ipairs(block.content) do
    local meanings = {}
    for _, meaning in ipairs(item[2]) do table.insert(meanings_of_all, meaning) end
    for place, meaning in ipairs(item[2]) do meanings[place] = writer:inside(meaning) end
    items[index] = 'terms.item([' .. writer:inlines(item[1]) .. '], [' .. table.concat(meanings, '\n\n') .. '])'
  end
  return '#terms(' .. arguments({ 'tight', is_tight(meanings_of_all) }, { false, table.concat(items, ', ') }) .. ');'
end

-- Figures ------------------------------------------------------------------------------------------------

-- The one image that a figure's blocks are, or nil.
local function only_image(blocks)
  local block = #blocks == 1 and blocks[1]
  local inline = block and (block.t == 'Plain' or block.t == 'Para') and #block.content == 1 and block.content[1]
  return inline and inline.t == 'Image' and inline or nil
end

M.Figure = apart(function(writer, figure)
  local caption = writer:blocks(figure.caption.long)
  local image = only_image(figure.content)
  local words = nodes.words(figure.caption.long):gsub('^Figure %d+:? *', ''):gsub('^Table %d+:? *', '')
  local body = image and typst_inlines.write_picture('picture', image, words) or writer:inside(figure.content)
  return '#paper-figure(' .. arguments(
    writer:id_argument(figure.identifier), { 'caption', caption ~= '' and '[' .. caption .. ']' }
  ) .. ')[' .. body .. '];'
end)

-- Boxes and references -----------------------------------------------------------------------------------

-- Takes the label off the head of a box: its words as Typst, and the blocks that remain.
local function split_label(writer, blocks)
  local first = blocks[1]
  local span = first and first.t == 'Para' and first.content[1]
  if not span or span.t ~= 'Span' or not span.classes:includes 'box-label' then return nil, blocks end
  local rest = blocks:clone()
  rest:remove(1)
  return '[' .. writer:inlines(span.content) .. ']', rest
end

local BOXES = { note = true, warning = true, example = true, evidence = true, box = true, recommendation = true }

local write_box = apart(function(writer, div, kind)
  local id = writer:id_argument(div.identifier)
  local label, rest = split_label(writer, div.content)
  local name = kind == 'recommendation' and 'recommendation' or 'callout'
  return '#' .. name .. '(' .. arguments(
    { 'kind', name == 'callout' and str(kind) }, id, { 'label', label }
  ) .. ')[' .. writer:inside(rest) .. '];'
end)

-- The ids of the places that cite a reference, as its backlinks name them.
local function find_places(writer, div)
  local places = pandoc.List {}
  nodes.each(div.content, function(span)
    if span.t ~= 'Span' or not span.classes:includes 'backlinks' then return end
    for _, inline in ipairs(span.content) do
      local id = inline.t == 'Link' and inline.target:match '^#(.+)$'
      if id and writer.targets[id] then places:insert(id) end
    end
  end)
  return places
end

local function array(words) return #words > 0 and '(' .. table.concat(words, ', ') .. ',)' end

-- Each paragraph that cites the work, once: its number, and the first of the places. Nil where not all are in one.
local function find_paragraphs(writer, places)
  local pairs_of, seen = {}, {}
  for _, id in ipairs(places) do
    local paragraph = writer.cited_in[id]
    if not paragraph then return nil end
    if not seen[paragraph.number] then pairs_of[#pairs_of + 1] = array { str(paragraph.number), str(id) } end
    seen[paragraph.number] = true
  end
  return array(pairs_of)
end

-- In print, the way back to the text is the number of a paragraph, or of a page where paragraphs have none.
local function write_reference(writer, div)
  local places = find_places(writer, div)
  local paragraphs = find_paragraphs(writer, places)
  local words = writer:inside(div.content)
  local numbered = words:match '^#reference%-number%[' and 'true'
  return '#reference(' .. arguments(
    writer:id_argument(div.identifier), { 'paragraphs', paragraphs },
    { 'places', not paragraphs and array(places:map(str)) }, { 'numbered', numbered }
  ) .. ')[' .. words .. '];'
end

function M.Div(writer, div)
  if div.classes:includes 'csl-bib-body' then
    return '#references(' .. arguments(writer:id_argument(div.identifier)) .. ')[' .. writer:blocks(div.content) .. '];'
  end
  if div.classes:includes 'csl-entry' then return write_reference(writer, div) end
  for _, class in ipairs(div.classes) do
    if BOXES[class] then return write_box(writer, div, class) end
  end
  if div.classes:includes 'colophon' then return '#colophon-line[' .. writer:inside(div.content) .. '];' end
  local anchor = writer:anchor(div.identifier)
  local language = div.attributes.lang
  if language then
    return anchor .. '#in-language(' .. str(language) .. ')[' .. writer:inside(div.content) .. '];'
  end
  return (anchor == '' and '' or anchor .. '\n\n') .. writer:blocks(div.content)
end

return M
