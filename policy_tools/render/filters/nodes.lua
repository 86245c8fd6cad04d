-- The elements of a paper as plain tables of Lua, with the names that pandoc gives to fields: how they are made,
-- looked through, changed and read as words.
--
-- To look at one word of pandoc's own tree costs a call into pandoc, and a paper has thousands of them. What is done
-- to a paper between reading and writing is therefore done to these tables: plain_tree.lua makes them of pandoc's
-- tree, native_tree.lua makes pandoc's tree of them.

local List = pandoc.List

local M = {}

-- Making -------------------------------------------------------------------------------------------------

function M.str(text) return { t = 'Str', text = text } end
function M.space() return { t = 'Space' } end

-- A text as inlines: words that follow each other are one `Str`, as plain_tree.lua reads them.
function M.inlines(text)
  local inlines = List {}
  local words, gap = text:match '^(.-)(%s*)$'
  if words ~= '' then inlines:insert(M.str((words:gsub('%s+', ' ')))) end
  if gap ~= '' then inlines:insert(M.space()) end
  return inlines
end

local function named(element, id, classes, attributes)
  element.identifier, element.classes, element.attributes = id or '', List(classes or {}), attributes or {}
  return element
end

function M.span(content, id, classes, attributes)
  return named({ t = 'Span', content = List(content) }, id, classes, attributes)
end

function M.div(content, id, classes, attributes)
  return named({ t = 'Div', content = List(content) }, id, classes, attributes)
end

function M.link(content, target, id, classes, attributes)
  return named({ t = 'Link', content = List(content), target = target, title = '' }, id, classes, attributes)
end

function M.figure(content, caption, id, classes)
  return named({ t = 'Figure', content = List(content), caption = { long = List(caption) } }, id, classes)
end

function M.heading(level, content, id, classes)
  return named({ t = 'Header', level = level, content = List(content) }, id, classes)
end

function M.para(content) return { t = 'Para', content = List(content) } end
function M.plain(content) return { t = 'Plain', content = List(content) } end
function M.strong(content) return { t = 'Strong', content = List(content) } end

-- Looking ------------------------------------------------------------------------------------------------

-- The lists of rows that a table has.
local function rows_of(tbl)
  local rows = { tbl.head.rows }
  for _, body in ipairs(tbl.bodies) do
    rows[#rows + 1] = body.head
    rows[#rows + 1] = body.body
  end
  rows[#rows + 1] = tbl.foot.rows
  return rows
end

-- What stands below an element, as lists of elements or of lists, in the order of reading.
local function lists_below(item)
  if item.t ~= 'Table' then
    local caption = item.caption and (item.caption.long or item.caption)
    return { caption or item.content, caption and item.content }
  end
  local lists = { item.caption.long }
  for _, rows in ipairs(rows_of(item)) do
    for _, row in ipairs(rows) do
      for _, cell in ipairs(row.cells) do lists[#lists + 1] = cell.contents end
    end
  end
  return lists
end

-- Calls `act` with every element below a list, each before what stands below it.
function M.each(list, act)
  for _, item in ipairs(list) do
    if item.t then
      act(item)
      if not item.text then
        for _, below in ipairs(lists_below(item)) do M.each(below, act) end
      end
    else
      M.each(item, act)
    end
  end
end

-- Calls `act` with every list of elements, each before the lists within it.
function M.each_list(list, act)
  act(list)
  for _, item in ipairs(list) do
    if not item.t then
      M.each_list(item, act)
    elseif not item.text then
      for _, below in ipairs(lists_below(item)) do M.each_list(below, act) end
    end
  end
end

-- Changing -----------------------------------------------------------------------------------------------

local change

local function change_below(item, changes)
  local content, caption = item.content, item.caption
  if caption then change(caption.long or caption, changes) end
  if content then
    change(content, changes)
  elseif item.t == 'Table' then
    for _, rows in ipairs(rows_of(item)) do
      for _, row in ipairs(rows) do
        for _, cell in ipairs(row.cells) do change(cell.contents, changes) end
      end
    end
  end
end

-- What one element becomes: nil (itself), another, or a list that takes its place.
local function changed(item, changes)
  if not item.t then
    change(item, changes)
    return nil
  end
  if not item.text then change_below(item, changes) end
  local act = changes[item.t]
  return act and act(item)
end

local function replace(list, results)
  local count = #list
  local items = table.move(list, 1, count, 1, {})
  local place = 0
  for index = 1, count do
    local result = results[index]
    if result == nil then result = items[index] end
    if result.t then
      place = place + 1
      list[place] = result
    else
      for _, one in ipairs(result) do
        place = place + 1
        list[place] = one
      end
    end
  end
  for index = place + 1, count do list[index] = nil end
end

-- Changes a list and everything below it in place, from the inside outwards and in the order of reading, as
-- pandoc's `walk` does: `changes` maps the name of a kind of element to a function, which returns nil, an element or
-- a list of elements.
function change(list, changes)
  local results
  for index, item in ipairs(list) do
    local result = changed(item, changes)
    if result ~= nil and result ~= item then
      results = results or {}
      results[index] = result
    end
  end
  if results then replace(list, results) end
  return list
end

M.change = change

local nothing = {}
local WITHOUT_RAW = { RawInline = function() return nothing end, RawBlock = function() return nothing end }

-- Takes raw markup out of a list and everything below it.
function M.remove_raw(list) return change(list, WITHOUT_RAW) end

-- A copy that shares nothing with the original.
function M.copy(item)
  if type(item) ~= 'table' then return item end
  local copied = setmetatable({}, getmetatable(item))
  for key, value in pairs(item) do copied[key] = M.copy(value) end
  return copied
end

-- Adds words to the last paragraph, or in a paragraph of their own.
function M.append_inlines(blocks, inlines)
  local last = blocks[#blocks]
  if last and (last.t == 'Para' or last.t == 'Plain') then
    last.content:extend(inlines)
  else
    blocks:insert(M.para(inlines))
  end
end

-- Reading ------------------------------------------------------------------------------------------------

local SPACES = { Space = true, SoftBreak = true, LineBreak = true }
local UNREAD = { CodeBlock = true, RawInline = true, RawBlock = true }
local QUOTES = { SingleQuote = { '‘', '’' }, DoubleQuote = { '“', '”' } }

local function add_words(list, words, is_left_out)
  for _, item in ipairs(list) do
    if is_left_out and is_left_out(item) then
      goto continue
    elseif SPACES[item.t] then
      words[#words + 1] = ' '
    elseif item.t == 'Quoted' then
      words[#words + 1] = QUOTES[item.quotetype][1]
      add_words(item.content, words, is_left_out)
      words[#words + 1] = QUOTES[item.quotetype][2]
    elseif item.text then
      if not UNREAD[item.t] then words[#words + 1] = item.text end
    elseif not item.t then
      add_words(item, words, is_left_out)
    elseif item.t ~= 'Note' then
      for _, below in ipairs(lists_below(item)) do add_words(below, words, is_left_out) end
    end
    ::continue::
  end
end

-- The words of a list, as `pandoc.utils.stringify` gives them: without notes, and without elements that `is_left_out`
-- tells of.
function M.words(list, is_left_out)
  local words = {}
  add_words(list, words, is_left_out)
  return table.concat(words)
end

return M
