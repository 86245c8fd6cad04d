"""Which work does an author mean, and how will it be printed?"""

import re
import unicodedata
from collections.abc import Iterable

from policy_tools.load.library import load_library
from policy_tools.model.document import Cover, Document, DocumentRequest, Format
from policy_tools.model.reference import Reference
from policy_tools.model.site import Site
from policy_tools.render.documents import render_documents
from policy_tools.render.pool import Pool
from policy_tools.render.references import convert_references
from policy_tools.render.styles import load_style
from policy_tools.store import Store

_SEARCHED = ("author", "editor", "translator", "title", "shorttitle", "subtitle", "institution")
_ACCENT = re.compile(r"\\(?:[^A-Za-z\s]|[cHkrtuv](?![A-Za-z]))\s*|[{}]")
_LETTERS = {r"\ss": "ss", r"\ae": "ae", r"\oe": "oe", r"\aa": "a", r"\o": "o", r"\l": "l", r"\i": "i"}
_NO_COVER = Cover("-", "", (), "", "", "", "", "", "en-GB", "", (), (), (), (), (), "", "", "", "")


def search_references(site: Site, store: Store, text: str) -> tuple[Reference, ...]:
    """The work whose key is `text`, or every work with all its words in key, author or title.

    Capitals and accents do not count. Works stand in the order of library.bib.
    """
    references = load_library(site, store).references
    wanted = text.strip().removeprefix("@")
    if wanted in references:
        return (references[wanted],)
    words = _fold(wanted).split()
    return tuple(found for found in references.values() if words and _has_all(words, found))


def format_references(references: Iterable[Reference], site: Site, store: Store) -> tuple[str, ...]:
    """Each work as the site's style prints it, in plain text; `StyleError` when there is no such style.

    What cannot be converted is empty.
    """
    works = tuple(references)
    style = load_style(site.csl)
    with Pool(1) as pool:
        items = convert_references(works, store, pool).items
        requests = [
            _cite_alone(work, items[work.key], style, site.language) for work in works if work.key in items
        ]
        documents = render_documents(requests, {Format.HTML, Format.PLAIN}, store=store, workers=pool)
        printed = {document.id: _format(document) for document in documents}
    return tuple(printed.get(work.key, "") for work in works)


def _has_all(words: list[str], reference: Reference) -> bool:
    fields = (reference.fields.get(name, "") for name in _SEARCHED)
    known = _fold(" ".join((reference.key, *fields)))
    return all(word in known for word in words)


def _fold(text: str) -> str:
    """Small letters without accents, whether those are written as such or as TeX commands."""
    for command, letters in _LETTERS.items():
        text = re.sub(rf"{re.escape(command)}(?![A-Za-z])\s*", letters, text, flags=re.IGNORECASE)
    decomposed = unicodedata.normalize("NFKD", _ACCENT.sub("", text))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def _cite_alone(work: Reference, item: str, style: str, language: str) -> DocumentRequest:
    """A paper that says nothing but this citation."""
    return DocumentRequest(
        id=work.key,
        path=work.path,
        text=f"[@{{{work.key}}}]\n",
        first_line=work.line,
        references=(item,),
        style=style,
        cover=_NO_COVER,
        language=language,
        number_paragraphs=False,
    )


def _format(document: Document) -> str:
    """The entry of the reference list; in a style that has none, the note."""
    if document.references:
        return document.references[0].text
    lines = [line.strip() for line in document.plain.splitlines() if line.strip()]
    return re.sub(r"^\[?1\]?\.?\s+", "", lines[-1]) if lines else ""
