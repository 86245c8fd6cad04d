-- The paper as an EPUB, by pandoc's own writer: one file a section, notes at the end of each, MathML.
--
-- The words around the body are chapters like the others. What pandoc cannot say of the book as a whole
-- (its metadata, its landmarks, its style sheet) render/epub.py writes.

local formula_words = require 'formula_words'
local links = require 'links'
local matter = require 'matter'
local pictures = require 'pictures'

local M = {}

local TEMPLATE = pandoc.template.compile [[
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"$if(lang)$ lang="$lang$" xml:lang="$lang$"$endif$>
<head>
  <meta charset="utf-8" />
  <title>$pagetitle$</title>
$for(css)$
  <link rel="stylesheet" type="text/css" href="$css$" />
$endfor$
</head>
<body>
$body$
</body>
</html>
]]

local ROLES = { recommendation = 'group', note = 'note', warning = 'note', example = 'note', evidence = 'note', box = 'note' }

local function write_box(div)
  local role = div.attributes.kind and ROLES[div.attributes.kind]
  if role then
    local label = div.content[1] and pandoc.utils.stringify(div.content[1]) or ''
    div.attributes = { { 'role', role }, { 'aria-label', label } } -- pairs: a Lua map has no order
    return div
  end
  return nil
end

-- The title is a heading, so that the book's contents begin with it; so are "Summary" and "Key points".
local function write_opening(request, claim)
  local blocks = pandoc.Blocks {}
  for _, block in ipairs(matter.title_block(request)) do
    if block.classes:includes 'title' then
      local attr = pandoc.Attr(claim 'title', { 'title', 'unnumbered' })
      blocks:insert(1, pandoc.Header(1, block.content[1].content, attr))
    else
      blocks:insert(block)
    end
  end
  for _, block in ipairs(matter.summary(request)) do
    if block.t == 'Div' and block.classes:includes 'front-heading' then
      local title = block.content[1].content
      local id = claim(pandoc.utils.stringify(title):lower():gsub(' ', '-'))
      block = pandoc.Header(2, title, pandoc.Attr(id, { 'unnumbered' }))
    end
    blocks:insert(block)
  end
  return blocks
end

local function adapt(blocks, request)
  return blocks:walk {
    Header = function(header)
      header.attributes = { lang = header.attributes.lang }
      return header
    end,
    Div = write_box,
    Math = function(math)
      local words = formula_words.read(math.text)
      return pandoc.Span({ math }, pandoc.Attr('', { 'formula-words' }, { words = words }))
    end,
    Link = function(link) return links.outward(link, request) end,
    Image = function(image) return pictures.embed(image, request, 'epub') end,
    Span = function(span)
      if span.classes:includes 'formula-words' then return nil end
      span.attributes = { lang = span.attributes.lang }
      return span
    end,
  }
end

-- The file as base64. `levels` says down to which heading each section is a file of its own.
local function write_file(blocks, request, levels)
  local meta = { title = request.cover.title, lang = request.language }
  local options = pandoc.WriterOptions {
    template = TEMPLATE, html_math_method = 'mathml', highlight_method = 'none', wrap_text = 'none',
    email_obfuscation = 'none', epub_title_page = false, toc_depth = levels.contents, split_level = levels.file,
  }
  local file = pandoc.write(pandoc.Pandoc(adapt(blocks, request), meta), 'epub3', options)
  pictures.forget()
  return pictures.base64(file)
end

-- Returns the file as base64.
function M.write(doc, request, facts)
  pictures.forget()
  local anchors = facts.anchors:layer()
  local function claim(id) return anchors:claim(id) end
  local blocks = write_opening(request, claim)
  blocks:extend(doc.blocks)
  blocks:extend(matter.closing(request, claim))
  return write_file(blocks, request, { contents = 3, file = 1 })
end

-- The pieces of a pack as chapters. The sections of annexes have files of their own: a whole paper in one is more
-- than a small reader holds.
function M.write_pack(pieces, request, claim)
  pictures.forget()
  local blocks, has_annex = write_opening(request, claim), false
  for _, piece in ipairs(pieces) do
    has_annex = has_annex or piece.kind == 'annex'
    blocks:extend(matter.piece(piece, piece.blocks:clone()))
  end
  blocks:extend(request.has_colophon and matter.closing(request, claim) or matter.check(request))
  return write_file(blocks, request, { contents = 2, file = has_annex and 2 or 1 })
end

return M
