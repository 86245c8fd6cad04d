-- The text of pages as it grows: pieces in one list, joined once at the end.
--
-- Each kind of element has a function that puts its pieces here (html_inlines.lua, html_flow.lua). Formulas leave a
-- place empty, and all are set by one call into pandoc: each call costs a millisecond before its first formula.

local attributes = require 'html_attributes'

local Buffer = {}
Buffer.__index = Buffer

local KINDS = {}

function Buffer.new() return setmetatable({ n = 0, formulas = {} }, Buffer) end

-- Says how elements are written: a map from pandoc's names to functions of buffer and element.
function Buffer.learn(kinds)
  for name, write in pairs(kinds) do KINDS[name] = write end
end

-- `n` counts the pieces: to ask a table for its length costs more with every piece.
function Buffer:put(piece)
  local n = self.n + 1
  self.n = n
  self[n] = piece
end

-- Arrows that phones would show as pictures are told to be letters.
local function as_text(text)
  text = attributes.escape(text)
  if not text:find '\u{21A9}' and not text:find '\u{2194}' then return text end
  return (text:gsub('\u{21A9}', '%0\u{FE0E}'):gsub('\u{2194}', '%0\u{FE0E}'):gsub('\u{FE0E}\u{FE0E}', '\u{FE0E}'))
end

Buffer.as_text = as_text

-- Nearly all inlines are words and spaces: they are put here and now.
function Buffer:inlines(inlines)
  local n = self.n
  for index = 1, #inlines do
    local inline = inlines[index]
    local kind = inline.t
    if kind == 'Space' or kind == 'SoftBreak' then
      n = n + 1
      self[n] = ' '
    elseif kind == 'Str' then
      local text = inline.text
      if text:find '[&<>\x86]' then text = as_text(text) end -- \x86: within an arrow
      n = n + 1
      self[n] = text
    else
      self.n = n
      KINDS[kind](self, inline)
      n = self.n
    end
  end
  self.n = n
end

-- Each on a line of its own; a block that writes nothing leaves no line.
function Buffer:blocks(blocks)
  local written = false
  for index = 1, #blocks do
    local block = blocks[index]
    local before = self.n
    if written then self:put '\n' end
    local start = self.n
    KINDS[block.t](self, block)
    if self.n > start then
      written = true
    else
      self.n = before
    end
  end
end

-- Formulas -----------------------------------------------------------------------------------------------

function Buffer:put_formula(math)
  self:put ''
  self.formulas[#self.formulas + 1] = { place = self.n, math = math }
end

local options = pandoc.WriterOptions { html_math_method = 'mathml', wrap_text = 'none' }

-- Between formulas: whatever an author writes, pandoc escapes these signs.
local BETWEEN = '<>'

-- Formulas as MathML; those that cannot be read as they are written, with a warning of pandoc's.
local function set_formulas(maths)
  local inlines = pandoc.Inlines {}
  for _, math in ipairs(maths) do
    inlines:insert(pandoc.Math(math.mathtype, math.text))
    inlines:insert(pandoc.RawInline('html', BETWEEN))
  end
  local html = pandoc.write(pandoc.Pandoc { pandoc.Plain(inlines) }, 'html5', options)
  local formulas, from = {}, 1
  for index = 1, #maths do
    local start, stop = html:find(BETWEEN, from, true)
    formulas[index] = html:sub(from, start - 1)
    from = stop + 1
  end
  return formulas
end

-- Fills the places left for formulas. The same formula is set once, wherever it stands.
function Buffer:fill_formulas()
  if #self.formulas == 0 then return end
  local maths, index_of = {}, {}
  for _, formula in ipairs(self.formulas) do
    local name = formula.math.mathtype .. formula.math.text
    if not index_of[name] then
      maths[#maths + 1] = formula.math
      index_of[name] = #maths
    end
    formula.index = index_of[name]
  end
  local set = set_formulas(maths)
  for _, formula in ipairs(self.formulas) do self[formula.place] = set[formula.index] end
end

-- The pieces from one place to another as text.
function Buffer:text(from, to) return table.concat(self, '', from, to) end

return Buffer
