-- Reads pieces of Markdown as the worker does, and writes each by pandoc's writers and by ours. Standard input is a
-- JSON list of pieces: `text`, its `format` if it is no Markdown, `paragraph` if the first paragraph is counted.
-- Arguments: the folder of the filters.

package.path = arg[1] .. '/?.lua'

local html_writer = require 'html_writer'
local native_tree = require 'native_tree'
local plain_tree = require 'plain_tree'

local READER = 'markdown-yaml_metadata_block-pandoc_title_block-raw_tex-raw_attribute'
local options = pandoc.WriterOptions {
  html_math_method = 'mathml', highlight_method = 'none', wrap_text = 'none', email_obfuscation = 'none',
}

-- As html.lua does before it writes a paper: notes are numbered, and headings start at h2.
local AS_WRITTEN = {
  Note = function() return {} end,
  Header = function(header)
    header.level = header.level + 1
    return header
  end,
}
local WITHOUT_CITATIONS = { Cite = function(cite) return pandoc.Span(cite.content) end }

-- A table as pandoc writes it, in the form our pages have: see html_table.lua.
local function complete(html)
  html = html:gsub('<colgroup>.-</colgroup>%s*', '')
  html = html:gsub('(<t[hd][^>]-) style="text%-align: (%l+);"', function(cell, alignment)
    return alignment == 'left' and cell or ('%s class="align-%s"'):format(cell, alignment)
  end)
  html = html:gsub('<thead>.-</thead>', function(head)
    return (head:gsub('<th([^>]*)></th>', '<td%1></td>'):gsub('<th(%s?[^>]*)>', function(attributes)
      local scope = attributes:match 'colspan="' and 'colgroup' or 'col'
      return attributes ~= 'ead' and ('<th%s scope="%s">'):format(attributes, scope) or nil
    end))
  end)
  return (html:gsub('<th( ?[^>]*)>', function(attributes)
    local has_scope = attributes:match 'scope=' or attributes == 'ead'
    return not has_scope and ('<th%s scope="row">'):format(attributes) or nil
  end))
end

-- Nothing, where pandoc would make a section of a box that starts with a heading: to it, the box starts with this.
local NOTHING = pandoc.RawBlock('latex', '')

local AS_THE_PAGE_HAS_IT = {
  Div = function(div)
    div.content:insert(1, NOTHING)
    return div
  end,
  Table = function(tbl)
    return pandoc.RawBlock('html', complete(pandoc.write(pandoc.Pandoc { tbl }, 'html5', options)))
  end,
}

-- What pandoc warned of: formulas that it cannot read.
local function warnings_of(messages)
  return pandoc.List(pandoc.json.decode(pandoc.json.encode(messages), false)):map(function(message)
    return message.contents or message.pretty
  end)
end

local function compare(piece)
  local doc = pandoc.read(piece.text, piece.format or READER):walk(AS_WRITTEN)
  local blocks = plain_tree.of(doc.blocks)
  blocks[1].paragraph = piece.paragraph
  local messages, pages = pandoc.log.silence(html_writer.write_all, { blocks, {}, blocks })
  assert(pages[1] == pages[3] and pages[2] == '')
  local expected_messages, page = pandoc.log.silence(pandoc.write, doc:walk(AS_THE_PAGE_HAS_IT), 'html5', options)
  return {
    html = pages[1], warnings = warnings_of(messages),
    expected_html = page, expected_warnings = warnings_of(expected_messages),
    tree = pandoc.write(pandoc.Pandoc(native_tree.of(blocks)), 'json'),
    expected_tree = pandoc.write(doc:walk(WITHOUT_CITATIONS), 'json'),
  }
end

local answers = pandoc.List(pandoc.json.decode(io.read 'a', false)):map(compare)
io.write(pandoc.json.encode(answers))
