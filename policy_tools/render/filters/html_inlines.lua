-- Words, links, pictures and formulas of a paragraph as HTML.

local attributes = require 'html_attributes'
local html_buffer = require 'html_buffer'
local nodes = require 'nodes'

local M = {}

local function element(name)
  local opening, closing = '<' .. name .. '>', '</' .. name .. '>'
  return function(buffer, inline)
    buffer:put(opening)
    buffer:inlines(inline.content)
    buffer:put(closing)
  end
end

M.Emph = element 'em'
M.Strong = element 'strong'
M.Strikeout = element 'del'
M.Underline = element 'u'
M.Superscript = element 'sup'
M.Subscript = element 'sub'

function M.SmallCaps(buffer, inline)
  buffer:put '<span class="smallcaps">'
  buffer:inlines(inline.content)
  buffer:put '</span>'
end

function M.LineBreak(buffer) buffer:put '<br />\n' end
function M.Note() end -- notes have been taken out by now: they stand in a list of their own
function M.Math(buffer, math) buffer:put_formula(math) end

function M.Quoted(buffer, quote)
  local is_single = quote.quotetype == 'SingleQuote'
  buffer:put(is_single and '‘' or '“')
  buffer:inlines(quote.content)
  buffer:put(is_single and '’' or '”')
end

local IS_HTML = { html = true, html5 = true, html4 = true }

function M.RawInline(buffer, raw)
  if IS_HTML[raw.format] then buffer:put(raw.text) end
end

function M.Cite(buffer, cite)
  local keys = {}
  for index, citation in ipairs(cite.citations) do keys[index] = citation.id end
  buffer:put('<span class="citation"' .. attributes.pair('data-cites', table.concat(keys, ' ')) .. '>')
  buffer:inlines(cite.content)
  buffer:put '</span>'
end

local CODES = { sample = 'samp', variable = 'var' }

function M.Code(buffer, code)
  local name, classes = 'code', {}
  for _, class in ipairs(code.classes) do
    if CODES[class] and name == 'code' then
      name = CODES[class]
    else
      classes[#classes + 1] = class
    end
  end
  buffer:put('<' .. name .. attributes.write(code.identifier, classes, code.attributes) .. '>')
  buffer:put(html_buffer.as_text(code.text))
  buffer:put('</' .. name .. '>')
end

-- Links and pictures --------------------------------------------------------------------------------------

-- A link cannot stand in a link: the inner one is a span.
function M.Link(buffer, link)
  if buffer.in_link then return M.Span(buffer, link) end
  local title = link.title ~= '' and attributes.pair('title', link.title) or ''
  buffer:put('<a' .. attributes.pair('href', link.target) .. attributes.of(link) .. title .. '>')
  buffer.in_link = true
  buffer:inlines(link.content)
  buffer.in_link = false
  buffer:put '</a>'
end

local UNITS = { cm = true, mm = true, ['in'] = true, inch = true, ['%'] = true, pt = true, pc = true, em = true }

-- A width or height in pixels is an attribute, another a style.
local function size_of(name, value)
  local number, unit = (value or ''):match '^([%d.]+)(.*)$'
  if not tonumber(number) then return nil, nil end
  if unit == '' or unit == 'px' then return ('%d'):format(math.floor(tonumber(number))), nil end
  return nil, UNITS[unit] and name .. ':' .. number .. unit or nil
end

-- The attributes of an image as HTML has them.
local function image_attributes(image)
  local own, styles = {}, {}
  for name, value in pairs(image.attributes) do own[name] = value end
  styles[1] = own.style
  for _, name in ipairs { 'width', 'height' } do
    local style
    own[name], style = size_of(name, own[name])
    styles[#styles + 1] = style
  end
  own.style = styles[1] and table.concat(styles, ';')
  if not own.alt and #image.caption > 0 then own.alt = nodes.words(image.caption) end
  return own
end

function M.Image(buffer, image)
  local title = image.title ~= '' and attributes.pair('title', image.title) or ''
  buffer:put('<img' .. attributes.pair('src', image.src) .. title
    .. attributes.write(image.identifier, image.classes, image_attributes(image)) .. ' />')
end

-- Spans ---------------------------------------------------------------------------------------------------

-- Classes that are elements of their own.
local NAMES = { kbd = 'kbd', mark = 'mark', dfn = 'dfn', abbr = 'abbr', underline = 'u' }

-- Parts of a reference that stand as blocks.
local BLOCKS = { ['csl-block'] = true, ['csl-left-margin'] = true, ['csl-right-inline'] = true, ['csl-indent'] = true }

-- What a reference's style takes back.
local STYLES = {
  ['csl-no-emph'] = 'font-style:normal;',
  ['csl-no-strong'] = 'font-weight:normal;',
  ['csl-no-smallcaps'] = 'font-variant:normal;',
}

-- The elements that the classes of a span name, from the outside inwards, and the other classes.
local function names_of(classes)
  local names, others = {}, {}
  for _, class in ipairs(classes) do
    local list = NAMES[class] and names or others
    list[#list + 1] = NAMES[class] or class
  end
  return names, others
end

-- Classes and attributes of a span, with styles in place of the classes that take something back.
local function with_styles(classes, given)
  local kept, styles = {}, {}
  for _, class in ipairs(classes) do
    local list = STYLES[class] and styles or kept
    list[#list + 1] = STYLES[class] or class
  end
  if not styles[1] then return classes, given end
  return kept, attributes.with(given, 'style', table.concat(styles))
end

local function put_in(buffer, names, written, content)
  buffer:put('<' .. names[1] .. written .. '>')
  for index = 2, #names do buffer:put('<' .. names[index] .. '>') end
  buffer:inlines(content)
  for index = #names, 1, -1 do buffer:put('</' .. names[index] .. '>') end
end

local SPAN, DIV = { 'span' }, { 'div' }

function M.Span(buffer, span)
  local classes, given = span.classes, span.attributes
  if not classes[1] then return put_in(buffer, SPAN, attributes.of(span), span.content) end
  if span.identifier == '' and not classes[2] and BLOCKS[classes[1]] and not next(given) then
    return put_in(buffer, DIV, attributes.of(span), span.content)
  end
  local names, others = names_of(classes)
  if not names[1] then names = SPAN end
  others, given = with_styles(others, given)
  put_in(buffer, names, attributes.write(span.identifier, others, given), span.content)
end

return M
