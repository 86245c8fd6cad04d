-- The words that stand around the body in Word and EPUB: title, summary and key points before it, corrections
-- and colophon after it. The PDF's template says the same in the same order.
--
-- Every block is a Div whose one class is its role ("title", "notice", "colophon" …); a format gives roles a look.

local pictures = require 'pictures'

local M = {}

local SHORT = { briefing = true, brief = true }

local function is_briefing(request) return SHORT[request.layout] == true end

local function role(name, blocks) return pandoc.Div(blocks, pandoc.Attr('', { name })) end

local function line(name, text) return role(name, { pandoc.Para(pandoc.Inlines(text)) }) end

-- The parts that are there, with a middle dot between them.
local function joined(...)
  local parts = pandoc.List { ... }:filter(function(part) return part ~= nil and part ~= '' end)
  return table.concat(parts, ' · ')
end

local function said_in(text, words) return text:find(words, 1, true) ~= nil end

-- "Ada Lovelace, Clement Attlee and Ellen Wilkinson".
local function listed(names)
  if #names < 2 then return names[1] or '' end
  return table.concat(names, ', ', 1, #names - 1) .. ' and ' .. names[#names]
end

local function paragraphs(text)
  local blocks = pandoc.Blocks {}
  for paragraph in (text .. '\n\n'):gmatch '(.-)\n%s*\n' do
    if paragraph:match '%S' then blocks:insert(pandoc.Para(pandoc.Inlines(paragraph))) end
  end
  return blocks
end

local function bullets(texts)
  return pandoc.BulletList(pandoc.List(texts):map(function(text) return { pandoc.Plain(pandoc.Inlines(text)) } end))
end

M.paragraphs, M.bullets = paragraphs, bullets

-- Publisher, title, authors, dates and notices; in a pack what its pages are marked with.
function M.title_block(request)
  local cover = request.cover
  local blocks = pandoc.Blocks {}
  local function add(name, text)
    if text ~= '' then blocks:insert(line(name, text)) end
  end
  add('publisher', joined(cover.publisher, cover.series_line))
  add('title', cover.title)
  add('subtitle', cover.subtitle)
  add('author', listed(cover.authors))
  local marks = request.marks
  if not marks then
    add('date', joined(cover.date_line, cover.version_line))
  else
    add('date', joined(said_in(marks.as_at, cover.date_line) and '' or cover.date_line, marks.as_at, cover.version_line))
    local copy = marks.copy_id ~= '' and 'Copy ' .. marks.copy_id or ''
    add('handling', joined(marks.handling, copy, said_in(marks.handling, marks.disclaimer) and '' or marks.disclaimer))
  end
  for _, notice in ipairs(cover.notices) do add('notice', notice) end
  return blocks
end

-- Summary and key points: under headings in a paper, without them in a briefing, where they lead.
function M.summary(request)
  local cover = request.cover
  local blocks = pandoc.Blocks {}
  local function add(title, content)
    if not is_briefing(request) then blocks:insert(line('front-heading', title)) end
    blocks:extend(content)
  end
  if cover.summary ~= '' then add('Summary', { role('lead', paragraphs(cover.summary)) }) end
  if #cover.key_points > 0 then add('Key points', { bullets(cover.key_points) }) end
  return blocks
end

function M.wants_contents(request) return not is_briefing(request) end

local function address(target)
  if not target:match '^https?://' then return pandoc.Inlines(target) end
  return pandoc.Inlines { pandoc.Link(target, target) }
end

local function check_row(check)
  local value = pandoc.Inlines 'See '
  value:extend(address(check))
  return { 'Is this copy current?', value }
end

local function colophon_rows(cover)
  local rows = pandoc.List {}
  local function add(label, value)
    if value ~= '' then rows:insert { label, address(value) } end
  end
  for _, row in ipairs(cover.colophon) do add(row[1], row[2]) end
  add('How to cite', cover.how_to_cite)
  add('Identifier', cover.identifier)
  add('Version', joined(cover.version_line, cover.date_line))
  add('Rights', cover.rights)
  local check = cover.check_address ~= '' and cover.check_address or cover.current_address
  if check ~= '' then rows:insert(check_row(check)) end
  return rows
end

local function write_row(row)
  local content = pandoc.Inlines { pandoc.Span(pandoc.Inlines(row[1]), pandoc.Attr('', { 'colophon-label' })), pandoc.Space() }
  content:extend(row[2])
  return role('colophon', { pandoc.Para(content) })
end

-- The address that answers "is my copy current?" as a picture, for a telephone.
local function qr_code(cover)
  local words = ('QR code: is this copy current? It leads to %s'):format(cover.check_address)
  return role('qr-code', { pandoc.Para { pandoc.Image(words, pictures.QR_CODE, '', pandoc.Attr('', {}, { width = '24mm' })) } })
end

-- Corrections, and who publishes this and under what terms. Headings get ids from `claim`.
function M.closing(request, claim)
  local cover = request.cover
  local blocks = pandoc.Blocks {}
  local function heading(title, id)
    blocks:insert(pandoc.Header(1, pandoc.Inlines(title), pandoc.Attr(claim(id), { 'unnumbered' })))
  end
  if #cover.corrections > 0 then
    heading('Corrections', 'corrections')
    blocks:insert(bullets(cover.corrections))
  end
  heading(M.about(request), 'about')
  blocks:extend(colophon_rows(cover):map(write_row))
  if cover.check_address ~= '' then blocks:insert(qr_code(cover)) end
  return blocks
end

-- What a pack says at its end that has no colophon: where it is told whether the copy is current.
function M.check(request)
  local check = request.cover.check_address
  if check == '' then return pandoc.Blocks {} end
  return pandoc.Blocks { write_row(check_row(check)), qr_code(request.cover) }
end

local KINDS = { pack = 'pack', brief = 'brief', briefing = 'briefing' }

function M.about(request) return 'About this ' .. (KINDS[request.layout] or 'paper') end

-- A part or annex of a pack under its heading. In one without a title, headings rise by a level.
function M.piece(piece, blocks)
  if piece.heading ~= '' then
    blocks:insert(1, pandoc.Header(1, pandoc.Inlines(piece.heading), pandoc.Attr(piece.id)))
    return blocks
  end
  local risen = blocks:walk { Header = function(header)
    header.level = math.max(1, header.level - 1)
    return header
  end }
  return pandoc.Blocks { pandoc.Div(risen, pandoc.Attr(piece.id)) }
end

-- Annexes of a pack: a paper within other covers ---------------------------------------------------------

-- Whose paper it is, which one, and as at when.
function M.byline(cover)
  local blocks = pandoc.Blocks {}
  local function add(text)
    if text ~= '' then blocks:insert(line('byline', text)) end
  end
  add(cover.subtitle)
  add(listed(cover.authors))
  add(joined(cover.publisher, cover.series_line, cover.version_line, cover.date_line))
  return blocks
end

-- Its corrections and colophon, without what the pack's own colophon says as well. `claim` gives ids.
function M.annex_closing(cover, claim, pack_cover)
  local blocks, said = pandoc.Blocks {}, {}
  local function heading(title, id)
    blocks:insert(pandoc.Header(2, pandoc.Inlines(title), pandoc.Attr(claim(id), { 'unnumbered' })))
  end
  if #cover.corrections > 0 then
    heading('Corrections', 'corrections')
    blocks:insert(bullets(cover.corrections))
  end
  for _, row in ipairs(pack_cover.colophon) do said[row[1] .. row[2]] = true end
  heading('About this paper', 'about')
  for _, row in ipairs(colophon_rows(cover)) do
    if not said[row[1] .. pandoc.utils.stringify(row[2])] then blocks:insert(write_row(row)) end
  end
  return blocks
end

return M
