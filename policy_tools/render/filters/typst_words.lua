-- How do words of an author's become Typst that can only ever be words?
--
-- Every mark that Typst could read as markup or code is escaped, wherever it stands; nothing depends on
-- what stands before it. Names, addresses and code travel as string literals.

local M = {}

-- What Typst itself counts as the end of a line, beside "\n": a hidden one could start a heading or list.
local LINE_ENDS = {
  ["\v"] = " ", ["\f"] = " ", ["\r"] = " ",
  ["\u{85}"] = " ", ["\u{2028}"] = " ", ["\u{2029}"] = " ",
}

-- Words as Typst markup that prints exactly these words.
function M.text(words)
  if not words:find("%W") then return words end
  local escaped = words
    :gsub("[#\\*_`$<>@%[%]~/'\"=+%-]", "\\%0")
    :gsub("^[%(%.;:{,!?]", "\\%0") -- would continue a function call that ends just before
    :gsub("^(%d+)%.", "%1\\.") -- would start a numbered list
    :gsub("%.%.", ".\\.") -- would become an ellipsis
    :gsub("[\n\v\f\r]", " ")
  return (escaped:gsub("\u{85}", LINE_ENDS):gsub("\u{2028}", LINE_ENDS):gsub("\u{2029}", LINE_ENDS))
end

local STRING_ESCAPES = { ["\\"] = "\\\\", ['"'] = '\\"', ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

-- A Typst string literal.
function M.string(value)
  return '"' .. value:gsub('[\\"\n\r\t]', STRING_ESCAPES) .. '"'
end

-- The arguments of a call, in the order given; an argument that is nil is left out.
-- Each is {name, Typst expression}; a nameless one is {false, expression}.
function M.arguments(...)
  local parts = {}
  for index = 1, select("#", ...) do
    local argument = select(index, ...)
    if argument and argument[2] then
      parts[#parts + 1] = argument[1] and (argument[1] .. ": " .. argument[2]) or argument[2]
    end
  end
  return table.concat(parts, ", ")
end

return M
