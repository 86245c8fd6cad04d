-- The paper's own tree, cited and numbered, as pandoc's JSON: what a pack takes up (see pack.lua).

local M = {}

function M.write(doc) return pandoc.write(doc, 'json') end

return M
