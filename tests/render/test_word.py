import os
import re
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.shared import Length
from lxml import etree

from policy_tools.model.document import Format
from policy_tools.render.word import build_reference_docx, finish_docx
from policy_tools.render.word_markup import NAMES
from policy_tools.render.word_text import complete_tables
from tests.render.sample_paper import COVER, SECRET, render

MATHS = {"m": "http://schemas.openxmlformats.org/officeDocument/2006/math"}
ROOT = Path(__file__).parents[2]

CORE_PROPERTIES = {
    "title",
    "subject",
    "creator",
    "keywords",
    "description",
    "language",
    "created",
    "modified",
}
PARTS = {
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/app.xml",
    "docProps/core.xml",
    "word/_rels/document.xml.rels",
    "word/_rels/footnotes.xml.rels",
    "word/document.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/footnotes.xml",
    "word/header1.xml",
    "word/numbering.xml",
    "word/settings.xml",
    "word/styles.xml",
    "word/theme/theme1.xml",
}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    document = render(tmp_path_factory.mktemp("word"), Format.DOCX, Format.PLAIN)
    return document.docx, document.plain


@pytest.fixture(scope="module")
def file(rendered: tuple[bytes, str]) -> bytes:
    return rendered[0]


@pytest.fixture(scope="module")
def opened(file: bytes) -> WordDocument:
    return docx.Document(BytesIO(file))


def part(file: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(file)) as archive:
        return etree.fromstring(archive.read(name))


