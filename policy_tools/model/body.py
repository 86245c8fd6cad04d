"""The words of a paper, and what can be known of them without rendering them.

What a body holds by the hundred is a named tuple and no dataclass: of a thousand papers, a hundred thousand
of them come out of the store at every build, and a tuple does so in a third of the time.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from policy_tools.model.problem import Position


class Citation(NamedTuple):
    """A use of a reference in the text: its key and where the key stands."""

    key: str
    position: Position


class CrossReference(NamedTuple):
    """A mention of a numbered thing: `@fig-growth` has kind `fig` and target `fig-growth`."""

    kind: Literal["fig", "tbl", "sec", "rec"]
    target: str
    position: Position


class Heading(NamedTuple):
    """A heading as written: its level from 1, its words without markup, its anchor."""

    level: int
    text: str
    anchor: str
    position: Position


class Link(NamedTuple):
    """A link or image as written; `text` is an image's alternative text or a link's words.

    `caption` is what stands in an image's brackets: it is printed below the image when that stands alone in
    its paragraph (`is_figure`), and serves as `text` when the image has no `alt` of its own.
    """

    target: str
    text: str
    position: Position
    is_image: bool = False
    caption: str = ""
    is_figure: bool = False


class Note(NamedTuple):
    """A footnote's definition or mention."""

    label: str
    position: Position


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown below the front matter.

    `text` is the Markdown as pandoc is to read it, line by line that of the author: the options of blocks
    of code that pandoc does not understand are gone, formulas of LaTeX stand between dollar signs, and the
    places that old HTML names are places. Its first line is line `first_line` of the file. All positions
    are positions in the file. `cited_keys` are those of the citations, each once, in the order of first use.
    `anchors` holds every id in the body (headings, figures, tables, boxes,
    spans), each with the place it is given.
    """

    text: str
    first_line: int
    citations: tuple[Citation, ...] = ()
    cross_references: tuple[CrossReference, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    notes_defined: tuple[Note, ...] = ()
    notes_used: tuple[Note, ...] = ()
    recommendations: tuple[Note, ...] = ()
    anchors: tuple[tuple[str, Position], ...] = ()
    raw_html: tuple[Position, ...] = ()
    cited_keys: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Reckon once what is asked for again and again."""
        keys = dict.fromkeys(citation.key for citation in self.citations)
        object.__setattr__(self, "cited_keys", tuple(keys))
