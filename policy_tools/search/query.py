"""Which documents answer a query, in which order?

The rules of theme/static/js/search/engine.js, for the command line: both read the same files, and
`tests/search` holds the two to the same answers.

What a reader types is cut to a few terms. A document comes first when one of its entries holds all of them,
then when the whole of it does; documents that hold only some come when there are few others. Within these,
the weights decide: those of its best entry, and something of the next.
"""

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

from policy_tools.search import shards
from policy_tools.search.analyser import Analyser, fold, load_words, make_plain_terms
from policy_tools.search.index import Posting, utf16_order
from policy_tools.search.postings import Rules, read_postings, read_shard, read_terms
from policy_tools.search.shards import CURRENT, ENDING, PIECE, VERSION, Read, address_text, unpack

MOST_CHARACTERS = 200
MOST_TERMS = 12
FEW = 5
MOST_SECTIONS = 3
SHORTEST_PREFIX = 2
SHORTEST_FUZZY = 4
MOST_PREFIXES: Mapping[int, int] = {2: 3, 3: 4}
"""How many terms may stand for a beginning of so many letters; `shards.MOST_PREFIXES` for longer ones."""

MOST_FUZZY = 5
_SHORTEST_PHRASE = 2
EXPANDED = 0.5
"""A term that was not typed but stands for one counts half."""

SECOND = 0.3
"""What the next best entry of a document adds to its best one, as a share of its own score.

Of judged collections, Cranfield is ranked better with it (nDCG@10 from .365 to .381) and so is CISI (.297
to .313); from .5 on, titles and distinctive words are found less well.
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers: its number, its tier (0 is best), its score and its best entries."""

    document: int
    tier: int
    score: float
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is shown of a document, and the texts of some of its entries, of which `first` is the first.

    `outline` holds the anchor and the heading of every section.
    """

    title: str
    address: str
    label: str
    kind: str
    outline: Sequence[tuple[str, str]]
    texts: Sequence[str]
    first: int

    def find_anchor(self, entry: int) -> str:
        """The anchor of an entry's section; none for the document itself."""
        return self.outline[entry - 1][0] if entry else ""

    def find_heading(self, entry: int) -> str:
        """The heading of an entry's section; none for the document itself."""
        return self.outline[entry - 1][1] if entry else ""

    def find_text(self, entry: int) -> str:
        """The text of an entry that this piece holds."""
        return self.texts[entry - self.first]


@dataclass(frozen=True, slots=True)
class Group:
    """What one typed word can mean: terms and how much each counts; one that is `weak` need not be found."""

    terms: tuple[tuple[str, float], ...]
    is_weak: bool = False


class OtherVersionError(Exception):
    """The index was made by another version of this system, which writes it in another way."""


