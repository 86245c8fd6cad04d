"""How is an index cut into files of which a reader fetches a few?

All files are gzip (a reader undoes it by itself, so that any host will do) of JSON, below `search/`:

`current`                 the directory: BUILD, counts, beginnings of shards, the glossary, the word list
`index/BUILD/t/K`         terms: `[[term, [field, [entry, …], [weight, …], …]], …]`, sorted; the
                          entries of a field are counted from one to the next, weights are thousandths
`index/BUILD/p/K`         prefixes of two and three letters: `[[prefix, [its commonest terms]], …]`, sorted
`index/BUILD/v/K`         vocabulary: `[[term, its rows], …]`, sorted; for words not typed to the end
`index/BUILD/r/K`         the same with each term backwards, sorted; for words that are misspelt
`index/BUILD/facets`      for each facet its values and, by document, which of them it has
`text/N-K`                a piece of document N, for results and excerpts: title, address, label, kind,
                          outline (anchor and heading of every section) and the texts of `PIECE` entries,
                          the first of which is the document's summary

BUILD is a digest of all that the folder holds: an index never changes, a new one stands beside it. Documents
are counted from the oldest, so that what is new is added at the end and the texts of the rest stay as they
are.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from heapq import nsmallest
from typing import Any

import numpy as np

from policy_tools.search.analyser import ENGLISH, Analyser, WordList, load_words
from policy_tools.search.entries import FIELDS, SearchDocument
from policy_tools.search.index import Index, utf16_order

VERSION = 2
PIECE = 4
"""How many entries of a document have their texts in one file."""

ENDING = ".bin"
CURRENT = f"search/current{ENDING}"
_TERM_SHARD = 12_000
_VOCABULARY_SHARD = 20_000
_PREFIX_SHARD = 6_000
_PREFIX_LENGTHS = (2, 3)
MOST_PREFIXES = 8
"""How many terms a word that is not typed to its end may stand for."""


@dataclass(frozen=True, slots=True)
class SearchFile:
    """A file of the index; `address` is relative to the site's root."""

    address: str
    content: bytes


