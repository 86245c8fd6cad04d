-- The paper as Typst markup: calls of the functions that typeset/body.typ defines.
--
-- Figures, tables and headings carry their numbers as words or arguments: Typst counts nothing itself, so that
-- paper and page agree.

local blocks = require 'typst_blocks'
local text = require 'typst_text'

local M = {}

local options = pandoc.WriterOptions { wrap_text = 'none', highlight_method = 'none' }

function M.write(doc, request)
  local handlers = text.handlers(request)
  for name, handler in pairs(blocks.handlers()) do handlers[name] = handler end
  local tree = blocks.without_list_heading(doc.blocks):walk(handlers)
  return pandoc.write(pandoc.Pandoc(tree), 'typst-citations', options)
end

return M
