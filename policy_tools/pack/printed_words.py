"""Which sentences does a rendered paper print, in which section and paragraph?

The numbers that the system gives (of sections, paragraphs, figures, notes) are no part of a sentence: one
more paragraph renumbers all that follow and changes none of them.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Annotated, ClassVar

from lxml import html
from lxml.html import HtmlElement
from pydantic import StringConstraints

from policy_tools.model.record import Record
from policy_tools.pack.sentences import cut_sentences

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset(
    "blockquote caption dd div dl dt figcaption figure hr li ol p section table tbody tfoot thead ul".split()
)
_NUMBERS = frozenset({"self-link", "section-number", "caption-label", "note-ref", "note-back", "backlinks"})
_SPACE = re.compile(r"\s+")
_TEX = "annotation"

Words = Annotated[str, StringConstraints(strip_whitespace=True)]


class Sentence(Record):
    """One sentence as printed, and where: the section's heading, the paragraph's number.

    `key` is what it is compared by, where that is not its words: with the addresses of its links, and with
    the anchors of cross references in place of their numbers.
    """

    text: Words
    section: Words = ""
    paragraph: Words = ""
    key: Words = ""

    @property
    def compared(self) -> str:
        """What makes it the same sentence as another."""
        return self.key or self.text


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some words of a paragraph; `key` stands for them where they are compared."""

    text: str
    key: str


def read_sentences(markup: str, *, section: str = "", without: Collection[str] = ()) -> tuple[Sentence, ...]:
    """The sentences of a rendered body in their order, a row of a table as one.

    They are of `section` until the first heading. `without` names recommendations whose boxes are left out,
    since they are told by themselves.
    """
    if not markup.strip():
        return ()
    reader = _Reader(frozenset(without), section)
    reader.read(html.fragment_fromstring(markup, create_parent="div"))
    return tuple(reader.sentences)


class _Reader:
    """Goes through a body once, gathering words until a block ends."""

    def __init__(self, without: frozenset[str], section: str) -> None:
        self.sentences: list[Sentence] = []
        self._without = without
        self._section = section
        self._paragraph = ""
        self._pieces: list[_Piece] = []

    def read(self, element: HtmlElement) -> None:
        """One element and all in it, but not what follows it."""
        if not isinstance(element.tag, str) or self._is_left_out(element):
            return
        special = self._SPECIAL.get(element.tag.rpartition("}")[2])
        if special:
            special(self, element)
        elif element.tag in _HEADINGS:
            self._read_heading(element)
        elif element.tag in _BLOCKS:
            self._finish()
            self._read_inside(element)
            self._finish()
        else:
            self._read_inside(element)

    def _is_left_out(self, element: HtmlElement) -> bool:
        classes = set((element.get("class") or "").split())
        if "para-number" in classes:
            self._paragraph = element.text_content().strip()
            return True
        if "box-label" in classes:
            parent = element.getparent()
            box = parent.getparent() if parent is not None else None
            return box is not None and "recommendation" in (box.get("class") or "").split()
        return bool(classes & _NUMBERS) or element.get("id") in self._without

    def _read_inside(self, element: HtmlElement) -> None:
        self._add(element.text or "")
        for child in element:
            self.read(child)
            self._add(child.tail or "")

    def _read_heading(self, element: HtmlElement) -> None:
        self._finish()
        self._paragraph = ""
        number = element.find_class("section-number")
        self._read_inside(element)
        words = "".join(piece.text for piece in self._pieces).strip()
        self._section = f"{number[0].text_content()} {words}" if number else words
        self._finish(whole=True)

    def _read_row(self, row: HtmlElement) -> None:
        """The cells of a row, with strokes between them."""
        self._finish()
        before, self.sentences = self.sentences, []
        cells: list[Sentence] = []
        for cell in row:
            self.sentences = []
            self._read_inside(cell)
            self._finish(whole=True)
            cells.append(
                Sentence(
                    text=" ".join(part.text for part in self.sentences),
                    key=" ".join(part.compared for part in self.sentences),
                )
            )
        self.sentences = before
        text, key = (
            " | ".join(values) for values in zip(*((c.text, c.compared) for c in cells), strict=True)
        )
        self._keep(text, key)

    def _read_link(self, link: HtmlElement) -> None:
        target = link.get("href") or ""
        if "cross-reference" in (link.get("class") or "").split():
            self._pieces.append(_Piece(_squeeze(link.text_content()), f"[{target}]"))
            return
        self._read_inside(link)
        if target and not target.startswith("#") and target != link.text_content().strip():
            self._pieces.append(_Piece("", f" ({target})"))

    def _read_formula(self, formula: HtmlElement) -> None:
        """Its TeX, which is what its author wrote."""
        tex = [part for part in formula.iter() if str(part.tag).rpartition("}")[2] == _TEX]
        self._add(tex[0].text_content().strip() if tex else formula.text_content())

    def _read_picture(self, picture: HtmlElement) -> None:
        if alternative := picture.get("alt"):
            self._add(f"[{alternative}]")

    def _read_code(self, code: HtmlElement) -> None:
        self._finish()
        self._add(code.text_content())
        self._finish(whole=True)

    def _read_break(self, _: HtmlElement) -> None:
        self._add(" ")

    _SPECIAL: ClassVar[dict[str, Callable[["_Reader", HtmlElement], None]]] = {
        "tr": _read_row,
        "a": _read_link,
        "math": _read_formula,
        "img": _read_picture,
        "pre": _read_code,
        "br": _read_break,
    }

    def _add(self, words: str) -> None:
        squeezed = _squeeze(words)
        if squeezed:
            self._pieces.append(_Piece(squeezed, squeezed))

    def _finish(self, *, whole: bool = False) -> None:
        """Cut what was gathered into sentences."""
        pieces, self._pieces = _join_spaces(self._pieces), []
        text = "".join(piece.text for piece in pieces)
        spans = [(0, len(text))] if whole else list(cut_sentences(text))
        for start, end in spans:
            self._keep(text[start:end], _key_between(pieces, start, end))

    def _keep(self, text: str, key: str) -> None:
        if text.strip():
            key = key.strip()
            self.sentences.append(
                Sentence(
                    text=text,
                    section=self._section,
                    paragraph=self._paragraph,
                    key="" if key == text.strip() else key,
                )
            )


def _squeeze(words: str) -> str:
    return _SPACE.sub(" ", words)


def _join_spaces(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with one space where two meet, and none at the beginning."""
    joined: list[_Piece] = []
    last = " "
    for piece in pieces:
        plain = piece.text == piece.key
        text = piece.text.lstrip(" ") if last == " " else piece.text
        joined.append(_Piece(text, text if plain else piece.key))
        last = text[-1:] or last
    return joined


def _key_between(pieces: list[_Piece], start: int, end: int) -> str:
    """What stands for the words from `start` to `end`; an address belongs to the words before it."""
    key, place = "", 0
    for piece in pieces:
        begins, place = place, place + len(piece.text)
        if piece.text == piece.key:
            key += piece.text[max(start - begins, 0) : max(end - begins, 0)]
        elif (start <= begins < end) if piece.text else (start < begins <= end):
            key += piece.key
    return key
