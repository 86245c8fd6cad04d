-- The paper as plain Markdown that other programs read: citations made, numbers given, anchors gone.

local blocks_of = require 'blocks'

local M = {}

local options = pandoc.WriterOptions { wrap_text = 'none' }

-- Anchors have nothing to stand on in plain Markdown: links within the paper become their words.
local function unwrap_link(link)
  if link.target:sub(1, 1) == '#' then return link.content end
end

local function unwrap_span(span)
  if span.classes:includes 'backlinks' then return {} end
  return span.content
end

-- A box becomes a quotation, which every reader of Markdown can show.
local function unwrap_div(div)
  if div.classes:includes 'recommendation' or div.classes:includes 'call-out' then
    return pandoc.BlockQuote(div.content)
  end
  return div.content
end

local function plain_header(header)
  header.attr = pandoc.Attr()
  return header
end

function M.write(doc)
  local blocks = doc.blocks
    :walk { Link = unwrap_link }
    :walk { Span = unwrap_span, Figure = blocks_of.figure_as_blocks, Div = unwrap_div, Header = plain_header }
  return pandoc.write(pandoc.Pandoc(blocks), 'gfm+tex_math_dollars', options)
end

return M
