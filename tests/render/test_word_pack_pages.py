"""Where does a Word pack begin pages, how wide are its columns, and what are its contents asked to show?"""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from policy_tools.model.document import Format, PackPart
from policy_tools.render.packs import render_packs
from policy_tools.render.pool import Pool
from policy_tools.render.word_markup import find, parse_part
from policy_tools.render.word_pages import shorten_name
from policy_tools.store import Store
from tests.render.sample_pack import make_pack

TABLE = """<table><col style="width:5%"><col style="width:95%">
<thead><tr><th>Test</th><th>Answer</th></tr></thead>
<tbody><tr><td>Regularity</td><td>There is a power.</td></tr></tbody></table>"""
PARTS = (
    PackPart("submission", "Draft submissions", "<h2>One</h2><p>Do.</p><h2>Two</h2><h3>Issue</h3><p>Do.</p>"),
    PackPart("stakeholders", "Who has a say", TABLE),
    PackPart("contacts", "Whom to ask", "<p>Us.</p>"),
)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> etree._Element:
    folder: Path = tmp_path_factory.mktemp("word-pages")
    request = replace(make_pack(folder), pieces=PARTS)
    with Store(folder / "store.db") as store:
        (made,) = render_packs([request], (Format.DOCX,), store=store, workers=pool)
    with ZipFile(BytesIO(made.docx)) as archive:
        return parse_part(archive.read("word/document.xml"))


def test_submissions_begin_pages_and_closing_parts_share_one(document: etree._Element) -> None:
    breaking = find(document, "//w:p[w:pPr/w:pageBreakBefore]")
    assert ["".join(str(piece) for piece in each.itertext()) for each in breaking] == [
        "Contents",
        "Draft submissions",
        "Two",
        "Who has a say",
    ]


def test_no_column_is_too_narrow_for_its_longest_word(document: etree._Element) -> None:
    narrow, wide = (int(str(column.values()[0])) for column in find(document, "//w:gridCol"))
    assert len(find(document, "//w:tbl/w:tr")) == 2
    assert 0.15 < narrow / (narrow + wide) < 0.25


def test_the_contents_ask_word_for_the_numbers_of_pages(document: etree._Element) -> None:
    (field,) = (each.text for each in find(document, "//w:instrText") if "TOC" in str(each.text))
    assert "\\n" not in str(field)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Copy k7 · Ada Ferreira", "Copy k7 · Ada Ferreira"),
        ("Copy k7 · " + "A" * 70, "Copy k7 · " + "A" * 49 + "…"),
    ],
)
def test_a_long_name_is_cut_in_the_watermark(words: str, shown: str) -> None:
    assert shorten_name(words) == shown
