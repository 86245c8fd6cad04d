-- The paper for the web: body, notes, references and recommendations as fragments that a page places.
--
-- `write` returns a table of fragments, not one text: `body`, `notes`, `contents`, `references`,
-- `recommendations`. Notes are numbered here, so that body and notes can stand apart. Nothing here is safe yet:
-- render/html.py sanitises every fragment.

local blocks_of = require 'blocks'
local fragments = require 'html_fragments'
local held = require 'held'
local tables = require 'html_tables'

local M = {}

local options = pandoc.WriterOptions {
  html_math_method = 'mathml', highlight_method = 'none', wrap_text = 'none', email_obfuscation = 'none',
}

-- A mention of a note: a superscript number, linked to the note.
local function note_mention(number)
  local attributes = { { 'role', 'doc-noteref' }, { 'aria-label', 'Note ' .. number } }
  local attr = pandoc.Attr('noteref-' .. number, { 'note-ref' }, attributes)
  return pandoc.Link({ pandoc.Superscript { pandoc.Str(tostring(number)) } }, '#note-' .. number, '', attr)
end

local function note_backlink(number)
  local attributes = { { 'role', 'doc-backlink' }, { 'aria-label', 'Back to note ' .. number .. ' in the text' } }
  return pandoc.Link('↩', '#noteref-' .. number, '', pandoc.Attr('', { 'note-back' }, attributes))
end

-- The notes as one list; the items are raw, since pandoc gives no ids to items.
local function build_notes(notes)
  local blocks = pandoc.Blocks {}
  if #notes == 0 then return blocks end
  blocks:insert(pandoc.RawBlock('html', '<ol class="notes">'))
  for number, content in ipairs(notes) do
    blocks_of.append_inlines(content, { pandoc.Space(), note_backlink(number) })
    blocks:insert(pandoc.RawBlock('html', ('<li id="note-%d">'):format(number)))
    blocks:extend(content)
    blocks:insert(pandoc.RawBlock('html', '</li>'))
  end
  blocks:insert(pandoc.RawBlock('html', '</ol>'))
  return blocks
end

-- Headings start at h2, since the page's h1 is the title, and carry a small link to themselves.
local function write_heading(header, contents)
  local number = header.attributes.number or ''
  contents:insert {
    level = header.level, number = number, anchor = header.identifier, title = fragments.title_of(header),
  }
  header.level = header.level + 1
  header.attributes.number = nil
  local label = number ~= '' and 'Link to section ' .. number or 'Link to this section'
  local attr = pandoc.Attr('', { 'self-link' }, { { 'aria-label', label } })
  header.content:extend { pandoc.Space(), pandoc.Link('#', '#' .. header.identifier, '', attr) }
  return header
end

local ROLES = { recommendation = 'group', note = 'note', warning = 'note', example = 'note', evidence = 'note', box = 'note' }

-- A box is announced by its label.
local function write_box(div)
  local role = div.attributes.kind and ROLES[div.attributes.kind]
  if not role then return nil end
  div.attributes = { { 'role', role }, { 'aria-label', fragments.label_of(div) } }
  return div
end

