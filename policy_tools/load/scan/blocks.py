"""Which lines are prose, and which are code, comments, headings, divs and definitions?"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from policy_tools.load.scan.attributes import Attributes, parse_attributes
from policy_tools.load.scan.findings import Findings
from policy_tools.model.body import Note

ProseKind = Literal["text", "heading", "caption"]
DEEPEST_NESTING = 40
_CODE_INDENT = 4

_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*(.*)")
_INFO = re.compile(r"[^\s`{}]*[ \t]*(?:\{[^{}]*\})?[ \t]*$|\{=[\w.-]+\}[ \t]*$")
_RAW = re.compile(r"\{=([\w.-]+)\}\s*$")
_DIV = re.compile(r":{3,}[ \t]*(?:(\{.*\})|([^\s{}:]+))?[ \t]*:*[ \t]*$")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_SETEXT = re.compile(r"[ \t]*(?:(=+)|-+)[ \t]*$")
_NOTE = re.compile(r"\[\^([^\]\s\[^]+)\]:")
_DEFINITION = re.compile(r"\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*(?:<([^<>\n]*)>|(\S+))?")
_MARKER = re.compile(
    r"(?:[-*+]|(?:\d{1,9}|[A-Za-z]|[ivxlIVXL]+|#)[.)]|\((?:\d{1,9}|[A-Za-z]|[ivxl]+|#)\))(?:[ \t]+|$)"
)
_MANY_MARKERS = re.compile(rf"(?:[-*+>][ \t]+){{{DEEPEST_NESTING},}}")
_EXAMPLE = re.compile(r"(?:\(@([\w-]*)\)|@([\w-]*)[.)])(?:[ \t]+|$)")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_CAPTION = re.compile(r"(?:[Tt]able)?:[ \t]+\S")
_QUOTES = re.compile(r"(?:[ \t]*>)+ ?")
_INLINE_CODE = re.compile(r"(`+)[^`]+\1(?!`)")


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of text that is read for links and citations: nothing in it reaches beyond it."""

    start: int
    stop: int
    kind: ProseKind
    level: int = 0


