-- The paper as Typst markup: calls of the functions that typeset/body.typ defines.
--
-- Figures, tables and headings carry their numbers as words or arguments: Typst counts nothing itself, so that
-- paper and page agree.

local plain_tree = require 'plain_tree'
local typst_words = require 'typst_words'
local Writer = require 'typst_writer'

Writer.learn(require 'typst_inlines')
Writer.learn(require 'typst_flow')

local str, arguments = typst_words.string, typst_words.arguments

local M = {}

-- `blocks` as plain tables, cited.
function M.write(blocks, request)
  local page = request.cover and request.cover.current_address or ''
  return Writer.new(blocks, page):blocks(blocks) .. '\n'
end

-- The pieces of a pack, each a call of its own. Every address in them is whole, and every name is the pack's.
function M.write_pack(pieces)
  local trees = pandoc.List(pieces):map(function(piece) return plain_tree.of(piece.blocks) end)
  local writer = Writer.new(trees, '')
  for _, piece in ipairs(pieces) do writer.targets[piece.id] = true end
  local parts = {}
  for index, piece in ipairs(pieces) do
    writer.last_level = 1 -- the piece's own heading
    writer:claim(piece.id)
    local call = arguments(
      { 'id', str(piece.id) }, { 'label', piece.label and str(piece.label) }, { 'title', str(piece.title) },
      { 'running', piece.label and str(piece.heading) }
    )
    local name = piece.kind == 'annex' and 'pack-annex' or 'pack-part'
    writer.keeps_widths = piece.kind == 'part'
    local body = writer:blocks(trees[index])
    if piece.lang then body = '#in-language(' .. str(piece.lang) .. ')[\n' .. body .. '\n];' end
    parts[index] = '#' .. name .. '(' .. call .. ')[\n' .. body .. '\n]\n'
  end
  return table.concat(parts, '\n')
end

return M
