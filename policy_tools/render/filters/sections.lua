-- How sections and paragraphs are numbered: 4, 4.1 for headings; 4.12 for the twelfth paragraph of section 4.

local nodes = require 'nodes'

local M = {}

local DEEPEST = 5 -- h6 on the web: the paper's own title is h1

local function numbers_headings(request)
  return request.number_paragraphs or request.layout ~= 'briefing'
end

local function highest_level(blocks, found)
  for _, block in ipairs(blocks) do
    if block.t == 'Header' then
      found = math.min(found, block.level)
    elseif block.t == 'Div' then
      found = highest_level(block.content, found)
    end
  end
  return found
end

-- Looks at all headings first: the body's own top level becomes level 1.
function M.prepare(blocks, state)
  local highest = highest_level(blocks, 7)
  state.level_shift = highest == 7 and 0 or highest - 1
  state.level = 0
  state.section_numbers = {}
  state.section = nil -- the number of the level-1 section that paragraphs are counted in
  state.paragraph = 0
end

local LIST_HEADINGS = { references = true, bibliography = true, ['works cited'] = true, ['reference list'] = true }

-- A last heading "References" with nothing below it asks for the list that stands there anyway.
function M.without_empty_references(blocks)
  local last = #blocks
  while last > 0 and blocks[last].t == 'Div' and blocks[last].identifier == 'refs' do last = last - 1 end
  local block = blocks[last]
  if block and block.t == 'Header' and LIST_HEADINGS[nodes.words(block.content):lower()] then
    blocks:remove(last)
  end
  return blocks
end

local function next_number(state, level)
  local numbers = state.section_numbers
  numbers[level] = (numbers[level] or 0) + 1
  for deeper = level + 1, DEEPEST do numbers[deeper] = nil end
  for higher = 1, level - 1 do
    if not numbers[higher] then return nil end -- below a section that has no number itself
  end
  return table.concat(numbers, '.', 1, level)
end

-- Gives a heading its level, its number and its id.
function M.number_heading(block, state)
  local level = math.min(block.level - state.level_shift, state.level + 1, DEEPEST)
  block.level = level
  state.level = level
  local identifier = state:claim(block.identifier)
  block.identifier = identifier
  local target = { kind = 'section', title = nodes.words(block.content) }
  state.targets[identifier] = target
  local numbered = numbers_headings(state.request) and not block.classes:includes 'unnumbered'
  if level == 1 and not numbered then
    state.section = nil
    state.unnumbered_section = true
  elseif level == 1 then
    state.unnumbered_section = false
  end
  if not numbered or state.unnumbered_section then return block end
  target.number = next_number(state, level)
  if not target.number then return block end
  block.attributes.number = target.number
  block.content:insert(1, nodes.space())
  block.content:insert(1, nodes.span({ nodes.str(target.number) }, '', { 'section-number' }))
  if level == 1 then state.section, state.paragraph = target.number, 0 end
  return block
end

-- Counts one of the paper's own paragraphs: its `paragraph` says number and anchor, with which writers open it.
function M.count_paragraph(block, state)
  if not (state.request.number_paragraphs and state.section) then return end
  state.paragraph = state.paragraph + 1
  local number = state.section .. '.' .. state.paragraph
  local identifier = state.anchors:claim('p-' .. number:gsub('%.', '-'))
  block.paragraph = { number = number, anchor = identifier }
end

return M
