-- The paper as plain text: for search, for counting words and for reading anywhere.

local M = {}

local options = pandoc.WriterOptions { wrap_text = 'none', reference_links = false }

-- A caption is a paragraph below what it belongs to.
local function write_figure(figure)
  local blocks = pandoc.Blocks(figure.content)
  blocks:extend(figure.caption.long:map(function(block)
    return block.content and pandoc.Para(block.content) or block
  end))
  return blocks
end

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
    Figure = write_figure,
    Table = write_table,
  }
  return pandoc.write(pandoc.Pandoc(blocks), 'plain', options)
end

return M
