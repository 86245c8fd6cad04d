-- What several writers do with a list of blocks.

local M = {}

-- A figure where there are none: its pictures, and its caption as a paragraph below them.
function M.figure_as_blocks(figure)
  local blocks = pandoc.Blocks(figure.content)
  blocks:extend(figure.caption.long:map(function(block)
    return block.content and pandoc.Para(block.content) or block
  end))
  return blocks
end

return M
