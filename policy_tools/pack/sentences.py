"""Where does a sentence end?

So that a changed sentence can be named, and no more than it: not at the full stops of "s. 4", "e.g.",
"et al.", "J. M. Keynes" or "£1.5 billion". What cannot be decided stays together.
"""

import re
from collections.abc import Iterator

_STOP = re.compile(r"(?P<stop>[.!?…]+)[’”'\")\]]*\s+")
_OPENING = "‘“'\"(["  # noqa: RUF001 - quotation marks are meant
_CURRENCY = "£$€"
_LAST_WORD = re.compile(r"[^\s‘“'\"(\[]*$")  # noqa: RUF001
_LETTERS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
"""A single letter, or letters with stops between: an initial, "e.g", "U.K"."""

_NEVER_LAST = frozenset("al approx ca cf dr gov hon messrs mr mrs ms prof rev rt sir st v viz vs".split())
_BEFORE_NUMBERS = frozenset(
    "art arts ch chs cl cls col cols fig figs no nos para paras pp pt pts reg regs rr sch schs sec secs ss "
    "vol vols jan feb mar apr jun jul aug sept sep oct nov dec".split()
)


def cut_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph begins and ends, with no space at either end."""
    start = 0
    for match in _STOP.finditer(text):
        if _ends_sentence(text, match):
            yield start, match.end("stop") + len(text[match.end("stop") : match.end()].rstrip())
            start = match.end()
    end = len(text.rstrip())
    if start < end:
        yield start, end


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() :].lstrip(_OPENING)[:1]
    if not (following.isupper() or following.isdigit() or following in tuple(_CURRENCY)):
        return False
    if match["stop"] != ".":
        return True
    word = _LAST_WORD.search(text, 0, match.start())
    before = word[0].casefold() if word else ""
    if before in _NEVER_LAST or (_LETTERS.fullmatch(before) is not None):
        return False
    return not (following.isdigit() and before in _BEFORE_NUMBERS)
