-- Which ids a document has, so that each is given once and every link within the paper has an end.

local M = {}
M.__index = M

function M.new() return setmetatable({ taken = {} }, M) end

-- The id with every character changed to "-" that a label of Typst or an address could trip over.
function M.safe(id)
  local safe = id:gsub('[^%w_-]', function(byte)
    return byte:byte() >= 0x80 and byte:byte() < 0xC0 and '' or '-' -- one "-" a character, not a byte
  end)
  return safe
end

-- Takes `id`, or the next free name after it, and returns what was taken.
function M:claim(id)
  local name, count = id, 1
  while self.taken[name] do
    count = count + 1
    name = id .. '-' .. count
  end
  self.taken[name] = true
  return name
end

-- Ids of one format's own on top of these: what it takes is free in every other format.
function M:layer()
  local layer = M.new()
  setmetatable(layer.taken, { __index = self.taken })
  return layer
end

function M:has(id) return self.taken[id] == true end

return M
