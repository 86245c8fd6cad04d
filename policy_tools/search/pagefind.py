"""The same documents as an index of Pagefind's, for a site that wants it: `SEARCH = "pagefind"`.

Pagefind is an optional package. It is given a page made of each document's own words, so that what it knows is what the
index of our own knows, and nothing else of the site.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from policy_tools.model.problem import CannotRunError
from policy_tools.search.entries import SearchDocument
from policy_tools.search.shards import SearchFile

FOLDER = "search/pagefind/"


def build_pagefind_files(documents: Iterable[SearchDocument], language: str) -> Iterator[SearchFile]:
    """Every file of Pagefind's index; raises `CannotRunError` where Pagefind is not installed."""
    for address, content in sorted(asyncio.run(_build(list(documents), language))):
        yield SearchFile(f"{FOLDER}{address}", content)


async def _build(documents: Sequence[SearchDocument], language: str) -> list[tuple[str, bytes]]:
    try:
        from pagefind.index import IndexConfig, PagefindIndex  # noqa: PLC0415 - an optional package
    except ImportError:
        raise CannotRunError(
            'SEARCH is "pagefind", and Pagefind is not installed. Install it (pip install "pagefind[bin]"), or '
            'write SEARCH = "lunr".'
        ) from None
    config = IndexConfig(force_language=language.partition("-")[0], keep_index_url=False)
    async with PagefindIndex(config=config) as index:
        for document in documents:
            await index.add_html_file(content=write_page(document, language), url=f"/{document.address}")
        return [(str(file["path"]), bytes(file["content"])) for file in await index.get_files()]


def write_page(document: SearchDocument, language: str) -> str:
    """The document as the page that Pagefind reads: its headings have their anchors, its facets are filters."""
    filters = "".join(
        f'<meta data-pagefind-filter="{escape(name)}[content]" content="{escape(value)}">'
        for name, values in document.facets.items()
        for value in values
    )
    meta = "".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'
        for name, value in (("label", document.label), ("kind", document.kind))
        if value
    )
    known = " ".join((*document.keywords, *document.authors))
    sections = "".join(
        (f'<h2 id="{escape(section.anchor)}">{escape(section.heading)}</h2>' if section.anchor else "")
        + f"<p>{escape(section.text)}</p>"
        for section in document.sections
    )
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><title>{escape(document.title)}</title></head>'
        f"<body data-pagefind-body>{filters}{meta}<h1>{escape(document.title)}</h1>"
        f"<p>{escape(document.summary)}</p><p>{escape(known)}</p>{sections}</body></html>"
    )
