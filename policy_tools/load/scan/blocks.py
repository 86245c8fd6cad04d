"""Which lines are prose, and which are code, comments, headings, divs and definitions?"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from policy_tools.load.scan.divs import read_div
from policy_tools.load.scan.fences import FENCE, read_fence
from policy_tools.load.scan.lines import CODE_INDENT, DEEPEST_NESTING, LineReader, Place, Prose
from policy_tools.load.scan.unwanted import warn_metadata
from policy_tools.model.body import Note

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
_METADATA = re.compile(
    r"---[ \t]*\n(?:[A-Za-z][\w-]*:(?: .*)?\n(?:[ \t]+\S.*\n|- .*\n)*)+(?:---|\.\.\.)[ \t]*(?:\n|$)"
)
_CAPTION = re.compile(r"(?:[Tt]able)?:[ \t]+\S")
_MEANING = re.compile(r"[:~][ \t]+\S")
_TABLE_LINE = re.compile(r"[ \t]*(?:[|+]|-[- \t]+$)")
_COMMENT_LINE = re.compile(r"<!--(?:(?!-->).)*-->[ \t]*")
_INLINE_CODE = re.compile(r"(`+)[^`]+\1(?!`)")


@dataclass(slots=True)
class BlockReader(LineReader):
    """Walks over the lines once, and tries the rules on each."""

    def read(self) -> list[Prose]:
        """Cut the whole text into stretches of prose, and note what stands between them."""
        index = 0
        while index < len(self.lines):
            index = self._read_line(index)
        self.close_prose()
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
        offset = self.skip_quote_marks(start, stop)
        content = self.skip_spaces(offset, stop)
        if content >= stop:
            return self._read_blank(index)
        indent = self.enter_containers(offset, content)
        if self.fresh and indent >= CODE_INDENT and self.after_blank:
            return self._read_indented_code(index)
        place = Place(index, content, stop, indent)
        for rule in RULES:
            following = rule(self, place)
            if following is not None:
                return following
        return self._read_prose(place)

    def _read_blank(self, index: int) -> int:
        self.close_prose()
        self.fresh = self.after_blank = True
        self.in_note = False
        return index + 1

    def _read_indented_code(self, index: int) -> int:
        limit = (self.containers[-1] if self.containers else 0) + CODE_INDENT
        while index < len(self.lines):
            start, stop = self.lines[index]
            offset = self.skip_quote_marks(start, stop)
            content = self.skip_spaces(offset, stop)
            if content < stop and len(self.text[offset:content].expandtabs(4)) < limit:
                break
            index += 1
        self.start_block()
        self.after_blank = True
        return index

    def read_comment(self, place: Place) -> int | None:
        """Take a comment that begins on this line, whole, into the prose (where it is passed over)."""
        begin = self.text.find("<!--", place.content, place.stop)
        if begin < 0:
            return None
        if self.fresh and _COMMENT_LINE.fullmatch(self.text, place.content, place.stop):
            self.open_prose(place.content, place.stop)
            self.start_block()
            return place.index + 1
        masked = _INLINE_CODE.sub(lambda m: " " * len(m[0]), self.text[place.content : place.stop])
        begin = masked.rfind("<!--")
        if begin < 0 or "-->" in masked[begin:] or FENCE.match(masked):
            return None
        end = self.text.find("-->", place.stop)
        if end < 0:
            return None
        last = place.index
        while self.lines[last][1] < end:
            last += 1
        self.open_prose(place.content, self.lines[last][1])
        self.fresh = begin == 0
        return last + 1

    def read_heading(self, place: Place) -> int | None:
        """Take a heading of either kind."""
        if self.text[place.content] == "#":
            return self._read_atx_heading(place)
        if not self.fresh or place.indent >= CODE_INDENT or place.index + 1 >= len(self.lines):
            return None
        start, stop = self.lines[place.index + 1]
        match = _SETEXT.match(self.text, start, stop)
        if not match or (_RULE.match(self.text, place.content, place.stop)):
            return None
        if self.text[place.content] in "|+>" or _MARKER.match(self.text, place.content, place.stop):
            return None
        self.start_block()
        self.proses.append(Prose(place.content, place.stop, "heading", 1 if match[1] else 2))
        return place.index + 2

    def _read_atx_heading(self, place: Place) -> int | None:
        match = _ATX.match(self.text, place.content, place.stop)
        if not match or place.indent >= CODE_INDENT:
            return None
        if not self.fresh:
            self.found.warn(
                "heading.needs-blank-line",
                place.content,
                "A heading must have an empty line before it, or it is printed as text with # marks.",
                "Put an empty line above this one.",
            )
            return None
        self.start_block()
        self.proses.append(Prose(match.end(), place.stop, "heading", len(match[1])))
        return place.index + 1

    def read_rule(self, place: Place) -> int | None:
        """Pass over a line across the page; what is made of hyphens may be the beginning of a table."""
        if not self.fresh or self.text[place.content] not in "*_":
            return None
        if place.indent >= CODE_INDENT or not _RULE.match(self.text, place.content, place.stop):
            return None
        self.start_block()
        return place.index + 1

    def read_metadata(self, place: Place) -> None:
        """Tell of what looks like a front matter, of which pandoc makes a line and a heading."""
        if self.after_blank and _METADATA.match(self.text, place.content):
            warn_metadata(self.found, place.content)

    def read_note(self, place: Place) -> int | None:
        """Begin a footnote's text."""
        if not (self.fresh or self.in_note) or not self.text.startswith("[^", place.content):
            return None
        match = _NOTE.match(self.text, place.content, place.stop)
        if not match:
            return None
        self.start_block()
        self.found.notes_defined.append(Note(match[1], self.found.source.position(place.content)))
        self.containers[:] = [4]
        self.open_prose(match.end(), place.stop)
        self.fresh, self.in_note = False, True
        return place.index + 1

    def read_definition(self, place: Place) -> int | None:
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
        self.start_block()
        self.found.definitions.setdefault(normal_label(match[1]), target or "")
        return following

    def read_example(self, place: Place) -> int | None:
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

    def read_item(self, place: Place) -> int | None:
        """Begin an item of a list."""
        if not (self.fresh or self.containers) or _RULE.match(self.text, place.content, place.stop):
            return None
        if _MANY_MARKERS.match(self.text, place.content, place.stop):
            self.report_too_deep(place.content, "lists")
        match = _MARKER.match(self.text, place.content, place.stop)
        return self._begin_item(place, match.end()) if match else None

    def read_meaning(self, place: Place) -> None:
        """Begin what a term of a definition list means: further paragraphs are indented, and are no code."""
        if place.indent >= CODE_INDENT or not _MEANING.match(self.text, place.content, place.stop):
            return
        above = place.index - 1
        while above >= 0 and not self.text[slice(*self.lines[above])].strip():
            above -= 1
        if above < 0 or _TABLE_LINE.match(self.text, *self.lines[above]):
            return
        if self.containers and place.indent < 0:
            self.containers.pop()
        self.containers.append((self.containers[-1] if self.containers else 0) + CODE_INDENT)

    def _begin_item(self, place: Place, content: int) -> int:
        self.close_prose()
        start = self.lines[place.index][0]
        column = len(self.text[start : place.content].expandtabs(4))
        while self.containers and column < self.containers[-1]:
            self.containers.pop()
        self.containers.append(column + min(content - place.content, 5))
        if len(self.containers) > DEEPEST_NESTING:
            self.report_too_deep(place.content, "lists")
        self.open_prose(content, place.stop)
        self.fresh = False
        return place.index + 1

    def _read_prose(self, place: Place) -> int:
        if self.text[place.content] == "|":
            self.close_prose()
        if self.open_start < 0 and self.fresh and _CAPTION.match(self.text, place.content, place.stop):
            self.open_kind = "caption"
        self.open_prose(place.content, place.stop)
        self.fresh = self.after_blank = False
        return place.index + 1


RULES: tuple[Callable[[BlockReader, Place], int | None], ...] = (
    BlockReader.read_comment,
    read_fence,
    read_div,
    BlockReader.read_metadata,
    BlockReader.read_rule,
    BlockReader.read_heading,
    BlockReader.read_note,
    BlockReader.read_definition,
    BlockReader.read_example,
    BlockReader.read_item,
    BlockReader.read_meaning,
)


def normal_label(label: str) -> str:
    """A link's label as labels are compared: case and runs of spaces do not count."""
    return " ".join(label.lower().split())
