-- Words, links, pictures and formulas of a paragraph as Typst.

local addresses = require 'addresses'
local formula_words = require 'formula_words'
local nodes = require 'nodes'
local typst_formula = require 'typst_formula'
local typst_words = require 'typst_words'

local text, str, arguments = typst_words.text, typst_words.string, typst_words.arguments

local M = {}

-- A call whose one argument is content. The closing semicolon keeps what follows out of the call.
local function wrapping(name)
  return function(writer, inline) return '#' .. name .. '[' .. writer:inlines(inline.content) .. '];' end
end

function M.Str(_, inline) return text(inline.text) end
function M.Space() return ' ' end
function M.LineBreak() return '#linebreak();' end
function M.Cite(writer, inline) return writer:inlines(inline.content) end
function M.Code(_, inline) return '#raw(' .. str(inline.text) .. ');' end
function M.Note(writer, inline) return '#footnote[' .. writer:inside(inline.content) .. '];' end

M.SoftBreak = M.Space
M.Emph = wrapping 'emph'
M.Strong = wrapping 'strong'
M.Strikeout = wrapping 'strike'
M.Underline = wrapping 'underline'
M.Superscript = wrapping 'super'
M.Subscript = wrapping 'sub'
M.SmallCaps = wrapping 'smallcaps'

function M.Quoted(writer, inline)
  local words = writer:inlines(inline.content)
  if inline.quotetype == 'SingleQuote' then return '‘' .. words .. '’' end
  return '“' .. words .. '”'
end

function M.Math(_, math)
  local written = typst_formula.write(math)
  if not written then return '#raw(' .. str(math.text) .. ');' end
  local is_display = math.mathtype == 'DisplayMath'
  return '#formula(' .. arguments(
    { 'alt', str(formula_words.read(math.text)) }, { 'block', tostring(is_display) }, { false, written }
  ) .. ');'
end

-- The name of an asset, or nil for an address outside the paper.
local function asset_name(address)
  local name = address:gsub('^%./', ''):gsub('%%(%x%x)', function(code) return string.char(tonumber(code, 16)) end)
  if name == '' or name:match '^%a[%w+.-]*:' or name:match '^/' or name:match '[\\%c]' then return nil end
  for part in name:gmatch '[^/]+' do
    if part == '..' then return nil end
  end
  return name
end

local POINTS = { px = 0.75, pt = 1, cm = 28.3465, mm = 2.83465, ['in'] = 72 }

-- A width of an image as Typst writes it; nil where there is none or it cannot be read.
local function format_width(width)
  local number, unit = (width or ''):match '^([%d.]+)(%a*%%?)$'
  if not tonumber(number) then return nil end
  if unit == '%' then return ('%.2f%%'):format(math.min(tonumber(number), 100)) end
  return POINTS[unit] and ('%.2fpt'):format(number * POINTS[unit]) or nil
end

-- A call of `inline-picture` or `picture`; where the image is not ours, its words stand for it.
function M.write_picture(name, image, caption)
  local alt = image.attributes.alt or nodes.words(image.caption)
  if alt == '' and not image.attributes.alt then alt = caption or '' end
  local asset = asset_name(image.src)
  if not asset then return text(alt) end
  return '#' .. name .. '(' .. arguments(
    { false, str(asset) }, { 'alt', str(alt) }, { 'width', format_width(image.attributes.width) }
  ) .. ');'
end

function M.Image(_, image) return M.write_picture('inline-picture', image) end

function M.Link(writer, link)
  local words = writer:inlines(link.content)
  local id = link.target:match '^#(.+)$'
  if id then
    if not writer.targets[id] then return words end
    return '#internal-link(' .. str(id) .. ')[' .. words .. '];'
  end
  local address = addresses.is_allowed(link.target) and addresses.absolute(link.target, writer.page)
  if not address or address:match '%s' then return words end
  return '#external-link(' .. str(address) .. ', ' .. str(nodes.words(link.content)) .. ')[' .. words .. '];'
end

local SPANS = {
  ['caption-label'] = wrapping 'caption-label',
  ['smallcaps'] = wrapping 'smallcaps',
  ['underline'] = wrapping 'underline',
  ['colophon-label'] = wrapping 'strong',
  ['csl-left-margin'] = wrapping 'reference-number',
  ['section-number'] = function() return '' end, -- the heading has it as an argument
  ['backlinks'] = function() return '' end, -- the reference has them as an argument
}

-- The number of a paragraph, which links to itself.
function M.para_number(writer, number, id)
  return '#para-number(' .. arguments({ false, str(number) }, writer:id_argument(id)) .. ');'
end

function M.Span(writer, span)
  if span.classes:includes 'para-number' then
    return M.para_number(writer, nodes.words(span.content):match '^%s*(.-)%s*$', span.identifier)
  end
  local anchor = writer:anchor(span.identifier)
  if span.classes:includes 'citation' then writer.cited_in[span.identifier] = writer.paragraph end
  for _, class in ipairs(span.classes) do
    if SPANS[class] then return anchor .. SPANS[class](writer, span) end
  end
  local words = anchor .. writer:inlines(span.content)
  local language = span.attributes.lang
  return language and '#in-language(' .. str(language) .. ')[' .. words .. '];' or words
end

return M
