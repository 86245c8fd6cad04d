"""Which characters of a stretch of prose are code, maths, comments, tags or escaped, and so say nothing?"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from policy_tools.load.scan.findings import Findings
from policy_tools.load.scan.unwanted import (
    report_include,
    report_raw_markup,
    report_unclosed_comment,
    warn_formula_id,
    warn_raw_html,
    warn_reckoned,
    warn_role,
    warn_tex,
)
from policy_tools.model.body import Link

FILLER = "\ufffc"
"""Stands for each character that says nothing: neither a letter nor a space nor a mark of Markdown."""

_INTEREST = re.compile(r"[`\\<$]")
_TICKS = re.compile(r"`+")
_MATHS = re.compile(r"\$(?=[^\s$])(?:[^$\\]|\\.){0,2000}?(?<!\s)\$(?!\d)", re.DOTALL)
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_MAIL = re.compile(r"<([\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+\.\w+)>")
_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?:\s+[^\s<>=\"'/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s<>\"']+))?)*\s*/?>"
)
_TAG_ID = re.compile(  # the tags that pandoc reads as its own; to the others no link leads
    r"""<(?:div|span)\b[^>]*?\sid\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE
)
_MARKED = re.compile(  # a place for links to lead to, which leads nowhere itself
    r"""<a\s(?![^<>]{0,500}\bhref\s?=)(?:[^<>]{0,500}\s)?(?:name|id)\s?=\s?["']?([^\s"'<>]+)[^<>]*>""",
    re.IGNORECASE,
)
_MARKED_END = re.compile(r"</a\s*>", re.IGNORECASE)
_LONGEST_PLACE = 1_000
_SILENT = re.compile(r"<(script|style|textarea|pre)\b", re.IGNORECASE)
_TEX = re.compile(
    r"\\(?:(input|include|subfile|import)\{|(begin|end|newpage|clearpage|pagebreak|vspace|hspace)\b"
    r"|(?:tiny|scriptsize|footnotesize|small|normalsize|large|centering|noindent|(?:small|med|big)skip)\b"
    r"|#(?:tab|fig|eq):|[A-Za-z]+\*?(?=(?:\[[^\[\]\n]{0,200}\]){0,2}\{)|@ref\()"
)
_TEX_ARGUMENTS = re.compile(r"(?:\[[^\[\]\n]{0,200}\]){0,2}\{[^{}\n]{0,500}\}")
_NO_WORDS = re.compile(r"\\(?:[A-Za-z]*cite|href|url|ref|label)")
_FORMULA = re.compile(r"\\begin\{((?:equation|align|alignat|gather|multline|eqnarray|flalign)\*?)\}")
_NUMBERING = re.compile(
    r"(^[ \t]*)?(?:\\label\{[^{}]*\}|\(\\#eq:[^()\s]*\)|\\(?:nonumber|notag)(?![A-Za-z]))", re.MULTILINE
)
_FORMULA_ID = re.compile(r"\s*\{#(eq[-:][^\s{}]+)[^{}\n]*\}")
_ROLE = re.compile(r"\{([A-Za-z][\w:.+-]*)\}$")
_LONGEST_ROLE = 40
_RAW = re.compile(r"\{=([\w.-]+)\}")


