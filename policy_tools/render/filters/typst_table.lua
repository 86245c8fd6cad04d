-- How does a table become Typst?
--
-- Columns of figures and short words take the room they need, columns of prose share the rest; the template is told
-- how wide the narrowest sound setting is, so that it can shrink or turn a table that would not fit.

local typst_words = require("typst_words")

local str, arguments = typst_words.string, typst_words.arguments

local M = {}

local ALIGNMENTS = { AlignLeft = "left", AlignRight = "right", AlignCenter = "center", AlignDefault = "left" }
local SHORT = 16 -- characters: a column with nothing longer is never broken into lines

local function cell_words(cell)
  return pandoc.utils.stringify(cell.contents)
end

-- The longest cell and the longest word of each column, in characters.
local function measure_columns(rows, count)
  local columns = {}
  for column = 1, count do columns[column] = { cell = 1, word = 1 } end
  for _, row in ipairs(rows) do
    local column = 1
    for _, cell in ipairs(row.cells) do
      local size = columns[column]
      if size and cell.col_span == 1 then
        local words = cell_words(cell)
        size.cell = math.max(size.cell, utf8.len(words) or #words)
        for word in words:gmatch("%S+") do size.word = math.max(size.word, utf8.len(word) or #word) end
      end
      column = column + cell.col_span
    end
  end
  return columns
end

-- Typst's column widths, and the least number of characters a line of the table must hold.
local function plan_columns(columns)
  local widths, least, has_share = {}, 0, false
  for index, size in ipairs(columns) do
    if size.cell <= SHORT then
      widths[index] = "auto"
      least = least + math.min(size.cell, math.max(size.word, 6))
    else
      widths[index] = ("%.1ffr"):format(math.max(math.sqrt(size.cell), size.word / 2))
      least = least + math.max(size.word, 12)
      has_share = true
    end
  end
  if not has_share and #columns > 6 then
    for index in ipairs(columns) do widths[index] = "auto" end
  end
  return widths, least
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
  local widths, least = plan_columns(measure_columns(all, #aligns))
  local caption = writer:blocks(tbl.caption.long)
  local header = #head > 0 and "table.header(repeat: true, " .. write_rows(writer, head, aligns, 0) .. ")"
  local cells = write_rows(writer, body, aligns, head_columns)
  return "#data-table(" .. arguments(
    writer:id_argument(tbl.identifier),
    { "caption", caption ~= "" and "[" .. caption .. "]" },
    { "columns", "(" .. table.concat(widths, ", ") .. ",)" },
    { "turns", writer.depth > 0 and "false" },
    { "least", tostring(least) },
    { "heads", tostring(#head) },
    { "rows", tostring(#body) },
    { false, header },
    { false, cells ~= "" and cells }
  ) .. ");"
end

return M
