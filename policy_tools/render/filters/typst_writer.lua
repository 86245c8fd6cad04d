-- The writing of one paper as Typst: which words are already said, which ids are given, which places exist.
--
-- Each kind of element has a function that turns it into calls of typeset/body.typ. pandoc's own Typst writer is used
-- for formulas only: it loses alternative texts, leaves words that Typst reads as code, and fails on a link
-- whose target is gone.

local nodes = require 'nodes'
local typst_words = require 'typst_words'

local Writer = {}
Writer.__index = Writer

local KINDS = {}

local HAS_PLACE = { Header = true, Div = true, Figure = true, Table = true, Span = true }

-- Every id of the tree: a link to anything else is only words.
local function find_targets(blocks)
  local targets = {}
  nodes.each(blocks, function(element)
    if HAS_PLACE[element.t] and element.identifier ~= '' then targets[element.identifier] = true end
    if element.paragraph then targets[element.paragraph.anchor] = true end
  end)
  return targets
end

-- `page` is the address of the paper's own page, for links that are relative to it. `paragraph` is the numbered one
-- that is being written, and `cited_in` says of each citation in which it stands.
function Writer.new(blocks, page)
  return setmetatable({
    targets = find_targets(blocks), given = {}, page = page, last_level = 0, depth = 0, paragraph = nil, cited_in = {},
  }, Writer)
end

-- Says how elements are written: a map from pandoc's names to functions of writer and element.
function Writer.learn(kinds)
  for name, write in pairs(kinds) do KINDS[name] = write end
end

local function write_one(writer, element)
  local write = KINDS[element.t]
  return write and write(writer, element) or '' -- raw HTML, TeX and Typst have no function: no author writes code
end

function Writer:inlines(inlines)
  local parts = {}
  for index, inline in ipairs(inlines) do parts[index] = write_one(self, inline) end
  return table.concat(parts)
end

-- A blank line ends a paragraph; plain words of a tight list are none.
function Writer:blocks(blocks)
  local parts = {}
  for _, block in ipairs(blocks) do
    local part = write_one(self, block)
    if part ~= '' then parts[#parts + 1] = part .. (block.t == 'Plain' and '\n' or '\n\n') end
  end
  return (table.concat(parts):gsub('\n+$', ''))
end

-- Blocks inside something that cannot hold a page of its own.
function Writer:inside(blocks)
  self.depth = self.depth + 1
  local written = self:blocks(blocks)
  self.depth = self.depth - 1
  return written
end

-- Whether the id is still to be given; only the first of several elements with one id gets it.
function Writer:claim(id)
  if id == '' or self.given[id] then return false end
  self.given[id] = true
  return true
end

-- An invisible place for links to an id. Those of a heading stand before it: its words are set again in the contents.
function Writer:anchor(id)
  if not self:claim(id) then return '' end
  local anchor = '#anchor(' .. typst_words.string(id) .. ');'
  if not self.before_heading then return anchor end
  table.insert(self.before_heading, anchor)
  return ''
end

-- The id as an argument of a call, or nil.
function Writer:id_argument(id)
  return self:claim(id) and { 'id', typst_words.string(id) } or nil
end

return Writer