def pack(value: object) -> bytes:
    """JSON in gzip, the same bytes for the same value."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8", "surrogatepass"), 9, mtime=0)


def unpack(content: bytes) -> Any:  # noqa: ANN401
    """The value of such bytes."""
    return json.loads(gzip.decompress(content))


def build_index_files(
    index: Index, documents: Sequence[SearchDocument], analyser: Analyser
) -> Iterator[SearchFile]:
    """Every file of the index but the texts; the directory, which names the rest, comes last."""
    parts: dict[str, bytes] = {}
    beginnings: dict[str, list[str]] = {}
    for kind, rows, size in (
        ("t", _list_postings(index), _TERM_SHARD),
        ("p", _list_prefixes(index), _PREFIX_SHARD),
        ("v", _list_vocabulary(index, backwards=False), _VOCABULARY_SHARD),
        ("r", _list_vocabulary(index, backwards=True), _VOCABULARY_SHARD),
    ):
        beginnings[kind] = []
        last = ""
        for number, (first, end, shard) in enumerate(_cut(rows, size)):
            beginnings[kind].append(_shortest_between(last, first))
            parts[f"{kind}/{number}"] = gzip.compress(shard.encode("utf-8", "surrogatepass"), 9, mtime=0)
            last = end
    parts["facets"] = pack(_list_facets(documents))
    build = sha256(b"".join(name.encode() + part for name, part in sorted(parts.items()))).hexdigest()[:12]
    for name, part in parts.items():
        yield SearchFile(f"search/index/{build}/{name}{ENDING}", part)
    languages = sorted({document.language for document in documents} - {ENGLISH})
    directory = _build_directory(index, beginnings, analyser, load_words())
    yield SearchFile(CURRENT, pack({"build": build, "languages": languages, **directory}))


def build_texts(document: SearchDocument) -> tuple[bytes, ...]:
    """The text of one document in pieces, each as the bytes of its file."""
    outline = [[section.anchor, section.heading] for section in document.sections]
    texts = [document.summary, *(section.text for section in document.sections)]
    head = [document.title, document.address, document.label, document.kind, outline]
    return tuple(pack([*head, texts[start : start + PIECE]]) for start in range(0, len(texts), PIECE))


def address_text(document: int, piece: int) -> str:
    """Where such a piece stands."""
    return f"search/text/{document}-{piece}{ENDING}"


def _build_directory(
    index: Index, beginnings: Mapping[str, list[str]], analyser: Analyser, words: WordList
) -> dict[str, Any]:
    return {
        "version": VERSION,
        "fields": FIELDS,
        "entries": list(index.entries_of),
        "shards": beginnings,
        "phrases": {" ".join(phrase): term for phrase, term in sorted(analyser.phrases.items())},
        "words": {
            "stop": " ".join(sorted(words.stop)),
            "weak": " ".join(sorted(words.weak)),
            "endings": words.endings,
            "spellings": words.spellings,
        },
    }


def _list_postings(index: Index) -> Iterator[tuple[str, str]]:
    """Each term with its row as JSON."""
    for place, term in enumerate(index.terms):
        fields: list[object] = []
        for number, posting in index.find(place):
            steps = np.diff(posting.entries, prepend=np.uint32(0)).tolist()
            fields += [number, steps, posting.weights.tolist()]
        row = json.dumps([term, fields], ensure_ascii=False, separators=(",", ":"))
        yield term, row


def _list_prefixes(index: Index) -> Iterator[tuple[str, str]]:
    """The commonest terms of each beginning of two or three letters."""
    counts = np.diff(index.starts).tolist()
    by_prefix: dict[str, list[tuple[int, bytes, str]]] = {}
    for term, count in zip(index.terms, counts, strict=True):
        code = term.find(":") + 1
        for length in _PREFIX_LENGTHS:
            if len(term) >= code + length:
                by_prefix.setdefault(term[: code + length], []).append((-count, utf16_order(term), term))
    for prefix in sorted(by_prefix, key=utf16_order):
        terms = [term for *_, term in nsmallest(MOST_PREFIXES, by_prefix[prefix])]
        yield prefix, json.dumps([prefix, terms], ensure_ascii=False, separators=(",", ":"))


def _list_vocabulary(index: Index, *, backwards: bool) -> Iterator[tuple[str, str]]:
    counts = np.diff(index.starts).tolist()
    rows = (
        (term[::-1] if backwards else term, count) for term, count in zip(index.terms, counts, strict=True)
    )
    ordered = sorted(rows, key=lambda row: utf16_order(row[0])) if backwards else rows
    for term, count in ordered:
        yield term, json.dumps([term, count], ensure_ascii=False, separators=(",", ":"))


def _cut(rows: Iterable[tuple[str, str]], size: int) -> Iterator[tuple[str, str, str]]:
    """The rows in shards of about `size` characters: first term, last term, JSON."""
    terms: list[str] = []
    texts: list[str] = []
    length = 0
    for term, text in rows:
        if texts and length + len(text) > size:
            yield terms[0], terms[-1], f"[{','.join(texts)}]"
            terms, texts, length = [], [], 0
        terms.append(term)
        texts.append(text)
        length += len(text)
    if texts:
        yield terms[0], terms[-1], f"[{','.join(texts)}]"


def _shortest_between(last: str, first: str) -> str:
    """The shortest beginning of `first` that comes after `last`."""
    return next(
        (first[:end] for end in range(len(first) + 1) if utf16_order(first[:end]) > utf16_order(last)), first
    )


def _list_facets(documents: Sequence[SearchDocument]) -> dict[str, Any]:
    """By facet: its values in the order of first use, and for each document their numbers."""
    names = dict.fromkeys(name for document in documents for name in document.facets)
    facets = {}
    for name in names:
        values: dict[str, int] = {}
        held = [
            [values.setdefault(value, len(values)) for value in document.facets.get(name, ())]
            for document in documents
        ]
        facets[name] = {"values": list(values), "documents": held}
    return facets


Read = Callable[[str], bytes]
"""The bytes of a file below the site's root, by its address; raises `OSError` when there is none."""
