-- Names of a pack's pieces, so that no two are the same and every link has an end.
--
-- An annex keeps the names of its paper behind its prefix: `fig-growth` is `annex-a-fig-growth`, the picture
-- `growth.svg` is `annex-a/growth.svg`. What is printed stays: its numbers are the paper's own.

local addresses = require 'addresses'

local M = {}

local DEEPEST = 6

-- The kinds of element that can have an id.
local NAMED = { 'Header', 'Div', 'CodeBlock', 'Figure', 'Table', 'Span', 'Code', 'Link', 'Image' }

-- The name of a picture as packs name it: render/packs.py says the same.
function M.picture_name(prefix, name) return prefix .. '/' .. name:gsub('^%./', '') end

-- Page of a paper without what may differ in spelling.
local function bare_page(address) return (address:gsub('^https?://', ''):gsub('[?#].*$', ''):gsub('/$', '')) end

-- Page of each annexed paper → prefix of its annex.
function M.find_pages(pieces)
  local pages = {}
  for _, piece in ipairs(pieces) do
    local page = piece.page or ''
    if page ~= '' then pages[bare_page(page)] = pages[bare_page(page)] or piece.prefix end
  end
  return pages
end

-- The place in this pack that a link to the web means, where its paper is an annex here; its id may not exist.
-- A link that shows the address itself keeps it.
local function place_here(link, address, pages)
  local prefix = pages[bare_page(address)]
  if not prefix or bare_page(pandoc.utils.stringify(link.content)) == bare_page(address) then return nil end
  local id = address:match '#(.+)$'
  return id and prefix .. '-' .. id or prefix, prefix
end

-- A link without its address: its words, where they are linked to in the place of a link.
local function words_of(link)
  return link.identifier == '' and link.content or pandoc.Span(link.content, pandoc.Attr(link.identifier))
end

local function qualify_link(link, piece, pages)
  local id = link.target:match '^#(.*)$'
  if id then
    link.target = '#' .. piece.prefix .. '-' .. id
    return link
  end
  local address = addresses.is_allowed(link.target) and addresses.absolute(link.target, piece.page)
  if not address then return words_of(link) end
  local leads_here = place_here(link, address, pages) ~= nil
  -- Where a private paper would stand is no base for an address that is printed.
  if piece.cover.current_address == '' and address ~= link.target and not leads_here then return words_of(link) end
  link.target = address
  if leads_here then piece.leads_elsewhere = true end
  return link
end

-- The blocks of an annex under names of its own, one level below the annex's heading. `taken` gains its ids.
function M.qualify(blocks, piece, pages, taken)
  local function rename(element)
    if element.identifier == '' then return nil end
    element.identifier = piece.prefix .. '-' .. element.identifier
    taken[element.identifier] = true
    return element
  end
  local filter = {}
  for _, kind in ipairs(NAMED) do filter[kind] = rename end
  function filter.Header(header)
    header.level = math.min(header.level + 1, DEEPEST)
    if piece.lang then header.attributes.lang = piece.lang end -- for formats in which a section is an element
    return rename(header) or header
  end
  function filter.Link(link)
    rename(link)
    return qualify_link(link, piece, pages)
  end
  function filter.Image(image)
    image.src = M.picture_name(piece.prefix, image.src)
    return rename(image) or image
  end
  return blocks:walk(filter)
end

-- The blocks with links to other pieces led to their place in this pack; a link that ends nowhere is words.
function M.connect(blocks, pages, taken)
  return blocks:walk { Link = function(link)
    local id = link.target:match '^#(.*)$'
    if id then return not taken[id] and words_of(link) or nil end
    local place, prefix = place_here(link, link.target, pages)
    if not place then return nil end
    link.target = '#' .. (taken[place] and place or prefix)
    return link
  end }
end

return M
