-- Which attributes of an author's are taken over: those that say something, and none that runs or styles.

local nodes = require 'nodes'

local M = {}

local TAKEN_OVER = { alt = true, title = true, width = true, height = true, lang = true, dir = true, startFrom = true }

local function clean(element)
  if not element.attributes then return end
  for name in pairs(element.attributes) do
    if not TAKEN_OVER[name] then element.attributes[name] = nil end
  end
end

-- Takes the others away. A text without anything like an attribute is not looked through.
function M.remove_others(blocks, text)
  if text:find '{[^}]*=' or text:find '<[dDsS]' then nodes.each(blocks, clean) end
end

return M
