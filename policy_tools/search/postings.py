"""How are terms and their postings written in few bits?

A posting says in which entry a term stands, how often, and how long that field of the entry is. The weight is
reckoned by whoever reads it, since it hangs on all documents.

A shard is a byte that says so (`MARK`), three bytes with the length of its terms, the terms, for each of them
the size of what follows (seven bits a byte, the lowest first), and that, from a whole byte on. Before each
term stands a capital that counts the letters it shares with the one before, from A for none. Of a term, field
by field, the bits say: the field (3 bits), whether it is the term's last (1), how many postings follow, and
those. All numbers are codes of zeros, a one, and some low bits:

- How many: the zeros count the low bits, which stand for the number without its first bit.
- How many entries lie between a posting and the one before: zeros count the multiples of 2^k, k bits the
  rest, where k follows from how many of all entries hold the term.
- How often the term stands there: as many zeros, less one.
- How much longer the field is than the shortest of its kind: 2^k more than that, as in "how many", with k
  zeros left out. The directory has k of each field.

theme/static/js/search/postings.js reads the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policy_tools.search.index import Index, Posting, reckon_rarity, weigh

Column = NDArray[np.int64]
MARK = 3
_HEAD = 4
_SEVEN_BITS, _MORE = 0x7F, 0x80
_FIELD_BITS = 4
_WIDEST = 32
_MOST_SHARED = 25
_ROWS = 500_000
_TERM = re.compile("([A-Z])([^A-Z]*)")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a reader must know of an index besides its shards.

    `total` says how many entries there are, `lengths` of each field the shortest, k and the average.
    """

    total: int
    lengths: Sequence[tuple[int, int, float]]


def choose_rules(index: Index) -> Rules:
    """What suits the lengths of the fields of an index."""
    return Rules(
        index.entry_count,
        [
            (*_choose_length(lengths[lengths > 0].astype(np.int64)), float(average))
            for lengths, average in zip(index.lengths.T, index.averages, strict=True)
        ],
    )


def _choose_length(lengths: Column) -> tuple[int, int]:
    if not len(lengths):
        return 0, 0
    shortest = int(lengths.min())
    sizes = [int(2 * _count_bits(lengths - shortest + (1 << k)).sum()) - k * len(lengths) for k in range(16)]
    return shortest, int(np.argmin(sizes))


def _count_bits(numbers: Column) -> Column:
    return np.frexp(numbers)[1].astype(np.int64)


def _choose_gap(total: int, held: Column) -> Column:
    """The k of the steps between the entries that hold a term, of which there are so many."""
    bits = np.zeros(len(held), np.int64)
    for more in range(1, _WIDEST):
        bits += (held << more) * 100 <= total * 69
    return bits


class Code(NamedTuple):
    """A code of some rows of an index: the numbers, and the bits each takes, zeros before it among them."""

    numbers: Column
    widths: Column


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of rows, in their order: `head` is field and how many, for the `firsts` of a term's field."""

    firsts: Column
    head: Code
    gap: Code
    rest: Code
    widths: Column


def _encode(index: Index, rules: Rules, starts: Column) -> Codes:
    """The codes of the rows of some terms, which start there; the last end where another would start."""
    rows = slice(int(starts[0]), int(starts[-1]))
    field = index.field[rows].astype(np.int64)
    entry = index.entry[rows].astype(np.int64)
    is_term = np.zeros(len(field) + 1, bool)
    is_term[starts - starts[0]] = True
    firsts = np.flatnonzero(is_term[:-1] | (np.diff(field, prepend=-1) != 0))
    held = np.diff(firsts, append=len(field))
    is_last = is_term[firsts + held]
    gap = np.diff(entry, prepend=0) - 1
    gap[firsts] = entry[firsts]
    gap_bits = np.repeat(_choose_gap(rules.total, held), held)
    shortest, bits = (np.array([length[part] for length in rules.lengths])[field] for part in (0, 1))
    longer = index.lengths[entry, field] - shortest + (1 << bits)
    held_width, length_width = 2 * _count_bits(held) - 1, 2 * _count_bits(longer) - 1 - bits
    head = Code((field[firsts] * 2 + is_last) << held_width | held, _FIELD_BITS + held_width)
    gap_code = Code(1 << gap_bits | gap & (1 << gap_bits) - 1, (gap >> gap_bits) + 1 + gap_bits)
    rest = Code(1 << length_width | longer, index.count[rows] + length_width)
    widths = gap_code.widths + rest.widths
    widths[firsts] += head.widths
    return Codes(firsts, head, gap_code, rest, widths)


