"""Which weight has which term in which entry? lunr's: BM25 by field, times the field's boost.

A document is analysed once and kept as a few arrays (`Partial`); an index of all of them is put together from
those without looking at a word again. Weights equal those of lunr.js for the same terms, to the thousandth
that lunr keeps.
"""

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from policy_tools.search.analyser import Analyser
from policy_tools.search.entries import BOOSTS, FIELDS, SearchDocument

_K1, _B = 1.2, 0.75
SCALE = 1000
"""Weights are whole numbers of thousandths."""


@dataclass(frozen=True, slots=True)
class Partial:
    """One document, analysed: its different terms; for each term, entry and field how often it stands there.

    The four arrays are of one length; `lengths` has a row an entry and a column a field.
    """

    terms: tuple[str, ...]
    term: NDArray[np.uint32]
    entry: NDArray[np.uint32]
    field: NDArray[np.uint8]
    count: NDArray[np.uint32]
    lengths: NDArray[np.uint32]

    def pack(self) -> bytes:
        """As bytes for the store."""
        return pickle.dumps((self.terms, self.term, self.entry, self.field, self.count, self.lengths), 5)


def unpack_partial(data: bytes) -> Partial:
    """The partial of such bytes; the store is trusted like the code."""
    return Partial(*pickle.loads(data))  # noqa: S301


def analyse(document: SearchDocument, analyser: Analyser) -> Partial:
    """A document's terms by entry and field."""
    ids: dict[str, int] = {}
    rows: list[tuple[int, int, int, int]] = []
    lengths = np.zeros((len(document.entries), len(FIELDS)), np.uint32)
    for entry, texts in enumerate(document.entries):
        for number, name in enumerate(FIELDS):
            if not (text := texts.get(name)):
                continue
            terms = analyser.list_terms(text, document.language)
            lengths[entry, number] = len(terms)
            rows += [
                (ids.setdefault(term, len(ids)), entry, number, count)
                for term, count in Counter(terms).items()
            ]
    table = np.array(rows, np.uint32).reshape(-1, 4)
    return Partial(
        tuple(ids),
        table[:, 0].copy(),
        table[:, 1].copy(),
        table[:, 2].astype(np.uint8),
        table[:, 3].copy(),
        lengths,
    )


@dataclass(frozen=True, slots=True)
class Posting:
    """The entries that hold a term in one field, rising, and its weight in each, in thousandths."""

    entries: NDArray[np.uint32]
    weights: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Index:
    """Every term with its postings: `terms` sorted by UTF-16, the rows of term `i` from `starts[i]` on."""

    terms: tuple[str, ...]
    starts: NDArray[np.int64]
    field: NDArray[np.uint8]
    entry: NDArray[np.uint32]
    weight: NDArray[np.uint32]
    entries_of: tuple[int, ...]

    def find(self, place: int) -> Iterator[tuple[int, Posting]]:
        """The fields in which a term stands, by number, with its postings there."""
        rows = slice(int(self.starts[place]), int(self.starts[place + 1]))
        fields = self.field[rows]
        edges = [0, *(np.flatnonzero(np.diff(fields)) + 1).tolist(), len(fields)]
        for start, end in pairwise(edges):
            yield int(fields[start]), Posting(self.entry[rows][start:end], self.weight[rows][start:end])

    @property
    def entry_count(self) -> int:
        """How many entries there are."""
        return sum(self.entries_of)


def utf16_order(term: str) -> bytes:
    """The order in which JavaScript compares texts."""
    return term.encode("utf-16-be", "surrogatepass")


_Columns = tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8], NDArray[np.uint32]]
"""The rows of one document: term, entry, field and count."""


def build_index(partials: Iterable[Partial]) -> Index:
    """The index of documents in their order: entries are counted through all of them."""
    ids: dict[str, int] = {}
    columns: list[_Columns] = []
    lengths: list[NDArray[np.uint32]] = []
    entries_of: list[int] = []
    offset = 0
    for partial in partials:
        own = np.fromiter(
            (ids.setdefault(term, len(ids)) for term in partial.terms), np.uint32, len(partial.terms)
        )
        entry = (partial.entry + offset).astype(np.uint32)
        columns.append((own[partial.term], entry, partial.field, partial.count))
        lengths.append(partial.lengths)
        entries_of.append(len(partial.lengths))
        offset += len(partial.lengths)
    return _put_in_order(ids, columns, lengths, tuple(entries_of))


def _put_in_order(
    ids: dict[str, int],
    columns: Sequence[_Columns],
    lengths: Sequence[NDArray[np.uint32]],
    entries_of: tuple[int, ...],
) -> Index:
    terms = sorted(ids, key=utf16_order)
    rank = np.empty(len(ids), np.uint32)
    rank[[ids[term] for term in terms]] = np.arange(len(terms), dtype=np.uint32)
    term, entry, field_, count = (
        np.concatenate([column[part] for column in columns] or [np.zeros(0, np.uint32)]).astype(np.uint32)
        for part in range(4)
    )
    term = rank[term] if len(rank) else term
    # Rows come by entry already, so that a stable sort by field and term leaves entries rising.
    key = term.astype(np.uint64) * len(FIELDS) + field_
    order = np.argsort(key, kind="stable")
    term, entry, field_, count = term[order], entry[order], field_[order], count[order]
    starts = np.searchsorted(term, np.arange(len(terms) + 1))
    table = np.concatenate(lengths) if lengths else np.zeros((0, len(FIELDS)), np.uint32)
    weight = _weigh(term, entry, field_, count, table, len(terms))
    return Index(tuple(terms), starts, field_.astype(np.uint8), entry, weight, entries_of)


def _weigh(
    term: NDArray[np.uint32],
    entry: NDArray[np.uint32],
    field_: NDArray[np.uint32],
    count: NDArray[np.uint32],
    lengths: NDArray[np.uint32],
    term_count: int,
) -> NDArray[np.uint32]:
    """Lunr's weight of each row. A term's entries are counted once a field, as lunr does."""
    total = len(lengths)
    held = np.bincount(term, minlength=term_count).astype(np.float64)
    idf = np.log1p(np.abs((total - held + 0.5) / (held + 0.5)))
    filled = np.maximum((lengths > 0).sum(axis=0), 1)
    average = lengths.sum(axis=0) / filled
    boosts = np.array([BOOSTS[name] for name in FIELDS])
    ratio = lengths[entry, field_] / average[field_]
    frequency = count.astype(np.float64)
    score = idf[term] * ((_K1 + 1) * frequency) / (_K1 * (1 - _B + _B * ratio) + frequency) * boosts[field_]
    weight: NDArray[np.uint32] = np.floor(score * SCALE + 0.5).astype(np.uint32)
    return weight
