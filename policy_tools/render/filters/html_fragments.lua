-- Small pieces of the tree that html.lua needs by themselves: titles, labels, plain words, detached copies.

local M = {}

local plain_options = pandoc.WriterOptions { wrap_text = 'none' }

-- The blocks as one line of plain text, without links back.
function M.plain(blocks)
  local words = blocks:walk { Span = function(span)
    if span.classes:includes 'backlinks' then return {} end
  end }
  local text = pandoc.write(pandoc.Pandoc(words), 'plain', plain_options)
  return (text:gsub('%s+', ' '):gsub('^ ', ''):gsub(' $', ''))
end

-- A heading's own words, without its number.
function M.title_of(header)
  local words = header.content:walk {
    Span = function(span)
      if span.classes:includes 'section-number' then return {} end
    end,
    Link = function(link)
      if link.classes:includes 'note-ref' then return {} end
    end,
  }
  return (pandoc.utils.stringify(words):gsub('^%s+', ''):gsub('%s+$', ''))
end

-- The words of the label that opens a box.
function M.label_of(div)
  return pandoc.utils.stringify(div.content[1])
end

-- A copy that can stand on another page: no ids, no notes, no links into the paper.
function M.detached(blocks)
  local without_id = function(element)
    element.identifier = ''
    return element
  end
  return blocks:walk {
    Span = function(span)
      return span.classes:includes 'citation' and span.content or without_id(span)
    end,
    Div = without_id, Table = without_id, Figure = without_id, CodeBlock = without_id, Code = without_id,
    Link = function(link)
      if link.classes:includes 'note-ref' then return {} end
      if link.target:match '^#' then return link.content end
      return without_id(link)
    end,
  }
end

-- The content of an entry of a list: not a paragraph of its own, and with the links back inside the right-hand
-- column where a numeric style has columns.
function M.as_item(blocks)
  local item = blocks:map(function(block)
    return block.t == 'Para' and pandoc.Plain(block.content) or block
  end)
  local inlines = item[#item] and item[#item].content
  if not inlines or #inlines < 3 then return item end
  local column = inlines[#inlines - 2]
  if column.t == 'Span' and column.classes:includes 'csl-right-inline' then
    column.content:extend { inlines[#inlines - 1], inlines[#inlines] }
    inlines[#inlines - 2] = column
    inlines:remove(#inlines)
    inlines:remove(#inlines)
    item[#item].content = inlines
  end
  return item
end

-- Adds words to the last paragraph, or in a paragraph of their own.
function M.append_inlines(blocks, inlines)
  local last = blocks[#blocks]
  if last and (last.t == 'Para' or last.t == 'Plain') then
    last.content:extend(inlines)
    blocks[#blocks] = last
  else
    blocks:insert(pandoc.Para(inlines))
  end
end

return M
