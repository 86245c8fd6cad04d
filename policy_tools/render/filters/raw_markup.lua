-- What becomes of HTML that an author wrote by hand: it stays for the web, and is absent elsewhere.

local M = {}

-- The same document without raw HTML; the document itself when it holds none.
function M.without_html(doc, facts)
  if not facts.has_raw_html then return doc end
  local nothing = function() return {} end
  return doc:walk { RawInline = nothing, RawBlock = nothing }
end

return M
