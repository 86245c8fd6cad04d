-- A pack: parts of our own making and whole papers (its annexes) as one tree for each writer.
--
-- `build` makes of every piece of the request `{ kind, id, label, title, blocks, … }`: names are unique, links have
-- ends, headings stand below the piece's own heading of level 1. Each writer puts these pieces together itself.

local anchors = require 'anchors'
local boxes = require 'boxes'
local matter = require 'matter'
local pack_names = require 'pack_names'

local M = {}

local READER = 'html-auto_identifiers'

local function read_file(path)
  local file <close> = assert(io.open(path, 'rb'))
  return file:read 'a'
end

-- Parts --------------------------------------------------------------------------------------------------

local function label_of(title)
  return pandoc.Para { pandoc.Span(pandoc.Inlines(title), pandoc.Attr('', { 'box-label' })) }
end

local function is_label(block)
  local first = block and block.t == 'Para' and block.content[1]
  return first and first.t == 'Span' and first.classes:includes 'box-label'
end

-- A box as papers have it: its kind as an attribute, and a label before everything else.
local function complete_box(div)
  local kind = boxes.kind_of(div)
  if not kind then return nil end
  div.attributes.kind = kind
  if not is_label(div.content[1]) then div.content:insert(1, label_of(boxes.LABELS[kind])) end
  return div
end

-- Gives a part's elements ids that are free; headings without one get their part's.
local function name_part(piece, claims)
  local function claim(element)
    if element.identifier == '' then return nil end
    element.identifier = claims:claim(element.identifier)
    return element
  end
  return piece.blocks:walk {
    Header = function(header)
      header.level = math.max(header.level, 2)
      header.identifier = claims:claim(header.identifier ~= '' and header.identifier or piece.id .. '-1')
      header.attributes = {}
      return header
    end,
    Div = function(div)
      local box = complete_box(div)
      return claim(box or div) or box
    end,
    Span = claim, Link = claim, Code = claim, CodeBlock = claim, Table = claim, Figure = claim,
    Image = function(image) return image.caption end, -- a part shows none
  }
end

local function build_part(piece, claims)
  piece.blocks = pandoc.read(piece.html, READER).blocks
  piece.blocks = name_part(piece, claims)
  piece.has_links = piece.html:find '<a ' ~= nil
  return piece
end

-- Annexes ------------------------------------------------------------------------------------------------

local function box(kind, title, blocks)
  local content = pandoc.Blocks { label_of(title) }
  content:extend(blocks)
  return pandoc.Div(content, pandoc.Attr('', { kind }, { kind = kind }))
end

-- What a reader must know of a paper before its first line: whose it is, what has become of it, what it says.
local function opening(piece, pack_cover)
  local cover = piece.cover
  local blocks = matter.byline(cover)
  local said = {}
  for _, notice in ipairs(pack_cover.notices) do said[notice] = true end
  for _, notice in ipairs(cover.notices) do
    if not said[notice] then blocks:insert(box('warning', 'Please note', { pandoc.Para(pandoc.Inlines(notice)) })) end
  end
  if cover.summary ~= '' then blocks:insert(box('box', 'Summary', matter.paragraphs(cover.summary))) end
  if #cover.key_points > 0 then blocks:insert(box('box', 'Key points', { matter.bullets(cover.key_points) })) end
  return blocks
end

local function build_annex(piece, request, pages, claims)
  local function claim(id) return claims:claim(piece.prefix .. '-' .. id) end
  local blocks = pandoc.read(read_file(piece.tree), 'json').blocks
  piece.id = piece.prefix
  if piece.language ~= request.language then piece.lang = piece.language end
  piece.blocks = opening(piece, request.cover)
  piece.blocks:extend(pack_names.qualify(blocks, piece, pages, claims.taken))
  piece.blocks:extend(matter.annex_closing(piece.cover, claim, request.cover))
  for name, asset in pairs(piece.assets) do
    request.assets[pack_names.picture_name(piece.prefix, name)] = asset
  end
  return piece
end

-- The pack's pieces in order; `request.assets` gains every annex's pictures. `claims` gives ids to what writers add.
function M.build(request)
  local claims, pages = anchors.new(), pack_names.find_pages(request.pieces)
  request.assets = {}
  for _, piece in ipairs(request.pieces) do claims:claim(piece.kind == 'annex' and piece.prefix or piece.id) end
  for _, piece in ipairs(request.pieces) do
    piece.heading = piece.label and ('%s: %s'):format(piece.label, piece.title) or piece.title
  end
  for _, piece in ipairs(request.pieces) do -- first: their names are fixed, those of parts are not
    if piece.kind == 'annex' then build_annex(piece, request, pages, claims) end
  end
  for _, piece in ipairs(request.pieces) do
    if piece.kind == 'part' then build_part(piece, claims) end
  end
  for _, piece in ipairs(request.pieces) do
    if piece.has_links or piece.leads_elsewhere then
      piece.blocks = pack_names.connect(piece.blocks, pages, claims.taken)
    end
  end
  return request.pieces, claims
end

return M
