-- Reads Markdown as the worker does and writes it as Typst. Arguments: the folder of the filters.
package.path = arg[1] .. '/?.lua'
local READER = 'markdown-yaml_metadata_block-pandoc_title_block-raw_tex-raw_attribute'
local doc = pandoc.read(io.read 'a', READER)
local request = { cover = { current_address = 'https://example.org/papers/nib/' } }
local _, written = pandoc.log.silence(function() return require('typst').write(require('plain_tree').of(doc.blocks), request) end)
io.write(written)
