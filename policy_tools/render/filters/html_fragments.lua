-- Small pieces of the tree that html.lua needs by themselves: titles, labels, plain words, detached copies.

local M = {}

local function is_space(text, place) return text:find('^%s', place) ~= nil end

-- What stands before each separator, without the space around it. In plain searches: a pattern tries every place.
local function split(text, separator)
  local parts, from = pandoc.List {}, 1
  while true do
    local start, stop = text:find(separator, from, true)
    if not start then return parts end
    local first, last = from, start - 1
    while first <= last and is_space(text, first) do first = first + 1 end
    while last >= first and is_space(text, last) do last = last - 1 end
    parts:insert(text:sub(first, last))
    from = stop + 1
  end
end

-- Writes several lists of blocks at once: each call of a writer costs a millisecond before its first word. They are
-- parted by a line that no author can have foreseen, since it depends on the whole text.
function M.write_together(pieces, format, options, text)
  local separator = '\u{2}' .. pandoc.utils.sha1(text) .. '\u{3}'
  local blocks = pandoc.Blocks {}
  for _, piece in ipairs(pieces) do
    blocks:extend(piece)
    blocks:insert(pandoc.RawBlock(format, separator))
  end
  return split(pandoc.write(pandoc.Pandoc(blocks), format, options), separator)
end

-- What stands in an entry of the reference list, without the entry's own element; links back go into the right-hand
-- column where a numeric style has columns.
function M.item_of(html)
  local item = html:gsub('^<div[^>]*>%s*', '', 1):gsub('%s*</div>$', '', 1)
  return (item:gsub('(</div>)%s*(<span class="backlinks">.*)$', ' %2%1', 1))
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

return M
