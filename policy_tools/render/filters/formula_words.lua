-- How is a TeX formula read aloud?
--
-- Gives a plain reading of common TeX ("x squared plus a over b"), for readers who hear a document. What it
-- does not know it names by its TeX name, so that nothing of the formula is lost.

local M = {}

local NAMES = {
  cdot = "times", times = "times", div = "divided by", pm = "plus or minus", mp = "minus or plus",
  leq = "is at most", le = "is at most", geq = "is at least", ge = "is at least", neq = "is not equal to",
  ne = "is not equal to", approx = "is approximately", sim = "is distributed as", equiv = "is identical to",
  propto = "is proportional to", ["in"] = "in", notin = "not in", subset = "is a subset of", cup = "union",
  cap = "intersection", to = "to", rightarrow = "to", Rightarrow = "implies", mapsto = "maps to",
  infty = "infinity", partial = "partial", nabla = "nabla", forall = "for all", exists = "there exists",
  sum = "the sum", prod = "the product", int = "the integral", lim = "the limit", max = "the maximum",
  min = "the minimum", log = "log", ln = "natural log", exp = "exponential", ldots = "and so on",
  dots = "and so on", cdots = "and so on", mid = "given", pounds = "pounds", percent = "percent",
  ["%"] = "percent", ["&"] = "and", ["$"] = "dollars", ["#"] = "number", ["_"] = "underscore",
  ["{"] = "open brace", ["}"] = "close brace", ["|"] = "norm", varepsilon = "epsilon", vartheta = "theta",
}

-- Spacing, sizing and fonts: seen, not said.
local SILENT = {}
for name in ([[left right big Big bigg Bigg displaystyle textstyle limits nolimits quad qquad mathrm mathbf
  mathit mathsf mathtt text textrm textbf textit mbox mathbb mathcal operatorname boldsymbol bm mathop
  nonumber , ; : ! ]]):gmatch("%S+") do
  SILENT[name] = true
end
SILENT[" "] = true

local ACCENTS = {
  hat = "hat", widehat = "hat", bar = "bar", overline = "bar", tilde = "tilde", widetilde = "tilde",
  dot = "dot", ddot = "double dot", vec = "vector",
}

local SIGNS = {
  ["+"] = "plus", ["-"] = "minus", ["="] = "equals", ["<"] = "is less than", [">"] = "is greater than",
  ["*"] = "times", ["/"] = "over", ["("] = "open bracket", [")"] = "close bracket", ["["] = "open bracket",
  ["]"] = "close bracket", ["|"] = "bar", ["'"] = "prime", ["!"] = "factorial", ["&"] = "", ["~"] = "",
}

local HAS_BOUNDS = { sum = true, prod = true, int = true, lim = true, max = true, min = true }

local POWERS = { ["2"] = "squared", ["3"] = "cubed", ["prime"] = "prime" }

-- The pieces of TeX: commands, numbers, letters and signs.
local function pieces(tex)
  local found, at = {}, 1
  while at <= #tex do
    local piece = tex:match("^\\%a+", at) or tex:match("^\\.", at) or tex:match("^%d[%d.,]*%d", at)
      or tex:match("^" .. utf8.charpattern, at) or tex:sub(at, at)
    found[#found + 1] = piece
    at = at + #piece
  end
  return found
end

local Reader = {}
Reader.__index = Reader

function Reader:skip_space()
  while self[self.at] and self[self.at]:match("^%s$") do self.at = self.at + 1 end
end

-- One argument: a group in braces, or the next thing.
function Reader:argument()
  self:skip_space()
  if self[self.at] == "{" then
    self.at = self.at + 1
    return self:sequence("}")
  end
  return self:term() or ""
end

-- Plain letters of a \text{…}, kept as they are.
function Reader:letters()
  self:skip_space()
  if self[self.at] ~= "{" then return self:argument() end
  local words, depth = {}, 0
  repeat
    local piece = self[self.at]
    if piece == "{" then depth = depth + 1 elseif piece == "}" then depth = depth - 1
    elseif piece then words[#words + 1] = piece end
    self.at = self.at + 1
  until depth == 0 or not self[self.at]
  return table.concat(words)
end

local WORDS_INSIDE = { text = true, textrm = true, mathrm = true, mbox = true, operatorname = true, textit = true,
  textbf = true }

function Reader:command(name)
  if name == "frac" or name == "dfrac" or name == "tfrac" then
    return self:argument() .. " over " .. self:argument()
  elseif name == "sqrt" then
    return "the square root of " .. self:argument()
  elseif name == "begin" or name == "end" then
    self:letters()
    return ""
  elseif name == "\\" then
    return ";"
  elseif ACCENTS[name] then
    return self:argument() .. " " .. ACCENTS[name]
  elseif WORDS_INSIDE[name] then
    return self:letters()
  elseif SILENT[name] then
    return ""
  end
  self.has_bounds = HAS_BOUNDS[name]
  return NAMES[name] or name
end

-- What stands above or below: a power or an index, or the bounds of a sum.
function Reader:script(mark)
  local bounds = self.has_bounds
  local words = self:argument()
  self.has_bounds = bounds
  if bounds then return (mark == "^" and "to " or "over ") .. words end
  if mark == "_" then return "sub " .. words end
  return POWERS[words] or ("to the power " .. words)
end

-- The next thing to say, or nil at the end.
function Reader:term()
  self:skip_space()
  local piece = self[self.at]
  if not piece then return nil end
  self.at = self.at + 1
  if piece == "{" then return self:sequence("}") end
  if piece == "^" or piece == "_" then return self:script(piece) end
  self.has_bounds = false
  local name = piece:match("^\\(.+)$")
  if name then return self:command(name) end
  return SIGNS[piece] or piece
end

-- Everything up to a closing piece, or to the end.
function Reader:sequence(closing)
  local words = {}
  while true do
    self:skip_space()
    local piece = self[self.at]
    if not piece then break end
    if piece == closing then
      self.at = self.at + 1
      break
    end
    local word = self:term()
    if word and word ~= "" then words[#words + 1] = word end
  end
  return table.concat(words, " ")
end

local MOST_CHARACTERS = 4000 -- a deeper or longer one is no formula but an attack on the stack

-- A reading of a formula in words.
function M.read(tex)
  local _, depth = tex:gsub("{", "")
  if #tex > MOST_CHARACTERS or depth > 150 then return tex end
  local reader = setmetatable(pieces(tex), Reader)
  reader.at = 1
  local words = reader:sequence(nil):gsub("%s+", " "):gsub(" ;", ";"):gsub("^ ", ""):gsub(" $", "")
  return words ~= "" and words or tex
end

return M
