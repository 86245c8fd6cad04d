"""Every PDF of the demonstration keeps both standards by a second tool, and is what its reader needs."""

import re
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
import pytest
from lxml import etree

from policy_tools.model.paper import Paper
from tests.system.conftest import Demonstration
from tests.system.reading_pdf import read_marked_texts

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)
INFO_KEYS = frozenset("/Author /CreationDate /Creator /Keywords /ModDate /Title".split())
XMP_NAMES = frozenset(
    "dc:creator dc:format dc:language dc:title pdf:Keywords pdf:PDFVersion pdfaExtension:schemas "
    "pdfaid:conformance pdfaid:part pdfuaid:part xmp:CreateDate xmp:CreatorTool xmp:ModifyDate "
    "xmpMM:DocumentID xmpMM:History xmpMM:InstanceID xmpMM:RenditionClass xmpTPg:NPages".split()
)
MOST_BYTES = 2_000_000
A4 = (595, 842)


@pytest.fixture(scope="module")
def pdfs(demonstration: Demonstration) -> Iterator[dict[str, tuple[Paper, Path, pikepdf.Pdf]]]:
    """Each paper with its PDF, by id."""
    opened = {}
    for paper in demonstration.public.all_papers:
        path = demonstration.output / paper.address / f"{paper.slug}.pdf"
        opened[paper.id] = (paper, path, pikepdf.open(path))
    yield opened
    for _, _, pdf in opened.values():
        pdf.close()


Pdfs = dict[str, tuple[Paper, Path, pikepdf.Pdf]]


def test_every_paper_has_one(pdfs: Pdfs, demonstration: Demonstration) -> None:
    papers = [path for path in demonstration.files(".pdf") if demonstration.output / "papers" in path.parents]
    assert sorted(path for _, path, _ in pdfs.values()) == papers


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_a_second_tool_finds_the_standard_kept(
    demonstration: Demonstration, profile: page.ValidationProfile
) -> None:
    """Of papers, packs and briefs."""
    failures = [
        f"{path.name}: {failure.rule_id}: {failure.message}"
        for path in demonstration.files(".pdf")
        for failure in page.validate_pdf(path, profile=profile).failures
    ]
    assert failures == []


def test_the_second_tool_finds_a_fault(pdfs: Pdfs, tmp_path: Path) -> None:
    _, path, _ = next(iter(pdfs.values()))
    with pikepdf.open(path) as pdf:
        del pdf.Root.Lang
        del pdf.Root.MarkInfo
        pdf.save(tmp_path / "spoilt.pdf")
    for profile in PROFILES:
        assert page.validate_pdf(tmp_path / "spoilt.pdf", profile=profile).failures


def test_properties_are_the_allowed_ones_and_no_others(pdfs: Pdfs) -> None:
    for name, (paper, _, pdf) in pdfs.items():
        assert set(pdf.docinfo.keys()) <= INFO_KEYS, name
        assert str(pdf.docinfo.Title) == paper.record.title, name
        assert set(read_xmp_names(pdf)) <= XMP_NAMES, name
        assert str(pdf.Root.Lang) == paper.record.language, name
        assert pdf.Root.ViewerPreferences.DisplayDocTitle, name
        assert len(pdf.attachments) == 0, name


def read_xmp_names(pdf: pikepdf.Pdf) -> Iterator[str]:
    packet = etree.fromstring(pdf.Root.Metadata.read_bytes())
    for description in packet.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"):
        for element in description:
            yield f"{element.prefix}:{etree.QName(element).localname}"


def test_the_date_is_the_papers_own(pdfs: Pdfs) -> None:
    for name, (paper, _, pdf) in pdfs.items():
        dated = paper.record.updated or paper.record.published
        assert str(pdf.docinfo.CreationDate).startswith(f"D:{dated:%Y%m%d}"), name


def test_files_are_small(pdfs: Pdfs) -> None:
    assert {
        name: path.stat().st_size for name, (_, path, _) in pdfs.items() if path.stat().st_size > MOST_BYTES
    } == {}


def test_every_font_is_embedded_and_none_is_type_3(pdfs: Pdfs) -> None:
    for name, (_, _, pdf) in pdfs.items():
        fonts = [item for item in dictionaries(pdf) if item.get("/Type") == "/Font"]
        assert fonts, name
        assert "/Type3" not in {str(font.Subtype) for font in fonts}, name
        described = [item for item in dictionaries(pdf) if item.get("/Type") == "/FontDescriptor"]
        assert all(any(f"/FontFile{kind}" in item for kind in ("", "2", "3")) for item in described), name


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary):
            yield item


def test_nothing_in_a_pdf_acts_or_leaves_but_links_to_the_web(pdfs: Pdfs) -> None:
    for name, (_, _, pdf) in pdfs.items():
        assert not {"/AA", "/AcroForm", "/JavaScript"} & set(pdf.Root.keys()), name
        actions = [item for item in dictionaries(pdf) if "/S" in item and "/URI" in item]
        assert all(re.match(r"https?://|mailto:", str(action.URI)) for action in actions), name


def test_pages_are_a4(pdfs: Pdfs) -> None:
    for name, (_, _, pdf) in pdfs.items():
        sizes = {tuple(sorted(round(float(side)) for side in sheet.mediabox[2:])) for sheet in pdf.pages}
        assert sizes == {A4}, name


def test_bookmarks_lead_to_every_section(pdfs: Pdfs) -> None:
    for name, (paper, _, pdf) in pdfs.items():
        with pdf.open_outline() as outline:
            titles = list(titles_of(outline.root))
        wanted = [re.sub(r"\W", "", heading.text) for heading in paper.body.headings]
        found = [re.sub(r"\W", "", title) for title in titles]
        assert [title for title in wanted if not any(there.endswith(title) for there in found)] == [], name
        assert titles[-1].startswith("About this"), name


def titles_of(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from titles_of(item.children)


def test_a_briefing_fills_two_sides_at_most(pdfs: Pdfs, demonstration: Demonstration) -> None:
    layouts = {name: series.layout for name, series in demonstration.public.series.items()}
    briefings = {
        name: len(pdf.pages)
        for name, (paper, _, pdf) in pdfs.items()
        if layouts[paper.record.series] == "briefing"
    }
    assert len(briefings) >= 2
    assert {name: pages for name, pages in briefings.items() if pages > 2} == {}


def test_every_page_says_where_the_current_copy_is(pdfs: Pdfs) -> None:
    for name, (paper, path, _) in pdfs.items():
        address = f"trivet.example/check/{paper.slug}/{paper.record.version}/"
        for text in read_marked_texts(path)[1]:
            said = re.sub(r"\s", "", text)
            assert f"Isthiscopycurrent?See{address}" in said, name
