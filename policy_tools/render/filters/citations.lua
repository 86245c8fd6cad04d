-- Citations and the list of references, tied together both ways.
--
-- citeproc runs once, on pandoc's own tree (`run`). In the plain tree that comes of it, no `Cite` is left after `tie`:
-- each citation is a `Span#cite-KEY-N.citation` round citeproc's words, linked to `#ref-KEY`; each entry of the list
-- ends in links back to its citations.

local addresses = require 'addresses'
local nodes = require 'nodes'
local plain_tree = require 'plain_tree'
local works_of = require 'works'

local M = {}

-- Both style and works are files of ours: handed over in Lua, forty works cost as much time as the citing.
local function run_citeproc(blocks, request)
  local meta = {
    bibliography = request.bibliography, csl = request.style, lang = request.language, ['link-citations'] = true,
  }
  return plain_tree.of(pandoc.utils.citeproc(pandoc.Pandoc(blocks, meta)).blocks)
end

-- Takes citeproc's own list off the end of the blocks: key → the blocks of its entry, and the keys in order.
local function take_entries(blocks)
  local entries, order = {}, {}
  for _, div in ipairs(blocks:remove(#blocks).content) do
    local key = div.identifier:match '^ref%-(.*)$'
    if key then
      entries[key] = div.content
      order[#order + 1] = key
    end
  end
  return { by_key = entries, order = order }
end

-- The document's blocks as plain tables, cited; and citeproc's list, as entries by key and the order of keys.
function M.run(doc, request)
  if #request.references == 0 then return plain_tree.of(doc.blocks), { by_key = {}, order = {} } end
  doc.blocks:insert(pandoc.Div({}, pandoc.Attr 'refs')) -- citeproc puts its list there
  local blocks = run_citeproc(doc.blocks, request)
  return blocks, take_entries(blocks)
end

-- For works that the style lists nowhere: what it says of each when it is first cited.
local function full_citations(keys, request)
  local paragraphs = pandoc.Blocks {}
  for _, key in ipairs(keys) do
    paragraphs:insert(pandoc.Para { pandoc.Cite({}, { pandoc.Citation(key, 'NormalCitation') }) })
  end
  local entries = {}
  for index, block in ipairs(run_citeproc(paragraphs, request)) do
    local cite = block.t == 'Para' and block.content[1]
    if cite and cite.t == 'Cite' and keys[index] then
      local first = cite.content[1]
      local words = first and first.t == 'Note' and first.content or pandoc.List { nodes.para(cite.content) }
      entries[keys[index]] = nodes.change(words, { Link = function(link)
        return link.target:match '^#ref%-' and link.content or nil
      end })
    end
  end
  return entries
end

-- An id for one more place where the work is cited.
local function new_place(work, facts)
  local id = facts.anchors:claim('cite-' .. work.anchor:sub(#'ref-' + 1) .. '-' .. #work.places + 1)
  work.places[#work.places + 1] = id
  return id
end

local function citation_span(content, id) return nodes.span(content, id, { 'citation' }) end

-- Gives each work of a cluster its own place: its linked words, or an empty anchor where the style
-- collapsed them, as in "[1]–[3]".
local function mark_cluster(cite, cited, facts)
  local waiting, anchor_works = {}, {}
  for _, citation in ipairs(cite.citations) do
    local work = cited[citation.id]
    waiting[citation.id] = (waiting[citation.id] or 0) + 1
    anchor_works['#' .. work.anchor] = work
  end
  local content = nodes.change(cite.content, { Link = function(link)
    local work = anchor_works[link.target]
    if not work or waiting[work.key] == 0 then return nil end
    waiting[work.key] = waiting[work.key] - 1
    return citation_span({ link }, new_place(work, facts))
  end })
  for index = #cite.citations, 1, -1 do
    local key = cite.citations[index].id
    if waiting[key] > 0 then
      waiting[key] = waiting[key] - 1
      content:insert(1, citation_span({}, new_place(cited[key], facts)))
    end
  end
  return content
end

local function holds_note(inlines)
  for _, inline in ipairs(inlines) do
    if inline.t == 'Note' then return true end
  end
  return false
end

local function mark(cite, cited, facts)
  if #cite.citations == 1 and not holds_note(cite.content) then
    local work = cited[cite.citations[1].id]
    return citation_span(cite.content, new_place(work, facts))
  end
  return mark_cluster(cite, cited, facts)
end

-- A link that would run something, or open something else than a page, is only its words.
local function check_address(link, report)
  if addresses.is_allowed(link.target) then return nil end
  report {
    code = 'link.unsafe-scheme', severity = 'warning', near = link.target, -- the loader stops what is dangerous
    message = ('The link to "%s" is left out.'):format(link.target),
    hint = 'Link to a web page (https://…), to an e-mail address (mailto:…), or to a place of this site.',
  }
  return link.content
end

-- Replaces every `Cite`, points its links at the anchors of the list, and undoes links within the paper
-- that end nowhere.
local function mark_citations(blocks, cited, facts, report)
  return nodes.change(blocks, {
    Link = function(link)
      local id = link.target:match '^#(.*)$'
      if not id then return check_address(link, report) end
      local work = cited[id:match '^ref%-(.*)$' or '']
      if work then
        link.target = '#' .. work.anchor
      elseif not facts.anchors:has(id) then
        return link.content
      end
      return nil
    end,
    Cite = function(cite) return mark(cite, cited, facts) end,
  })
end

-- Links from an entry to every place that cites the work.
local function backlinks(work, name)
  local inlines = pandoc.List {}
  for index, place in ipairs(work.places) do
    local words = #work.places == 1 and '↩' or tostring(index)
    local label = ('Back to citation %d of %s'):format(index, name)
    inlines:insert(nodes.space())
    inlines:insert(nodes.link({ nodes.str(words) }, '#' .. place, '', {}, { ['aria-label'] = label }))
  end
  if #work.places > 1 then inlines:insert(1, nodes.str '↩') else inlines:remove(1) end
  return nodes.span(inlines, '', { 'backlinks' })
end

local function build_list(cited, entries, facts)
  local list = pandoc.List {}
  for _, key in ipairs(entries.order) do
    local work, content = cited[key], entries.by_key[key]
    if work and content then
      nodes.append_inlines(content, { nodes.space(), backlinks(work, works_of.name_of(facts.works[key])) })
      list:insert(nodes.div(content, work.anchor, { 'csl-entry' }))
      facts.entries[#facts.entries + 1] = { key = key, anchor = work.anchor }
    end
  end
  return nodes.div(list, 'refs', { 'references', 'csl-bib-body' })
end

-- Works without an entry in citeproc's list get one made of their full citation.
local function complete(entries, cited_keys, request)
  local lacking = {}
  for _, key in ipairs(cited_keys) do
    if not entries.by_key[key] then lacking[#lacking + 1] = key end
  end
  if #lacking == 0 then return end
  for key, content in pairs(full_citations(lacking, request)) do entries.by_key[key] = content end
  table.move(lacking, 1, #lacking, #entries.order + 1, entries.order)
end

local function report_unprinted(cited_keys, entries, report)
  for _, key in ipairs(cited_keys) do
    if not entries.by_key[key] or not nodes.words(entries.by_key[key]):match '%w' then
      report {
        code = 'citation.not-printed', near = '@' .. key, severity = 'warning',
        message = ('The citation style prints nothing for "%s" in the list of references.'):format(key),
        hint = 'Give the entry more fields (title, author, year), or choose another style.',
      }
    end
  end
end

-- Ties citations and list; `facts` gains `entries` (the list, in the style's order) and `printed_keys` (in order of
-- first use).
function M.tie(blocks, entries, request, facts, report)
  local cited_keys = facts.cited_keys
  facts.entries, facts.printed_keys = {}, pandoc.List {}
  complete(entries, cited_keys, request)
  report_unprinted(cited_keys, entries, report)
  mark_citations(blocks, facts.cited, facts, report)
  if #cited_keys == 0 then return end
  blocks:insert(nodes.heading(1, { nodes.str 'References' }, facts.anchors:claim 'references', { 'unnumbered' }))
  blocks:insert(build_list(facts.cited, entries, facts))
  facts.printed_keys = cited_keys:filter(function(key) return entries.by_key[key] ~= nil end)
end

return M
