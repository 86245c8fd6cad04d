-- How does a table become Typst?
--
-- Columns of figures and short words take the room they need, columns of prose share the rest; the template is told
-- how wide the narrowest sound setting is, so that it can shrink or turn a table that would not fit.

local nodes = require("nodes")
local typst_words = require("typst_words")

local str, arguments = typst_words.string, typst_words.arguments

local M = {}

local ALIGNMENTS = { AlignLeft = "left", AlignRight = "right", AlignCenter = "center", AlignDefault = "left" }

-- Characters: what a line of a table holds at full size, and beyond what length a word or a cell has no more say.
local LINE, LONGEST_WORD, LONGEST_CELL = 76, 34, 120

-- A table with more rows or characters than this may break over pages.
local MOST_ROWS, MOST_CHARACTERS = 12, 800

-- The longest cell and the longest word of each column, and the words of the whole table, in characters.
local function measure_columns(rows, count)
  local columns, total = {}, 0
  for column = 1, count do columns[column] = { cell = 1, word = 1 } end
  for _, row in ipairs(rows) do
    local column = 1
    for _, cell in ipairs(row.cells) do
      local size = columns[column]
      if size and cell.col_span == 1 then
        local words = nodes.words(cell.contents)
        size.cell = math.max(size.cell, utf8.len(words) or #words)
        total = total + #words
        for word in words:gmatch("%S+") do size.word = math.max(size.word, utf8.len(word) or #word) end
      end
      column = column + cell.col_span
    end
  end
  return columns, total
end

-- Typst's column widths, and the least number of characters a line of the table must hold. As in a browser: every
-- column has room for its longest word, and what is left goes where the longer cells are.
local function plan_columns(columns)
  local widths, least, most = {}, 0, 0
  for _, size in ipairs(columns) do
    size.least = math.min(size.word, LONGEST_WORD) * 1.1 + 1
    size.most = math.max(math.min(size.cell, LONGEST_CELL), size.least)
    least, most = least + size.least, most + size.most
  end
  local room = LINE - 2 * #columns
  local share = math.max(room - least, 0) / math.max(most - least, 1)
  for index, size in ipairs(columns) do
    widths[index] = most <= room and "auto" or ("%.1ffr"):format(size.least + (size.most - size.least) * share)
  end
  return widths, math.ceil(least)
end

-- The widths that the table asks for, each column with room for its longest word all the same; nil if it asks for none.
local function asked_widths(specs, columns)
  local widths = {}
  for index, spec in ipairs(specs) do
    local width = type(spec[2]) == "table" and spec[2].c
    if type(width) ~= "number" then return nil end
    widths[index] = ("%.1ffr"):format(math.max(width * LINE, columns[index].least))
  end
  return widths
end

local function write_cell(writer, cell, alignment, is_heading)
  local content = writer:inside(cell.contents)
  local call = arguments(
    cell.col_span > 1 and { "colspan", tostring(cell.col_span) },
    cell.row_span > 1 and { "rowspan", tostring(cell.row_span) },
    { "align", cell.alignment ~= "AlignDefault" and ALIGNMENTS[cell.alignment] or alignment }
  )
  if is_heading then content = "#strong[" .. content .. "];" end
  return "table.cell(" .. call .. ")[" .. content .. "]"
end

-- Rows as arguments. Cells that reach down from a row above take up columns of those below.
local function write_rows(writer, rows, aligns, head_columns)
  local parts, reaching = {}, {}
  for _, row in ipairs(rows) do
    local column = 1
    for _, cell in ipairs(row.cells) do
      while (reaching[column] or 0) > 0 do
        reaching[column] = reaching[column] - 1
        column = column + 1
      end
      parts[#parts + 1] = write_cell(writer, cell, aligns[column], column <= head_columns)
      for covered = column, column + cell.col_span - 1 do reaching[covered] = cell.row_span - 1 end
      column = column + cell.col_span
    end
    while column <= #aligns do
      if (reaching[column] or 0) > 0 then reaching[column] = reaching[column] - 1 end
      column = column + 1
    end
  end
  return table.concat(parts, ", ")
end

-- What a page may hold once only: the heads of a table on its further pages are no part of the text.
local LEADS = { "#%l+%-link%(", "#footnote%[", "#anchor%(" }

local function write_header(writer, rows, aligns)
  if #rows == 0 then return false end
  local cells, repeats = write_rows(writer, rows, aligns, 0), true
  for _, lead in ipairs(LEADS) do repeats = repeats and not cells:find(lead) end
  return ("table.header(repeat: %s, %s)"):format(repeats, cells)
end

local function append(target, rows)
  for _, row in ipairs(rows) do target[#target + 1] = row end
end

function M.write(writer, tbl)
  local head, body, aligns, head_columns = tbl.head.rows, {}, {}, 0
  for _, section in ipairs(tbl.bodies) do
    append(body, section.head)
    append(body, section.body)
    head_columns = section.row_head_columns
  end
  append(body, tbl.foot.rows)
  for index, spec in ipairs(tbl.colspecs) do aligns[index] = ALIGNMENTS[spec[1]] or "left" end
  local all = {}
  append(all, head)
  append(all, body)
  local columns, characters = measure_columns(all, #aligns)
  local widths, least = plan_columns(columns)
  if writer.keeps_widths then widths = asked_widths(tbl.colspecs, columns) or widths end
  local breaks = #body > MOST_ROWS or characters > MOST_CHARACTERS
  local caption = writer:blocks(tbl.caption.long)
  local cells = write_rows(writer, body, aligns, head_columns)
  return "#data-table(" .. arguments(
    writer:id_argument(tbl.identifier),
    { "caption", caption ~= "" and "[" .. caption .. "]" },
    { "columns", "(" .. table.concat(widths, ", ") .. ",)" },
    { "turns", writer.depth > 0 and "false" },
    { "least", tostring(least) },
    { "heads", tostring(#head) },
    { "breaks", tostring(breaks) },
    { false, write_header(writer, head, aligns) },
    { false, cells ~= "" and cells }
  ) .. ");"
end

return M
