-- The paper for the web: body, notes, references and recommendations as fragments that a page places.
--
-- `write` returns a table of fragments, not one text: `body`, `notes`, `contents`, `references`,
-- `recommendations`. Notes are numbered here, so that body and notes can stand apart. It changes the blocks for the
-- web, so it comes last of all writers. Nothing here is safe yet: render/html.py sanitises every fragment.

local html_writer = require 'html_writer'
local nodes = require 'nodes'

local M = {}

-- A mention of a note: a superscript number, linked to the note.
local function note_mention(number)
  local attributes = { role = 'doc-noteref', ['aria-label'] = 'Note ' .. number }
  local words = { t = 'Superscript', content = pandoc.List { nodes.str(tostring(number)) } }
  return nodes.link({ words }, '#note-' .. number, 'noteref-' .. number, { 'note-ref' }, attributes)
end

local function note_backlink(number)
  local attributes = { role = 'doc-backlink', ['aria-label'] = 'Back to note ' .. number .. ' in the text' }
  return nodes.link({ nodes.str '↩' }, '#noteref-' .. number, '', { 'note-back' }, attributes)
end

local function raw(html) return { t = 'RawBlock', format = 'html', text = html } end

-- The notes as one list; the items are raw, since a list's items have no ids.
local function build_notes(notes)
  local blocks = pandoc.List {}
  if #notes == 0 then return blocks end
  blocks:insert(raw '<ol class="notes">')
  for number, content in ipairs(notes) do
    nodes.append_inlines(content, { nodes.space(), note_backlink(number) })
    blocks:insert(raw(('<li id="note-%d">'):format(number)))
    blocks:extend(content)
    blocks:insert(raw '</li>')
  end
  blocks:insert(raw '</ol>')
  return blocks
end

local UNTITLED = { ['section-number'] = true, ['note-ref'] = true }

-- A heading's own words, without its number and its notes.
local function title_of(header)
  local words = nodes.words(header.content, function(inline)
    return inline.classes and UNTITLED[inline.classes[1]] == true
  end)
  return (words:gsub('^%s+', ''):gsub('%s+$', ''))
end

-- Headings start at h2, since the page's h1 is the title, and carry a small link to themselves.
local function write_heading(header, contents)
  local number = header.attributes.number or ''
  contents:insert { level = header.level, number = number, anchor = header.identifier, title = title_of(header) }
  header.level = header.level + 1
  header.attributes.number = nil
  local label = number ~= '' and 'Link to section ' .. number or 'Link to this section'
  local link = nodes.link({ nodes.str '#' }, '#' .. header.identifier, '', { 'self-link' }, { ['aria-label'] = label })
  header.content:extend { nodes.space(), link }
end

local ROLES = { recommendation = 'group', note = 'note', warning = 'note', example = 'note', evidence = 'note', box = 'note' }

-- A box is announced by its label. A formula on a line of its own scrolls, so the keyboard must reach it.
local function write_div(div, found)
  if div.classes:includes 'recommendation' then found.recommendations:insert(div) end
  local role = div.attributes.kind and ROLES[div.attributes.kind]
  if div.classes:includes 'formula' then
    div.attributes = { role = 'group', ['aria-label'] = 'Formula', tabindex = '0' }
  elseif role then
    div.attributes = { role = role, ['aria-label'] = nodes.words { div.content[1] } }
  end
end

