"""The same documents as an index of Pagefind's, for a site that wants it: `SEARCH = "pagefind"`.

Pagefind is an optional package. It is given a page made of each document's own words, so that what it knows
is what the index of our own knows, and nothing else of the site.
"""

import asyncio
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import escape
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from policy_tools.model.problem import CannotRunError
from policy_tools.search.entries import SearchDocument
from policy_tools.search.shards import SearchFile

FOLDER = "search/pagefind/"
_BATCH = 50


def build_pagefind_files(documents: Iterable[SearchDocument], language: str) -> Iterator[SearchFile]:
    """Every file of Pagefind's index; raises `CannotRunError` where Pagefind is not installed."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as own:
        # In a thread of its own, since the caller's may have a loop of events that is running.
        own.submit(lambda: asyncio.run(_write(documents, language, folder))).result()
        for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            yield SearchFile(f"{FOLDER}{path.relative_to(folder).as_posix()}", path.read_bytes())


async def _write(documents: Iterable[SearchDocument], language: str, folder: str) -> None:
    """Has Pagefind write its files, which it does when the index is left."""
    try:
        from pagefind.index import IndexConfig, PagefindIndex  # noqa: PLC0415 - an optional package
    except ImportError:
        raise CannotRunError(
            'SEARCH is "pagefind", and Pagefind is not installed. Install it (pip install "pagefind[bin]"), '
            'or write SEARCH = "lunr".'
        ) from None
    config = IndexConfig(force_language=language.partition("-")[0], keep_index_url=False, output_path=folder)
    async with PagefindIndex(config=config) as index:
        waiting = iter(documents)
        while batch := list(islice(waiting, _BATCH)):  # one by one, most of the time is spent in waiting
            pages = ((write_page(document, language), f"/{document.address}") for document in batch)
            await asyncio.gather(*(index.add_html_file(content=page, url=url) for page, url in pages))


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
