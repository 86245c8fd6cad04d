"""Is the code that answers "is my copy current?" right, and in every file of a paper?"""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from PIL import Image

from policy_tools.model.document import Format
from policy_tools.qr import draw_matrix
from policy_tools.render.documents import part_digests
from policy_tools.render.pool import Pool
from policy_tools.render.qr_picture import draw_qr_picture
from policy_tools.store import Store
from tests.render import rendering

ADDRESS = "https://example.org/check/growth/1/"
PIXELS, QUIET = 8, 4


def test_the_picture_shows_the_matrix() -> None:
    matrix = draw_matrix(ADDRESS)
    picture = Image.open(BytesIO(draw_qr_picture(ADDRESS))).convert("1")
    size = (len(matrix) + 2 * QUIET) * PIXELS
    assert picture.size == (size, size)
    shown = tuple(
        "".join(
            "0" if picture.getpixel(((column + QUIET) * PIXELS + 1, (row + QUIET) * PIXELS + 1)) else "1"
            for column in range(len(matrix))
        )
        for row in range(len(matrix))
    )
    assert shown == matrix
    assert draw_qr_picture(ADDRESS) == draw_qr_picture(ADDRESS)


def test_papers_show_it_with_the_short_address(pool: Pool, store: Store) -> None:
    request = rendering.make_request("Text.\n")
    request = replace(request, cover=replace(request.cover, check_address=ADDRESS))
    document = rendering.render(request, store, pool, (Format.DOCX, Format.EPUB))
    for file, suffix in ((document.docx, "document.xml"), (document.epub, ".xhtml")):
        with ZipFile(BytesIO(file)) as archive:
            text = "".join(
                archive.read(name).decode() for name in archive.namelist() if name.endswith(suffix)
            )
            pictures = [archive.read(name) for name in archive.namelist() if name.endswith(".png")]
        assert pictures == [draw_qr_picture(ADDRESS)]
        assert f"QR code: is this copy current? It leads to {ADDRESS}" in text
        assert f">{ADDRESS}<" in text


def test_papers_without_the_address_show_none(pool: Pool, store: Store) -> None:
    document = rendering.render(rendering.make_request("Text.\n"), store, pool, (Format.DOCX,))
    with ZipFile(BytesIO(document.docx)) as archive:
        assert [name for name in archive.namelist() if "media" in name] == []
        assert "https://example.org/papers/growth/" in archive.read("word/document.xml").decode()


def test_an_author_cannot_ask_for_the_picture(pool: Pool, store: Store) -> None:
    request = rendering.make_request("![Code](check:qr)\n")
    request = replace(request, cover=replace(request.cover, check_address=ADDRESS))
    document = rendering.render(request, store, pool, (Format.HTML, Format.DOCX))
    assert "<img" not in document.html
    assert [problem.code for problem in document.problems] == ["image.missing"]


def test_only_files_with_a_cover_depend_on_it() -> None:
    request = rendering.make_request("Text.\n")
    changed = replace(request, cover=replace(request.cover, check_address=ADDRESS))
    before, after = part_digests(request, list(Format)), part_digests(changed, list(Format))
    assert {format_ for format_ in Format if before[format_] != after[format_]} == {Format.DOCX, Format.EPUB}