local function write_image(image, assets)
  local asset = assets[image.src] or {}
  local percent = (image.attributes.width or ''):match '^(%d+)%%$'
  if percent then image.classes:insert('image-width-' .. math.max(10, (percent + 5) // 10 * 10)) end
  image.attributes = {
    alt = image.attributes.alt, width = asset.width and tostring(asset.width),
    height = asset.width and tostring(asset.height), loading = 'lazy', decoding = 'async',
  }
end

-- In pixels: a drawing as wide as this would shrink on a phone until nobody could read its words.
local WIDE = 544

local function is_wide_drawing(image)
  return image.src:match '%.svg$' and not image.classes:find_if(function(class) return class:match '^image%-width' end)
    and (tonumber(image.attributes.width) or 0) >= WIDE
end

-- Puts a wide drawing into a box that scrolls on a narrow screen, which the keyboard can reach.
local function write_figure(figure)
  local block = #figure.content == 1 and figure.content[1]
  local image = block and block.content and #block.content == 1 and block.content[1]
  if not image or image.t ~= 'Image' or not is_wide_drawing(image) then return end
  local words = nodes.words(figure.caption.long)
  local label = words:match '^Figure %d+' or words:match '^Table %d+' or 'Figure'
  local attributes = { role = 'group', ['aria-label'] = label, tabindex = '0' }
  figure.content = pandoc.List { nodes.div({ block }, '', { 'figure-scroll' }, attributes) }
end

-- Puts a table into a region that scrolls, which the keyboard can reach. Its name is the table's caption, or a number
-- among the tables that have none.
local function write_table(tbl, found)
  local attributes = { role = 'region', tabindex = '0' }
  local first = tbl.caption.long[1]
  if first and first.content then
    local id = tbl.identifier .. '-caption'
    first.content = pandoc.List { nodes.span(first.content, id) }
    attributes['aria-labelledby'] = id
  else
    found.bare_tables = found.bare_tables + 1
    attributes['aria-label'] = 'Table without a caption, ' .. found.bare_tables
  end
  return nodes.div({ tbl }, '', { 'table-scroll' }, attributes)
end

-- How the tree is changed for the web.
local function changes_for_web(assets, found)
  return {
    Header = function(header) write_heading(header, found.contents) end,
    Note = function(note)
      found.notes:insert(note.content)
      return note_mention(#found.notes)
    end,
    Image = function(image) write_image(image, assets) end,
    Figure = write_figure,
    CodeBlock = function(code) code.attributes = { tabindex = '0' } end, -- it scrolls, too
    Table = function(tbl) return write_table(tbl, found) end,
    Div = function(div) write_div(div, found) end,
  }
end

local nothing = {}

-- A copy that can stand on another page: no ids, no notes, no links into the paper.
local function detached(blocks)
  local function without_id(element) element.identifier = '' end
  return nodes.change(nodes.copy(blocks), {
    Span = function(span)
      if span.classes:includes 'citation' then return span.content end
      return without_id(span)
    end,
    Link = function(link)
      if link.classes:includes 'note-ref' then return nothing end
      if link.target:match '^#' then return link.content end
      return without_id(link)
    end,
    Div = without_id, Table = without_id, Figure = without_id, CodeBlock = without_id, Code = without_id,
  })
end

-- What a recommendation says, without its label.
local function words_of_recommendation(div)
  local content = detached(div.content)
  content:remove(1)
  return content
end

-- What an entry of the list says: as words of an item, not as paragraphs.
local function words_of_entry(div)
  return div.content:map(function(block) return block.t == 'Para' and nodes.plain(block.content) or block end)
end

-- Takes the list of references and its heading off the end: a page has places of its own for both.
local function take_references(blocks, facts)
  if #facts.entries == 0 then return pandoc.List {} end
  local list = blocks:remove(#blocks)
  blocks:remove(#blocks)
  return list.content
end

-- Links back go into the right-hand column where a numeric style has columns.
local function place_backlinks(html) return (html:gsub('(</div>)%s*(<span class="backlinks">.*)$', ' %2%1', 1)) end

function M.write(blocks, request, facts)
  local found = {
    contents = pandoc.List {}, notes = pandoc.List {}, recommendations = pandoc.List {}, bare_tables = 0,
  }
  local references = take_references(blocks, facts)
  nodes.change(blocks, changes_for_web(request.assets, found))
  local pieces = pandoc.List { blocks, build_notes(found.notes) }
  pieces:extend(references:map(words_of_entry))
  pieces:extend(found.recommendations:map(words_of_recommendation))
  local html = html_writer.write_all(pieces)
  return {
    body = html[1],
    notes = html[2],
    contents = found.contents,
    references = pandoc.List(facts.entries):map(function(entry, index)
      return { key = entry.key, anchor = entry.anchor, html = place_backlinks(html[2 + index]) }
    end),
    recommendations = found.recommendations:map(function(div, number)
      return { id = div.identifier, number = number, html = html[2 + #references + number] }
    end),
  }
end

return M
