"""A paper on its way to its formats: what is asked of the renderer, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from policy_tools.model.problem import Problem


class Format(StrEnum):
    """What the renderer can make of one tree. PDF is made afterwards, from `typst`.

    `tree` is pandoc's own tree as JSON, cited and numbered, for packs to take up.
    """

    HTML = "html"
    TYPST = "typst"
    DOCX = "docx"
    EPUB = "epub"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    TREE = "tree"


@dataclass(frozen=True, slots=True)
class Cover:
    """The words that stand around the body in every format, so that all formats say the same.

    `authors` and `series_line` are as printed ("Paper 3"); dates are printed British ("22 November
    2026") with `date_iso` beside; `summary` and `corrections` are plain text; `colophon` is label and
    value; `current_address` is the page of the newest version; `check_address` is the short one that answers
    "is my copy current?"; `language` is BCP 47.
    """

    title: str
    subtitle: str
    authors: tuple[str, ...]
    publisher: str
    series_line: str
    version_line: str
    date_line: str
    date_iso: str
    language: str
    summary: str
    key_points: tuple[str, ...]
    keywords: tuple[str, ...]
    corrections: tuple[str, ...]
    notices: tuple[str, ...]
    colophon: tuple[tuple[str, str], ...]
    how_to_cite: str
    current_address: str
    identifier: str
    rights: str
    check_address: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """All that a rendering depends on, beside the versions of the tools.

    `text` is the Markdown body, `first_line` its first line in the file `path`; `references` are CSL-JSON
    items (as JSON text), one for each cited key that exists; `style` is the text of a CSL style; `assets`
    maps the names used in the text to checked files; `asset_digests` gives their SHA-256.
    `layout` is a series' layout.
    """

    id: str
    path: str
    text: str
    first_line: int
    references: tuple[str, ...]
    style: str
    cover: Cover
    language: str = "en-GB"
    number_paragraphs: bool = True
    layout: str = "paper"
    assets: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    asset_digests: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of a table of contents; `level` counts from 1."""

    level: int
    number: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class RenderedReference:
    """One entry of the reference list as the style prints it; `key` is its bib key, `anchor` its id."""

    key: str
    anchor: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class RecommendationBox:
    """One recommendation as it stands in the paper; `number` is its place in it, from 1."""

    id: str
    number: int
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """What one tree became. A format that was not asked for is empty.

    `html` is the sanitised body, whose headings start at h2; `notes_html` and `references` stand apart so
    that a page can place them; `cited` is every key that the style really printed.
    """

    id: str
    html: str = ""
    notes_html: str = ""
    contents: tuple[ContentsEntry, ...] = ()
    references: tuple[RenderedReference, ...] = ()
    recommendations: tuple[RecommendationBox, ...] = ()
    cited: tuple[str, ...] = ()
    words: int = 0
    typst: str = ""
    tree: str = ""
    plain: str = ""
    markdown: str = ""
    docx: bytes = b""
    epub: bytes = b""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands on every page of a pack beside its title.

    `handling` is the handling mark, `as_at` the printed date line ("As at 22 November 2026"); `copy_id` and
    `watermark` are empty in a public pack; `disclaimer` says that no government has given this advice.
    """

    handling: str = ""
    as_at: str = ""
    copy_id: str = ""
    watermark: str = ""
    disclaimer: str = ""


@dataclass(frozen=True, slots=True)
class PackPart:
    """A part of a pack, as HTML of our own templates: headings from h2, everything of an author's escaped.

    `id` is unique in the pack; `title` becomes its level-1 heading, and its line in the contents.
    """

    id: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Annex:
    """A whole paper in a pack. `label` is printed ("Annex A"); `prefix` ("annex-a") namespaces its ids.

    `page` is where it stands, or would stand, on the site: links to it in the pack lead to the annex.
    It is printed nowhere, and the paper's cover has no such address where the paper is private.
    """

    label: str
    prefix: str
    title: str
    request: DocumentRequest
    page: str = ""


@dataclass(frozen=True, slots=True)
class PackRequest:
    """All that a pack's rendering depends on, beside the versions of the tools.

    `layout` is "pack", or "brief" for one side of A4. `path` is the recipe's file. `has_cover` gives it a
    title page, `has_contents` a contents list, `has_colophon` the closing matter of its cover.
    """

    id: str
    path: str
    layout: str
    cover: Cover
    marks: Marks
    pieces: tuple[PackPart | Annex, ...]
    has_cover: bool = True
    has_contents: bool = True
    has_colophon: bool = True
    language: str = "en-GB"
