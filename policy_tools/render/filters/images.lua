-- Which images a paper may show: those the loader checked. Others are replaced by their words.

local nodes = require 'nodes'

local M = {}

local function words_for(image)
  local alternative = image.attributes.alt or nodes.words(image.caption)
  return alternative ~= '' and alternative or 'image'
end

-- Gives an image its alternative text, or replaces one that is not among the paper's files.
function M.check(image, state)
  local alternative = words_for(image)
  if state.request.assets[image.src] then
    image.attributes.alt = alternative
    image.caption = nodes.inlines(alternative)
    image.title = ''
    if image.identifier ~= '' then image.identifier = state:claim(image.identifier) end
    return image
  end
  state.report {
    code = 'image.missing', near = image.src,
    message = ('The image "%s" is not among this paper\'s files: its description stands in its place.'):format(image.src),
    hint = 'Put the file into the paper\'s folder, and write its name as it is there.',
  }
  return nodes.span(nodes.inlines('[' .. alternative .. ']'), image.identifier, { 'missing-image' })
end

return M