local function write_image(image, assets)
  local asset = assets[image.src] or {}
  local percent = (image.attributes.width or ''):match '^(%d+)%%$'
  if percent then image.classes:insert('image-width-' .. math.max(10, (percent + 5) // 10 * 10)) end
  local attributes = pandoc.List { { 'alt', image.attributes.alt } }
  if asset.width then
    attributes:extend { { 'width', tostring(asset.width) }, { 'height', tostring(asset.height) } }
  end
  attributes:extend { { 'loading', 'lazy' }, { 'decoding', 'async' } }
  image.attributes = attributes
  return image
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
  if not image or image.t ~= 'Image' or not is_wide_drawing(image) then return nil end
  local label = pandoc.utils.stringify(figure.caption.long):match '^Figure %d+' or 'Figure'
  local attributes = { { 'role', 'group' }, { 'aria-label', label }, { 'tabindex', '0' } }
  figure.content = { pandoc.Div({ block }, pandoc.Attr('', { 'figure-scroll' }, attributes)) }
  return figure
end

-- How the tree is changed for the web.
local function preparing(request, found)
  return {
    Header = function(header) return write_heading(header, found.contents) end,
    Note = function(note)
      found.notes:insert(note.content)
      return note_mention(#found.notes)
    end,
    Image = function(image) return write_image(image, request.assets) end,
    Figure = write_figure,
    CodeBlock = function(code)
      code.attributes = { { 'tabindex', '0' } } -- it scrolls, so the keyboard must reach it
      return code
    end,
    Table = function(element) return tables.wrap(element, found) end,
    Div = function(div)
      if div.classes:includes 'recommendation' then found.recommendations:insert(div) end
      if div.classes:includes 'formula' then
        div.attributes = { { 'role', 'group' }, { 'aria-label', 'Formula' }, { 'tabindex', '0' } }
        return div
      end
      return write_box(div)
    end,
  }
end

local INLINES_ONLY = { Para = true, Plain = true }

-- Most paragraphs hold nothing that changes, and are left alone.
local function prepare(blocks, request, facts, found)
  local filter = preparing(request, found)
  for index, block in ipairs(blocks) do
    if not INLINES_ONLY[block.t] or held.any(facts.held[index], { 'Note', 'Image' }) then
      blocks[index] = pandoc.Blocks { block }:walk(filter)[1]
    end
  end
  return blocks
end

-- What each recommendation says, without its label.
local function recommendations_of(divs)
  return divs:map(function(div)
    local content = fragments.detached(div.content)
    content:remove(1)
    return content
  end)
end

-- A mark before each counted paragraph, for `put_numbers`. Block by block, body and tree agree.
local function mark_paragraphs(blocks, paragraphs)
  local marked = pandoc.Blocks {}
  for index, block in ipairs(blocks) do
    if paragraphs[index] then marked:insert(pandoc.RawBlock('html', ('\u{2}%d\u{3}'):format(index))) end
    marked:insert(block)
  end
  return marked
end

local NUMBER = '<p><span id="%s" class="para-number"><a href="#%s">%s</a></span> '

local function put_numbers(html, paragraphs)
  return (html:gsub('\u{2}(%d+)\u{3}%s*<p>', function(index)
    local paragraph = paragraphs[tonumber(index)]
    return NUMBER:format(paragraph.anchor, paragraph.anchor, paragraph.number)
  end))
end

-- Takes the list of references and its heading off the end: a page has places of its own for both.
local function take_references(blocks, facts)
  if #facts.entries == 0 then return pandoc.List {} end
  local list = blocks:remove(#blocks)
  blocks:remove(#blocks)
  return pandoc.List(list.content)
end

function M.write(doc, request, facts)
  local found = {
    contents = pandoc.List {}, notes = pandoc.List {}, recommendations = pandoc.List {}, bare_tables = 0,
  }
  local blocks = doc.blocks:clone()
  local references = take_references(blocks, facts)
  blocks = prepare(blocks, request, facts, found)
  local pieces = pandoc.List { mark_paragraphs(blocks, facts.paragraphs), build_notes(found.notes) }
  pieces:extend(references:map(function(entry) return pandoc.Blocks { entry } end))
  pieces:extend(recommendations_of(found.recommendations))
  local html = fragments.write_together(pieces, 'html5', options, request.text)
  return {
    body = tables.complete(put_numbers(html[1], facts.paragraphs)),
    notes = tables.complete(html[2]),
    contents = found.contents,
    references = pandoc.List(facts.entries):map(function(entry, index)
      return { key = entry.key, anchor = entry.anchor, html = fragments.item_of(html[2 + index]) }
    end),
    recommendations = found.recommendations:map(function(div, number)
      return { id = div.identifier, number = number, html = tables.complete(html[2 + #references + number]) }
    end),
  }
end

return M
