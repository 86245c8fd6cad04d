-- Words, links, pictures and formulas of a paragraph as calls of typeset/body.typ.

local addresses = require 'addresses'

local M = {}

local plain_options = pandoc.WriterOptions { wrap_text = 'none' }

-- A Typst string literal.
function M.quote(value)
  return '"' .. tostring(value):gsub('[\\"]', '\\%0'):gsub('%c', ' ') .. '"'
end

local function raw(markup) return pandoc.RawInline('typst', markup) end

-- `#name(arguments)[content]`, as inlines.
function M.call(name, arguments, content)
  local inlines = pandoc.Inlines { raw(('#%s(%s)['):format(name, arguments)) }
  inlines:extend(content)
  inlines:insert(raw(']'))
  return inlines
end

-- An argument that is left out where it would be empty.
function M.named(name, value)
  if value == nil or value == '' then return '' end
  return ('%s: %s, '):format(name, M.quote(value))
end

-- A formula as one can read it aloud: "E = mc²", or its TeX where it is more than a line.
local function formula_words(math)
  local words = pandoc.write(pandoc.Pandoc { pandoc.Plain { pandoc.Math('InlineMath', math.text) } }, 'plain', plain_options)
  return (words:gsub('%s+', ' '):gsub('^ ', ''):gsub(' $', ''))
end

local function write_math(math)
  local is_block = math.mathtype == 'DisplayMath' and 'true' or 'false'
  local opening = ('#formula(alt: %s, block: %s, '):format(M.quote(formula_words(math)), is_block)
  return { raw(opening), math, raw(')') }
end

local function write_link(link, request)
  local id = link.target:match '^#(.+)$'
  if id then return M.call('internal-link', M.quote(id), link.content) end
  local address = addresses.absolute(link.target, request.cover.current_address)
  if not address then return link.content end
  local words = M.quote(pandoc.utils.stringify(link.content))
  return M.call('external-link', M.quote(address) .. ', ' .. words, link.content)
end

local function write_image(image)
  local width = (image.attributes.width or ''):match '^%d+%.?%d*%%$'
  local markup = ('#inline-picture(%s, alt: %s%s)'):format(
    M.quote(image.src), M.quote(image.attributes.alt or ''), width and ', width: ' .. width or '')
  return raw(markup)
end

local function write_span(span)
  local content, id = span.content, span.identifier
  if span.classes:includes 'section-number' then return {} end
  if span.classes:includes 'para-number' then
    return raw(('#para-number(%s, id: %s)'):format(M.quote(pandoc.utils.stringify(span)), M.quote(id)))
  end
  if span.classes:includes 'caption-label' then return M.call('caption-label', '', content) end
  if span.classes:includes 'csl-left-margin' then return M.call('reference-number', '', content) end
  if span.classes:includes 'csl-right-inline' then return content end
  if span.classes:includes 'backlinks' then return span end
  if span.attributes.lang then content = M.call('in-language', M.quote(span.attributes.lang), content) end
  if id == '' then return span.attributes.lang and content or nil end
  if #content == 0 then return raw(('#anchor(%s)'):format(M.quote(id))) end
  local inlines = pandoc.Inlines { raw(('#labelled(%s, ['):format(M.quote(id))) }
  inlines:extend(content)
  inlines:insert(raw('])'))
  return inlines
end

function M.handlers(request)
  return {
    Image = write_image,
    Link = function(link) return write_link(link, request) end,
    Math = write_math,
    Span = write_span,
  }
end

return M
