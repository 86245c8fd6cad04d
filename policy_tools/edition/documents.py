"""What is known of a paper's rendering without loading it, and what of it can be downloaded."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from policy_tools.edition.wording import format_size
from policy_tools.model.document import ContentsEntry, Document
from policy_tools.store import digest_of


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the paper in another format.

    `format` is its short name ("pdf"), `address` is relative to the site's root, `size` in bytes, `label`
    as printed ("PDF").
    """

    format: str
    address: str
    size: int
    label: str


@dataclass(frozen=True, slots=True)
class DownloadLine:
    """A button of a download bar."""

    label: str
    address: str
    size: str


_DIV = re.compile(r"<(/?)div\b")


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """A recommendation as a line of a list: its anchor in the paper, its number there, its words.

    `digest` stands for its words with their links, as its own page shows them.
    """

    id: str
    number: int
    text: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """The light part of a Document; `load` fetches the whole, and is called only for a page that is written.

    `digest` stands for everything that a page shows of the document: equal digests, equal pages.
    """

    id: str
    digest: str
    load: Callable[[], Document] = field(repr=False, compare=False)
    words: int = 0
    contents: tuple[ContentsEntry, ...] = ()
    recommendations: tuple[RecommendationLine, ...] = ()
    cited: tuple[str, ...] = ()


def list_downloads(downloads: Iterable[Download]) -> tuple[DownloadLine, ...]:
    """Downloads as buttons, in the same order."""
    return tuple(DownloadLine(item.label, item.address, format_size(item.size)) for item in downloads)


def summarise(document: Document, load: Callable[[], Document] | None = None) -> DocumentSummary:
    """The summary of a document in hand; `load`, when given, fetches it again so that it can be let go."""
    return DocumentSummary(
        id=document.id,
        digest=digest_of(
            document.html,
            document.notes_html,
            repr(document.contents),
            repr(document.references),
            repr(document.recommendations),
            str(document.words),
        ),
        words=document.words,
        contents=document.contents,
        recommendations=tuple(
            RecommendationLine(
                box.id, box.number, box.text, digest_of(box.html, _cut_box(document.html, box.id))
            )
            for box in document.recommendations
        ),
        cited=document.cited,
        load=load or (lambda: document),
    )


def _cut_box(html: str, id_: str) -> str:
    """The box of a recommendation out of the sanitised text, without reading all of it as a tree."""
    start = html.find(f'<div id="{id_}"')
    if start < 0:
        return ""
    depth = 0
    for tag in _DIV.finditer(html, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html[start : tag.start()]
    return html[start:]
