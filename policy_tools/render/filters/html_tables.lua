-- Tables for the web: header cells say what they head, wide tables scroll by themselves, and alignment is a
-- class, so that the page needs no inline styles.
--
-- Cells are completed in the written text: to touch them in the tree costs more than to write the whole paper.

local M = {}

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

-- Puts a table into a region that scrolls, which the keyboard can reach.
function M.wrap(element, found)
  local attributes = { { 'role', 'region' }, region_name(element, found), { 'tabindex', '0' } }
  return pandoc.Div({ element }, pandoc.Attr('', { 'table-scroll' }, attributes))
end

local function head_cell(attributes)
  local scope = attributes:match 'colspan="' and 'colgroup' or 'col'
  return ('<th%s scope="%s">'):format(attributes, scope)
end

-- Completes the cells of all tables in a page as pandoc writes them.
function M.complete(html)
  html = html:gsub('<colgroup>.-</colgroup>%s*', '')
  html = html:gsub('(<t[hd][^>]-) style="text%-align: (%l+);"', function(cell, alignment)
    return alignment == 'left' and cell or ('%s class="align-%s"'):format(cell, alignment)
  end)
  html = html:gsub('<thead>.-</thead>', function(head)
    return (head:gsub('<th([^>]*)></th>', '<td%1></td>'):gsub('<th(%s?[^>]*)>', function(attributes)
      return attributes ~= 'ead' and head_cell(attributes) or nil
    end))
  end)
  return (html:gsub('<th( [^>]*)>', function(attributes)
    return not attributes:match 'scope=' and ('<th%s scope="row">'):format(attributes) or nil
  end):gsub('<th>', '<th scope="row">'))
end

return M
