-- Where a link of a file (Word, EPUB) leads: into the file itself, or to a whole address on the web.

local addresses = require 'addresses'

local M = {}

local function percent_encoded(character) return ('%%%02X'):format(character:byte()) end

-- The address in characters that any reader takes; nil for one that cannot be one, such as "https:///x".
local function well_formed(address)
  if address:match '^https?:' and not address:match '^https?://[^/?#%s\\]+' then return nil end
  return (address:gsub('[%s"<>\\^`{|}]', percent_encoded))
end

-- The link as it may stand in a file away from its page; only its words where it leads nowhere from there.
function M.outward(link, request)
  if link.target:match '^#.' then return nil end
  local address = link.target ~= '' and addresses.is_allowed(link.target)
    and addresses.absolute(link.target, request.cover.current_address)
  address = address and well_formed(address)
  if not address then return link.content end
  link.target = address
  return link
end

return M
