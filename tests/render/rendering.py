"""What tests of the renderer share: a few works, a cover, and one rendering by the real worker."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from policy_tools.model.document import Cover, Document, DocumentRequest, Format
from policy_tools.render.documents import render_documents
from policy_tools.render.pool import Pool
from policy_tools.render.styles import load_style
from policy_tools.store import Store

COVER = Cover(
    title="Growth",
    subtitle="",
    authors=("A. Author",),
    publisher="Institute",
    series_line="Paper 1",
    version_line="Version 1",
    date_line="22 November 2026",
    date_iso="2026-11-22",
    language="en-GB",
    summary="A summary.",
    key_points=(),
    keywords=(),
    corrections=(),
    notices=(),
    colophon=(),
    how_to_cite="",
    current_address="https://example.org/papers/growth/",
    identifier="https://example.org/papers/growth/",
    rights="CC BY 4.0",
)


def work(key: str, family: str, year: int, title: str, kind: str = "book") -> str:
    item = {
        "id": key,
        "type": kind,
        "title": title,
        "author": [{"family": family, "given": "Ada"}],
        "issued": {"date-parts": [[year]]},
        "publisher": "Press",
        "publisher-place": "London",
    }
    return json.dumps(item)


WORKS = (
    work("smith2020", "Smith", 2020, "On investment"),
    work("jones2019", "Jones", 2019, "Banks and growth", "report"),
    work("brown2018", "Brown", 2018, "Patience", "article-journal"),
    work("who/report:2021+x", "Green", 2021, "Odd keys"),
)

FORMATS = (Format.HTML, Format.TYPST, Format.PLAIN)


def make_request(
    text: str,
    *,
    style: str = "harvard-cite-them-right",
    works: Iterable[str] = WORKS,
    assets: Mapping[str, Path] = MappingProxyType({}),
    number_paragraphs: bool = True,
    layout: str = "paper",
    id_: str = "growth",
) -> DocumentRequest:
    return DocumentRequest(
        id=id_,
        path="content/papers/growth/paper.md",
        text=text,
        first_line=1,
        references=tuple(works),
        style=load_style(style),
        cover=COVER,
        number_paragraphs=number_paragraphs,
        layout=layout,
        assets=assets,
        asset_digests=tuple((name, name) for name in assets),
    )


def render(
    request: DocumentRequest,
    store: Store,
    pool: Pool,
    formats: Iterable[Format] = FORMATS,
    seconds: float = 30.0,
) -> Document:
    (document,) = render_documents([request], formats, store=store, workers=pool, seconds=seconds)
    return document


def page_of(document: Document) -> str:
    """Body, notes and references as a page puts them together."""
    entries = "".join(f'<li id="{entry.anchor}">{entry.html}</li>' for entry in document.references)
    return f"{document.html}{document.notes_html}<ol>{entries}</ol>"


def dead_links(page: str) -> set[str]:
    """Links within the page whose end is not there."""
    ids = set(re.findall(r'\sid="([^"]*)"', page))
    return set(re.findall(r'href="#([^"]*)"', page)) - ids


def repeated_ids(page: str) -> set[str]:
    ids = re.findall(r'\sid="([^"]*)"', page)
    return {name for name in ids if ids.count(name) > 1}
