"""Which anchor does a heading get? Pandoc's own algorithm, so that links can be checked without it."""

import re
from dataclasses import dataclass, field

_NOTES = re.compile(r"\[\^[^\]\s]+\]|\^\[[^\]]*\]")
_LINKS = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\})?")
_COMMENTS = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>")
_STARS = re.compile(r"\*+|~~|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)")
_LITERAL = re.compile(r"(?P<run>`+)(?P<code>.+?)(?P=run)(?:\{[^{}]*\})?|\\(?P<mark>[^\w\s])")
_MATHS = re.compile(r"(?<![\\$])\$(?=[^\s$])([^$]*[^\s$])\$(?!\d)")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_LABELS = re.compile(r"\]\[")
_KEPT = "\ue000"
_DASHES = re.compile(r"(?<!-)-{2,3}(?!-)")
_CITATION_MARK = re.compile(r"(?<!\w)-?@\{?(?=[\w*])")
_DROPPED = re.compile(r"[^\w\s.-]")
_SPACES = re.compile(r"\s+")
_BEFORE_FIRST_LETTER = re.compile(r"^[\W\d_]+")


def plain_words(markdown: str) -> str:
    """A heading's words without its markup; code and escaped marks keep their characters."""
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return _KEPT

    text = markdown.replace(_KEPT, "")
    text = _LITERAL.sub(lambda match: keep((match["code"] or match["mark"]).strip()), text)
    text = _COMMENTS.sub("", _NOTES.sub("", text))
    text = _LINKS.sub(r"\1", text)
    text = _STARS.sub("", _CITATION_MARK.sub("", _MATHS.sub(r"\1", text))).replace("...", "…")
    pieces = iter(kept)
    text = re.sub(_KEPT, lambda _: next(pieces, ""), text)
    return _SPACES.sub(" ", text).strip()


def identifier_words(markdown: str) -> str:
    """The words that pandoc makes an anchor of, at which time it knows no notes and no labels of links."""
    return plain_words(_LABELS.sub("", _NOTE_MARK.sub(r"\1", markdown)))


def identifier(words: str) -> str:
    """The anchor that pandoc derives from a heading's words; "section" when nothing is left."""
    text = _DROPPED.sub("", _DASHES.sub("", words)).lower()
    return _BEFORE_FIRST_LETTER.sub("", "-".join(text.split())) or "section"


@dataclass(slots=True)
class Identifiers:
    """Anchors already given: `growth`, then `growth-1`, then `growth-2` and so on."""

    taken: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)

    def take(self, name: str) -> None:
        """Note an id that an author chose."""
        self.taken.add(name)

    def make(self, base: str) -> str:
        """The next free anchor for a heading."""
        name, number = base, self.last.get(base, 0)
        while name in self.taken:
            number += 1
            name = f"{base}-{number}"
        self.last[base] = number
        self.taken.add(name)
        return name
