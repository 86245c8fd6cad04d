"""How is an index cut into files of which a reader fetches a few?

All files but the terms are gzip (a reader undoes it by itself, so that any host will do) of JSON, below
`search/`:

`current`                 the directory: BUILD, counts, beginnings of shards, the glossary, the word list
`index/BUILD/t/K`         terms, sorted, with the entries that hold them: bits, as postings.py says
`index/BUILD/p/K`         prefixes of two and three letters: `[[prefix, [its commonest terms]], …]`, sorted
`index/BUILD/v/K`         vocabulary: `[[term, its rows], …]`, sorted; for words not typed to the end
`index/BUILD/r/K`         the same with each term backwards, sorted; for words that are misspelt
`index/BUILD/facets`      for each facet its values and, by document, which of them it has
`text/N-K`                a piece of document N, for results and excerpts: title, address, label, kind,
                          outline (anchor and heading of every section) and the texts of `PIECE` entries,
                          the first of which is the document's summary

BUILD is a digest of all that the folder holds: an index never changes, a new one stands beside it. Texts are
asked for with a digest of all of them (`text/N-K?DIGEST`): what a browser keeps is never asked for again.
Documents are counted from the oldest, so that what is new is added at the end and the texts of the rest stay
as they are.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from policy_tools.search.analyser import ENGLISH, Analyser, load_words
from policy_tools.search.entries import BOOSTS, FIELDS, SearchDocument
from policy_tools.search.index import Index, sort_terms, utf16_order
from policy_tools.search.postings import Rules, choose_rules, write_shards, write_terms

VERSION = 3
PIECE = 4
"""How many entries of a document have their texts in one file."""

ENDING = ".bin"
CURRENT = f"search/current{ENDING}"
_LEVEL = 6
_TERM_SHARD = 4_000
_VOCABULARY_ROWS = 1_500
_PREFIX_ROWS = 80
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
    return gzip.compress(text.encode("utf-8", "surrogatepass"), _LEVEL, mtime=0)


def unpack(content: bytes) -> Any:  # noqa: ANN401
    """The value of such bytes."""
    return json.loads(gzip.decompress(content))


def build_index_files(
    index: Index, documents: Sequence[SearchDocument], analyser: Analyser, texts: str = ""
) -> Iterator[SearchFile]:
    """Every file of the index but the texts; the directory, which names the rest, comes last.

    `texts` is a digest of all of those, with which they are asked for.
    """
    parts: dict[str, bytes] = {}
    beginnings: dict[str, list[str]] = {}
    rules = choose_rules(index)
    vocabulary = list(zip(index.terms, np.diff(index.starts).tolist(), strict=True))
    for kind, shards in (
        ("t", write_shards(index, rules, _TERM_SHARD)),
        ("p", _cut(_list_prefixes(index), _PREFIX_ROWS)),
        ("v", _cut(vocabulary, _VOCABULARY_ROWS)),
        ("r", _cut(_turn(vocabulary), _VOCABULARY_ROWS)),
    ):
        beginnings[kind] = []
        last = ""
        for number, (first, end, shard) in enumerate(shards):
            beginnings[kind].append(_shortest_between(last, first))
            parts[f"{kind}/{number}"] = shard
            last = end
    parts["facets"] = pack(_list_facets(documents))
    build = sha256(b"".join(name.encode() + part for name, part in sorted(parts.items()))).hexdigest()[:12]
    for name, part in parts.items():
        yield SearchFile(f"search/index/{build}/{name}{ENDING}", part)
    languages = sorted({document.language for document in documents} - {ENGLISH})
    directory = _build_directory(rules, index.entries_of, beginnings, analyser)
    yield SearchFile(
        CURRENT, pack({"build": build, "texts": texts or build, "languages": languages, **directory})
    )


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
    rules: Rules, entries_of: Sequence[int], beginnings: Mapping[str, list[str]], analyser: Analyser
) -> dict[str, Any]:
    words = load_words()
    return {
        "version": VERSION,
        "fields": FIELDS,
        "boosts": [BOOSTS[name] for name in FIELDS],
        "lengths": rules.lengths,
        "entries": entries_of,
        "shards": {kind: "".join(write_terms(terms)) for kind, terms in beginnings.items()},
        "phrases": {" ".join(phrase): term for phrase, term in sorted(analyser.phrases.items())},
        "words": {
            "stop": " ".join(sorted(words.stop)),
            "weak": " ".join(sorted(words.weak)),
            "endings": words.endings,
            "spellings": words.spellings,
        },
    }


def _list_prefixes(index: Index) -> list[tuple[str, object]]:
    """The commonest terms of each beginning of two or three letters."""
    counts = np.diff(index.starts)
    by_prefix: dict[str, list[str]] = {}
    for place in np.argsort(-counts, kind="stable").tolist():
        term = index.terms[place]
        code = term.find(":") + 1
        for length in _PREFIX_LENGTHS:
            if len(term) >= code + length:
                terms = by_prefix.setdefault(term[: code + length], [])
                if len(terms) < MOST_PREFIXES:
                    terms.append(term)
    return [(prefix, by_prefix[prefix]) for prefix in sort_terms(by_prefix)]


def _turn(rows: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    """The rows with their terms backwards, sorted."""
    turned = {term[::-1]: value for term, value in rows}
    return [(term, turned[term]) for term in sort_terms(turned)]


def _cut(rows: Sequence[tuple[str, object]], count: int) -> Iterator[tuple[str, str, bytes]]:
    """The rows in shards of so many: first term, last term, and the bytes of the file."""
    for start in range(0, len(rows), count):
        shard = rows[start : start + count]
        yield shard[0][0], shard[-1][0], pack(shard)


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