def _write_codes(codes: Codes, moved: Column, size: int) -> bytes:
    """So many bytes with all codes one after the other, each row's moved by so many bits."""
    words = np.zeros(size // 8 + 1, np.uint64)
    ends = np.cumsum(codes.widths) + moved
    _write(words, codes.rest.numbers, ends)
    ends -= codes.rest.widths
    _write(words, codes.gap.numbers, ends)
    _write(words, codes.head.numbers, (ends - codes.gap.widths)[codes.firsts])
    return words.astype(">u8").tobytes()[:size]


def _write(words: NDArray[np.uint64], numbers: Column, ends: Column) -> None:
    """Writes numbers that end at rising bits into words of 64, two words if need be."""
    values, last = numbers.astype(np.uint64), (ends - 1) >> 6
    free = (-ends & 63).astype(np.uint64)
    _add(words, last, values << free)
    over = values >> np.uint64(63) - free >> np.uint64(1)
    spilt = over > 0
    _add(words, last[spilt] - 1, over[spilt])


def _add(words: NDArray[np.uint64], places: Column, values: NDArray[np.uint64]) -> None:
    """Adds values, whose bits do not meet, to the words at rising places."""
    firsts = np.flatnonzero(np.diff(places, prepend=-1))
    if len(firsts):
        words[places[firsts]] += np.add.reduceat(values, firsts)


def write_shards(index: Index, rules: Rules, size: int) -> Iterator[tuple[str, str, bytes]]:
    """Shards of about `size` bytes each: its first term, its last, and its bytes."""
    for first, end in _cut_terms(index.starts):
        starts = index.starts[first : end + 1]
        codes = _encode(index, rules, starts)
        starts = starts - starts[0]
        widths = np.concatenate([[0], np.cumsum(codes.widths)])[starts]
        sizes = -(-np.diff(widths) // 8)
        places = np.concatenate([[0], np.cumsum(sizes)])
        moved = np.repeat(places[:-1] * 8 - widths[:-1], np.diff(starts))
        bits = _write_codes(codes, moved, int(places[-1]))
        terms = write_terms(index.terms[first:end])
        for start, stop in pairwise(_cut(terms, sizes.tolist(), size)):
            names = index.terms[first + start], index.terms[first + stop - 1]
            text = "".join([_share("", names[0]), *terms[start + 1 : stop]]).encode()
            head = bytes((MARK, *len(text).to_bytes(3, "big")))
            held = b"".join(map(_write_size, sizes[start:stop].tolist()))
            yield *names, head + text + held + bits[places[start] : places[stop]]


def _write_size(size: int) -> bytes:
    written = []
    while size > _SEVEN_BITS:
        written.append(size & _SEVEN_BITS | _MORE)
        size >>= 7
    return bytes((*written, size))


def _cut_terms(starts: Column) -> Iterator[tuple[int, int]]:
    """The terms in stretches of some hundred thousand rows, so that memory stays small."""
    first = 0
    while first < len(starts) - 1:
        end = int(np.searchsorted(starts, starts[first] + _ROWS, side="right")) - 1
        end = max(end, first + 1)
        yield first, end
        first = end


def _cut(terms: Sequence[str], sizes: Sequence[int], most: int) -> Iterator[int]:
    """Where shards begin, and where the last ends."""
    yield 0
    length = 0
    for number, (term, size) in enumerate(zip(terms, sizes, strict=True)):
        if length and length + len(term) + size > most:
            yield number
            length = 0
        length += len(term) + size
    yield len(terms)


def write_terms(terms: Iterable[str]) -> list[str]:
    """Each of sorted terms as a capital for the letters it shares with the one before, and the rest of it."""
    return [_share(*pair) for pair in pairwise(("", *terms))]


def read_terms(text: str) -> list[str]:
    """The terms that were written so."""
    terms = [""]
    for shared, rest in _TERM.findall(text):
        terms.append(terms[-1][: ord(shared) - ord("A")] + rest)
    return terms[1:]


def _share(before: str, term: str) -> str:
    shared = 0
    for one, other in zip(before[:_MOST_SHARED], term, strict=False):
        if one != other or one > "\uffff":
            break
        shared += 1
    return chr(ord("A") + shared) + term[shared:]


class _Bits:
    """Reads codes from bits."""

    def __init__(self, content: bytes) -> None:
        self._bits = bin(int.from_bytes(b"\1" + content, "big"))[3:]
        self._at = 0

    def read(self, count: int) -> int:
        """The number of so many bits."""
        self._at += count
        return int("0" + self._bits[self._at - count : self._at], 2)

    def skip(self) -> int:
        """How many zeros stand before the next one."""
        start = self._at
        self._at = self._bits.index("1", start) + 1
        return self._at - start - 1

    def read_number(self, bits: int = 0) -> int:
        """A number written with its size; `bits` zeros are left out of it."""
        width = self.skip() + bits
        return 1 << width | self.read(width)


def read_shard(content: bytes) -> dict[str, bytes]:
    """The terms of a shard in order, each with what `read_postings` reads."""
    if content[:1] != bytes((MARK,)):
        raise ValueError("A file of the search index is not what it should be.")
    place = _HEAD + int.from_bytes(content[1:_HEAD], "big")
    terms = read_terms(content[_HEAD:place].decode())
    sizes = []
    for _ in terms:
        size, place = _read_size(content, place)
        sizes.append(size)
    ends = list(accumulate(sizes, initial=place))
    return {term: content[start:end] for term, (start, end) in zip(terms, pairwise(ends), strict=True)}


def _read_size(content: bytes, place: int) -> tuple[int, int]:
    """The size that stands at a place, and the place after it."""
    size = shift = 0
    while content[place] & _MORE:
        size |= (content[place] & _SEVEN_BITS) << shift
        place, shift = place + 1, shift + 7
    return size | content[place] << shift, place + 1


def read_postings(content: bytes, rules: Rules) -> list[tuple[int, Posting]]:
    """The postings of a term by field."""
    bits = _Bits(content)
    fields = []
    is_last = 0
    while not is_last:
        field, is_last = bits.read(3), bits.read(1)
        fields.append((field, _read_rows(bits, rules, field)))
    rarity = reckon_rarity(rules.total, sum(len(rows) for _, rows in fields))
    return [
        (field, Posting(rows[:, 0], weigh(rarity, rows[:, 1], rows[:, 2], rules.lengths[field][2], field)))
        for field, rows in fields
    ]


def _read_rows(bits: _Bits, rules: Rules, field: int) -> NDArray[np.int64]:
    """Rows of an entry, how often the term stands there, and how long the field is."""
    held = bits.read_number()
    gap_bits = int(_choose_gap(rules.total, np.array([held]))[0])
    shortest, length_bits, _ = rules.lengths[field]
    rows = np.zeros((held, 3), np.int64)
    entry = -1
    for place in range(held):
        entry += 1 + (bits.skip() << gap_bits) + bits.read(gap_bits)
        count = bits.skip() + 1
        rows[place] = entry, count, shortest + bits.read_number(length_bits) - (1 << length_bits)
    return rows
