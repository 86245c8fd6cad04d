"""Which weight has which term in which entry? lunr's: BM25 by field, times the field's boost.

A document is analysed once and kept as a few arrays (`Partial`); an index of all of them is put together from
those without looking at a word again. Weights equal those of lunr.js for the same terms, to the thousandth
that lunr keeps.
"""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from policy_tools.search.analyser import Analyser, list_terms_of_run
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
    runs: list[str] = []
    others: list[str] = []
    run_cells: list[int] = []
    other_cells: list[int] = []
    entries = document.entries
    for entry, texts in enumerate(entries):
        for number, name in enumerate(FIELDS):
            if text := texts.get(name):
                found, hanging = analyser.cut(text, document.language)
                runs += found
                others += hanging
                run_cells += [entry * len(FIELDS) + number] * len(found)
                other_cells += [entry * len(FIELDS) + number] * len(hanging)
    terms, cells = _expand(runs, run_cells, ids)
    terms = np.concatenate([terms, [ids.setdefault(term, len(ids)) for term in others]]).astype(np.int64)
    cells = np.concatenate([cells, other_cells]).astype(np.int64)
    return _count(terms, cells, tuple(ids), len(entries))


def _expand(
    runs: list[str], cells: list[int], ids: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The terms of runs, by number, each with the cell of its run; a run that comes again is read once."""
    known = {run: number for number, run in enumerate(dict.fromkeys(runs))}
    lists = [list_terms_of_run(run) for run in known]
    numbers = np.array([ids.setdefault(term, len(ids)) for terms in lists for term in terms], np.int64)
    sizes = np.fromiter(map(len, lists), np.int64, len(lists))
    run = np.fromiter(map(known.__getitem__, runs), np.int64, len(runs))
    held = sizes[run]
    within = np.arange(held.sum()) - np.repeat(np.cumsum(held) - held, held)
    first = np.cumsum(sizes) - sizes
    return numbers[np.repeat(first[run], held) + within], np.repeat(np.array(cells, np.int64), held)


def _count(
    terms: NDArray[np.int64], cells: NDArray[np.int64], names: tuple[str, ...], entries: int
) -> Partial:
    """How often each term stands in each cell: a cell is a field of an entry."""
    rows, count = np.unique(cells * len(names) + terms, return_counts=True)
    cell, term = np.divmod(rows, max(len(names), 1))
    entry, field = np.divmod(cell, len(FIELDS))
    lengths = np.bincount(cells, minlength=entries * len(FIELDS)).reshape(entries, len(FIELDS))
    return Partial(
        names,
        term.astype(np.uint32),
        entry.astype(np.uint32),
        field.astype(np.uint8),
        count.astype(np.uint32),
        lengths.astype(np.uint32),
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
