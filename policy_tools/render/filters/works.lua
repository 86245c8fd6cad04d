-- The works that a paper may cite, as CSL-JSON items, and how one is called in a few words.

local M = {}

-- Reads CSL-JSON items, each a JSON text: key → item.
function M.by_key(items)
  local works = {}
  for _, text in ipairs(items) do
    local item = pandoc.json.decode(text, false)
    works[item.id] = item
  end
  return works
end

local function year_of(item)
  local issued = item.issued
  if type(issued) ~= 'table' then return nil end
  local parts = issued['date-parts']
  local year = parts and parts[1] and parts[1][1]
  return math.tointeger(year) or year or issued.literal or issued.raw
end

-- "Smith 2020": the first name and the year, for links that must say what they are about.
function M.name_of(item)
  local first = (item.author or item.editor or {})[1]
  local name = first and (first.family or first.literal) or item.title or item.id
  local year = year_of(item)
  return year and ('%s %s'):format(name, year) or name
end

return M
