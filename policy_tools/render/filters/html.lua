-- The paper for the web: body, notes, references and recommendations as fragments that a page places.
--
-- `write` returns a table of fragments, not one text: `body`, `notes`, `contents`, `references`,
-- `recommendations`. Notes are numbered here, so that body and notes can stand apart. Nothing here is safe yet:
-- render/html.py sanitises every fragment.

local fragments = require 'html_fragments'
local tables = require 'html_tables'

local M = {}

local options = pandoc.WriterOptions {
  html_math_method = 'mathml', highlight_method = 'none', wrap_text = 'none', email_obfuscation = 'none',
}

local function to_html(blocks)
  return pandoc.write(pandoc.Pandoc(blocks), 'html5', options)
end

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

local function write_notes(notes)
  if #notes == 0 then return '' end
  local blocks = pandoc.Blocks { pandoc.RawBlock('html', '<ol class="notes">') }
  for number, content in ipairs(notes) do
    fragments.append_inlines(content, { pandoc.Space(), note_backlink(number) })
    blocks:insert(pandoc.RawBlock('html', ('<li id="note-%d">'):format(number)))
    blocks:extend(content)
    blocks:insert(pandoc.RawBlock('html', '</li>'))
  end
  blocks:insert(pandoc.RawBlock('html', '</ol>'))
  return to_html(blocks)
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

local function prepare(blocks, request, found)
  return blocks:walk {
    Header = function(header) return write_heading(header, found.contents) end,
    Note = function(note)
      found.notes:insert(note.content)
      return note_mention(#found.notes)
    end,
    Image = function(image) return write_image(image, request.assets) end,
    CodeBlock = function(code)
      code.attributes = { { 'tabindex', '0' } } -- it scrolls, so the keyboard must reach it
      return code
    end,
    Table = function(element) return tables.write(element, found) end,
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

local function write_references(refs, entries)
  local written = pandoc.List {}
  for index, entry in ipairs(entries) do
    local content = refs.content[index].content
    written:insert {
      key = entry.key, anchor = entry.anchor, html = to_html(fragments.as_item(content)), text = fragments.plain(content),
    }
  end
  return written
end

local function write_recommendations(divs)
  return divs:map(function(div, number)
    local content = fragments.detached(div.content)
    content:remove(1) -- its label
    return { id = div.identifier, number = number, html = to_html(content), text = fragments.plain(content) }
  end)
end

function M.write(doc, request, facts)
  local found = {
    contents = pandoc.List {}, notes = pandoc.List {}, recommendations = pandoc.List {}, bare_tables = 0,
  }
  local blocks = prepare(doc.blocks, request, found)
  local references = pandoc.List {}
  if #facts.entries > 0 then
    references = write_references(blocks:remove(#blocks), facts.entries)
    blocks:remove(#blocks) -- the heading, which the page has itself
    found.contents:remove(#found.contents)
  end
  return {
    body = to_html(blocks):gsub('<th[^>]*></th>', '<td></td>'),
    notes = write_notes(found.notes),
    contents = found.contents,
    references = references,
    recommendations = write_recommendations(found.recommendations),
  }
end

return M
