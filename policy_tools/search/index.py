"""Which weight has which term in which entry? lunr's: BM25 by field, times the field's boost.

A document is analysed once and kept as a few arrays (`Partial`), several of them as one; an index is put
together from those without looking at a word again. Weights equal those of lunr.js for the same terms, to the
thousandth that lunr keeps.
"""

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, pairwise
from math import log1p
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from policy_tools.search.analyser import Analyser, list_terms_of_run
from policy_tools.search.entries import BOOSTS, FIELDS, SearchDocument

_K1, _B = 1.2, 0.75
_FIELD_BITS = 3
_FIELDS_MASK = (1 << _FIELD_BITS) - 1
SCALE = 1000
"""Weights are whole numbers of thousandths."""


@dataclass(frozen=True, slots=True)
class Partial:
    """Documents, analysed: their different terms; for each term, entry and field how often it stands there.

    The terms stand in one text with spaces between, which takes little room. The four arrays are of one
    length; `lengths` has a row an entry and a column a field; `sizes` are the entries of each document.
    """

    terms: str
    term: NDArray[np.uint32]
    entry: NDArray[np.uint32]
    field: NDArray[np.uint8]
    count: NDArray[np.uint32]
    lengths: NDArray[np.uint32]
    sizes: tuple[int, ...]

    def pack(self) -> bytes:
        """As bytes for the store."""
        arrays = (self.term, self.entry, self.field, self.count, self.lengths)
        return pickle.dumps((self.terms, *arrays, self.sizes), 5)


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
    return _count(terms, cells, list(ids), len(entries))


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


def _count(terms: NDArray[np.int64], cells: NDArray[np.int64], names: list[str], entries: int) -> Partial:
    """How often each term stands in each cell: a cell is a field of an entry."""
    rows, often = np.unique(cells * len(names) + terms, return_counts=True)
    cell, term = np.divmod(rows, max(len(names), 1))
    entry, field = np.divmod(cell, len(FIELDS))
    lengths = np.bincount(cells, minlength=entries * len(FIELDS)).reshape(entries, len(FIELDS))
    return Partial(
        " ".join(names),
        term.astype(np.uint32),
        entry.astype(np.uint32),
        field.astype(np.uint8),
        often.astype(np.uint32),
        lengths.astype(np.uint32),
        (entries,),
    )


@dataclass(frozen=True, slots=True)
class Posting:
    """The entries that hold a term in one field, rising, and its weight in each, in thousandths."""

    entries: NDArray[np.int64]
    weights: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Index:
    """Every term with its rows: `terms` sorted by UTF-16, the rows of term `i` from `starts[i]` on.

    A row is a field of an entry, and says how often the term stands there. `lengths` has a row an entry and a
    column a field; `averages` are those of the fields that are not empty.
    """

    terms: tuple[str, ...]
    starts: NDArray[np.int64]
    field: NDArray[np.uint8]
    entry: NDArray[np.uint32]
    count: NDArray[np.uint32]
    lengths: NDArray[np.uint32]
    averages: NDArray[np.float64]
    entries_of: tuple[int, ...]

    def find(self, place: int) -> Iterator[tuple[int, Posting]]:
        """The fields in which a term stands, by number, with its postings there."""
        start, end = int(self.starts[place]), int(self.starts[place + 1])
        fields = self.field[start:end]
        edges = [0, *(np.flatnonzero(np.diff(fields)) + 1).tolist(), len(fields)]
        rarity = reckon_rarity(self.entry_count, end - start)
        for first, stop in pairwise(edges):
            field = int(fields[first])
            rows = slice(start + first, start + stop)
            entries = self.entry[rows].astype(np.int64)
            weights = weigh(
                rarity, self.count[rows], self.lengths[entries, field], self.averages[field], field
            )
            yield field, Posting(entries, weights)

    @property
    def entry_count(self) -> int:
        """How many entries there are."""
        return len(self.lengths)


def reckon_rarity(total: int, held: int) -> float:
    """What a term counts that so many of all entries hold; lunr counts an entry once for each field."""
    return log1p(abs((total - held + 0.5) / (held + 0.5)))


