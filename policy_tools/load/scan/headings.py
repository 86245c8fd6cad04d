"""What does a heading say, and which anchor does it get?"""

import re
from dataclasses import dataclass, field

from policy_tools.load.scan.attributes import parse_attributes
from policy_tools.load.scan.findings import Findings
from policy_tools.load.scan.identifiers import Identifiers, identifier, identifier_words, plain_words
from policy_tools.load.scan.lines import Prose
from policy_tools.model.body import Heading

_CLOSING_MARKS = re.compile(r"[ \t]+#+[ \t]*$|^#+[ \t]*$")


@dataclass(slots=True)
class HeadingReader:
    """Reads headings in the order of the text, since the second of a name gets another anchor."""

    found: Findings
    identifiers: Identifiers = field(default_factory=Identifiers)

    def read(self, prose: Prose) -> Prose:
        """Note the heading; return the stretch that holds its words, without attributes."""
        text = self.found.source.text
        raw = text[prose.start : prose.stop].rstrip()
        brace = raw.rfind("{")
        attributes = None
        if brace >= 0 and raw.endswith("}"):
            attributes = parse_attributes(text, prose.start + brace, prose.stop)
            if attributes:
                raw = raw[:brace].rstrip()
        raw = _CLOSING_MARKS.sub("", raw)
        words = plain_words(raw)
        if attributes and attributes.id:
            anchor, place = attributes.id, attributes.id_offset
            self.identifiers.take(anchor)
        else:
            anchor, place = self.identifiers.make(identifier(identifier_words(raw))), prose.start
        self._note(prose, words, anchor, place)
        return Prose(prose.start, prose.start + len(raw), "text")

    def _note(self, prose: Prose, words: str, anchor: str, place: int) -> None:
        source = self.found.source
        line_start = source.starts[source.position(prose.start).line - source.first_line]
        first = (
            line_start
            + len(source.text[line_start : prose.start])
            - len(source.text[line_start : prose.start].lstrip())
        )
        self.found.headings.append(Heading(prose.level, words, anchor, source.position(first)))
        self.found.add_anchor(anchor, place)
