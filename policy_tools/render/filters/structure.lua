-- What Markdown alone does not say: numbers of sections, paragraphs, figures, tables and recommendations,
-- boxes with labels, and cross references between them.
--
-- `shape` changes the document in place and returns the facts that later steps need. Blocks are visited once,
-- here in Lua (each visit by pandoc's own walker costs a copy of the tree); inlines in one walk afterwards, which
-- notes where citations, links, notes and images are, so that later walks leave all other blocks alone.

local anchors = require 'anchors'
local boxes = require 'boxes'
local cross_references = require 'cross_references'
local floats = require 'floats'
local held = require 'held'
local images = require 'images'
local sections = require 'sections'
local works = require 'works'

local M = {}

local visit = {}

-- Visits the blocks in order. `place` is 'top' for the paper's own paragraphs, 'within' inside other blocks.
local function visit_blocks(blocks, state, place)
  local shaped = pandoc.Blocks {}
  for _, block in ipairs(blocks) do
    local handler = visit[block.t]
    local result = block
    if handler then result = handler(block, state, place) end
    if result then shaped:insert(result) end
    if place == 'top' and result == block and block.t == 'Para' then sections.count_paragraph(#shaped, state) end
  end
  return shaped
end

function visit.Header(block, state, place)
  if place == 'top' then return sections.number_heading(block, state) end
  -- In a list, a quotation or a box a heading is bold text: it opens no section.
  local identifier = state:claim(block.identifier)
  state.given[identifier] = true
  return pandoc.Para { pandoc.Span({ pandoc.Strong(block.content) }, pandoc.Attr(identifier, { 'box-heading' })) }
end

function visit.Para(block, state)
  if not state.may_hold_floats or not floats.may_stand_alone(block, state.request.text) then return block end
  local figure = floats.figure_of_paragraph(block)
  if figure then return floats.number_figure(figure, state) end
  if floats.is_formula(block) then return pandoc.Div({ block }, pandoc.Attr('', { 'formula' })) end
  return block
end

function visit.Figure(block, state)
  return floats.number_figure(block, state)
end

function visit.Table(block, state)
  return floats.number_table(block, state)
end

function visit.CodeBlock(block, state)
  block.identifier = state:claim(block.identifier)
  return block
end

function visit.RawBlock(block, state)
  if block.text:match '^%s*<!%-%-' then return nil end
  state.has_raw_html = true
  return block
end

function visit.Div(block, state, place)
  if block.identifier == 'refs' then return nil end -- the list of references has its own place
  local kind = boxes.kind_of(block)
  if kind then
    boxes.label(block, kind, state)
    local label = block.content:remove(1)
    block.content = visit_blocks(block.content, state, 'within')
    block.content:insert(1, label)
    return block
  end
  local float = floats.float_of_div(block)
  if float then return visit[float.t](float, state, place) end
  block.identifier = state:claim(block.identifier)
  block.content = visit_blocks(block.content, state, place == 'top' and 'section' or place)
  return block
end

function visit.BlockQuote(block, state)
  block.content = visit_blocks(block.content, state, 'within')
  return block
end

local function visit_items(block, state)
  block.content = block.content:map(function(item) return visit_blocks(item, state, 'within') end)
  return block
end

visit.BulletList = visit_items
visit.OrderedList = visit_items

function visit.DefinitionList(block, state)
  block.content = block.content:map(function(item)
    local definitions = {}
    for index, definition in ipairs(item[2]) do
      definitions[index] = visit_blocks(definition, state, 'within')
    end
    return { item[1], definitions }
  end)
  return block
end

local header_at_top = visit.Header
function visit.Header(block, state, place)
  return header_at_top(block, state, place == 'section' and 'top' or place)
end

local function new_state(request, report)
  local state = {
    request = request,
    report = report,
    anchors = anchors.new(),
    given = {},           -- ids that the blocks' shaping gave to inlines
    targets = {},         -- id → { kind, number, title }: what can be referred to
    counts = { figure = 0, table = 0, recommendation = 0 },
    has_raw_html = false,
    may_hold_floats = floats.may_hold(request.text),
    held = {},            -- which blocks hold what later steps look for: see held.lua
    cited = {},           -- key → { key, anchor, places }: the works that are cited
    cited_keys = pandoc.List {}, -- in the order of first use
  }
  function state:cite(key)
    if self.cited[key] then return end
    local anchor = self.anchors:claim('ref-' .. anchors.safe(key))
    self.cited[key] = { key = key, anchor = anchor, places = {} }
    self.cited_keys:insert(key)
  end
  -- Gives an id once. A second use gets another name, and the author is told.
  function state:claim(id)
    if id == '' then return '' end
    local name = self.anchors:claim(id)
    if name ~= id then
      self.report {
        code = 'anchor.duplicate', message = ('Two things here are called "#%s".'):format(id), near = '#' .. id, occurrence = 2,
        hint = 'Give each its own name: links to it lead to the first.',
      }
    end
    return name
  end
  return state
end

local function visit_inlines(doc, state)
  local claim = function(element)
    local id = element.identifier
    if id == '' then return nil end
    if state.given[id] then -- ours, from the blocks
      state.given[id] = nil
      return nil
    end
    element.identifier = state:claim(element.identifier)
    return element
  end
  if cross_references.repeats_words(state.request.text) then
    doc.blocks = doc.blocks:walk {
      Inlines = function(inlines) return cross_references.without_repeated_words(inlines, state) end,
    }
  end
  doc.blocks = held.walk_each(doc.blocks, state.held, {
    Cite = function(cite) return cross_references.resolve(cite, state) end,
    Image = function(image) return images.check(image, state) end,
    Span = claim,
    Link = claim,
    Code = claim,
    RawInline = function(raw)
      if raw.text:match '^%s*<!%-%-' then return {} end
      state.has_raw_html = true
      return nil
    end,
  })
end

-- Shapes the document; returns `{ anchors, targets, has_raw_html, … }`.
function M.shape(doc, request, report)
  local state = new_state(request, report)
  sections.prepare(doc.blocks, state)
  doc.blocks = visit_blocks(sections.without_empty_references(doc.blocks), state, 'top')
  state.works = works.by_key(request.references)
  visit_inlines(doc, state)
  return state
end

return M
