-- The paper as Typst markup, for a template that defines the words used here:
--
--   #section-number[4.1]                                   in a heading, before its words
--   #paragraph-number(<p-4-12>)[4.12]                      at the start of a numbered paragraph
--   #callout(kind: "recommendation", id: <nib-03>)[label][body]
--   #caption-label[Figure 3:]                              at the start of a caption
--   #anchored(<id>)[words]                                 words that links point to (citations, spans)
--   #backlinks[…]                                          links from a reference to where it is cited
--   #reference-list[…] of #reference-entry(<ref-key>)[…]
--
-- Figures and tables are Typst's own `figure` with `numbering: none`, since their numbers are already words.

local blocks_module = require 'typst_blocks'

local M = {}

local options = pandoc.WriterOptions { wrap_text = 'none', highlight_method = 'none' }

function M.write(doc, request)
  local blocks = doc.blocks:walk(blocks_module.handlers(request))
  return pandoc.write(pandoc.Pandoc(blocks), 'typst-citations', options)
end

return M
