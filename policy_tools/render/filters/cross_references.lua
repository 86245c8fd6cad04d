-- Mentions of numbered things: `@fig-x`, `@tbl-x`, `@sec-x`, `@rec-x`, and what to do with unknown keys.
--
-- Resolved before citeproc, which would take them for citations.

local M = {}

local KINDS = { fig = true, tbl = true, sec = true, rec = true }
-- What other systems write with a colon. They are never citations, unless a reference is really called so.
local FOREIGN = {
  fig = true, tbl = true, tab = true, sec = true, eq = true, eqn = true, lst = true, thm = true, rec = true,
}
local WORDS = { figure = 'Figure', table = 'Table', recommendation = 'Recommendation', section = 'section' }

-- What a key refers to: id and target; or nil. `is_mention` tells that it is no citation anyway.
local function find_target(key, state)
  local prefix, mark, rest = key:match '^(%a+)([-:])(.+)$'
  if not prefix then return false end
  local kind = prefix:lower()
  if mark == '-' and not KINDS[kind] or mark == ':' and not FOREIGN[kind] then return false end
  local candidates = { key, kind .. '-' .. rest, kind .. ':' .. rest }
  if kind == 'rec' then candidates[#candidates + 1] = rest end
  if kind == 'tab' then candidates[#candidates + 1] = 'tbl-' .. rest end
  for _, id in ipairs(candidates) do
    if state.targets[id] then return true, id, state.targets[id] end
  end
  return not state.works[key]
end

local function link_words(target, citation)
  local number = target.number
  if not number then return '“' .. target.title .. '”', true end
  if citation.mode == 'SuppressAuthor' then return number end
  local word = WORDS[target.kind]
  if citation.id:match '^%u' then word = word:sub(1, 1):upper() .. word:sub(2) end
  return word .. '\u{a0}' .. number
end

local function cross_reference(citation, id, target)
  local words, is_title = link_words(target, citation)
  local inlines = pandoc.Inlines {}
  if #citation.prefix > 0 then
    inlines:extend(citation.prefix)
    inlines:insert(pandoc.Space())
  end
  if is_title and citation.mode ~= 'SuppressAuthor' then
    inlines:extend { pandoc.Str(citation.id:match '^%u' and 'Section' or 'section'), pandoc.Space() }
  end
  inlines:insert(pandoc.Link({ pandoc.Str(words) }, '#' .. id, '', pandoc.Attr('', { 'cross-reference' })))
  inlines:extend(citation.suffix)
  return inlines
end

local function unknown_mention(citation, state)
  local is_ours = citation.id:match '^%a+%-' ~= nil
  state.report {
    code = is_ours and 'cross-reference.unknown' or 'cross-reference.foreign',
    severity = is_ours and 'error' or 'warning', near = '@' .. citation.id,
    message = ('Nothing in this paper is called "%s".'):format(citation.id),
    hint = 'Check the id of the figure, table, section or recommendation that is meant.',
  }
  return pandoc.Inlines { pandoc.Str('@' .. citation.id) }
end

local function unknown_key(citation, state)
  state.report {
    code = 'citation.unknown-key', near = '@' .. citation.id,
    message = ('No reference "%s" in library.bib.'):format(citation.id),
    hint = 'Correct the key, or add the work to the bibliography.',
  }
  local inlines = pandoc.Inlines(citation.prefix)
  if #inlines > 0 then inlines:insert(pandoc.Space()) end
  inlines:insert(pandoc.Strong { pandoc.Str('[' .. citation.id .. '?]') })
  inlines:extend(citation.suffix)
  return inlines
end

-- The words for one citation, or nil when it is a citation of a known work.
local function words_for(citation, state)
  local is_mention, id, target = find_target(citation.id, state)
  if target then return cross_reference(citation, id, target) end
  if is_mention then return unknown_mention(citation, state) end
  if not state.works[citation.id] then return unknown_key(citation, state) end
  return nil
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

local NAMES = {
  figure = true, figures = true, fig = true, table = true, tables = true, section = true, sections = true,
  recommendation = true,
}

-- Whether an author wrote "Figure @fig-x", as systems ask for that print the number alone.
function M.repeats_words(text)
  for place in text:gmatch '()@%a+[-:]' do
    local before = text:sub(math.max(1, place - 20), place - 1)
    local name = before:match '(%a+)%.?[ \n]{?$'
    if name and NAMES[name:lower()] or before:match '{$' then return true end
  end
  return false
end

-- Takes away the braces of "{@fig:x}", another system's way of asking for the bare reference.
local function strip_braces(inlines, index)
  local before, after = inlines[index - 1], inlines[index + 1]
  if not (before and after and before.t == 'Str' and after.t == 'Str') then return false end
  if not (before.text:match '{$' and after.text:match '^}') then return false end
  before.text, after.text = before.text:sub(1, -2), after.text:sub(2)
  inlines[index - 1], inlines[index + 1] = before, after
  return true
end

-- Whether the words before a mention name its kind already.
local function follows_name(inlines, index)
  local word = inlines[index - 2]
  return word and word.t == 'Str' and NAMES[word.text:lower():gsub('[^%a]', '')] == true
end

-- The same inlines, in which "Figure @fig-x" prints "Figure 3" and not "Figure Figure 3"; nil when nothing changes.
function M.without_repeated_words(inlines, state)
  local changed = false
  for index = 1, #inlines do
    local cite = inlines[index]
    if cite.t == 'Cite' and #cite.citations == 1 and find_target(cite.citations[1].id, state) then
      changed = strip_braces(inlines, index) or changed
      if follows_name(inlines, index) then
        cite.citations[1].mode = 'SuppressAuthor'
        changed = true
      end
    end
  end
  return changed and inlines or nil
end

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

-- Replaces cross references and unknown keys in a cluster; nil when nothing changes.
function M.resolve(cite, state)
  local parts, known = {}, pandoc.List {}
  local citations = separate(cite.citations)
  for _, citation in ipairs(citations) do
    local words = words_for(citation, state)
    if words then
      parts[#parts + 1] = words
    else
      known:insert(citation)
    end
  end
  for _, citation in ipairs(known) do state:cite(citation.id) end
  if #parts == 0 and #citations == #cite.citations then return nil end
  local inlines = join(parts)
  if #known > 0 then
    if #parts > 0 then inlines:insert(pandoc.Space()) end
    inlines:insert(pandoc.Cite({}, known))
  end
  return inlines
end

return M
