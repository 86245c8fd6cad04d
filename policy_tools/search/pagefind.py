"""The same documents as an index of Pagefind's, for a site that wants it: `SEARCH = "pagefind"`.

Pagefind is an optional package. It is given a page made of each document's own words, so that what it knows
is what the index of our own knows, and nothing else of the site.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from html import escape
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from policy_tools.model.problem import CannotRunError
from policy_tools.search.entries import SearchDocument
from policy_tools.search.shards import SearchFile

FOLDER = "search/pagefind/"


def build_pagefind_files(documents: Iterable[SearchDocument], language: str) -> Iterator[SearchFile]:
    """Every file of Pagefind's index; raises `CannotRunError` where Pagefind is not installed."""
    with TemporaryDirectory() as pages, TemporaryDirectory() as made:
        for document in documents:
            path = Path(pages) / (document.address or "index.html")
            path = path / "index.html" if document.address.endswith("/") else path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(write_page(document, language), encoding="utf-8")
        _run(pages, made, language.partition("-")[0])
        for path in sorted(path for path in Path(made).rglob("*") if path.is_file()):
            yield SearchFile(f"{FOLDER}{path.relative_to(made).as_posix()}", path.read_bytes())


def _run(pages: str, made: str, language: str) -> None:
    """Runs the program to its end: through its Python interface, files can still be empty when it returns."""
    if find_spec("pagefind") is None:
        raise CannotRunError(
            'SEARCH is "pagefind", and Pagefind is not installed. Install it (pip install "pagefind[bin]"), '
            'or write SEARCH = "lunr".'
        )
    command = [sys.executable, "-m", "pagefind", "--site", pages, "--output-path", made]
    done = subprocess.run(  # noqa: S603 - nothing of an author's stands in the command
        [*command, "--force-language", language], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotRunError(
            f"Pagefind could not make its index: {done.stderr.strip() or done.stdout.strip()}"
        )


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
