"""Which terms does a text hold, and which does a query ask for?

The same rules stand in theme/static/js/search/analyser.js, word for word: what Python indexes, a browser asks
for. A text is folded (NFKD without marks, small letters) and cut into words. Apostrophes go, and `'s` with
them; initials are one word ("U.K."), and so is a compound with a short first part ("co-operative"); a sum is
one term ("£20bn", "20 billion" → `20bn`); British and American spellings become one; stop words go; the rest
is stemmed. A phrase that the glossary knows is found by its short form, and the short form by the phrase.

Of another language no such rules are known: its words are folded, and kept under its code (`cy:tlodi`), apart
from English ones. A query asks for each of its words in every language of the index.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from policy_tools.search.stemmer import stem

ENGLISH = "en"
LONGEST_TERM = 40
_TOKEN = re.compile(r"[^\W_]+(?:['’.,\-\u2010][^\W_]+)*")
_SUM = re.compile(r"([0-9]+(?:\.[0-9]+)?)(tn|bn|m|k)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("trillion", "trillions", "tn"), "tn"),
    **dict.fromkeys(("billion", "billions", "bn"), "bn"),
    **dict.fromkeys(("million", "millions", "mn"), "m"),
}
_AMOUNT = re.compile(rf"[0-9][\W_]+(?:{'|'.join(_UNITS)})")
_HYPHEN = re.compile("[-\u2010]")
_LONGEST_PREFIX = 4
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of words.toml: `endings` and `spellings` turn British spellings into American ones."""

    stop: frozenset[str]
    weak: frozenset[str]
    endings: tuple[tuple[str, str], ...]
    spellings: Mapping[str, str]


