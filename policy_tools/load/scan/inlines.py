"""Which links, images, notes, citations and anchors stand in a stretch of prose?"""

import re
from dataclasses import dataclass, field
from typing import Any

from policy_tools.load.scan.attributes import Attributes, parse_attributes
from policy_tools.load.scan.blocks import normal_label
from policy_tools.load.scan.findings import Findings, PendingReference
from policy_tools.load.scan.lines import Prose
from policy_tools.load.scan.opaque import FILLER, Masker
from policy_tools.load.scan.unwanted import report_include, warn_shortcode
from policy_tools.model.body import Citation, CrossReference, Link, Note

DEEPEST_BRACKETS = 5
MOST_BROKEN_LINKS = 50
"""Pandoc's time doubles with each bracket that is open: with eight, a page takes it ten seconds."""

_MARKS = re.compile(r"!?\[|\^\[|\]|@|\{\{<|!include\b|\bhttps?://(?=[\w\[])")
_SHORTCODE = re.compile(r"\{\{<[ \t]*/?[ \t]*([A-Za-z][\w-]*)")
_NOTE_USE = re.compile(r"\[\^([^\]\s\[^]+)\]")
_KEY = re.compile(
    r"@(?:([^\W_]|[_*])((?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*)|\{((?:[^\s{}]|\{[^\s{}]*\})*)\})"
)
_FOREIGN = re.compile(r"(fig|tbl|tab|table|sec|eq|eqn|lst|thm|rec):(.+)")
_OURS = re.compile(r"([Ff]ig|[Tt]bl|[Ss]ec|[Rr]ec)-(.+)")  # a capital where a sentence begins
_DESTINATION = re.compile(
    r"""\(\s*(?:<([^<>\n]*)>|((?:[^\s()<>\\"]|\\.|\((?:[^\s()\\]|\\.)*\)|[ \n](?=[^\s"')(]))*))
        (?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))?\s*\)""",
    re.VERBOSE,
)
_ADDRESS = re.compile(rf"https?://[^\s<>()\[\]{FILLER}]{{1,80}}(?<![.,;:])")
_LONGEST_DESTINATION = 4_000
_LONGEST_LABEL = 1_000


