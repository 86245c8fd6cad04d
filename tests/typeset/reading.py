"""What tests ask of a finished PDF: its pages' words, its bookmarks, the sizes and places of its letters."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2

raw = pypdfium2.raw


@dataclass(frozen=True)
class Letter:
    """A letter on a page; `left` is in points from the page's edge."""

    sign: str
    size: float
    left: float


@contextmanager
def opened(pdf: bytes, password: str | None = None) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf), password=password)
    try:
        yield document
    finally:
        document.close()


def read_pages(pdf: bytes, password: str | None = None) -> list[str]:
    """The words of each page."""
    with opened(pdf, password) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [re.sub(r"\s+", " ", text.replace("\u2060", "")) for text in texts]


def read_bookmarks(pdf: bytes) -> list[tuple[int, str]]:
    with opened(pdf) as document:
        return [(entry.level, entry.get_title()) for entry in document.get_toc()]


def read_letters(pdf: bytes, page: int = 0) -> list[Letter]:
    with opened(pdf) as document:
        text = document[page].get_textpage()
        return [
            Letter(
                sign, round(raw.FPDFText_GetFontSize(text, index), 2), text.get_charbox(index, loose=True)[0]
            )
            for index in range(text.count_chars())
            if not (sign := chr(raw.FPDFText_GetUnicode(text, index))).isspace()
        ]


def commonest_size(pdf: bytes) -> float:
    """The size in which most of page one is set."""
    return Counter(letter.size for letter in read_letters(pdf)).most_common(1)[0][0]


def read_squares(pdf: bytes, page: int, count: int) -> list[str]:
    """The QR code of a page, row by row, by looking at the middle of each of its `count` × `count` squares.

    It is the path with the most corners.
    """
    scale = 6
    with opened(pdf) as document:
        paths = list(document[page].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=9))
        code = max(paths, key=raw.FPDFPath_CountSegments)
        left, bottom, right, top = code.get_bounds()
        height = document[page].get_height()
        picture = document[page].render(scale=scale).to_pil().convert("L")

    def is_dark(row: int, column: int) -> bool:
        across = left + (column + 0.5) * (right - left) / count
        down = height - top + (row + 0.5) * (top - bottom) / count
        return bool(picture.getpixel((int(across * scale), int(down * scale))) < 128)

    return ["".join("01"[is_dark(row, column)] for column in range(count)) for row in range(count)]
