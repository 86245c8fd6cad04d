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
_ROWS = 1_000_000
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


def build_index(partials: Iterable[Partial]) -> Index:
    """The index of documents in their order: entries are counted through all of them."""
    ids: dict[str, int] = {}
    columns: tuple[list[NDArray[np.uint32]], ...] = ([], [], [], [])
    lengths: list[NDArray[np.uint32]] = []
    offset = 0
    for partial in partials:
        own = np.fromiter(
            (ids.setdefault(term, len(ids)) for term in partial.terms), np.uint32, len(partial.terms)
        )
        columns[0].append(own[partial.term])
        columns[1].append((partial.entry + offset).astype(np.uint32))
        columns[2].append(partial.field.astype(np.uint32))
        columns[3].append(partial.count)
        lengths.append(partial.lengths)
        offset += len(partial.lengths)
    return _put_in_order(ids, columns, lengths)


def _put_in_order(
    ids: dict[str, int],
    columns: tuple[list[NDArray[np.uint32]], ...],
    lengths: Sequence[NDArray[np.uint32]],
) -> Index:
    """Sorts the rows by term and field. Columns are emptied on the way: with 10,000 papers they are heavy."""
    terms = sorted(ids, key=utf16_order)
    rank = np.zeros(len(ids), np.uint32)
    rank[[ids[term] for term in terms]] = np.arange(len(terms), dtype=np.uint32)
    fields = _join(columns[2])
    # Rows come by entry already, so that a stable sort by field and term leaves entries rising.
    key = rank[_join(columns[0])] * np.uint32(len(FIELDS)) + fields
    order = np.argsort(key, kind="stable").astype(np.uint32)
    key = key[order]
    term = key // np.uint32(len(FIELDS))
    field_ = fields[order].astype(np.uint8)
    del key, fields
    entry = _join(columns[1])[order]
    count = _join(columns[3])[order]
    del order
    table = np.concatenate(lengths) if lengths else np.zeros((0, len(FIELDS)), np.uint32)
    starts = np.searchsorted(term, np.arange(len(terms) + 1, dtype=np.uint32))
    weight = _weigh(term, entry, field_, count, table, np.diff(starts))
    return Index(tuple(terms), starts, field_, entry, weight, tuple(map(len, lengths)))


def _join(parts: list[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    """The parts as one, which takes their place."""
    joined = np.concatenate(parts) if parts else np.zeros(0, np.uint32)
    parts.clear()
    return joined


def _weigh(
    term: NDArray[np.uint32],
    entry: NDArray[np.uint32],
    field_: NDArray[np.uint8],
    count: NDArray[np.uint32],
    lengths: NDArray[np.uint32],
    held: NDArray[np.int64],
) -> NDArray[np.uint32]:
    """Lunr's weight of each row. A term's entries are counted once a field, as lunr does."""
    total = len(lengths)
    idf = np.log1p(np.abs((total - held + 0.5) / (held + 0.5)))
    filled = np.maximum((lengths > 0).sum(axis=0), 1)
    average = lengths.sum(axis=0) / filled
    boosts = np.array([BOOSTS[name] for name in FIELDS])
    weight = np.zeros(len(term), np.uint32)
    for start in range(0, len(term), _ROWS):
        rows = slice(start, start + _ROWS)
        field = field_[rows]
        ratio = lengths[entry[rows], field] / average[field]
        frequency = count[rows].astype(np.float64)
        saturated = ((_K1 + 1) * frequency) / (_K1 * (1 - _B + _B * ratio) + frequency)
        weight[rows] = np.floor(idf[term[rows]] * saturated * boosts[field] * SCALE + 0.5)
    return weight
