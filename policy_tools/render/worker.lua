-- What a worker does: one JSON request a line comes in, one JSON answer a line goes out.
--
-- Started as `pandoc lua worker.lua FILTERS_DIR`. A request's `task` is "render" (a paper's Markdown to the
-- formats asked), "pack" (parts and whole papers to the formats asked), or "references" (BibLaTeX to CSL-JSON). An answer holds `error` when the task failed.

package.path = arg[1] .. '/?.lua'

local MODULES = { docx = 'word' } -- the others are called like their format

local attributes = require 'attributes'
local citations = require 'citations'
local html = require 'html'
local mentions = require 'mentions'
local native_tree = require 'native_tree'
local nodes = require 'nodes'
local pack = require 'pack'
local structure = require 'structure'
local works_of = require 'works'

-- Nothing of the author's reaches pandoc but the words: no metadata block, no raw TeX, no raw formats.
local READER = 'markdown-yaml_metadata_block-pandoc_title_block-raw_tex-raw_attribute'

local LONGEST_EXCERPT = 80

-- The problems of one paper, as the answer carries them. `near` is the text to look for in the file.
local function new_report()
  local problems, seen = {}, {}
  return problems, function(problem)
    local fingerprint = table.concat({ problem.code, problem.message, problem.near or '' }, '\0')
    if not seen[fingerprint] then
      seen[fingerprint] = true
      problems[#problems + 1] = problem
    end
  end
end

-- The first words of a text that may be long, on one line.
local function beginning(text)
  local line = text:gsub('^%s+', ''):gsub('%s+$', ''):gsub('%s+', ' ')
  local cut = utf8.offset(line, LONGEST_EXCERPT + 1)
  return cut and cut <= #line and line:sub(1, cut - 1) .. '…' or line
end

-- What pandoc would have written to standard error, as a problem of the paper.
local function problem_of(message)
  if message.type == 'CouldNotConvertTeXMath' then
    return {
      code = 'formula.not-convertible', severity = 'warning', near = message.contents,
      message = ('This formula cannot be set and is shown as it is written: %s'):format(beginning(message.contents)),
      hint = 'Look for a misspelt command, or write the formula with plainer ones.',
    }
  end
  return { code = 'render.warning', severity = 'warning', message = message.pretty }
end

-- What says nothing to an author: which files were read, and what the loader tells with line and column.
local UNREPORTED = { NoteDefinedButNotUsed = true, DuplicateNoteReference = true, DuplicateLinkReference = true }

-- Runs `work`; pandoc's warnings become problems.
local function reporting_warnings(report, work)
  local messages, result = pandoc.log.silence(work)
  for _, message in ipairs(pandoc.json.decode(pandoc.json.encode(messages), false)) do
    if message.verbosity ~= 'INFO' and not UNREPORTED[message.type] then report(problem_of(message)) end
  end
  return result
end

-- The paper in one format but the web's. What one format cannot do is no mistake of the author's: its warnings are not
-- reported. Typst is written from the plain tree, the others from pandoc's own.
local function write(format, tree, request, facts)
  local writer = require(MODULES[format] or format)
  local _, written = pandoc.log.silence(function()
    if format == 'typst' then return writer.write(tree.plain, request) end
    tree.native = tree.native or pandoc.Pandoc(native_tree.of(tree.plain))
    return writer.write(tree.native, request, facts)
  end)
  return written
end

-- Every format; the web's comes last, since it changes the tree and may show raw HTML, which the others may not.
local function write_all(blocks, request, facts)
  local parts, wants_html = {}, false
  local tree = { plain = facts.has_raw_html and nodes.remove_raw(nodes.copy(blocks)) or blocks }
  for _, format in ipairs(request.formats) do
    if format == 'html' then wants_html = true else parts[format] = write(format, tree, request, facts) end
  end
  if wants_html then parts.html = html.write(blocks, request, facts) end
  return parts
end

local tasks = {}

function tasks.render(request)
  local problems, report = new_report()
  local answer = reporting_warnings(report, function()
    -- Control characters are marks of our own further down; no author can mean them.
    local text = request.text:gsub('[\1-\8\14-\31]', '')
    local works = works_of.by_key(request.references)
    local doc = mentions.set_aside(pandoc.read(text, READER), text, works, report)
    local blocks, entries = citations.run(doc, request)
    attributes.remove_others(blocks, text)
    local shaped, facts = structure.shape(blocks, request, works, report)
    citations.tie(shaped, entries, request, facts, report)
    return { parts = write_all(shaped, request, facts), cited = facts.printed_keys }
  end)
  answer.problems = problems
  return answer
end

-- Nothing in a pack is an author's to mend here: its papers were reported when they were rendered.
function tasks.pack(request)
  local parts = {}
  pandoc.log.silence(function()
    local pieces, claims = pack.build(request)
    for _, format in ipairs(request.formats) do
      local layer = claims:layer()
      local function claim(id) return layer:claim(id) end
      parts[format] = require(MODULES[format] or format).write_pack(pieces, request, claim)
    end
  end)
  return { parts = parts }
end

local function convert(source)
  return pandoc.write(pandoc.read(source, 'biblatex'), 'csljson')
end

-- All sources at once where they allow it, at a fifth of the cost; else each by itself, so that one bad entry
-- harms no other.
function tasks.references(request)
  if request.together then
    local converted, items = pcall(convert, table.concat(request.sources, '\n'))
    if converted then return { together = items } end
  end
  local answers = {}
  for index, source in ipairs(request.sources) do
    local converted, result = pcall(convert, source)
    answers[index] = converted and { items = result } or { error = tostring(result) }
  end
  return { references = answers }
end

io.stdout:setvbuf('full')
for line in io.lines() do
  local understood, answer = pcall(function()
    local request = pandoc.json.decode(line, false)
    return tasks[request.task](request)
  end)
  if not understood then answer = { error = tostring(answer) } end
  io.stdout:write(pandoc.json.encode(answer), '\n')
  io.stdout:flush()
end
