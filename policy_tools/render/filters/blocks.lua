-- What several writers do with a list of blocks.

local M = {}

-- Adds words to the last paragraph, or in a paragraph of their own.
function M.append_inlines(blocks, inlines)
  local last = blocks[#blocks]
  if last and (last.t == 'Para' or last.t == 'Plain') then
    last.content:extend(inlines)
    blocks[#blocks] = last
  else
    blocks:insert(pandoc.Para(inlines))
  end
end

-- A figure where there are none: its pictures, and its caption as a paragraph below them.
function M.figure_as_blocks(figure)
  local blocks = pandoc.Blocks(figure.content)
  blocks:extend(figure.caption.long:map(function(block)
    return block.content and pandoc.Para(block.content) or block
  end))
  return blocks
end

return M