@dataclass(slots=True)
class BlockReader:
    """Walks over the lines once. `fresh` tells that a new block may start on the line at hand."""

    found: Findings
    text: str = field(init=False)
    lines: list[tuple[int, int]] = field(init=False)
    proses: list[Prose] = field(default_factory=list)
    containers: list[int] = field(default_factory=list)
    divs: list[int] = field(default_factory=list)
    open_start: int = -1
    open_stop: int = -1
    open_kind: ProseKind = "text"
    fresh: bool = True
    after_blank: bool = True
    quoted: bool = False
    too_deep: bool = False
    in_note: bool = False

    def __post_init__(self) -> None:
        self.text = self.found.source.text
        starts = self.found.source.starts
        stops = (*(start - 1 for start in starts[1:]), len(self.text))
        self.lines = list(zip(starts, stops, strict=True))

    def read(self) -> list[Prose]:
        """Cut the whole text into stretches of prose, and note what stands between them."""
        index = 0
        while index < len(self.lines):
            index = self._read_line(index)
        self._close_prose()
        for offset in self.divs:
            self.found.report(
                "div.unclosed",
                offset,
                "This box is opened here and never closed.",
                "Put a line with ::: after its last paragraph.",
            )
        return self.proses

    def _read_line(self, index: int) -> int:
        start, stop = self.lines[index]
        offset = self._skip_quote_marks(start, stop)
        content = self._skip_spaces(offset, stop)
        if content >= stop:
            return self._read_blank(index)
        indent = self._enter_containers(offset, content)
        if self.fresh and indent >= _CODE_INDENT and self.after_blank:
            return self._read_indented_code(index)
        place = _Place(index, content, stop, indent)
        for rule in RULES:
            following = rule(self, place)
            if following is not None:
                return following
        return self._read_prose(place)

    def _skip_spaces(self, offset: int, stop: int) -> int:
        text = self.text
        while offset < stop and text[offset] in " \t\r\f\v":
            offset += 1
        return offset

    def _skip_quote_marks(self, start: int, stop: int) -> int:
        content = self._skip_spaces(start, stop)
        if content < stop and self.text[content] == ">" and (self.fresh or self.quoted):
            match = _QUOTES.match(self.text, start, stop)
            if match:
                if not self.quoted:
                    self.containers.clear()
                    self.quoted = True
                if match[0].count(">") > DEEPEST_NESTING:
                    self._report_too_deep(content, "quotations")
                return match.end()
        if self.fresh:
            self.quoted = False
        return start

    def _enter_containers(self, offset: int, content: int) -> int:
        """Leave the lists this line no longer belongs to; return its indent within the innermost."""
        column = len(self.text[offset:content].expandtabs(4))
        if self.fresh:
            while self.containers and column < self.containers[-1]:
                self.containers.pop()
        return column - (self.containers[-1] if self.containers else 0)

    def _close_prose(self) -> None:
        if self.open_start >= 0:
            self.proses.append(Prose(self.open_start, self.open_stop, self.open_kind))
            self.open_start = -1
            self.open_kind = "text"

    def _start_block(self) -> None:
        self._close_prose()
        self.fresh, self.after_blank = True, False

    def _read_blank(self, index: int) -> int:
        self._close_prose()
        self.fresh = self.after_blank = True
        self.in_note = False
        return index + 1

    def _read_indented_code(self, index: int) -> int:
        limit = (self.containers[-1] if self.containers else 0) + _CODE_INDENT
        while index < len(self.lines):
            start, stop = self.lines[index]
            offset = self._skip_quote_marks(start, stop)
            content = self._skip_spaces(offset, stop)
            if content < stop and len(self.text[offset:content].expandtabs(4)) < limit:
                break
            index += 1
        self._start_block()
        self.after_blank = True
        return index

    def _report_too_deep(self, offset: int, what: str) -> None:
        if not self.too_deep:
            self.too_deep = True
            self.found.report(
                "body.too-deep",
                offset,
                f"There are more than {DEEPEST_NESTING} {what} inside one another here.",
                "Set the text out more simply: it could not be laid out on a page.",
            )

    # The rules, in the order in which they are tried. Each returns the next line, or None.

    def read_comment(self, place: "_Place") -> int | None:
        """Take a comment that begins on this line, whole, into the prose (where it is passed over)."""
        begin = self.text.find("<!--", place.content, place.stop)
        if begin < 0:
            return None
        masked = _INLINE_CODE.sub(lambda m: " " * len(m[0]), self.text[place.content : place.stop])
        begin = masked.rfind("<!--")
        if begin < 0 or "-->" in masked[begin:] or _FENCE.match(masked):
            return None
        end = self.text.find("-->", place.stop)
        if end < 0:
            return None
        last = place.index
        while self.lines[last][1] < end:
            last += 1
        self._open_prose(place.content, self.lines[last][1])
        self.fresh = begin == 0
        return last + 1

    def read_fence(self, place: "_Place") -> int | None:
        """Set a fenced block of code aside."""
        match = _FENCE.match(self.text, place.content, place.stop)
        if not match or place.indent >= _CODE_INDENT:
            return None
        fence, info = match[1], match[2].rstrip()
        if "`" in info:
            return None
        last = self._closing_fence(place.index, fence)
        if last is None:
            self.found.report(
                "body.unclosed-code",
                place.content,
                "This block of code is opened here and never closed.",
                f"Put a line with {fence} after its last line.",
            )
            return None
        self._check_fence_info(info, place.content)
        self._start_block()
        return last + 1

    def _closing_fence(self, index: int, fence: str) -> int | None:
        closing = re.compile(rf"[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t\r]*$")
        known = self._fence_ends.get((fence[0], len(fence)))
        if known is not None and index >= known:
            return None
        for line in range(index + 1, len(self.lines)):
            start, stop = self.lines[line]
            if closing.match(self.text, start, stop):
                return line
        self._fence_ends[fence[0], len(fence)] = index
        return None

    _fence_ends: dict[tuple[str, int], int] = field(default_factory=dict)

    def _check_fence_info(self, info: str, offset: int) -> None:
        raw = _RAW.match(info)
        if raw:
            report_raw_markup(self.found, offset, raw[1])
        elif "include" in info and re.search(r"\.include|include=|\binclude\b", info):
            report_include(self.found, offset)
        elif info.startswith("{"):
            attributes = parse_attributes(info, 0, len(info))
            if attributes is None:
                self.found.warn(
                    "body.fence-attributes",
                    offset,
                    f"“{info[:40]}” is no list of attributes, so this may not be shown as code.",
                    "Write the language alone, such as ```r, or attributes such as ``` {.r #id}.",
                )
            elif attributes.id:
                self.found.add_anchor(attributes.id, offset)

    def read_div(self, place: "_Place") -> int | None:
        """Open or close a box."""
        if not self.text.startswith(":::", place.content):
            return None
        match = _DIV.match(self.text, place.content, place.stop)
        if not match:
            return None
        if match[1] is None and match[2] is None:
            return self._close_div(place)
        attributes = Attributes(place.stop, classes=(match[2],)) if match[2] else None
        if match[1]:
            attributes = parse_attributes(self.text, match.start(1), place.stop)
        if attributes is None:
            return None
        if not self.fresh:
            self.found.warn(
                "div.needs-blank-line",
                place.content,
                "A box must have an empty line before it, or it is not a box.",
                "Put an empty line above this one.",
            )
        self._start_block()
        self.divs.append(place.content)
        if len(self.divs) > DEEPEST_NESTING:
            self._report_too_deep(place.content, "boxes")
        self._note_div(attributes, place.content)
        return place.index + 1

    def _close_div(self, place: "_Place") -> int:
        if self.divs:
            self.divs.pop()
        else:
            self.found.report(
                "div.unopened",
                place.content,
                "This line closes a box, but none is open.",
                "Remove it, or put the line that opens the box, such as ::: note, where it begins.",
            )
        self._start_block()
        self.containers.clear()
        return place.index + 1

    def _note_div(self, attributes: Attributes, offset: int) -> None:
        if attributes.id:
            self.found.add_anchor(attributes.id, attributes.id_offset)
        if "recommendation" not in attributes.classes:
            return
        if attributes.id:
            position = self.found.source.position(attributes.id_offset)
            self.found.recommendations.append(Note(attributes.id, position))
        else:
            self.found.report(
                "recommendation.no-id",
                offset,
                "This recommendation has no id.",
                "Give it one that will never change: ::: {.recommendation #short-name-01}.",
            )

    def read_heading(self, place: "_Place") -> int | None:
        """Take a heading of either kind."""
        if self.text[place.content] == "#":
            return self._read_atx_heading(place)
        if not self.fresh or place.indent >= _CODE_INDENT or place.index + 1 >= len(self.lines):
            return None
        start, stop = self.lines[place.index + 1]
        match = _SETEXT.match(self.text, start, stop)
        if not match or (_RULE.match(self.text, place.content, place.stop)):
            return None
        if self.text[place.content] in "|+>" or _MARKER.match(self.text, place.content, place.stop):
            return None
        self._start_block()
        self.proses.append(Prose(place.content, place.stop, "heading", 1 if match[1] else 2))
        return place.index + 2

    def _read_atx_heading(self, place: "_Place") -> int | None:
        match = _ATX.match(self.text, place.content, place.stop)
        if not match or place.indent >= _CODE_INDENT:
            return None
        if not self.fresh:
            self.found.warn(
                "heading.needs-blank-line",
                place.content,
                "A heading must have an empty line before it, or it is printed as text with # marks.",
                "Put an empty line above this one.",
            )
            return None
        self._start_block()
        self.proses.append(Prose(match.end(), place.stop, "heading", len(match[1])))
        return place.index + 1

    def read_note(self, place: "_Place") -> int | None:
        """Begin a footnote's text."""
        if not (self.fresh or self.in_note) or not self.text.startswith("[^", place.content):
            return None
        match = _NOTE.match(self.text, place.content, place.stop)
        if not match:
            return None
        self._start_block()
        self.found.notes_defined.append(Note(match[1], self.found.source.position(place.content)))
        self.containers[:] = [4]
        self._open_prose(match.end(), place.stop)
        self.fresh, self.in_note = False, True
        return place.index + 1

    def read_definition(self, place: "_Place") -> int | None:
        """Note where the target of `[words][label]` is given."""
        if not self.fresh or self.text[place.content] != "[":
            return None
        match = _DEFINITION.match(self.text, place.content, place.stop)
        if not match:
            return None
        target, following = match[2] if match[2] is not None else match[3], place.index + 1
        if target is None and following < len(self.lines):
            target = self.text[slice(*self.lines[following])].strip().split(" ")[0].strip("<>")
            following += 1
        self._start_block()
        self.found.definitions.setdefault(normal_label(match[1]), target or "")
        return following

    def read_example(self, place: "_Place") -> int | None:
        """Note the label of a numbered example."""
        if self.text[place.content] not in "(@" or not (self.fresh or self.containers):
            return None
        match = _EXAMPLE.match(self.text, place.content, place.stop)
        if not match:
            return None
        if match[1]:
            self.found.examples.add(match[1])
        if match[2]:
            self.found.examples.add(match[2])
            self.found.warn(
                "citation.read-as-example",
                place.content,
                f"{match[0].strip()} at the head of a line is read as a numbered example, not as a citation.",
                f"Begin with another word, or write [@{match[2]}].",
            )
        return self._begin_item(place, match.end())

    def read_item(self, place: "_Place") -> int | None:
        """Begin an item of a list."""
        if not (self.fresh or self.containers) or _RULE.match(self.text, place.content, place.stop):
            return None
        if _MANY_MARKERS.match(self.text, place.content, place.stop):
            self._report_too_deep(place.content, "lists")
        match = _MARKER.match(self.text, place.content, place.stop)
        return self._begin_item(place, match.end()) if match else None

    def _begin_item(self, place: "_Place", content: int) -> int:
        self._close_prose()
        start = self.lines[place.index][0]
        column = len(self.text[start : place.content].expandtabs(4))
        while self.containers and column < self.containers[-1]:
            self.containers.pop()
        self.containers.append(column + min(content - place.content, 5))
        if len(self.containers) > DEEPEST_NESTING:
            self._report_too_deep(place.content, "lists")
        self._open_prose(content, place.stop)
        self.fresh = False
        return place.index + 1

    def _read_prose(self, place: "_Place") -> int:
        if self.text[place.content] == "|":
            self._close_prose()
        if self.open_start < 0 and self.fresh and _CAPTION.match(self.text, place.content, place.stop):
            self.open_kind = "caption"
        self._open_prose(place.content, place.stop)
        self.fresh = self.after_blank = False
        return place.index + 1

    def _open_prose(self, start: int, stop: int) -> None:
        if self.open_start < 0:
            self.open_start = start
        self.open_stop = stop


@dataclass(frozen=True, slots=True)
class _Place:
    """The line at hand: its number, where its content begins and ends, and how far it is indented."""

    index: int
    content: int
    stop: int
    indent: int


RULES: tuple[Callable[[BlockReader, _Place], int | None], ...] = (
    BlockReader.read_comment,
    BlockReader.read_fence,
    BlockReader.read_div,
    BlockReader.read_heading,
    BlockReader.read_note,
    BlockReader.read_definition,
    BlockReader.read_example,
    BlockReader.read_item,
)


def normal_label(label: str) -> str:
    """A link's label as labels are compared: case and runs of spaces do not count."""
    return " ".join(label.lower().split())


def report_raw_markup(found: Findings, offset: int, language: str) -> None:
    """Say that markup meant for one format only is not taken over."""
    found.report(
        "body.raw-markup",
        offset,
        f"Raw {language} is not taken over: the paper must say the same in every format.",
        "Say it in Markdown, or leave it out.",
    )


def report_include(found: Findings, offset: int) -> None:
    """Say that no other file is read."""
    found.report(
        "body.include",
        offset,
        "There is no include: a paper is one file.",
        "Put the text itself here.",
    )
