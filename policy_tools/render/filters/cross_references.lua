-- The words of a mention: "Figure 3", "section 4.1", linked to what is meant. mentions.lua held their places.

local mentions = require 'mentions'
local nodes = require 'nodes'

local M = {}

local WORDS = { figure = 'Figure', table = 'Table', recommendation = 'Recommendation', section = 'section' }

local function find_target(key, state)
  for _, id in ipairs(mentions.candidates(key) or {}) do
    if state.targets[id] then return id, state.targets[id] end
  end
  return nil
end

-- What is written with a colon, as other systems do, the scanner has told of (policy_tools/load/scan/inlines.py).
local function unknown_mention(key, state)
  if key:match '^%a+%-' then
    state.report {
      code = 'cross-reference.unknown', near = '@' .. key,
      message = ('Nothing in this paper is called "%s".'):format(key),
      hint = 'Check the id of the figure, table, section or recommendation that is meant.',
    }
  end
  return nodes.str('@' .. key)
end

local function capitalised(word) return word:sub(1, 1):upper() .. word:sub(2) end

local function link_to(id, words)
  return nodes.link({ nodes.str(words) }, '#' .. id, '', { 'cross-reference' })
end

-- A section without a number is called by its title.
local function titled_reference(place, id, title)
  local link = link_to(id, '“' .. title .. '”')
  if place.number_only then return link end
  return { nodes.str(place.key:match '^%u' and 'Section' or 'section'), nodes.space(), link }
end

-- What stands in a place that was held; nil for a span that holds none.
function M.fill(span, state)
  local place = mentions.read_place(span)
  if not place then return nil end
  local id, target = find_target(place.key, state)
  if not target then return unknown_mention(place.key, state) end
  if not target.number then return titled_reference(place, id, target.title) end
  if place.number_only or span.number_only then return link_to(id, target.number) end
  local word = WORDS[target.kind]
  if place.key:match '^%u' then word = capitalised(word) end
  return link_to(id, word .. '\u{a0}' .. target.number)
end

-- Words that are said already ------------------------------------------------------------------------------

local NAMES = {
  figure = true, figures = true, fig = true, table = true, tables = true, section = true, sections = true,
  recommendation = true,
}

-- Whether an author wrote "Figure @fig-x", as systems ask for that print the number alone.
local function repeats_words(text)
  for place in text:gmatch '()@%a+[-:]' do
    local before = text:sub(math.max(1, place - 20), place - 1)
    local name = before:match '(%a+)%.?[ \n]{?$'
    if name and NAMES[name:lower()] or before:match '{$' then return true end
  end
  return false
end

-- Takes away the braces of "{@fig:x}", another system's way of asking for the bare reference.
local function strip_braces(before, after)
  if not (before and after and before.t == 'Str' and after.t == 'Str') then return end
  if not (before.text:match '{$' and after.text:match '^}') then return end
  before.text, after.text = before.text:sub(1, -2), after.text:sub(2)
end

-- Whether the last of these words is such a name.
local function end_in_name(words)
  local last = words and words.t == 'Str' and words.text:match '(%a+)%A*$'
  return last and NAMES[last:lower()] == true
end

local function shorten(list)
  for index, span in ipairs(list) do
    local place = span.t == 'Span' and mentions.read_place(span)
    if place and place.is_alone then
      strip_braces(list[index - 1], list[index + 1])
      if end_in_name(list[index - 2]) then span.number_only = true end
    end
  end
end

-- Lets "Figure @fig-x" print "Figure 3" and not "Figure Figure 3".
function M.shorten_repeated(blocks, text)
  if repeats_words(text) then nodes.each_list(blocks, shorten) end
end

return M