@dataclass(slots=True)
class Masker:
    """Masks one stretch of prose, from left to right, in time linear in its length."""

    found: Findings
    text: str
    start: int
    stop: int
    pieces: list[str] = field(default_factory=list)
    done: int = 0
    runs: dict[int, list[int]] | None = None
    without_end: set[str] = field(default_factory=set)

    def mask(self) -> str:
        """The stretch with the same length, and fillers in place of what says nothing."""
        self.done = offset = self.start
        while match := _INTEREST.search(self.text, offset, self.stop):
            rule = _RULES[match[0]]
            offset = rule(self, match.start())
        self.pieces.append(self.text[self.done : self.stop])
        return "".join(self.pieces)

    def _hide(self, start: int, stop: int) -> int:
        self.pieces.append(self.text[self.done : start])
        self.pieces.append(FILLER * (stop - start))
        self.done = stop
        return stop

    def read_escape(self, offset: int) -> int:
        """A backslash takes the meaning of the mark after it."""
        formula = _FORMULA.match(self.text, offset, self.stop)
        end = self._find(f"\\end{{{formula[1]}}}", formula.end()) if formula else None
        if end:
            return self._set_formula_off(offset, end)
        tex = _TEX.match(self.text, offset, self.stop)
        if tex and tex[1]:
            report_include(self.found, offset)
        elif tex:
            warn_tex(self.found, offset, tex[0])
            arguments = _TEX_ARGUMENTS.match(self.text, tex.end(), self.stop)
            if arguments and _NO_WORDS.match(tex[0]):
                return self._hide(offset, arguments.end())
        if offset + 1 < self.stop and not self.text[offset + 1].isalnum():
            return self._hide(offset, offset + 2)
        return offset + 1

    def _set_formula_off(self, offset: int, end: int) -> int:
        """An environment of LaTeX for formulas is a formula, though no dollar signs stand around it."""
        self.found.replace(offset, offset, "$$")
        self._drop_numbering(offset, end)
        self.found.replace(end, end, "$$")
        return self._hide(offset, end)

    def _drop_numbering(self, offset: int, end: int) -> None:
        """Formulas have no numbers here, and pandoc reads none that holds their names or an empty line."""
        for match in _NUMBERING.finditer(self.text, offset, end):
            begins_a_line = match[1] is not None
            self.found.replace(match.start(), match.end(), "{}" if begins_a_line else "")

    def _drop_id(self, end: int) -> None:
        """The id that Quarto lets follow a formula would be printed as words."""
        match = _FORMULA_ID.match(self.text, end, self.stop)
        if match:
            start = match.start(1) - len("{#")
            warn_formula_id(self.found, start, match[1])
            self.found.replace(start, match.end(), "")

    def read_code(self, offset: int) -> int:
        """Code between runs of as many backticks."""
        opening = _TICKS.match(self.text, offset, self.stop)
        length = len(opening[0]) if opening else 1
        end = self._closing_run(length, offset)
        if end is None:
            return offset + length
        if length == 1 and self.text.startswith("r ", offset + 1):
            warn_reckoned(self.found, offset)
        role = _ROLE.search(self.text[max(self.start, offset - _LONGEST_ROLE) : offset])
        if role:
            warn_role(self.found, offset - len(role[0]), role[1])
        raw = parse_raw_attribute(self.text, end, self.stop)
        if raw:
            report_raw_markup(self.found, offset, raw)
            return self._hide(offset, end + len(raw) + 3)
        return self._hide(offset, end)

    def _closing_run(self, length: int, offset: int) -> int | None:
        if self.runs is None:
            self.runs = {}
            for match in _TICKS.finditer(self.text, offset, self.stop):
                self.runs.setdefault(len(match[0]), []).append(match.start())
            for starts in self.runs.values():
                starts.reverse()
        starts = self.runs.get(length, [])
        while starts and starts[-1] <= offset:
            starts.pop()
        return starts[-1] + length if starts else None

    def read_maths(self, offset: int) -> int:
        """A formula between dollar signs."""
        if self.text.startswith("$$", offset):
            end = self._find("$$", offset + 2)
            if not end:
                return offset + 2
            self._drop_numbering(offset, end)
            self._drop_id(end)
            return self._hide(offset, end)
        match = _MATHS.match(self.text, offset, self.stop)
        return self._hide(offset, match.end()) if match else offset + 1

    def _find(self, mark: str, offset: int) -> int | None:
        """The place after the next `mark`; a mark once missed is not looked for again."""
        if mark in self.without_end:
            return None
        place = self.text.find(mark, offset, self.stop)
        if place < 0:
            self.without_end.add(mark)
            return None
        return place + len(mark)

    def read_angle(self, offset: int) -> int:
        """A comment, a web address in angle brackets, or a tag."""
        text = self.text
        if text.startswith("<!--", offset):
            return self._read_comment(offset)
        if offset >= self.start + 2 and text.startswith("](", offset - 2):
            return offset + 1
        link = _AUTOLINK.match(text, offset, self.stop) or _MAIL.match(text, offset, self.stop)
        if link:
            target = link[1] if link.re is _AUTOLINK else f"mailto:{link[1]}"
            self.found.links.append(Link(target, link[1], self.found.source.position(offset)))
            return self._hide(offset, link.end())
        marked = _MARKED.match(text, offset, self.stop)
        if marked:
            end = _MARKED_END.search(text, marked.end(), min(self.stop, marked.end() + _LONGEST_PLACE))
            if end:
                return self._keep_place(marked, end)
        tag = _TAG.match(text, offset, self.stop)
        return self._read_tag(tag) if tag else offset + 1

    def _read_comment(self, offset: int) -> int:
        is_first = "-->" not in self.without_end
        end = self._find("-->", offset + len("<!--"))
        if end:
            return self._hide(offset, end)
        if is_first:
            report_unclosed_comment(self.found, offset)
        return offset + len("<!--")

    def _keep_place(self, start: re.Match[str], end: re.Match[str]) -> int:
        """What old pages mark with <a name> is a place in every format; alone, it makes no paragraph."""
        beside = self.text[self.start : start.start()] + self.text[start.end() : end.start()]
        is_alone = not (beside + self.text[end.end() : self.stop]).strip()
        element = "div" if is_alone else "span"
        lines = "\n" * start[0].count("\n")
        self.found.add_anchor(start[1], start.start())
        self.found.replace(start.start(), start.end(), f'<{element} id="{start[1]}">{lines}')
        self.found.replace(end.start(), end.end(), f"</{element}>")
        return self._hide(start.start(), start.end())

    def _read_tag(self, tag: re.Match[str]) -> int:
        offset, end = tag.start(), tag.end()
        position = self.found.source.position(offset)
        if not tag[1]:
            self.found.raw_html.append(position)
            warn_raw_html(self.found, offset, tag[2])
            name = _TAG_ID.match(tag[0])
            if name:
                self.found.add_anchor(name[1], offset)
            if _SILENT.match(tag[0]):
                end = self._find(f"</{tag[2]}", end) or end
        return self._hide(offset, end)


def parse_raw_attribute(text: str, start: int, stop: int) -> str | None:
    """The format named by `{=typst}` at `start`, or None."""
    if not text.startswith("{=", start) or start >= stop:
        return None
    match = _RAW.match(text, start, stop)
    return match[1] if match else None


_RULES: dict[str, Callable[[Masker, int], int]] = {
    "\\": Masker.read_escape,
    "`": Masker.read_code,
    "$": Masker.read_maths,
    "<": Masker.read_angle,
}