def query(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [str(item) for item in found]


def text_of(root: etree._Element) -> str:
    """The text as it stands in the file, a paragraph a line; tabs and line breaks are spaces."""
    lines = []
    for paragraph in root.iterfind(".//w:p", NAMES):
        pieces = paragraph.xpath(".//w:r/w:t | .//w:r/w:tab | .//w:r/w:br | .//m:t", namespaces=NAMES | MATHS)
        assert isinstance(pieces, list)
        lines.append("".join(getattr(piece, "text", None) or " " for piece in pieces))
    return "\n".join(lines)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def body_of(file: bytes) -> list[str]:
    """The words from the first heading to the last reference, then those of the notes."""
    text = text_of(part(file, "word/document.xml"))
    start = text.index("\n1 The case for", text.index("\nContents\n") + 20)
    notes = text_of(part(file, "word/footnotes.xml"))
    return words_of(text[start : text.index("\nCorrections\n")]) + words_of(notes)


def test_says_the_words_of_the_plain_text(rendered: tuple[bytes, str]) -> None:
    file, plain = rendered
    in_word, in_plain = Counter(body_of(file)), Counter(words_of(plain))
    alternatives = words_of("A rising line from 1990 to 2020 A town seen from above")
    list_numbers, note_marks = ["1", "2"], ["1", "1"]
    written_otherwise = ["mc²", "frac", "a", "b"]
    assert in_plain - in_word == Counter([*alternatives, *list_numbers, *note_marks, *written_otherwise])
    assert in_word - in_plain == Counter(["mc2", "ab"])


def styled_paragraphs(document: WordDocument) -> list[tuple[str, str | None]]:
    return [
        (paragraph.text.replace("\N{NO-BREAK SPACE}", " "), paragraph.style.name)
        for paragraph in document.paragraphs
        if paragraph.style
    ]


def test_styles_are_real(opened: WordDocument) -> None:
    styles = {text.replace("\t", " "): name for text, name in styled_paragraphs(opened)}
    assert styles["A National Investment Bank for Britain & beyond"] == "Title"
    assert styles["Ada Lovelace, Clement Attlee and Ellen Wilkinson"] == "Author"
    assert styles["1 The case for an investment bank"] == "Heading 1"
    assert styles["1.1 Why now"] == "Heading 2"
    assert styles["The Treasury should found the bank."] == "Recommendation"
    assert styles["with a board"] == "Recommendation"
    assert styles["Recommendation 2: Report yearly"] == "Recommendation Title"
    assert styles["Costs may rise. See Recommendation 2 and Figure 1."] == "Warning Box"
    assert styles["Figure 1: Growth since 1990"] == "Caption"
    assert styles["Table 1: Costs in £ billion"] == "Caption"
    assert styles["Smith, J. (2020) On investment. Example Press."] == "Bibliography"
    assert styles["How to cite Lovelace, A. (2026) A National Investment Bank."] == "Colophon"


def test_every_style_used_exists(file: bytes) -> None:
    known = set(query(part(file, "word/styles.xml"), "//w:style/@w:styleId"))
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/footer1.xml"):
        used = set(query(part(file, name), "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"))
        assert used <= known, name


def test_every_internal_link_has_an_end(file: bytes) -> None:
    document, notes = part(file, "word/document.xml"), part(file, "word/footnotes.xml")
    bookmarks = query(document, "//w:bookmarkStart/@w:name") + query(notes, "//w:bookmarkStart/@w:name")
    links = query(document, "//w:hyperlink/@w:anchor") + query(notes, "//w:hyperlink/@w:anchor")
    assert {"ref-smith2020", "fig-growth", "tbl-costs", "nib-01", "sec-now"} <= set(links) <= set(bookmarks)
    assert len(bookmarks) == len(set(bookmarks))
    (field,) = (text for text in query(document, "//w:instrText/text()") if "TOC" in text)
    assert field.split()[-1] in bookmarks


def test_nothing_is_asked_on_opening(file: bytes) -> None:
    settings = part(file, "word/settings.xml")
    assert query(settings, "//w:updateFields") == []
    assert query(settings, "//w:compatSetting[@w:name='compatibilityMode']/@w:val") == ["15"]
    assert query(part(file, "word/document.xml"), "//@w:dirty") == []


def test_pictures_are_described_and_nameless(file: bytes) -> None:
    document = part(file, "word/document.xml")
    assert query(document, "//wp:docPr/@descr") == [
        "A rising line from 1990 to 2020",
        "A town seen from above",
    ]
    assert query(document, "//pic:cNvPr/@descr") == []
    assert query(document, "//wp:docPr/@name") == ["Picture 1", "Picture 2"]
    with ZipFile(BytesIO(file)) as archive:
        media = sorted(name.rpartition(".")[2] for name in archive.namelist() if "/media/" in name)
    assert media == ["jpg", "png"]


def test_header_rows_repeat_and_rows_stay_whole(opened: WordDocument, file: bytes) -> None:
    document = part(file, "word/document.xml")
    rows = [len(table.rows) for table in opened.tables]
    assert rows == [3]
    assert len(query(document, "//w:tr/w:trPr/w:tblHeader/@w:val")) == 1
    assert document.xpath("count(//w:tr/w:trPr/w:cantSplit)", namespaces=NAMES) == 3


def test_the_language_is_said(file: bytes) -> None:
    assert query(part(file, "word/styles.xml"), "//w:docDefaults//w:lang/@w:val") == ["en-GB"]
    assert "fr" in query(part(file, "word/document.xml"), "//w:r/w:rPr/w:lang/@w:val")


def test_only_listed_parts_and_properties_go_out(file: bytes) -> None:
    with ZipFile(BytesIO(file)) as archive:
        names = {name for name in archive.namelist() if "/media/" not in name}
    assert names == PARTS
    core = part(file, "docProps/core.xml")
    assert {etree.QName(element).localname for element in core} == CORE_PROPERTIES
    dates = query(core, "//*[local-name()='created' or local-name()='modified']/text()")
    assert dates == ["2026-11-22T00:00:00Z"] * 2
    app = {etree.QName(element).localname: element.text for element in part(file, "docProps/app.xml")}
    assert app == {"Company": "Institute for Example Policy"}


def test_nothing_hidden_goes_out(file: bytes) -> None:
    with ZipFile(BytesIO(file)) as archive:
        contents = b"\n".join(archive.read(name) for name in archive.namelist())
    for hidden in (
        SECRET.encode(),
        b"rsid",
        b"onclick",
        b"/tmp",
        b"growth.svg",
        b"town.jpg",
        b"Microsoft Word",
    ):
        assert hidden not in contents


def test_the_archive_tells_no_times(file: bytes) -> None:
    with ZipFile(BytesIO(file)) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {ZIP_DEFLATED}
    assert all(entry.extra == b"" and entry.comment == b"" and entry.create_system == 0 for entry in entries)


@pytest.mark.parametrize(("seed", "zone"), [("1", "Pacific/Kiritimati"), ("2", "America/Los_Angeles")])
def test_is_the_same_elsewhere(file: bytes, tmp_path: Path, seed: str, zone: str) -> None:
    script = (
        "import sys; from pathlib import Path; from hashlib import sha256; "
        "from policy_tools.model.document import Format; from tests.render.sample_paper import render; "
        "print(sha256(render(Path(sys.argv[1]), Format.DOCX).docx).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, str(tmp_path)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == sha256(file).hexdigest()


def test_a_part_that_is_not_listed_is_dropped(file: bytes) -> None:
    target = BytesIO(file)
    with ZipFile(target, "a") as archive:
        archive.writestr("docProps/custom.xml", SECRET)
        archive.writestr("docProps/thumbnail.jpeg", SECRET)
        archive.writestr("word/people.xml", SECRET)
    assert finish_docx(target.getvalue(), COVER) == finish_docx(file, COVER)


def test_a_briefing_leads_with_its_summary_and_has_no_contents(tmp_path: Path) -> None:
    file = render(tmp_path, Format.DOCX, text="A short text.", layout="briefing").docx
    names = [name for _, name in styled_paragraphs(docx.Document(BytesIO(file)))]
    assert "TOC Heading" not in names
    assert names.index("Lead") < names.index("First Paragraph")


def test_colours_can_be_read(file: bytes) -> None:
    styles = part(file, "word/styles.xml")
    for style in styles.iterfind("w:style", NAMES):
        for ink in query(style, "w:rPr/w:color/@w:val"):
            assert contrast(ink, "F1F4F6") >= 4.5, query(style, "@w:styleId")


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_reference_file_is_always_the_same() -> None:
    assert build_reference_docx() == build_reference_docx()
    sections = docx.Document(BytesIO(build_reference_docx())).sections
    sizes = [(section.page_width or 0, section.page_height or 0) for section in sections]
    assert [(round(Length(width).mm), round(Length(height).mm)) for width, height in sizes] == [(210, 297)]


def test_what_closes_a_paper_stays_on_one_page(file: bytes) -> None:
    (style,) = part(file, "word/styles.xml").iterfind(".//w:style[@w:styleId='Colophon']", NAMES)
    assert style.find("w:pPr/w:keepNext", NAMES) is not None


@pytest.mark.parametrize(("style", "spaces"), [("BodyText", ["240"]), ("Heading2", [])])
def test_text_stands_off_the_table_before_it(style: str, spaces: list[str]) -> None:
    root = etree.fromstring(
        f'<w:body xmlns:w="{NAMES["w"]}"><w:tbl><w:tblPr/></w:tbl><w:bookmarkStart/>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p></w:body>'
    )
    complete_tables(root)
    assert query(root, "w:p/w:pPr/w:spacing/@w:before") == spaces
