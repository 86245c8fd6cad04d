-- Plain tables (see nodes.lua) as HTML, as pandoc's own writer gives it, but for tables, which come as the page
-- needs them. To write a whole paper takes less than to hand its tree to pandoc.

local html_buffer = require 'html_buffer'

html_buffer.learn(require 'html_inlines')
html_buffer.learn(require 'html_flow')

local M = {}

-- Several lists of blocks at once, each as a text of its own: their formulas are set by one call into pandoc.
function M.write_all(lists)
  local buffer, ends, texts = html_buffer.new(), { [0] = 0 }, pandoc.List {}
  for index, blocks in ipairs(lists) do
    buffer:blocks(blocks)
    ends[index] = buffer.n
  end
  buffer:fill_formulas()
  for index = 1, #lists do texts[index] = buffer:text(ends[index - 1] + 1, ends[index]) end
  return texts
end

return M
