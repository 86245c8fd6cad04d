-- What each of the paper's own blocks holds, found in one walk, so that later ones leave the other blocks alone.
--
-- `held` maps the index of a block to `{ Cite, Link, Note, Image }`, of which those are true that stand in it.

local M = {}

local LOOKED_FOR = { 'Cite', 'Link', 'Note', 'Image' }

-- The filter, which also notes in `seen.now` what it meets.
local function noting(filter, seen)
  local noted = {}
  for name, act in pairs(filter) do noted[name] = act end
  for _, name in ipairs(LOOKED_FOR) do
    local act = filter[name]
    noted[name] = function(element)
      seen.now[name] = true
      return act and act(element)
    end
  end
  return noted
end

-- Walks through the blocks one by one, each as `blocks:walk` would, and completes `held`. With `of`, only through
-- blocks that hold one of these kinds.
function M.walk_each(blocks, held, filter, of)
  local seen = {}
  local noted = noting(filter, seen)
  for index, block in ipairs(blocks) do
    if not of or M.any(held[index], of) then
      seen.now = held[index] or {}
      held[index] = seen.now
      blocks[index] = block:walk(noted)
    end
  end
  return blocks
end

-- Whether a block with these holdings holds one of the kinds.
function M.any(holdings, kinds)
  for _, kind in ipairs(kinds) do
    if holdings and holdings[kind] then return true end
  end
  return false
end

return M