@dataclass(slots=True)
class InlineReader:
    """Reads one stretch of prose from left to right."""

    found: Findings
    prose: Prose
    masked: str = field(init=False)
    opened: list[tuple[int, str]] = field(default_factory=list)
    broken_links: int = 0
    attributes_at: int = -1

    def __post_init__(self) -> None:
        prose = self.prose
        self.masked = Masker(self.found, self.found.source.text, prose.start, prose.stop).mask()

    def read(self) -> None:
        """Add what stands here to the findings."""
        offset, masked = 0, self.masked
        while match := _MARKS.search(masked, offset):
            mark, place = match[0], match.start()
            if mark == "@":
                offset = self._read_key(place)
            elif mark == "]":
                offset = self._close_bracket(place)
            elif mark[-1] == "[":
                offset = self._open_bracket(match)
            elif mark[-1] == "/":
                self._warn_bare_address(place)
                offset = match.end()
            else:
                self._report_command(place)
                offset = match.end()
        if self.prose.kind == "caption":
            self._read_trailing_attributes()

    def _report_command(self, place: int) -> None:
        shortcode = _SHORTCODE.match(self.masked, place)
        if shortcode and shortcode[1] not in ("include", "embed"):
            warn_shortcode(self.found, self.prose.start + place, shortcode[1])
        else:
            report_include(self.found, self.prose.start + place)

    def _open_bracket(self, match: re.Match[str]) -> int:
        place = match.end() - 1
        note = _NOTE_USE.match(self.masked, place) if match[0] != "^[" else None
        if note:
            position = self.found.source.position(self.prose.start + place)
            self.found.notes_used.append(Note(note[1], position))
            return note.end()
        self.opened.append((place, match[0]))
        if len(self.opened) == DEEPEST_BRACKETS + 1:
            self.found.report(
                "body.too-deep",
                self.prose.start + self.opened[0][0],
                f"More than {DEEPEST_BRACKETS} square brackets are open at once in this paragraph.",
                "Close them, or write \\[ where you mean the bracket itself.",
            )
        return match.end()

    def _close_bracket(self, place: int) -> int:
        if not self.opened:
            return place + 1
        opening, mark = self.opened.pop()
        if mark == "^[":
            return place + 1
        following = self.masked[place + 1 : place + 2]
        if following == "(":
            return self._read_link(opening, place, is_image=mark == "![")
        if following == "[":
            return self._read_reference(opening, place, is_image=mark == "![")
        if following == "{":
            attributes = self._note_attributes(place + 1)
            return attributes.end - self.prose.start if attributes else place + 1
        self._read_shortcut(opening, place, is_image=mark == "![")
        return place + 1

    def _read_link(self, opening: int, place: int, *, is_image: bool) -> int:
        text, base = self.found.source.text, self.prose.start
        stop = min(self.prose.stop, base + place + _LONGEST_DESTINATION)
        match = _DESTINATION.match(text, base + place + 1, stop)
        if not match:
            return self._pass_over_broken_link(place)
        target = (match[1] if match[1] is not None else match[2] or "").strip()
        end = match.end() - base
        words = caption = _one_line(text[base + opening + 1 : base + place])
        attributes = self._note_attributes(end)
        if attributes:
            end = attributes.end - base
            if is_image and "alt" in attributes.values:
                words = attributes.values["alt"]
        start = opening - (1 if is_image else 0)
        position = self.found.source.position(base + start)
        if is_image:
            is_figure = self._stands_alone(start, end)
            self.found.links.append(Link(target, words, position, True, caption, is_figure))  # noqa: FBT003
        else:
            self.found.links.append(Link(target, words, position))
        return end

    def _pass_over_broken_link(self, place: int) -> int:
        self.broken_links += 1
        if self.broken_links == MOST_BROKEN_LINKS:
            self.found.report(
                "body.too-deep",
                self.prose.start + place,
                f"{MOST_BROKEN_LINKS} links in this paragraph have no closing bracket.",
                "Close each link's address with ), or write \\( where you mean the bracket itself.",
            )
        return place + 1

    def _stands_alone(self, start: int, end: int) -> bool:
        return not self.masked[:start].strip() and not self.masked[end:].strip()

    def _note_attributes(self, place: int) -> Attributes | None:
        base = self.prose.start
        attributes = parse_attributes(self.found.source.text, base + place, self.prose.stop)
        if attributes:
            self.attributes_at = place
        if attributes and attributes.id:
            self.found.add_anchor(attributes.id, attributes.id_offset)
        return attributes

    def _read_reference(self, opening: int, place: int, *, is_image: bool) -> int:
        end = self.masked.find("]", place + 2, place + 2 + _LONGEST_LABEL)
        label = self._raw(place + 2, end) if end >= 0 else ""
        if end < 0 or "[" in label:
            return place + 1
        words = self._raw(opening + 1, place)
        if _KEY.search(label) or _KEY.search(words):
            return place + 1
        self._pend(label or words, words, opening, is_image=is_image, must_exist=True)
        return end + 1

    def _read_shortcut(self, opening: int, place: int, *, is_image: bool) -> None:
        if place - opening <= _LONGEST_LABEL:
            words = self._raw(opening + 1, place)
            self._pend(words, words, opening, is_image=is_image, must_exist=False)

    def _pend(self, label: str, words: str, opening: int, *, is_image: bool, must_exist: bool) -> None:
        offset = self.prose.start + opening - (1 if is_image else 0)
        self.found.pending.append(
            PendingReference(normal_label(label), _one_line(words), offset, is_image, must_exist)
        )

    def _raw(self, start: int, stop: int) -> str:
        return self.found.source.text[self.prose.start + start : self.prose.start + stop]

    def _read_key(self, place: int) -> int:
        match = _KEY.match(self.masked, place)
        if not match or self._follows_a_word(place):
            return place + 1
        braced = match[3] is not None
        key = match[3] if braced else match[1] + match[2]
        if key:
            self._note_key(key, place, braced=braced)
        else:  # of a table's columns in LaTeX, most often; pandoc would look for a work of no name
            self.found.replace(self.prose.start + place, self.prose.start + place, "\\")
        return match.end()

    def _follows_a_word(self, place: int) -> bool:
        """Whether pandoc takes the @ for a part of the word before it, as in an e-mail address."""
        masked = self.masked
        if place and masked[place - 1] == "-":
            return False
        if not place:
            return False
        before = masked[place - 1]
        if before == ".":
            return masked[max(place - 2, 0) : place] != ".."
        return before.isalnum()

    def _note_key(self, key: str, place: int, *, braced: bool) -> None:
        position = self.found.source.position(self.prose.start + place)
        if not braced and (ours := _OURS.fullmatch(key)):
            kind: Any = ours[1].lower()
            target = ours[2] if kind == "rec" else f"{kind}-{ours[2]}"
            self.found.cross_references.append(CrossReference(kind, target, position))
        elif not braced and (foreign := _FOREIGN.fullmatch(key)):
            prefix = {"tab": "tbl", "table": "tbl"}.get(foreign[1], foreign[1])
            ours_instead = f"{prefix}-{foreign[2]}"
            hint = (
                f"Write @{ours_instead}, and give the thing itself {{#{ours_instead}}}."
                if prefix in ("fig", "tbl", "sec")
                else f"Write @{ours_instead}."
                if prefix == "rec"
                else "Figures, tables, sections and recommendations can be referred to, the rest in words."
            )
            self.found.warn(
                "cross-reference.foreign",
                self.prose.start + place,
                f"@{key} is a cross reference of another system, and is not a citation.",
                hint,
            )
        else:
            self.found.citations.append(Citation(key, position))

    def _warn_bare_address(self, place: int) -> None:
        if self.opened:
            return
        address = _ADDRESS.match(self.masked, place)
        self.found.warn(
            "link.bare-address",
            self.prose.start + place,
            "This web address is not a link.",
            f"Write [words that say where it leads]({address[0] if address else ''}), or put it in < and >.",
        )

    def _read_trailing_attributes(self) -> None:
        brace = self.masked.rfind("{")
        if brace > self.attributes_at and self.masked.rstrip().endswith("}"):
            self._note_attributes(brace)


def _one_line(words: str) -> str:
    return " ".join(words.split())
