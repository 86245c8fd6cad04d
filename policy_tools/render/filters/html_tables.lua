-- Tables for the web: header cells say what they head, wide tables scroll by themselves, and alignment is a
-- class, so that the page needs no inline styles.

local M = {}

local ALIGNMENT = { AlignRight = 'align-right', AlignCenter = 'align-center' }

local function write_row(row, alignments, scopes)
  local column = 1
  for _, cell in ipairs(row.cells) do
    local alignment = cell.alignment
    if alignment == 'AlignDefault' then alignment = alignments[column] end
    if ALIGNMENT[alignment] then cell.classes:insert(ALIGNMENT[alignment]) end
    cell.alignment = 'AlignDefault'
    local scope = scopes(column)
    if scope then cell.attributes.scope = cell.col_span > 1 and scope == 'col' and 'colgroup' or scope end
    column = column + cell.col_span
  end
  return row
end

local function write_rows(rows, alignments, scopes)
  for index, row in ipairs(rows) do rows[index] = write_row(row, alignments, scopes) end
  return rows
end

local function write_cells(element)
  local alignments = {}
  element.colspecs = element.colspecs:map(function(spec, index)
    alignments[index] = spec[1]
    return { 'AlignDefault', nil }
  end)
  local heads = function() return 'col' end
  element.head.rows = write_rows(element.head.rows, alignments, heads)
  for index, body in ipairs(element.bodies) do
    body.head = write_rows(body.head, alignments, heads)
    body.body = write_rows(body.body, alignments, function(column)
      return column <= body.row_head_columns and 'row' or nil
    end)
    element.bodies[index] = body
  end
  element.foot.rows = write_rows(element.foot.rows, alignments, function() return nil end)
end

-- The name of the scrolling region: the table's caption, or a number among the tables that have none.
local function region_name(element, found)
  local caption = element.caption.long
  local first = caption[1]
  if not (first and first.content) then
    found.bare_tables = found.bare_tables + 1
    return { 'aria-label', 'Table without a caption, ' .. found.bare_tables }
  end
  local id = element.identifier .. '-caption'
  first.content = { pandoc.Span(first.content, pandoc.Attr(id)) }
  caption[1] = first
  element.caption.long = caption
  return { 'aria-labelledby', id }
end

function M.write(element, found)
  write_cells(element)
  local attributes = { { 'role', 'region' }, region_name(element, found), { 'tabindex', '0' } }
  return pandoc.Div({ element }, pandoc.Attr('', { 'table-scroll' }, attributes))
end

return M
