"""What is the stem of an English word?

Porter's algorithm of 1980 with the three departures that lunr.js makes (its `y` after a vowel stays, as in
"money"), so that what Python indexes is what a browser asks for. `tests/search` holds the two against one
another.
"""

import re

_CONSONANTS = "[^aeiou][^aeiouy]*"
_VOWELS = "[aeiouy][aeiou]*"
_ONE_OR_MORE = re.compile(f"^(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}")
_EXACTLY_ONE = re.compile(f"^(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}(?:{_VOWELS})?$")
_TWO_OR_MORE = re.compile(f"^(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}{_VOWELS}{_CONSONANTS}")
_HAS_VOWEL = re.compile(f"^(?:{_CONSONANTS})?[aeiouy]")
_SHORT = re.compile(f"^{_CONSONANTS}[aeiouy][^aeiouwxy]$")
_DOUBLED = re.compile(r"([^aeiouylsz])\1$")

_STEP_2 = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "bli": "ble",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
    "logi": "log",
}
_STEP_3 = {
    "icate": "ic",
    "ative": "",
    "alize": "al",
    "iciti": "ic",
    "ical": "ic",
    "ful": "",
    "ness": "",
}
_STEP_4 = (
    *("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent"),
    *("ou", "ism", "ate", "iti", "ous", "ive", "ize"),
)


def stem(word: str) -> str:
    """The stem of a word in small letters; words of one or two letters are their own."""
    if len(word) < 3:  # noqa: PLR2004
        return word
    starts_with_y = word[0] == "y"
    if starts_with_y:
        word = f"Y{word[1:]}"
    word = _drop_plural(word)
    word = _drop_past(word)
    if len(word) > 2 and word[-1] == "y" and word[-2] not in "aeiou":  # noqa: PLR2004
        word = f"{word[:-1]}i"
    word = _replace(word, _STEP_2)
    word = _replace(word, _STEP_3)
    word = _drop_suffix(word)
    word = _drop_final_e(word)
    return f"y{word[1:]}" if starts_with_y else word


def _drop_plural(word: str) -> str:
    if word.endswith(("sses", "ies")) and len(word) > len("ies"):
        return word[:-2]
    if word[-1] == "s" and word[-2] != "s" and len(word) > 2:  # noqa: PLR2004
        return word[:-1]
    return word


def _drop_past(word: str) -> str:
    if word.endswith("eed") and len(word) > len("eed"):
        return word[:-1] if _ONE_OR_MORE.match(word[:-3]) else word
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending):
            rest = word[: -len(ending)]
            return _mend(rest) if _HAS_VOWEL.match(rest) else word
    return word


def _mend(word: str) -> str:
    """A stem that lost "ed" or "ing": hop(p), fil(e), siz(e)."""
    if word.endswith(("at", "bl", "iz")):
        return f"{word}e"
    if _DOUBLED.search(word):
        return word[:-1]
    return f"{word}e" if _SHORT.match(word) else word


def _replace(word: str, endings: dict[str, str]) -> str:
    """The longest of the endings replaced, where enough of the word stands before it."""
    for length in range(min(7, len(word) - 1), 2, -1):
        replacement = endings.get(word[-length:])
        if replacement is not None:
            rest = word[:-length]
            return rest + replacement if _ONE_OR_MORE.match(rest) else word
    return word


def _drop_suffix(word: str) -> str:
    for length in range(min(5, len(word) - 1), 1, -1):
        if word[-length:] in _STEP_4:
            rest = word[:-length]
            return rest if _TWO_OR_MORE.match(rest) else word
    if word.endswith(("sion", "tion")) and len(word) > len("sion"):
        rest = word[:-3]
        return rest if _TWO_OR_MORE.match(rest) else word
    return word


def _drop_final_e(word: str) -> str:
    if word[-1] == "e" and len(word) > 1:
        rest = word[:-1]
        if _TWO_OR_MORE.match(rest) or (_EXACTLY_ONE.match(rest) and not _SHORT.match(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _TWO_OR_MORE.match(word) else word
