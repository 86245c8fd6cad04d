-- What looks like a citation and is none: mentions of numbered things (`@fig-x`, `@tbl-x`, `@sec-x`, `@rec-x`) and
-- unknown keys. citeproc would take them for citations, so they are set aside before it runs.
--
-- A mention becomes an empty span, whose id no author can write; cross_references.lua makes its words when everything
-- has its number. This is the one step between reading and citing that looks at pandoc's own tree, at some cost:
-- most papers cite known works in plain ways, and are not looked through.

local M = {}

local KINDS = { fig = true, tbl = true, sec = true, rec = true }
-- What other systems write with a colon. They are never citations, unless a reference is really called so.
local FOREIGN = {
  fig = true, tbl = true, tab = true, sec = true, eq = true, eqn = true, lst = true, thm = true, rec = true,
}

-- The ids that a key may mean, the likeliest first; nil for a key that is no mention by its name.
function M.candidates(key)
  local prefix, mark, rest = key:match '^(%a+)([-:])(.+)$'
  if not prefix then return nil end
  local kind = prefix:lower()
  if mark == '-' and not KINDS[kind] or mark == ':' and not FOREIGN[kind] then return nil end
  local ids = { key, kind .. '-' .. rest, kind .. ':' .. rest }
  if kind == 'rec' then ids[#ids + 1] = rest end
  if kind == 'tab' then ids[#ids + 1] = 'tbl-' .. rest end
  return ids
end

-- Whether a key means a place in the paper: it is called so, and no work is, or a place bears its name.
local function is_mention(key, text, works)
  local ids = M.candidates(key)
  if not ids or not works[key] then return ids ~= nil end
  for _, id in ipairs(ids) do
    if text:find('#' .. id, 1, true) then return true end
  end
  return false
end

-- Does anything need to be set aside? ------------------------------------------------------------------------

local KEY = '^[%w_\128-\255][%w_:.#$%%&+?<>~/\128-\255-]*'

-- Whether every "@" of the text is surely a citation of a known work.
local function cites_known_works_only(text, works)
  for place in text:gmatch '()@' do
    local before = text:sub(math.max(1, place - 1), place - 1)
    local key = text:match(KEY, place + 1)
    if key then key = key:gsub('[^%w_\128-\255/]+$', '') end
    if not before:match '%w' and (not key or not works[key] or is_mention(key, text, works)) then return false end
  end
  return true
end

-- Two citations that no semicolon parts are read as one with words about it.
local function runs_together(text)
  return text:find '%[[^%]]*@[^%];]*@' ~= nil or text:find '@%S+%s+%[[^%]]*@' ~= nil
end

-- A citation in the description of a picture is none.
local function cites_in_pictures(text)
  local place = text:find('![', 1, true)
  while place do
    local paragraph = text:sub(place, (text:find('\n%s*\n', place) or #text))
    if paragraph:find('@', 1, true) then return true end
    place = text:find('![', place + 2, true)
  end
  return false
end

local function needs_looking_through(text, works)
  if not text:find('@', 1, true) then return false end
  return not cites_known_works_only(text, works) or runs_together(text) or cites_in_pictures(text)
end

-- Setting aside ----------------------------------------------------------------------------------------------

-- The words before a comma or semicolon that ends them.
local function without_separator(words)
  local last = words[#words]
  while last and (last.t == 'Space' or last.t == 'Str' and last.text:match '[,;]$') do
    words:remove(#words)
    if last.t == 'Str' and #last.text > 1 then
      words:insert(pandoc.Str((last.text:gsub('[,;]+$', ''))))
      break
    end
    last = words[#words]
  end
  return words
end

-- "[@a, @b]" as its author means it. Markdown reads the comma and @b as words about @a, and citeproc would then
-- print one work for two.
local function separate(citations)
  local separated = pandoc.List {}
  for _, citation in ipairs(citations) do
    separated:insert(citation)
    local _, index = citation.suffix:find_if(function(inline) return inline.t == 'Cite' end)
    if index then
      local suffix = citation.suffix
      local inner = suffix[index].citations
      citation.suffix = without_separator(pandoc.Inlines { table.unpack(suffix, 1, index - 1) })
      inner[#inner].suffix:extend { table.unpack(suffix, index + 1) }
      for _, other in ipairs(inner) do other.mode = 'NormalCitation' end
      separated:extend(separate(inner))
    end
  end
  return separated
end

local function unknown_key(citation, report)
  report {
    code = 'citation.unknown-key', near = '@' .. citation.id,
    message = ('No reference "%s" in library.bib.'):format(citation.id),
    hint = 'Correct the key, or add the work to the bibliography.',
  }
  return pandoc.Strong { pandoc.Str('[' .. citation.id .. '?]') }
end

-- A span that holds a mention's place: how it was written, and whether it stands by itself, in the id.
local function hold_place(citation, is_alone)
  local number_only = citation.mode == 'SuppressAuthor'
  return pandoc.Span({}, pandoc.Attr(('\2%s%s%s'):format(is_alone and 1 or 0, number_only and 1 or 0, citation.id)))
end

-- What a span set aside: the key, whether it stands by itself, whether only the number is wanted; nil for other spans.
function M.read_place(span)
  local alone, number_only, key = span.identifier:match '^\2([01])([01])(.*)$'
  if not key then return nil end
  return { key = key, is_alone = alone == '1', number_only = number_only == '1' }
end

-- The inlines for one citation, or nil when it is a citation of a known work.
local function set_aside(citation, is_single, look)
  local inlines = pandoc.Inlines(citation.prefix)
  local has_prefix = #inlines > 0
  if has_prefix then inlines:insert(pandoc.Space()) end
  if is_mention(citation.id, look.text, look.works) then
    inlines:insert(hold_place(citation, is_single and not has_prefix))
  elseif not look.works[citation.id] then
    inlines:insert(unknown_key(citation, look.report))
  else
    return nil
  end
  inlines:extend(citation.suffix)
  return inlines
end

-- Joins the parts of a cluster: "Figure 1, Figure 2 and Table 1"; citations keep a bracket of their own.
local function join(parts)
  local inlines = pandoc.Inlines {}
  for index, part in ipairs(parts) do
    if index > 1 then
      local is_last = index == #parts
      inlines:insert(is_last and pandoc.Space() or pandoc.Str ',')
      if is_last then inlines:insert(pandoc.Str 'and') end
      inlines:insert(pandoc.Space())
    end
    inlines:extend(part)
  end
  return inlines
end

-- A cluster without its mentions and unknown keys; nil when nothing changes.
local function resolve(cite, look)
  local parts, known = {}, pandoc.List {}
  local citations = separate(cite.citations)
  for _, citation in ipairs(citations) do
    local words = set_aside(citation, #citations == 1, look)
    if words then
      parts[#parts + 1] = words
    else
      known:insert(citation)
    end
  end
  if #parts == 0 and #citations == #cite.citations then return nil end
  local inlines = join(parts)
  if #known > 0 then
    if #parts > 0 then inlines:insert(pandoc.Space()) end
    inlines:insert(pandoc.Cite({}, known))
  end
  return inlines
end

local function describe(image)
  image.caption = pandoc.Inlines(pandoc.utils.stringify(image.caption))
  return image
end

-- The document in which only citations of known works are left as citations.
function M.set_aside(doc, text, works, report)
  if not needs_looking_through(text, works) then return doc end
  local look = { text = text, works = works, report = report }
  return doc:walk {
    Cite = function(cite) return resolve(cite, look) end,
    Image = describe,
  }
end

return M
