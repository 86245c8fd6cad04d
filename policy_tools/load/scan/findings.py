"""What has the scanner found so far?"""

from dataclasses import dataclass, field

from policy_tools.load.scan.source import Source
from policy_tools.model.body import Body, Citation, CrossReference, Heading, Link, Note
from policy_tools.model.problem import Position, Problem, Severity


@dataclass(frozen=True, slots=True)
class PendingReference:
    """A link such as `[words][label]` or `[label]`, whose target stands elsewhere, or nowhere."""

    label: str
    text: str
    offset: int
    is_image: bool
    must_exist: bool


@dataclass(slots=True)
class Findings:
    """The lists that the rules of the scanner add to."""

    source: Source
    citations: list[Citation] = field(default_factory=list)
    cross_references: list[CrossReference] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    notes_defined: list[Note] = field(default_factory=list)
    notes_used: list[Note] = field(default_factory=list)
    recommendations: list[Note] = field(default_factory=list)
    anchors: list[tuple[str, Position]] = field(default_factory=list)
    raw_html: list[Position] = field(default_factory=list)
    examples: set[str] = field(default_factory=set)
    definitions: dict[str, str] = field(default_factory=dict)
    pending: list[PendingReference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    replacements: list[tuple[int, int, str]] = field(default_factory=list)

    def report(self, code: str, offset: int, message: str, hint: str = "") -> None:
        """Add an error."""
        self.problems.append(self.source.problem(code, offset, message, hint))

    def warn(self, code: str, offset: int, message: str, hint: str = "") -> None:
        """Add a warning."""
        self.problems.append(self.source.problem(code, offset, message, hint, Severity.WARNING))

    def add_anchor(self, name: str, offset: int) -> None:
        """Note that an id is given here."""
        self.anchors.append((name, self.source.position(offset)))

    def replace(self, start: int, stop: int, words: str) -> None:
        """Let what is rendered have other words here, on the same line."""
        self.replacements.append((start, stop, words))

    def _replaced_text(self) -> str:
        text, pieces, done = self.source.text, [], 0
        for start, stop, words in sorted(self.replacements):
            pieces += [text[done:start], words]
            done = stop
        return "".join(pieces) + text[done:]

    def to_body(self) -> Body:
        """The findings, in the order of the text."""
        examples = self.examples
        return Body(
            text=self._replaced_text(),
            first_line=self.source.first_line,
            citations=tuple(c for c in self.citations if c.key not in examples),
            cross_references=tuple(self.cross_references),
            headings=tuple(self.headings),
            links=tuple(sorted(self.links, key=lambda link: link.position)),
            notes_defined=tuple(self.notes_defined),
            notes_used=tuple(self.notes_used),
            recommendations=tuple(self.recommendations),
            anchors=tuple(self.anchors),
            raw_html=tuple(self.raw_html),
        )
