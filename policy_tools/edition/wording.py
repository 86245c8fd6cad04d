"""How dates, sizes, counts and lengths are put into words on a page."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from policy_tools.model.printing import format_british_date

_WORDS_A_MINUTE = 230  # silent reading of English non-fiction: Brysbaert 2019 measures 238
_KILOBYTE = 1_000
_SENTENCE_END = re.compile(r"(?:\w\w|[\d%)”’])([.?!][”’)]?) (?=[A-Z“‘£])")  # noqa: RUF001  # "J. Smith" goes on


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as people read it ("22 November 2026") and as `<time datetime>` wants it."""

    text: str
    iso: str


@cache
def format_date(value: date) -> PrintedDate:
    """Day, month and year in British order, whatever the locale."""
    return PrintedDate(format_british_date(value), value.isoformat())


def format_size(size: int) -> str:
    """A file's size in decimal units, as printed beside a download: "412 kB", "1.3 MB"."""
    if size < _KILOBYTE:
        return f"{size} bytes"
    if round(size / _KILOBYTE) < _KILOBYTE:
        return f"{round(size / _KILOBYTE)} kB"
    return f"{size / _KILOBYTE**2:.1f} MB"


def format_count(count: int, one: str, many: str) -> str:
    """A number of things: "1 paper", "1,204 papers"."""
    return f"{count:,} {one if count == 1 else many}"


def reading_minutes(words: int) -> int:
    """How long the body takes to read, in whole minutes, at least one."""
    return max(1, round(words / _WORDS_A_MINUTE))


def split_paragraphs(text: str) -> tuple[str, ...]:
    """Plain text cut at its empty lines, each paragraph on one line."""
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())


@lru_cache(maxsize=4096)
def excerpt(text: str, length: int) -> str:
    """The first whole sentences of a text, or its first words when the first sentence is too long."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    ends = [match.end(1) for match in _SENTENCE_END.finditer(text, 0, length + 2)]
    return text[: ends[-1]] if ends and ends[-1] * 2 >= length else shorten(text, length)


def first_sentence(text: str, length: int) -> str:
    """The sentence that a text opens with; words are cut when it is too long."""
    text = " ".join(text.split())
    end = _SENTENCE_END.search(text)
    return shorten(text[: end.end(1)] if end else text, length)


def shorten(text: str, length: int) -> str:
    """The first words of a text: whole when it fits, else cut after a word and ended with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text.rfind(" ", 0, length)
    return text[: cut if cut > 0 else length].rstrip(" ,;:.–—(") + "…"


def shorten_word(text: str, length: int) -> str:
    """The first letters of a text that has to fit, wherever they end."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip(" ,;:.–—(") + "…"


def format_sentence(text: str | None) -> str:
    """A sentence closed with a full stop, whether or not its author set one; nothing stays nothing."""
    text = (text or "").rstrip()
    return text if not text or text.endswith((".", "!", "?", "…", ".”", ".’", "!”", "?”")) else f"{text}."
