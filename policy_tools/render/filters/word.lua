-- The paper as a Word file, by pandoc's own writer and the styles of render/word_parts/styles.xml.
--
-- The tree's classes become named styles; the words stay those of every other format. Links from a reference
-- back to its citations are left out: Word's own "back" does that.

local links = require 'links'
local matter = require 'matter'
local pictures = require 'pictures'

local M = {}

local BOX_STYLES = {
  recommendation = { 'Recommendation', 'Recommendation Title' },
  warning = { 'Warning Box', 'Warning Box Title' },
}
local OTHER_BOX_STYLES = { 'Box', 'Box Title' }
local BOXES = { 'recommendation', 'note', 'warning', 'example', 'evidence', 'box' }

local ROLE_STYLES = {
  publisher = 'Publisher', title = 'Title', subtitle = 'Subtitle', author = 'Author', date = 'Date',
  notice = 'Notice', ['front-heading'] = 'Front Heading', lead = 'Lead', colophon = 'Colophon',
  handling = 'Handling', byline = 'Byline', ['qr-code'] = 'Check Code',
}
local SPAN_STYLES = {
  ['box-label'] = 'Box Label', ['section-number'] = 'Section Number', ['colophon-label'] = 'Colophon Label',
}

local function xml(text) return pandoc.RawInline('openxml', text) end

local function tab() return xml '<w:r><w:tab/></w:r>' end

local function styled_blocks(style, blocks, identifier)
  return pandoc.Div(blocks, pandoc.Attr(identifier or '', {}, { ['custom-style'] = style }))
end

local function styled(style, inlines, identifier)
  return pandoc.Span(inlines, pandoc.Attr(identifier or '', {}, { ['custom-style'] = style }))
end

local function has_class(element, class)
  return element and element.classes and element.classes:includes(class)
end

-- A number and its text, with the gutter's tab between them in place of a space.
local function put_tab_after_first(inlines)
  if inlines[2] and inlines[2].t == 'Space' then inlines[2] = tab() end
  return inlines
end

local function write_paragraph(para)
  if not has_class(para.content[1], 'para-number') then return nil end
  local number = para.content[1]
  para.content[1] = styled('Paragraph Number', pandoc.Inlines(pandoc.utils.stringify(number)), number.identifier)
  put_tab_after_first(para.content)
  return styled_blocks('Numbered Paragraph', { para })
end

local function write_heading(header)
  header.attributes = {}
  if has_class(header.content[1], 'section-number') then put_tab_after_first(header.content) end
  return header
end

local COUNT = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
  .. '<w:r><w:instrText xml:space="preserve"> SEQ %s \\* ARABIC%s </w:instrText></w:r>'
  .. '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
  .. '<w:r><w:rPr><w:rStyle w:val="CaptionLabel"/></w:rPr><w:t>%s</w:t></w:r>'
  .. '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

-- "Figure 3:" with the number as a field, so that Word can list figures and count on when the file is edited.
-- Where the count begins anew, as in each annex of a pack, the field says so.
local function write_caption_label(span, counts)
  local word, number, rest = pandoc.utils.stringify(span):match '^(%a+) (%d+)(.*)$'
  if not word then return styled('Caption Label', span.content) end
  local counts_on = counts[word] == tonumber(number) - 1
  counts[word] = tonumber(number)
  local field = xml(COUNT:format(word, counts_on and '' or ' \\r ' .. number, number))
  local inlines = pandoc.Inlines { styled('Caption Label', { pandoc.Str(word), pandoc.Space() }), field }
  if rest ~= '' then inlines:insert(styled('Caption Label', pandoc.Inlines(rest))) end
  return inlines
end

local function write_span(span, counts)
  if has_class(span, 'citation') then return span.content end
  if has_class(span, 'caption-label') then return write_caption_label(span, counts) end
  for class, style in pairs(SPAN_STYLES) do
    if has_class(span, class) then
      span.attributes = { ['custom-style'] = style }
      return span
    end
  end
  return nil
end

-- Lists inside a box keep the box's style only as full paragraphs.
local function as_paragraphs(blocks)
  return blocks:walk {
    traverse = 'topdown',
    Table = function(element) return element, false end,
    Figure = function(element) return element, false end,
    Plain = function(plain) return pandoc.Para(plain.content) end,
  }
end

local function write_box(div, kind)
  local styles = BOX_STYLES[kind] or OTHER_BOX_STYLES
  local label = div.content:remove(1)
  local blocks = pandoc.Blocks { styled_blocks(styles[2], { label }) }
  blocks:extend(as_paragraphs(div.content))
  return styled_blocks(styles[1], blocks, div.identifier)
end

