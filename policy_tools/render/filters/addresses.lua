-- Which addresses a link may have, and what a relative one means away from its page.

local M = {}

local SCHEMES = { http = true, https = true, mailto = true, tel = true }

-- Whether a link may be published: a web or mail address, or a place of the site.
function M.is_allowed(target)
  if target:match '%c' then return false end
  local scheme = target:match '^%s*([^/?#]*):'
  return scheme == nil or SCHEMES[scheme:lower()] == true
end

-- The address as it can be printed; nil when it only means something on the page itself.
function M.absolute(target, page)
  if target:match '^%a[%w+.-]*:' then return target end
  local site, folder = (page or ''):match '^(https?://[^/]+)(.*)$'
  if not site then return nil end
  if target:sub(1, 1) == '/' then return site .. target end
  folder = folder:gsub('[^/]*$', '')
  if folder == '' then folder = '/' end
  while target:match '^%.%.?/' do
    if target:sub(1, 2) == '..' then
      folder = folder:gsub('[^/]+/$', '')
      target = target:sub(4)
    else
      target = target:sub(3)
    end
  end
  return site .. folder .. target
end

return M
