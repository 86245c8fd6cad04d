"""At which line does the reader stand, in which lists and quotations, and with which prose begun?"""

import re
from dataclasses import dataclass, field
from typing import Literal

from policy_tools.load.scan.findings import Findings

ProseKind = Literal["text", "heading", "caption"]
DEEPEST_NESTING = 20
CODE_INDENT = 4

_QUOTES = re.compile(r"(?:[ \t]*>)+ ?")


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of text that is read for links and citations: nothing in it reaches beyond it."""

    start: int
    stop: int
    kind: ProseKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """The line at hand: its number, where its content begins and ends, and how far it is indented."""

    index: int
    content: int
    stop: int
    indent: int


@dataclass(slots=True)
class LineReader:
    """The state of a walk over the lines.

    `fresh` tells that a new block may start on the line at hand; `containers` are the columns at which the
    text of the open lists begins; `divs` are the places of the open boxes.
    """

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
    fence_ends: dict[tuple[str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text = self.found.source.text
        starts = self.found.source.starts
        stops = (*(start - 1 for start in starts[1:]), len(self.text))
        self.lines = list(zip(starts, stops, strict=True))

    def skip_spaces(self, offset: int, stop: int) -> int:
        """The place of the first character that is no space."""
        text = self.text
        while offset < stop and text[offset] in " \t\r\f\v":
            offset += 1
        return offset

    def skip_quote_marks(self, start: int, stop: int) -> int:
        """The place after the > marks of a quotation."""
        content = self.skip_spaces(start, stop)
        begins = self.fresh and not self._is_code(start, content)
        if content < stop and self.text[content] == ">" and (begins or self.quoted):
            match = _QUOTES.match(self.text, start, stop)
            if match:
                if not self.quoted:
                    self.containers.clear()
                    self.quoted = True
                if match[0].count(">") > DEEPEST_NESTING:
                    self.report_too_deep(content, "quotations")
                return match.end()
        if self.fresh:
            self.quoted = False
        return start

    def _is_code(self, start: int, content: int) -> bool:
        """Whether what stands at `content` is indented so far that it is code, even a > mark."""
        column = len(self.text[start:content].expandtabs(4))
        return self.after_blank and column - (self.containers[-1] if self.containers else 0) >= CODE_INDENT

    def enter_containers(self, offset: int, content: int) -> int:
        """Leave the lists this line no longer belongs to; return its indent within the innermost."""
        column = len(self.text[offset:content].expandtabs(4))
        if self.fresh:
            while self.containers and column < self.containers[-1]:
                self.containers.pop()
        return column - (self.containers[-1] if self.containers else 0)

    def close_prose(self) -> None:
        """End the stretch of prose that is open, if there is one."""
        if self.open_start >= 0:
            self.proses.append(Prose(self.open_start, self.open_stop, self.open_kind))
            self.open_start = -1
            self.open_kind = "text"

    def start_block(self) -> None:
        """End what is open; another block may start on the next line."""
        self.close_prose()
        self.fresh, self.after_blank = True, False

    def report_too_deep(self, offset: int, what: str) -> None:
        """Say, once, that blocks stand inside one another without end."""
        if not self.too_deep:
            self.too_deep = True
            self.found.report(
                "body.too-deep",
                offset,
                f"There are more than {DEEPEST_NESTING} {what} inside one another here.",
                "Set the text out more simply: it could not be laid out on a page.",
            )

    def open_prose(self, start: int, stop: int) -> None:
        """Begin a stretch of prose, or lengthen the one that is open."""
        if self.open_start < 0:
            self.open_start = start
        self.open_stop = stop