local function without_backlinks(div)
  local last = div.content[#div.content]
  local inlines = last and last.content
  if inlines and has_class(inlines[#inlines], 'backlinks') then
    inlines:remove(#inlines)
    if inlines[#inlines] and inlines[#inlines].t == 'Space' then inlines:remove(#inlines) end
    last.content = inlines
    div.content[#div.content] = last
  end
  return div
end

local function write_div(div)
  if has_class(div, 'csl-entry') then return without_backlinks(div) end
  if has_class(div, 'formula') then return div.content end
  if has_class(div, 'csl-bib-body') and div.identifier ~= 'refs' then -- pandoc knows its own list by that id
    return styled_blocks('Bibliography', div.content, div.identifier)
  end
  for _, kind in ipairs(BOXES) do
    if has_class(div, kind) then return write_box(div, kind) end
  end
  if has_class(div, 'colophon') then put_tab_after_first(div.content[1].content) end
  for class, style in pairs(ROLE_STYLES) do
    if has_class(div, class) then return styled_blocks(style, div.content, div.identifier) end
  end
  return nil
end

-- Characters: what a line of a table holds.
local LINE = 76

local function longest_word(blocks)
  local longest = 0
  for word in pandoc.utils.stringify(blocks):gmatch '%S+' do longest = math.max(longest, utf8.len(word) or #word) end
  return longest
end

-- The least share of the table that each column needs so that none of its words breaks.
local function needed_shares(tbl)
  local shares, rows = {}, pandoc.List {}
  rows:extend(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do rows:extend(body.body) end
  for _, row in ipairs(rows) do
    for column, cell in ipairs(row.cells) do
      local share = (longest_word(cell.contents) * 1.15 + 2) / LINE
      if cell.col_span == 1 then shares[column] = math.max(shares[column] or 0, share) end
    end
  end
  return shares
end

-- Columns that were given a width too narrow for a word take what it needs from those with more than they need.
local function widen_columns(tbl)
  local specs, shares, lacking, spare = tbl.colspecs, needed_shares(tbl), 0, 0
  for column, spec in ipairs(specs) do
    local over = (spec[2] or 0) - (shares[column] or 0)
    if spec[2] == nil then return nil end
    if over < 0 then lacking = lacking - over else spare = spare + over end
  end
  if lacking == 0 or lacking > spare then return nil end
  for column, spec in ipairs(specs) do
    local over = spec[2] - (shares[column] or 0)
    specs[column] = { spec[1], over < 0 and shares[column] or spec[2] - lacking * over / spare }
  end
  tbl.colspecs = specs
  return tbl
end

-- `counts` says which figure and table came last; a pack's annexes begin without any.
local function adapt(blocks, request, counts)
  return blocks:walk {
    Para = write_paragraph,
    Header = write_heading,
    Span = function(span) return write_span(span, counts) end,
    Div = write_div,
    Table = widen_columns,
    Link = function(link) return links.outward(link, request) end,
    Image = function(image) return pictures.embed(image, request, 'word') end,
  }
end

local FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
  .. '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\b %s </w:instrText></w:r>'
  .. '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
local FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

-- One line of the contents, linked to its section.
local function contents_line(header)
  local title = pandoc.Inlines(header.content):walk {
    Note = function() return {} end,
    Link = function(link) return link.content end,
    Span = function(span) return span.content end,
  }
  if has_class(header.content[1], 'section-number') then put_tab_after_first(title) end
  return pandoc.Para { pandoc.Link(title, '#' .. header.identifier) }
end

-- A field of Word's for the contents of what `bookmark` holds, filled in already: nothing is asked on opening.
-- Only Word knows on which page a section stands: the numbers come when the field is updated.
local function write_contents(blocks, bookmark)
  local lines = pandoc.Blocks {}
  for _, block in ipairs(blocks) do
    if block.t == 'Header' and block.level <= 2 then
      lines:insert(styled_blocks('TOC ' .. block.level, { contents_line(block) }))
    end
  end
  if #lines == 0 then return lines end
  lines[1].content[1].content:insert(1, xml(FIELD:format(bookmark)))
  lines[#lines].content[1].content:insert(xml(FIELD_END))
  lines:insert(1, styled_blocks('TOC Heading', { pandoc.Para 'Contents' }))
  return lines
end

-- The file as base64.
local function write_file(blocks, request)
  local options = pandoc.WriterOptions { reference_doc = request.reference_docx, highlight_method = 'none' }
  local file = pandoc.write(pandoc.Pandoc(blocks, { lang = request.language }), 'docx', options)
  pictures.forget()
  return pictures.base64(file)
end

-- Returns the file as base64.
function M.write(doc, request, facts)
  pictures.forget()
  local anchors = facts.anchors:layer()
  local function claim(id) return anchors:claim(id) end
  local bookmark = claim 'paper_text'
  local blocks = matter.title_block(request)
  blocks:extend(matter.summary(request))
  if matter.wants_contents(request) then blocks:extend(write_contents(doc.blocks, bookmark)) end
  blocks:insert(pandoc.Div(doc.blocks, pandoc.Attr(bookmark)))
  blocks:extend(matter.closing(request, claim))
  return write_file(adapt(blocks, request, { Figure = 0, Table = 0 }), request)
end

-- A section of Word's own ends here, so that the notes of what follows begin with 1: render/word_sections.py
-- moves it into the last paragraph and gives it its page.
local function section_end() return pandoc.RawBlock('openxml', '<w:p><w:pPr><w:sectPr/></w:pPr></w:p>') end

-- The pieces of a pack between its opening and its closing, each annex a section of its own. Returns base64.
function M.write_pack(pieces, request, claim)
  pictures.forget()
  local bookmark, body, listed = claim 'pack_text', pandoc.Blocks {}, pandoc.Blocks {}
  local after_annex = false
  for _, piece in ipairs(pieces) do
    local is_annex = piece.kind == 'annex'
    if is_annex or after_annex then body:insert(section_end()) end
    after_annex = is_annex
    local blocks = matter.piece(piece, adapt(piece.blocks, request, {}))
    listed:extend(piece.id:find '^brief' and { blocks[1] } or blocks) -- of a page, its name
    body:extend(piece.lang and { pandoc.Div(blocks, pandoc.Attr('', {}, { lang = piece.lang })) } or blocks)
  end
  local before = matter.title_block(request)
  before:extend(matter.summary(request))
  if request.has_contents then before:extend(write_contents(listed, bookmark)) end
  local blocks = adapt(before, request, {})
  blocks:insert(pandoc.Div(body, pandoc.Attr(bookmark)))
  local closing = request.has_colophon and matter.closing(request, claim) or matter.check(request)
  if after_annex and #closing > 0 then blocks:insert(section_end()) end
  blocks:extend(adapt(closing, request, {}))
  return write_file(blocks, request)
end

return M