class Searcher:
    """A built index, of which the files that a query needs are read when it does.

    `read` gives the bytes of a file of the site by its address, and raises `OSError` when there is none.
    Raises `OtherVersionError` for an index that is written in another way.
    """

    def __init__(self, read: Read) -> None:
        self._read = read
        self._load = lru_cache(maxsize=256)(self._load_uncached)
        self._load_terms = lru_cache(maxsize=256)(self._load_terms_uncached)
        self.directory: dict[str, Any] = unpack(read(CURRENT))
        if self.directory.get("version") != VERSION:
            raise OtherVersionError
        self._folder = f"search/index/{self.directory['build']}/"
        phrases = {tuple(phrase.split(" ")): term for phrase, term in self.directory["phrases"].items()}
        self.analyser = Analyser(phrases)
        self.starts = [0, *accumulate(self.directory["entries"])]
        self._beginnings = {kind: read_terms(text) for kind, text in self.directory["shards"].items()}
        self._rules = Rules(self.starts[-1], self.directory["lengths"])

    def search(self, text: str, *, is_typing: bool = False) -> list[Hit]:
        """The answers, best first. While a reader is typing, the last word may be the beginning of one."""
        groups = self._understand(text[:MOST_CHARACTERS], is_typing=is_typing)
        if not any(group.terms for group in groups):
            return []
        return self._put_phrases_first(self._rank(groups), text[:MOST_CHARACTERS])

    def load_piece(self, document: int, entry: int) -> Piece:
        """The piece of a document that holds the text of one of its entries, counted within it."""
        piece = entry // PIECE
        title, address, label, kind, outline, texts = unpack(self._read(address_text(document, piece)))
        return Piece(title, address, label, kind, outline, texts, piece * PIECE)

    def document_of(self, entry: int) -> int:
        """The number of the document that an entry belongs to."""
        return bisect.bisect_right(self.starts, entry) - 1

    def _load_uncached(self, name: str) -> Any:  # noqa: ANN401
        return unpack(self._read(f"{self._folder}{name}{ENDING}"))

    def _understand(self, text: str, *, is_typing: bool) -> list[Group]:
        asked = self.analyser.list_asked_words(text)
        languages = self.directory["languages"]
        if not languages:
            asked = [one for one in asked if one.term]
        asked = asked[:MOST_TERMS]
        last = _last_word(text) if is_typing else ""
        weak = load_words().weak if len(asked) > 1 else frozenset()
        groups = []
        for place, (term, word) in enumerate(asked):
            typed = last if place == len(asked) - 1 else ""
            terms: list[tuple[str, float]] = [(term, 1.0)] if term and self._has(term) else []
            if typed and term:
                terms += [(other, EXPANDED) for other in self._expand_prefix(typed, term)]
            for language in languages if word else ():
                terms += self._find_plain(language, word, typed, is_stop=not term)
            if not terms and len(term) >= SHORTEST_FUZZY:
                terms = [(other, EXPANDED) for other in self._expand_fuzzy(term)]
                for language in languages if word and not terms else ():
                    terms += [(other, EXPANDED) for other in self._expand_fuzzy(f"{language}:{word}")]
            if term or terms:
                groups.append(Group(tuple(terms), term in weak or not term))
        if all(group.is_weak for group in groups):
            groups = [Group(group.terms) for group in groups]
        return groups

    def _find_plain(
        self, language: str, word: str, typed: str, *, is_stop: bool
    ) -> Iterator[tuple[str, float]]:
        """A word of another language, and what begins with it: endings are not known there."""
        terms = make_plain_terms(word, language)
        if terms[0] == word:
            return
        if self._has(terms[0]):
            yield terms[0], 1.0
        if not is_stop and (typed or len(word) >= SHORTEST_FUZZY):
            for other in self._expand_prefix(typed or word, terms[0], f"{language}:"):
                yield other, EXPANDED

    def _put_phrases_first(self, hits: list[Hit], text: str) -> list[Hit]:
        """Of the first few, those come first that have the words as they stand in the query, one by one."""
        phrase = self.analyser.list_sequence(text)[:MOST_TERMS]
        if len(phrase) < _SHORTEST_PHRASE:
            return hits
        first = sorted(hits[:FEW], key=lambda hit: (hit.tier, not self._has_phrase(hit, phrase)))
        return [*first, *hits[FEW:]]

    def _has_phrase(self, hit: Hit, phrase: Sequence[str]) -> bool:
        entry = hit.entries[0] - self.starts[hit.document]
        piece = self.load_piece(hit.document, entry)
        texts = (piece.title, piece.find_heading(entry), piece.find_text(entry))
        return any(has_run(self.analyser.list_sequence(words), phrase) for words in texts)

    def _rank(self, groups: Sequence[Group]) -> list[Hit]:
        scores: dict[int, float] = {}
        held: dict[int, int] = {}
        for place, group in enumerate(groups):
            for entry, score in self._score_group(group).items():
                scores[entry] = scores.get(entry, 0.0) + score
                held[entry] = held.get(entry, 0) | 1 << place
        needed = sum(1 << place for place, group in enumerate(groups) if not group.is_weak)
        hits = sorted(
            self._group_hits(scores, held, needed), key=lambda hit: (hit.tier, -hit.score, hit.document)
        )
        full = [hit for hit in hits if hit.tier < _SOME]
        return full if len(full) >= FEW else hits

    def _group_hits(self, scores: dict[int, float], held: dict[int, int], needed: int) -> Iterator[Hit]:
        documents: dict[int, list[int]] = {}
        for entry in scores:
            documents.setdefault(self.document_of(entry), []).append(entry)
        for document, entries in documents.items():
            together = 0
            for entry in entries:
                together |= held[entry]
            if any(held[entry] & needed == needed for entry in entries):
                tier = _ONE_ENTRY
                counted = [entry for entry in entries if held[entry] & needed == needed]
            else:
                tier = _WHOLE_DOCUMENT if together & needed == needed else _SOME
                counted = entries
            counted.sort(key=lambda entry: (-scores[entry], entry))
            others = (scores[entry] for entry in entries if entry != counted[0])
            score = scores[counted[0]] + SECOND * max(others, default=0.0)
            yield Hit(document, tier, score, tuple(counted[:MOST_SECTIONS]))

    def _score_group(self, group: Group) -> dict[int, float]:
        """What the group adds to each entry."""
        scores: dict[int, float] = {}
        for term, boost in group.terms:
            for _, posting in self._find_postings(term):
                for entry, weight in zip(posting.entries.tolist(), posting.weights.tolist(), strict=True):
                    scores[entry] = scores.get(entry, 0.0) + boost * weight
        return scores

    def _find_postings(self, term: str) -> list[tuple[int, Posting]]:
        found = self._terms(term).get(term)
        return read_postings(found, self._rules) if found else []

    def _terms(self, term: str) -> Mapping[str, bytes]:
        """The shard in which a term would stand."""
        number = self._find_shard("t", term)
        return {} if number is None else self._load_terms(f"t/{number}")

    def _load_terms_uncached(self, name: str) -> Mapping[str, bytes]:
        return read_shard(self._read(f"{self._folder}{name}{ENDING}"))

    def _has(self, term: str) -> bool:
        return term in self._terms(term)

    def _find_shard(self, kind: str, term: str) -> int | None:
        beginnings = self._beginnings[kind]
        number = bisect.bisect_right(beginnings, utf16_order(term), key=utf16_order) - 1
        return max(number, 0) if beginnings else None

    def _shard(self, kind: str, term: str) -> list[Any]:
        """The shard in which the row of a word would stand."""
        number = self._find_shard(kind, term)
        return [] if number is None else self._load(f"{kind}/{number}")

    def _expand_prefix(self, typed: str, term: str, code: str = "") -> list[str]:
        """The commonest terms of a language that begin as what was typed; not the term itself."""
        if len(typed) < SHORTEST_PREFIX:
            return []
        most = MOST_PREFIXES.get(len(typed), shards.MOST_PREFIXES)
        beginning = code + typed
        if len(typed) in MOST_PREFIXES:
            row = _find_row(self._shard("p", beginning), beginning)
            return [other for other in row[1] if other != term][:most] if row else []
        rows = [row for row in self._rows_from("v", beginning) if row[0] != term]
        return [row[0] for row in sorted(rows, key=lambda row: (-row[1], utf16_order(row[0])))[:most]]

    def _expand_fuzzy(self, term: str) -> list[str]:
        """The commonest terms one edit away: an edit leaves the first or the second half of a word whole."""
        half = len(term) // 2
        rows = {row[0]: row[1] for row in self._rows_from("v", term[:half]) if is_one_edit(row[0], term)}
        backwards = self._rows_from("r", term[half:][::-1])
        rows |= {row[0][::-1]: row[1] for row in backwards if is_one_edit(row[0][::-1], term)}
        swapped = (
            term[: half - 1] + term[half] + term[half - 1] + term[half + 1 :]
        )  # leaves neither half whole
        if row := _find_row(self._shard("v", swapped), swapped):
            rows[swapped] = row[1]
        if not rows:
            return self._find_beginning(term)
        return sorted(rows, key=lambda other: (-rows[other], utf16_order(other)))[:MOST_FUZZY]

    def _find_beginning(self, term: str) -> list[str]:
        """The longest known term that a mistyped word begins with: its stem, if its ending is at fault."""
        shortest = max(SHORTEST_FUZZY, len(term) // 2)
        for end in range(len(term) - 1, shortest - 1, -1):
            if self._has(term[:end]):
                return [term[:end]]
        return []

    def _rows_from(self, kind: str, beginning: str) -> Iterator[list[Any]]:
        """The rows of a vocabulary whose terms begin so."""
        beginnings = self._beginnings[kind]
        number = max(bisect.bisect_right(beginnings, utf16_order(beginning), key=utf16_order) - 1, 0)
        while number < len(beginnings):
            rows: list[list[Any]] = self._load(f"{kind}/{number}")
            yield from (row for row in rows if row[0].startswith(beginning))
            if not rows[-1][0].startswith(beginning) and utf16_order(rows[-1][0]) > utf16_order(beginning):
                return
            number += 1


def is_one_edit(one: str, other: str) -> bool:
    """Whether one letter put in, left out, changed or swapped with its neighbour makes one of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None
    )
    if start is None:
        return True
    rest, other_rest = one[start:], other[start:]
    swapped = rest[1::-1] + rest[2:] if len(rest) > 1 else ""
    return other_rest in {swapped, rest[1:]} or rest == other_rest[1:] or rest[1:] == other_rest[1:]


def has_run(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the words of a phrase stand one after the other somewhere."""
    length = len(phrase)
    return any(
        words[place] == phrase[0] and list(words[place : place + length]) == list(phrase)
        for place in range(len(words) - length + 1)
    )


def _last_word(text: str) -> str:
    """The word that is being typed: nothing when the text ends in a space or a sign."""
    folded = fold(text)
    end = len(folded)
    start = end
    while start and folded[start - 1].isalnum():
        start -= 1
    return folded[start:end]


def _find_row(rows: Sequence[list[Any]], term: str) -> list[Any] | None:
    place = bisect.bisect_left(rows, utf16_order(term), key=lambda row: utf16_order(row[0]))
    return rows[place] if place < len(rows) and rows[place][0] == term else None


_ONE_ENTRY, _WHOLE_DOCUMENT, _SOME = 0, 1, 2
