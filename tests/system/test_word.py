"""Every Word file of the demonstration opens, has real structure, and tells nothing that it should not."""

import re
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from lxml import etree

from policy_tools.model.paper import Paper
from tests.system.conftest import Demonstration
from tests.system.reading_word import W, read_word

CORE_PROPERTIES = frozenset("title subject creator keywords description language created modified".split())
PARTS = re.compile(
    r"""\[Content_Types\]\.xml | _rels/\.rels | docProps/(?:app|core)\.xml
    | word/(?:document|fontTable|footer1|footnotes|header1|numbering|settings|styles|theme/theme1)\.xml
    | word/_rels/(?:document|footnotes)\.xml\.rels | word/media/rId[0-9]+\.(?:png|jpg)""",
    re.VERBOSE,
)
TRACES = re.compile(r"rsid[A-Z]|w:author|w:ins |w:del |w:comment|pandoc", re.IGNORECASE)


@pytest.fixture(scope="module")
def files(demonstration: Demonstration) -> dict[str, tuple[Paper, Path]]:
    """Each paper with the path of its Word file, by id."""
    return {
        paper.id: (paper, demonstration.output / paper.address / f"{paper.slug}.docx")
        for paper in demonstration.public.all_papers
    }


@pytest.fixture(scope="module")
def documents(files: dict[str, tuple[Paper, Path]]) -> dict[str, WordDocument]:
    return {name: docx.Document(str(path)) for name, (_, path) in files.items()}


Files = dict[str, tuple[Paper, Path]]
Documents = dict[str, WordDocument]


def test_every_paper_has_one(files: Files, demonstration: Demonstration) -> None:
    papers = [
        path for path in demonstration.files(".docx") if demonstration.output / "papers" in path.parents
    ]
    assert sorted(path for _, path in files.values()) == papers


def test_only_listed_parts_and_properties_go_out(files: Files) -> None:
    for name, (paper, path) in files.items():
        with zipfile.ZipFile(path) as archive:
            assert [part for part in archive.namelist() if not PARTS.fullmatch(part)] == [], name
            core = etree.fromstring(archive.read("docProps/core.xml"))
            texts = [archive.read(part).decode() for part in archive.namelist() if part.endswith(".xml")]
        properties = {etree.QName(element).localname: element.text for element in core}
        assert set(properties) <= CORE_PROPERTIES, name
        assert properties["title"] == paper.record.title, name
        assert properties["language"] == paper.record.language, name
        assert [found for text in texts for found in TRACES.findall(text)] == [], name


def test_headings_are_words_own_and_skip_no_level(documents: Documents, files: Files) -> None:
    for name, document in documents.items():
        styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
        levels = [
            int(style.removeprefix("Heading ")) for style in styles if re.fullmatch(r"Heading \d", style)
        ]
        assert len(levels) >= len(files[name][0].body.headings), name
        assert levels[0] == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        assert styles.count("Title") == 1, name


def test_figures_and_tables_have_captions_that_word_can_count(documents: Documents) -> None:
    captions = 0
    for name, document in documents.items():
        body = document.element.body
        found = [
            paragraph
            for paragraph in body.iter(f"{W}p")
            if paragraph.pPr is not None and paragraph.style == "Caption"
        ]
        fields = [str(field.text) for field in body.iter(f"{W}instrText") if " SEQ " in str(field.text)]
        assert len(fields) == len(found), name
        captions += len(found)
    assert captions >= 15


def test_every_picture_is_described(files: Files) -> None:
    for name, (_, path) in files.items():
        assert all(len(said) > 20 for said in read_word(path).descriptions()), name


def test_every_table_repeats_its_header(documents: Documents) -> None:
    for name, document in documents.items():
        for table in document.tables:
            if table.style is None or table.style.name != "Figure Table":
                assert table._tbl.tr_lst[0].xpath("w:trPr/w:tblHeader"), name  # noqa: SLF001 - no other way


def test_the_language_is_the_papers(documents: Documents, files: Files) -> None:
    for name, document in documents.items():
        (language,) = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val")
        assert language == files[name][0].record.language, name
        others = set(document.element.body.xpath(".//w:lang/@w:val")) - {language}
        assert others == set(), name


def test_links_lead_to_bookmarks_that_exist(documents: Documents) -> None:
    for name, document in documents.items():
        body = document.element.body
        bookmarks = set(body.xpath(".//w:bookmarkStart/@w:name"))
        assert set(body.xpath(".//w:hyperlink/@w:anchor")) - bookmarks == set(), name


def test_relations_lead_only_to_the_web(documents: Documents) -> None:
    for name, document in documents.items():
        targets = [relation.target_ref for relation in document.part.rels.values() if relation.is_external]
        assert [target for target in targets if not re.match(r"https?://|mailto:", target)] == [], name
