-- The paper as plain text: for search, for counting words and for reading anywhere.

local blocks_of = require 'blocks'

local M = {}

local options = pandoc.WriterOptions { wrap_text = 'none', reference_links = false }

-- A caption is a paragraph below what it belongs to.
local function write_table(element)
  local caption = element.caption.long[1]
  if not (caption and caption.content) then return nil end
  element.caption.long = {}
  element.identifier = ''
  return { pandoc.Para(caption.content), element }
end

function M.write(doc)
  local blocks = doc.blocks:walk {
    Span = function(span)
      if span.classes:includes 'backlinks' then return {} end
    end,
    Figure = blocks_of.figure_as_blocks,
    Table = write_table,
  }
  return pandoc.write(pandoc.Pandoc(blocks), 'plain', options)
end

return M
