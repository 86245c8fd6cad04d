"""What words does a Word file hold between the start and the end of a paper's text?"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TEXT_BOOKMARK = "paper_text"
SPACES = {f"{W}tab": " ", f"{W}br": " ", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True)
class WordFile:
    """The document's own part and its notes, as trees."""

    document: etree._Element
    notes: dict[str, etree._Element]

    def text(self) -> str:
        """The words from the first heading to the last reference, each note where it is mentioned."""
        return "".join(self._read(self._blocks()))

    def whole(self) -> str:
        """Every word, with title, summary and colophon."""
        return "".join(self._read(self.document))

    def paragraphs(self, style: str) -> list[str]:
        """The paragraphs of one style within the text."""
        return [text for name, text in self.styled_paragraphs() if name == style]

    def styled_paragraphs(self) -> list[tuple[str, str]]:
        """The paragraphs of the text, each with the name of its style."""
        found = (paragraph for block in self._blocks() for paragraph in block.iter(f"{W}p"))
        return [(style_of(paragraph), "".join(self._read(paragraph)).strip()) for paragraph in found]

    def descriptions(self) -> list[str]:
        """What is said in place of each picture of the text; the code that leads to our site is none."""
        said = (str(element.get("descr", "")) for element in self.document.iter(f"{WP}docPr"))
        return [words for words in said if not words.startswith("QR code: ")]

    def count_notes(self) -> int:
        """How many notes the text mentions."""
        return sum(1 for _ in self.document.iter(f"{W}footnoteReference"))

    def count_tables(self) -> int:
        """How many tables of data the text has, apart from those that hold a figure in place."""
        styles = (style.get(f"{W}val") for style in self.document.iter(f"{W}tblStyle"))
        return sum(style != "FigureTable" for style in styles)

    def _blocks(self) -> list[etree._Element]:
        """The paragraphs and tables between the bookmark's ends."""
        body = self.document.find(f"{W}body")
        assert body is not None
        (start,) = body.iterfind(f".//{W}bookmarkStart[@{W}name='{TEXT_BOOKMARK}']")
        (end,) = body.iterfind(f".//{W}bookmarkEnd[@{W}id='{start.get(f'{W}id')}']")
        blocks = list(body)
        return blocks[place_of(start, blocks) : place_of(end, blocks)]

    def _read(self, elements: "etree._Element | list[etree._Element]") -> Iterator[str]:
        for element in elements:
            tag = element.tag
            if tag in {f"{W}t", f"{M}t"}:
                yield element.text or ""
            elif tag == f"{W}footnoteReference":
                yield f" {''.join(self._read(self.notes[str(element.get(f'{W}id'))])).strip()} "
            elif tag == f"{M}oMath":
                yield "".join("".join(self._read(element)).split())
            elif tag == f"{M}nary":
                sign = element.find(f"{M}naryPr/{M}chr")
                yield from ("∫" if sign is None else str(sign.get(f"{M}val")), *self._read(element))
            elif tag in {f"{W}p", f"{W}tc"}:
                yield from (" ", *self._read(element), " ")
            else:
                yield SPACES.get(str(tag), "")
                yield from self._read(element)


def read_word(path: Path) -> WordFile:
    """A Word file's words."""
    with zipfile.ZipFile(path) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
    return WordFile(document, {str(note.get(f"{W}id")): note for note in notes})


def style_of(paragraph: etree._Element) -> str:
    """The name of a paragraph's style."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def place_of(element: etree._Element, blocks: list[etree._Element]) -> int:
    """The place among the body's blocks at which an element stands, itself or within one."""
    while element not in blocks:
        parent = element.getparent()
        assert parent is not None
        element = parent
    return blocks.index(element)
