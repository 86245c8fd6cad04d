-- What Markdown alone does not say: numbers of sections, paragraphs, figures, tables and recommendations,
-- boxes with labels, and cross references between them.
--
-- `shape` takes the paper's blocks as plain tables (see nodes.lua), cited by citeproc, changes them in place, and
-- returns them with the facts that later steps need.

local anchors = require 'anchors'
local boxes = require 'boxes'
local cross_references = require 'cross_references'
local floats = require 'floats'
local images = require 'images'
local nodes = require 'nodes'
local sections = require 'sections'

local M = {}

local visit = {}

-- Visits the blocks in order. `place` is 'top' for the paper's own paragraphs, 'section' for those in a plain Div of
-- it, 'within' inside other blocks.
local function visit_blocks(blocks, state, place)
  local shaped = pandoc.List {}
  for _, block in ipairs(blocks) do
    local handler = visit[block.t]
    local result = block
    if handler then result = handler(block, state, place) end
    if result then shaped:insert(result) end
    if place == 'top' and result == block and block.t == 'Para' then sections.count_paragraph(block, state) end
  end
  return shaped
end

function visit.Header(block, state, place)
  if place ~= 'within' then return sections.number_heading(block, state) end
  -- In a list, a quotation or a box a heading is bold text: it opens no section.
  local id = state:claim(block.identifier)
  state.given[id] = true
  return nodes.para { nodes.span({ nodes.strong(block.content) }, id, { 'box-heading' }) }
end

function visit.Para(block, state)
  local figure = floats.figure_of_paragraph(block)
  if figure then return floats.number_figure(figure, state) end
  if floats.is_formula(block) then return nodes.div({ block }, '', { 'formula' }) end
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

local function is_comment(raw) return raw.text:match '^%s*<!%-%-' ~= nil end

function visit.RawBlock(block)
  if is_comment(block) then return nil end
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
  for _, item in ipairs(block.content) do
    for index, definition in ipairs(item[2]) do item[2][index] = visit_blocks(definition, state, 'within') end
  end
  return block
end

local function new_state(request, works, report)
  local state = {
    request = request,
    report = report,
    works = works,        -- key → item of CSL-JSON: what may be cited
    anchors = anchors.new(),
    given = {},           -- ids that the blocks' shaping gave to inlines
    targets = {},         -- id → { kind, number, title }: what can be referred to
    counts = { figure = 0, table = 0, recommendation = 0 },
    has_raw_html = false,
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

-- Gives an inline its id once, unless the blocks' shaping has.
local function claim(element, state)
  local id = element.identifier
  if id == '' then return end
  if state.given[id] then
    state.given[id] = nil
  else
    element.identifier = state:claim(id)
  end
end

local nothing = {}

local function changes_of_inlines(state)
  local function named(element) claim(element, state) end
  local function raw() state.has_raw_html = true end
  return {
    Cite = function(cite)
      for _, citation in ipairs(cite.citations) do state:cite(citation.id) end
    end,
    Image = function(image) return images.check(image, state) end,
    Span = function(span)
      local filled = cross_references.fill(span, state)
      if filled then return filled end
      return claim(span, state)
    end,
    Link = named,
    Code = named,
    RawInline = function(inline)
      if is_comment(inline) then return nothing end
      return raw()
    end,
    RawBlock = raw,
  }
end

function M.shape(blocks, request, works, report)
  local state = new_state(request, works, report)
  sections.prepare(blocks, state)
  blocks = visit_blocks(sections.without_empty_references(blocks), state, 'top')
  cross_references.shorten_repeated(blocks, request.text)
  return nodes.change(blocks, changes_of_inlines(state)), state
end

return M
