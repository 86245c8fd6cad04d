"""The same documents as an index of Pagefind's, for a site that wants it: `SEARCH = "pagefind"`.

Pagefind is an optional package. It is given a page made of each document's own words, so that what it knows
is what the index of our own knows, and nothing else of the site.
"""

import asyncio
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from policy_tools.model.problem import CannotRunError
from policy_tools.search.entries import SearchDocument
from policy_tools.search.shards import SearchFile

FOLDER = "search/pagefind/"


def build_pagefind_files(documents: Iterable[SearchDocument], language: str) -> Iterator[SearchFile]:
    """Every file of Pagefind's index; raises `CannotRunError` where Pagefind is not installed."""
    with TemporaryDirectory() as pages, TemporaryDirectory() as made, ThreadPoolExecutor(1) as own:
        for document in documents:
            path = Path(pages) / (document.address or "index.html")
            path = path / "index.html" if document.address.endswith("/") else path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(write_page(document, language), encoding="utf-8")
        # In a thread of its own, since the caller's may have a loop of events that is running.
        own.submit(lambda: asyncio.run(_write(pages, made, language))).result()
        for path in sorted(path for path in Path(made).rglob("*") if path.is_file()):
            yield SearchFile(f"{FOLDER}{path.relative_to(made).as_posix()}", path.read_bytes())


async def _write(pages: str, made: str, language: str) -> None:
    """Has Pagefind read a folder of pages and write its files, which it does when the index is left."""
    try:
        from pagefind.index import IndexConfig, PagefindIndex  # noqa: PLC0415 - an optional package
    except ImportError:
        raise CannotRunError(
            'SEARCH is "pagefind", and Pagefind is not installed. Install it (pip install "pagefind[bin]"), '
            'or write SEARCH = "lunr".'
        ) from None
    config = IndexConfig(force_language=language.partition("-")[0], keep_index_url=False, output_path=made)
    async with PagefindIndex(config=config) as index:
        await index.add_directory(pages)


def write_page(document: SearchDocument, language: str) -> str:
    """The document as the page that Pagefind reads: headings have their anchors, facets are filters."""
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
