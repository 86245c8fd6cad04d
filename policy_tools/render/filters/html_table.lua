-- Tables for the web: header cells say what they head, and alignment is a class, so that the page needs no styles.

local attributes = require 'html_attributes'

local M = {}

local CLASSES = { AlignRight = ' class="align-right"', AlignCenter = ' class="align-center"' }

-- How a cell opens: a head that says nothing is a cell like others.
local function opening(name, cell, alignment, scope)
  local colspan = cell.col_span > 1 and (' colspan="%d"'):format(cell.col_span) or ''
  local rowspan = cell.row_span > 1 and (' rowspan="%d"'):format(cell.row_span) or ''
  local class = CLASSES[cell.alignment ~= 'AlignDefault' and cell.alignment or alignment] or ''
  return '<' .. name .. colspan .. rowspan .. class .. (scope and ' scope="' .. scope .. '"' or '') .. '>'
end

-- `scope` says what a header cell heads; nil for other cells.
local function put_cell(buffer, cell, alignment, scope)
  buffer:put '' -- known when the content is
  local place = buffer.n
  buffer:blocks(cell.contents)
  if buffer.n == place and scope ~= 'row' then scope = nil end
  if scope == 'col' and cell.col_span > 1 then scope = 'colgroup' end
  local name = scope and 'th' or 'td'
  buffer[place] = opening(name, cell, alignment, scope)
  buffer:put('</' .. name .. '>\n')
end

-- The rows of one part. Cells that reach down from a row above take up columns of those below.
local function put_rows(buffer, rows, aligns, scope_of)
  local reaching = {}
  for _, row in ipairs(rows) do
    local column = 1
    buffer:put '<tr>\n'
    for _, cell in ipairs(row.cells) do
      while (reaching[column] or 0) > 0 do
        reaching[column] = reaching[column] - 1
        column = column + 1
      end
      put_cell(buffer, cell, aligns[column], scope_of(column))
      for covered = column, column + cell.col_span - 1 do reaching[covered] = cell.row_span - 1 end
      column = column + cell.col_span
    end
    for rest = column, #aligns do reaching[rest] = math.max((reaching[rest] or 0) - 1, 0) end
    buffer:put '</tr>\n'
  end
end

local function heads_columns() return 'col' end
local function heads_nothing() return nil end

-- pandoc gives every table a head; one without a word is none.
local function is_bare(rows)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      if #cell.contents > 0 or cell.col_span > 1 or cell.row_span > 1 then return false end
    end
  end
  return true
end

local function put_part(buffer, name, rows, aligns, scope_of)
  if is_bare(rows) then return end
  buffer:put('<' .. name .. '>\n')
  put_rows(buffer, rows, aligns, scope_of)
  buffer:put('</' .. name .. '>\n')
end

local function put_body(buffer, body, aligns)
  local heads = body.row_head_columns
  buffer:put '<tbody>\n'
  put_rows(buffer, body.head, aligns, heads_columns)
  put_rows(buffer, body.body, aligns, function(column) return column <= heads and 'row' or nil end)
  buffer:put '</tbody>\n'
end

function M.write(buffer, tbl)
  local aligns = {}
  for index, spec in ipairs(tbl.colspecs) do aligns[index] = spec[1] end
  buffer:put('<table' .. attributes.of(tbl) .. '>\n')
  if #tbl.caption.long > 0 then
    buffer:put '<caption>'
    buffer:blocks(tbl.caption.long)
    buffer:put '</caption>\n'
  end
  put_part(buffer, 'thead', tbl.head.rows, aligns, heads_columns)
  for _, body in ipairs(tbl.bodies) do put_body(buffer, body, aligns) end
  put_part(buffer, 'tfoot', tbl.foot.rows, aligns, heads_nothing)
  buffer:put '</table>'
end

return M
