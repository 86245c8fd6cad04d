-- The paper as Typst markup: calls of the functions that typeset/body.typ defines.
--
-- Figures, tables and headings carry their numbers as words or arguments: Typst counts nothing itself, so that
-- paper and page agree.

local Writer = require 'typst_writer'

Writer.learn(require 'typst_inlines')
Writer.learn(require 'typst_flow')

local M = {}

function M.write(doc, request)
  local page = request.cover and request.cover.current_address or ''
  return Writer.new(doc, page):blocks(doc.blocks) .. '\n'
end

return M
