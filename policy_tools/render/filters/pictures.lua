-- Pictures that go into a file (Word, EPUB): read from the cleaned copies that the request names.
--
-- A worker lives through many papers: what pandoc remembers of one paper's pictures is forgotten after it.

local M = {}

-- Word shows no SVG or WebP everywhere: a PNG of the same name stands beside such a cleaned file.
local WORD_FALLBACK = { svg = true, webp = true }
local MEDIA_TYPES = {
  png = 'image/png', jpg = 'image/jpeg', gif = 'image/gif', webp = 'image/webp', svg = 'image/svg+xml',
}

-- The name by which our own words show the request's `qr_code`, a file. No picture of a paper is called so.
M.QR_CODE = 'check:qr'

local function path_of(asset) return type(asset) == 'table' and asset.path or asset end

local function read(path)
  local file <close> = assert(io.open(path, 'rb'))
  return file:read 'a'
end

-- Puts the image's cleaned file into what is written, under a name that tells nothing of this machine.
function M.embed(image, request, format)
  local path = image.src == M.QR_CODE and request.qr_code or path_of(request.assets[image.src])
  if not path then return nil end
  local extension = path:match '%.(%w+)$'
  if format == 'word' and WORD_FALLBACK[extension] then
    path, extension = path:gsub('%.%w+$', '.png'), 'png'
  end
  local content = read(path)
  local name = pandoc.utils.sha1(content):sub(1, 16) .. '.' .. extension
  pandoc.mediabag.insert(name, MEDIA_TYPES[extension], content)
  image.src = name
  local width = image.attributes.width
  local alternative = image.attributes.alt or pandoc.utils.stringify(image.caption)
  local attributes = pandoc.List { { 'alt', alternative } } -- pairs: a Lua map has no order
  if width then attributes:insert { 'width', width } end
  image.attributes = attributes
  image.caption = pandoc.Inlines(alternative)
  return image
end

function M.forget() pandoc.mediabag.empty() end

-- The bytes as base64, which is how a binary file travels in an answer.
function M.base64(bytes)
  return (pandoc.mediabag.make_data_uri('application/zip', bytes):gsub('^data:.-;base64,', '', 1))
end

return M
