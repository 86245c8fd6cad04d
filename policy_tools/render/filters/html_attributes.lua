-- What stands inside a tag: attributes as HTML, and text that can only ever be text.

local M = {}

-- What render/html.py lets through. Another name is written as data-NAME, as pandoc does, and goes there.
local KNOWN = {}
for name in ([[
  alt datetime decoding dir height lang loading reversed role rowspan colspan scope span src start tabindex title type
  value width
]]):gmatch '%S+' do KNOWN[name] = true end

local SIGNS = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }

-- Words between tags. Most hold no sign that means something, and are left alone.
function M.escape(text)
  if not text:find '[&<>]' then return text end
  return (text:gsub('[&<>]', SIGNS))
end

local function pair(name, value)
  if value:find '[&<>"]' then value = value:gsub('[&<>"]', SIGNS) end
  return ' ' .. name .. '="' .. value .. '"'
end

M.pair = pair

local function full_name(name)
  local is_known = KNOWN[name] or name:find(':', 1, true) or name:find '^data%-' or name:find '^aria%-'
  return is_known and name or 'data-' .. name
end

-- The classes as one attribute, each once.
local function class_of(classes)
  local kept, seen = {}, {}
  for _, class in ipairs(classes) do
    if class ~= '' and not seen[class] then
      seen[class] = true
      kept[#kept + 1] = class
    end
  end
  return #kept > 0 and pair('class', table.concat(kept, ' ')) or ''
end

-- A map has no order: attributes come sorted by name, so that the same paper gives the same bytes.
local function others_of(attributes)
  local names, pairs_of = {}, {}
  for name in pairs(attributes) do
    if name ~= '' then names[#names + 1] = name end
  end
  table.sort(names)
  for index, name in ipairs(names) do pairs_of[index] = pair(full_name(name), attributes[name]) end
  return table.concat(pairs_of)
end

-- Id, classes and attributes as they stand in a tag, with a space before each.
function M.write(id, classes, attributes)
  if id == '' and not classes[1] and not next(attributes) then return '' end
  return (id ~= '' and pair('id', id) or '') .. class_of(classes) .. others_of(attributes)
end

-- The attributes, and one more.
function M.with(given, name, value)
  local own = { [name] = value }
  for key, one in pairs(given) do own[key] = own[key] or one end
  return own
end

function M.of(element) return M.write(element.identifier, element.classes, element.attributes) end

return M