def weigh(
    rarity: float, often: NDArray[Any], length: NDArray[Any], average: float, field: int
) -> NDArray[np.int64]:
    """Lunr's weight of a term that stands so often in fields of such lengths, in thousandths."""
    frequency = often.astype(np.float64)
    saturated = ((_K1 + 1) * frequency) / (_K1 * (1 - _B + _B * (length / average)) + frequency)
    return np.floor(rarity * saturated * BOOSTS[FIELDS[field]] * SCALE + 0.5).astype(np.int64)


def utf16_order(term: str) -> bytes:
    """The order in which JavaScript compares texts."""
    return term.encode("utf-16-be", "surrogatepass")


def sort_terms(terms: Iterable[str]) -> list[str]:
    """The terms in that order, which is Python's as long as there are no signs beyond the first plane."""
    listed = list(terms)
    is_plain = max("".join(listed), default="") <= "\uffff"
    return sorted(listed) if is_plain else sorted(listed, key=utf16_order)


def build_index(partials: Iterable[Partial]) -> Index:
    """The index of documents in their order: entries are counted through all of them."""
    return _put_in_order(_gather(partials))


def merge(partials: Iterable[Partial]) -> Partial:
    """Several as one, which takes a part of the time to make an index of."""
    rows = _gather(partials)
    cell = _join(rows.cell)
    return Partial(
        " ".join(rows.ids),
        (cell >> _FIELD_BITS).astype(np.uint32),
        _join(rows.entry),
        (cell & _FIELDS_MASK).astype(np.uint8),
        _join(rows.often),
        np.concatenate(rows.lengths),
        tuple(rows.sizes),
    )


class _Rows(NamedTuple):
    """Rows of all documents in parts: a cell is a term's number in the order of first use, and a field."""

    ids: dict[str, int]
    cell: list[NDArray[np.uint32]]
    entry: list[NDArray[np.uint32]]
    often: list[NDArray[np.uint32]]
    lengths: list[NDArray[np.uint32]]
    sizes: list[int]


def _gather(partials: Iterable[Partial]) -> _Rows:
    rows = _Rows(defaultdict(count().__next__), [], [], [], [np.zeros((0, len(FIELDS)), np.uint32)], [])
    offset = 0
    for partial in partials:
        own = np.array([*map(rows.ids.__getitem__, partial.terms.split())], np.uint32)
        rows.cell.append((own[partial.term] << _FIELD_BITS | partial.field).astype(np.uint32))
        rows.entry.append((partial.entry + offset).astype(np.uint32))
        rows.often.append(partial.count)
        rows.lengths.append(partial.lengths)
        rows.sizes.extend(partial.sizes)
        offset += len(partial.lengths)
    return rows


def _put_in_order(rows: _Rows) -> Index:
    """Sorts the rows by term and field. Parts are emptied on the way: with 10,000 papers they are heavy."""
    terms = sort_terms(rows.ids)
    rank = np.zeros(len(terms), np.uint32)
    rank[[rows.ids[term] for term in terms]] = np.arange(len(terms), dtype=np.uint32)
    cell = _join(rows.cell)
    cell = rank[cell >> _FIELD_BITS] << _FIELD_BITS | cell & _FIELDS_MASK
    order = _sort(cell)
    cell = cell[order]
    table = np.concatenate(rows.lengths)
    return Index(
        tuple(terms),
        np.searchsorted(cell, np.arange(len(terms) + 1, dtype=np.uint32) << _FIELD_BITS),
        (cell & _FIELDS_MASK).astype(np.uint8),
        _join(rows.entry)[order],
        _join(rows.often)[order],
        table,
        table.sum(axis=0) / np.maximum((table > 0).sum(axis=0), 1),
        tuple(rows.sizes),
    )


def _join(parts: list[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    """The parts as one, which takes their place."""
    joined = np.concatenate(parts) if parts else np.zeros(0, np.uint32)
    parts.clear()
    return joined


def _sort(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The order of the keys; equal ones stay as they come. Halves of 16 bits are sorted by counting."""
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable").astype(np.uint32)
    halves = (keys >> 16).astype(np.uint16)
    return order[np.argsort(halves[order], kind="stable")]
