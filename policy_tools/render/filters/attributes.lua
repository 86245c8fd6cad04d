-- Which attributes of an author's are taken over: those that say something, and none that runs or styles.

local M = {}

local TAKEN_OVER = { alt = true, title = true, width = true, height = true, lang = true, dir = true, startFrom = true }

local function clean(element)
  local changed = false
  for name in pairs(element.attributes) do
    if not TAKEN_OVER[name] then
      element.attributes[name] = nil
      changed = true
    end
  end
  return changed and element or nil
end

local ALL = {
  Div = clean, Header = clean, CodeBlock = clean, Table = clean, Figure = clean,
  Span = clean, Link = clean, Image = clean, Code = clean,
}

-- The document without the others. A text without anything like an attribute is not walked through.
function M.without_others(doc, text)
  if not (text:find '{[^}]*=' or text:find '<[dDsS]') then return doc end
  return doc:walk(ALL)
end

return M
