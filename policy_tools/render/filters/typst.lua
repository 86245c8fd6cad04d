-- The paper as Typst markup: calls of the functions that typeset/body.typ defines.
--
-- Figures, tables and headings carry their numbers as words or arguments: Typst counts nothing itself, so that
-- paper and page agree.

local plain_tree = require 'plain_tree'
local Writer = require 'typst_writer'

Writer.learn(require 'typst_inlines')
Writer.learn(require 'typst_flow')

local M = {}

-- Each counted paragraph starts with its number, as `sections.number_paragraphs` does it for other formats.
local function number_paragraphs(blocks, paragraphs)
  for index, paragraph in pairs(paragraphs) do
    local link = { t = 'Link', content = { { t = 'Str', text = paragraph.number } }, target = '#' .. paragraph.anchor }
    local number = {
      t = 'Span', identifier = paragraph.anchor, classes = pandoc.List { 'para-number' }, attributes = {},
      content = { link },
    }
    local content = blocks[index].content
    content:insert(1, { t = 'Space' })
    content:insert(1, number)
  end
end

-- `doc` as citations.lua leaves it: the numbers of paragraphs are set here.
function M.write(doc, request, facts)
  local blocks = plain_tree.of(doc)
  if facts then
    number_paragraphs(blocks, facts.paragraphs)
    if facts.has_raw_html then plain_tree.remove_raw_blocks(blocks) end
  end
  local page = request.cover and request.cover.current_address or ''
  return Writer.new(blocks, page):blocks(blocks) .. '\n'
end

return M
