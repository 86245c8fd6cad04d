"""What does a PDF say to a program that reads it aloud: the words of its structure, in its order?"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

HYPHEN_AT_LINE_END = "\x02"  # pdfium's, for a hyphen that the text may or may not have had
QR_CODE = "QR code: "  # leads to our site; no figure of the text's
SILENT = frozenset({"/Figure", "/TOC"})  # pictures, which have descriptions; the contents
MARKER = re.compile(r"[•–◦]|[0-9]+[.)]?|\(?[a-zA-Z]{1,4}[.)]")  # of an item or a note; a term is no marker


@dataclass(frozen=True)
class PdfFile:
    """The words of the whole document in reading order, without white space.

    `kinds` counts the elements of its structure; `descriptions` are the figures', in order; `page_texts` are
    the words of each page as they are seen.
    """

    words: str
    kinds: Counter[str]
    descriptions: list[str]
    page_texts: list[str]


def read_pdf(path: Path) -> PdfFile:
    """A PDF's words; a line that ends in a hyphen is marked."""
    texts, page_texts = read_marked_texts(path)
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        marks = walk(pdf.Root.StructTreeRoot, None)
        pieces = [Piece(texts.get((numbers[page], mark), ""), is_label) for page, mark, is_label in marks]
        found = find_elements(pdf.Root.StructTreeRoot)
        elements = [
            element for element in found if not element[1].startswith(QR_CODE)
        ]  # no figure of the text's
    words = "".join(piece.text for piece in pieces if not piece.is_marker)
    return PdfFile(
        words=re.sub(r"\s", "", words),
        kinds=Counter(kind for kind, _ in elements),
        descriptions=[description for kind, description in elements if kind == "Figure"],
        page_texts=page_texts,
    )


@dataclass(frozen=True)
class Piece:
    """A run of text, and whether it labels an item, a note or a term."""

    text: str
    is_label: bool

    @property
    def is_marker(self) -> bool:
        """Whether it is a bullet or a number."""
        return self.is_label and MARKER.fullmatch(self.text.strip()) is not None


def read_marked_texts(path: Path) -> tuple[dict[tuple[int, int], str], list[str]]:
    """The text of each piece of marked content, by page and mark, and each page's text as seen."""
    texts: dict[tuple[int, int], str] = {}
    page_texts = []
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document):
        text_page = page.get_textpage()
        page_texts.append(text_page.get_text_bounded())
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            item = pdfium.FPDFPage_GetObject(page, index)
            mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
            if mark >= 0 and pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
                place = (number, mark)
                texts[place] = texts.get(place, "") + read_text_object(item, text_page)
        text_page.close()
        page.close()
    document.close()
    return texts, page_texts


def read_text_object(item: object, text_page: object) -> str:
    size = pdfium.FPDFTextObj_GetText(item, text_page, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(item, text_page, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


Mark = tuple[tuple[int, int], int, bool]


def walk(element: pikepdf.Object, page: pikepdf.Object | None, *, is_label: bool = False) -> Iterator[Mark]:
    """The marks below an element in reading order: the object number of the page, the mark, if in a label."""
    page = element.get("/Pg", page)
    is_label = is_label or element.get("/S") == "/Lbl"
    for child in children_of(element):
        if isinstance(child, int):
            yield number_of(page), child, is_label
        elif child.get("/Type") == "/MCR":
            yield number_of(child.get("/Pg", page)), int(child.MCID), is_label
        elif str(child.get("/S", "")) not in SILENT and child.get("/Type") != "/OBJR":
            yield from walk(child, page, is_label=is_label)


def number_of(page: pikepdf.Object | None) -> tuple[int, int]:
    """The number of a page's object in the file."""
    assert page is not None
    return page.objgen


def find_elements(element: pikepdf.Object) -> Iterator[tuple[str, str]]:
    """The kind of each element of the structure, and what is said in its place."""
    for child in children_of(element):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield str(child.S).removeprefix("/"), str(child.get("/Alt", ""))
            yield from find_elements(child)


def children_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    """Marks and elements below an element; the file writes an only child by itself."""
    children: pikepdf.Object | list[pikepdf.Object] = element.get("/K", [])
    return list(children) if isinstance(children, pikepdf.Array | list) else [children]


def settle_hyphens(words: str, expected: str) -> str:
    """Words in which a hyphen at a line's end stands if, and only if, the expected words have one there."""
    settled, *lines = words.split(HYPHEN_AT_LINE_END)
    for line in lines:
        seam = f"{settled[-12:]}-{line[:6]}"
        settled += ("-" if seam in expected else "") + line
    return settled