@cache
def load_words() -> WordList:
    """The project's word list, the longest endings first."""
    table = tomllib.loads((files("policy_tools.search") / "words.toml").read_text(encoding="utf-8"))
    endings = sorted(table["endings"].items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return WordList(
        frozenset(table["stop"].split()),
        frozenset(table["weak"].split()),
        tuple(endings),
        table["spellings"],
    )


def fold(text: str) -> str:
    """Small letters without accents and other marks."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    marks = {letter for letter in set(decomposed) if unicodedata.category(letter)[0] == "M"}
    if marks:
        decomposed = decomposed.translate(dict.fromkeys(map(ord, marks)))
    return decomposed.lower()


class Found(NamedTuple):
    """A place of a text: what a query asks for there, all terms that it is found by, and the word itself.

    A stop word asks for nothing and has no terms.
    """

    asked: str
    terms: tuple[str, ...]
    word: str = ""


class Asked(NamedTuple):
    """A term that is asked for, and the word it was made of; a phrase has no word, a stop word no term."""

    term: str
    word: str


@dataclass(frozen=True, slots=True)
class Analyser:
    """The rules with one site's glossary: `phrases` maps a phrase's terms to the term that stands for it."""

    phrases: Mapping[tuple[str, ...], str] = field(default_factory=dict)

    def list_terms(self, text: str, language: str = ENGLISH) -> list[str]:
        """Every term that a text in a language is found by, as often as it stands there."""
        runs, others = self.cut(text, language)
        return [term for run in runs for term in list_terms_of_run(run)] + others

    def cut(self, text: str, language: str = ENGLISH) -> tuple[list[str], list[str]]:
        """A text's terms in two parts, so that what comes again and again is read once.

        The first are the runs between its spaces, of which `list_terms_of_run` gives the terms; the second
        are terms that hang on more than one run, as sums and phrases do.
        """
        folded = fold(text)
        if language != ENGLISH:
            return [], [term for token in _TOKEN.findall(folded) for term in _read_plainly(token, language)]
        if _AMOUNT.search(folded):
            places = _find(folded)
            asked = [place.asked for place in places if place.asked]
            return [], [term for place in places for term in place.terms] + self._find_phrases(asked)
        runs = folded.split()
        if not self.phrases:
            return runs, []
        return runs, self._find_phrases([asked for run in runs for asked in _list_asked_of_run(run)])

    def list_asked(self, text: str) -> list[str]:
        """The terms that a query asks for, each once, in its order; a known phrase is one term."""
        return [asked.term for asked in self.list_asked_words(text) if asked.term]

    def list_asked_words(self, text: str) -> list[Asked]:
        """As `list_asked`, with the words, and with stop words, which another language may ask for."""
        places = _find(text)
        asked = [place.asked for place in places if place.asked]
        listed: dict[str, Asked] = {}
        number = next_free = 0
        for place in places:
            if not place.asked:
                listed.setdefault(f" {place.word}", Asked("", place.word))
                continue
            if number == next_free:
                length, term = self._match(asked, number)
                next_free += length
                listed.setdefault(term, Asked(term, place.word if term == place.asked else ""))
            number += 1
        return list(listed.values())

    def list_sequence(self, text: str) -> list[str]:
        """What a query would ask for at each place of a text, as often as it stands there."""
        return [place.asked for place in _find(text) if place.asked]

    def _find_phrases(self, asked: list[str]) -> list[str]:
        firsts = {phrase[0] for phrase in self.phrases}
        found = (self._match(asked, place) for place, term in enumerate(asked) if term in firsts)
        return [term for length, term in found if length]

    def _match(self, asked: list[str], place: int) -> tuple[int, str]:
        """How many terms from a place on make a phrase, and its own term; the one term itself otherwise."""
        for length in range(min(_LONGEST_PHRASE, len(asked) - place), 0, -1):
            term = self.phrases.get(tuple(asked[place : place + length]))
            if term is not None:
                return length, term
        return 1, asked[place]


_LONGEST_PHRASE = 8


def build_analyser(glossary: Mapping[str, Iterable[str]]) -> Analyser:
    """The analyser of a glossary: to each short form or first synonym, the phrases that mean the same."""
    plain = Analyser()
    phrases: dict[tuple[str, ...], str] = {}
    for name, others in glossary.items():
        own = plain.list_asked(name)
        if not own:
            continue
        term = own[0] if len(own) == 1 else "_".join(own)
        for phrase in (name, *others):
            terms = tuple(plain.list_asked(phrase))
            if terms and terms != (term,):
                phrases[terms] = term
    return Analyser(phrases)


def _find(text: str) -> list[Found]:
    """The places of a text that hold a word, in order."""
    found: list[Found] = []
    before = ""
    for token in _TOKEN.findall(fold(text)):
        unit = _UNITS.get(token)
        if unit and _NUMBER.fullmatch(before):
            found[-1] = Found(before + unit, (*found[-1].terms, *_terms(token), before + unit))
        else:
            found += _read(token)
        before = token
    return found


@cache
def _read(token: str) -> tuple[Found, ...]:
    """What one run of letters, digits and the signs between them holds."""
    found: list[Found] = []
    before = ""
    for piece in _HYPHEN.split(token):
        words = _split(piece)
        for index, word in enumerate(words):
            terms = _terms(word)
            if index == 0 and before and len(before) <= _LONGEST_PREFIX:
                terms = (*terms, *_terms(before + word))
            found.append(Found(terms[0] if terms else "", terms, word[:LONGEST_TERM]))
        before = words[-1] if words else ""
    return tuple(found)


@cache
def list_terms_of_run(run: str) -> tuple[str, ...]:
    """The terms of what stands between two spaces; most runs come again and again, signs and all."""
    return tuple(term for token in _TOKEN.findall(run) for place in _read(token) for term in place.terms)


@cache
def _list_asked_of_run(run: str) -> tuple[str, ...]:
    """What a query would ask for there."""
    return tuple(place.asked for token in _TOKEN.findall(run) for place in _read(token) if place.asked)


@cache
def _read_plainly(token: str, language: str) -> tuple[str, ...]:
    """The words of such a run as they stand, for a language of which the rules are not known."""
    words = (word for piece in _HYPHEN.split(token) for word in _split(piece))
    return tuple(term for word in words for term in make_plain_terms(word, language))


def make_plain_terms(word: str, language: str) -> tuple[str, ...]:
    """The terms of a word of another language: the word itself, under the language's code."""
    word = word[:LONGEST_TERM]
    return _terms(word) if any(letter.isdigit() for letter in word) else (f"{language}:{word}",)


def _terms(word: str) -> tuple[str, ...]:
    """The terms of one word: none for a stop word, two for a sum."""
    words = load_words()
    if word in words.stop:
        return ()
    word = word[:LONGEST_TERM]
    if amount := _SUM.fullmatch(word):
        return word, amount[1]
    if any(letter.isdigit() for letter in word):
        return (word,)
    return (stem(_respell(word, words)),)


def _respell(word: str, words: WordList) -> str:
    if spelling := words.spellings.get(word):
        return spelling
    for ending, other in words.endings:
        if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST_STEM:
            return word[: -len(ending)] + other
    return word


def _split(token: str) -> tuple[str, ...]:
    """The plain words of a run of letters, digits, apostrophes, dots and commas."""
    if token.isalnum():
        return (token,)
    if _GROUPED.fullmatch(token):
        return (token.replace(",", ""),)
    return tuple(word for part in token.split(",") for word in _split_part(part))


def _split_part(part: str) -> list[str]:
    part = part.replace("’", "'")
    part = part.removesuffix("'s").replace("'", "")
    if _NUMBER.fullmatch(part):
        return [part]
    pieces = part.split(".")
    if all(len(piece) == 1 for piece in pieces):
        return ["".join(pieces)]
    return [piece for piece in pieces if piece]
