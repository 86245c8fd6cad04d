-- A formula as Typst: pandoc writes it, and what Typst has since renamed is put right.

local M = {}

-- pandoc's name = the sign, where Typst knows no such name.
local SIGNS = {
  ['angle.oblique'] = '⦦', ['angle.right.sq'] = '⦜', ['angle.spheric.top'] = '⦡', ['backslash.circle'] = '⦸',
  ['bar.v.circle'] = '⦶', ['brace.l.double'] = '⦃', ['brace.r.double'] = '⦄', ['bracket.l.double'] = '⟦',
  ['bracket.r.double'] = '⟧', ['dash.circle'] = '⊝', ['div.circle'] = '⨸', ['dot.circle'] = '⊙',
  ['dot.circle.big'] = '⨀', ['eq.circle'] = '⊜', ['franc'] = '₣', ['gimmel'] = 'ג', ['gt.circle'] = '⧁',
  ['integral.sect'] = '⨙', ['kai'] = 'ϗ', ['Kai'] = 'Ϗ', ['lt.circle'] = '⧀', ['minus.circle'] = '⊖',
  ['parallel.circle'] = '⦷', ['paren.l.double'] = '⦅', ['paren.r.double'] = '⦆', ['perp.circle'] = '⦹',
  ['planck.reduce'] = 'ħ', ['plus.circle.arrow'] = '⟴', ['quote.angle.l.double'] = '«',
  ['quote.angle.l.single'] = '‹', ['quote.angle.r.double'] = '»', ['quote.angle.r.single'] = '›', ['sect'] = '∩',
  ['sect.and'] = '⩄', ['sect.big'] = '⋂', ['sect.dot'] = '⩀', ['sect.double'] = '⋒', ['sect.sq'] = '⊓',
  ['sect.sq.big'] = '⨅', ['sect.sq.double'] = '⩎', ['shell.l.double'] = '⟬', ['shell.r.double'] = '⟭',
  ['shin'] = 'ש', ['times.circle'] = '⊗', ['times.circle.big'] = '⨂',
}
local ROOTS = '\xE2\x88[\x9A-\x9C]' -- alone they are signs; Typst takes them for the beginning of a root

local function rename(name)
  local known = name:gsub('%.+$', '')
  return SIGNS[known] and SIGNS[known] .. name:sub(#known + 1)
end

-- The place of the quotation mark that ends the words begun at `open`.
local function find_end_of_words(written, open)
  local place = open
  repeat
    place = written:find('["\\]', place + 1) or #written
    local is_escape = written:sub(place, place) == '\\'
    if is_escape then place = place + 1 end
  until not is_escape
  return place
end

-- Signs under the names that Typst knows; words in quotation marks stay as they are.
local function mend_signs(written)
  local pieces, place = {}, 1
  while place <= #written do
    local open = written:find('"', place, true) or #written + 1
    pieces[#pieces + 1] = written:sub(place, open - 1):gsub('%a[%w.]*', rename):gsub(ROOTS, '"%0"')
    place = open
    if open <= #written then
      place = find_end_of_words(written, open) + 1
      pieces[#pieces + 1] = written:sub(open, place - 1)
    end
  end
  return table.concat(pieces)
end

-- Both kinds of bars around a matrix are two signs to pandoc; Typst wants one.
local function mend_bars(written, tex)
  local kinds = tex:gmatch '\\begin%s*{([vV])matrix}'
  return (written:gsub('delim: "||"', function()
    return kinds() == 'v' and 'delim: "|"' or 'delim: "‖"'
  end))
end

local options = pandoc.WriterOptions { wrap_text = 'none' }

-- The formula between dollar signs; nil for TeX that pandoc cannot read. Of a label there is nothing to print.
function M.write(math)
  local formula = pandoc.Plain { pandoc.Math(math.mathtype, math.text) }
  local written = pandoc.write(pandoc.Pandoc { formula }, 'typst', options):gsub('%s+$', ''):gsub('%$<[^<>]*>$', '$')
  if not written:match '^%$.*%$$' then return nil end
  return mend_signs(mend_bars(written, math.text))
end

return M
