"""A paper's page, PDF, Word file and tree say the same words in the same order, and cite the same works.

What each format has of its own is set aside by the modules that read it: a page's links back, Word's fields,
a PDF's heads and feet. What paper has instead, printed addresses, is asked of it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

import pytest

from policy_tools.model.document import Document, Format
from policy_tools.model.paper import Paper
from policy_tools.model.site import Site
from policy_tools.pipeline.prepare import Prepared
from policy_tools.render.assets import clean_request
from policy_tools.render.documents import render_documents
from policy_tools.render.pool import Pool
from policy_tools.render.references import convert_references
from policy_tools.render.requests import build_request
from policy_tools.store import Store
from tests.system.conftest import Demonstration
from tests.system.reading_html import PaperPage
from tests.system.reading_pdf import PdfFile, read_pdf, settle_hyphens
from tests.system.reading_word import WordFile, read_word
from tests.system.test_links import read_page

CITED_ON = re.compile(r"Cited(onpages?[0-9]+(,[0-9]+)*|inparagraphs?[0-9]+\.[0-9]+(,[0-9]+\.[0-9]+)*)\.")
CLOSING = re.compile("Corrections|Aboutthispaper|Aboutthisbriefing")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


@dataclass(frozen=True)
class PaperFiles:
    """One paper and everything that was made of it."""

    paper: Paper
    tree: Document
    page: PaperPage
    word: WordFile
    pdf: PdfFile


@pytest.fixture(scope="module")
def papers(demonstration: Demonstration) -> Mapping[str, PaperFiles]:
    shown = demonstration.public.all_papers
    files = {}
    for paper, tree in zip(shown, render_trees(demonstration.prepared, shown), strict=True):
        folder = demonstration.output / paper.address
        files[paper.id] = PaperFiles(
            paper,
            tree,
            PaperPage(read_page(folder / "index.html")),
            read_word(folder / f"{paper.slug}.docx"),
            read_pdf(folder / f"{paper.slug}.pdf"),
        )
    assert len(files) >= 9
    return files


def render_trees(prepared: Prepared, papers: tuple[Paper, ...]) -> Iterator[Document]:
    """Each paper's tree as plain text, as the build made it."""
    site: Site = prepared.site
    library = prepared.clearance.library
    with Store(site.cache / "made.sqlite") as store, Pool(1) as pool:
        items = convert_references(library.references.values(), store, pool).items
        requests = [build_request(paper, library, site, items) for paper in papers]
        cleaned = [clean_request(request, site.cache / "images", store)[0] for request in requests]
        yield from render_documents(cleaned, {Format.PLAIN}, store=store, workers=pool)


def normalise(text: str) -> str:
    """Ligatures and mathematical letters as plain ones, every kind of space as one space."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def differences(expected: list[str], found: list[str]) -> list[str]:
    """Where two runs of words part: what was expected and what stands there, with the words before."""
    if expected == found:
        return []
    parts = SequenceMatcher(None, expected, found, autojunk=False).get_opcodes()
    return [
        f"after “{' '.join(expected[max(0, start - 4) : start])}”: "
        f"expected {expected[start:end]}, found {found[other_start:other_end]}"
        for kind, start, end, other_start, other_end in parts
        if kind != "equal"
    ]


def without_silence(found: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: faults for name, faults in found.items() if faults}


def text_of_page(page: PaperPage, *, addresses: bool = False) -> str:
    entries = page.references(addresses=addresses)
    heading = ["References"] if entries else []
    return normalise(" ".join([page.body(addresses=addresses), *heading, *entries]))


def test_word_says_what_the_page_says(papers: Mapping[str, PaperFiles]) -> None:
    found = {
        name: differences(text_of_page(files.page).split(), normalise(files.word.text()).split())
        for name, files in papers.items()
    }
    assert without_silence(found) == {}


def test_the_pdf_says_what_the_page_says(papers: Mapping[str, PaperFiles]) -> None:
    found = {name: find_differences_of_pdf(files) for name, files in papers.items()}
    assert without_silence(found) == {}


def find_differences_of_pdf(files: PaperFiles) -> list[str]:
    """Where the words read aloud part from the page's; white space is left out, since lines end anywhere."""
    expected = text_of_page(files.page, addresses=True).replace(" ", "")
    words = CITED_ON.sub("", INVISIBLE.sub("", unicodedata.normalize("NFKC", files.pdf.words)))
    words = settle_hyphens(words, expected)
    start = words.find(expected[:40])
    if start < 0:
        return [f"The text does not begin with {expected[:40]}"]
    closing = CLOSING.search(words, start + len(expected) - 200)
    assert closing, "no closing heading"
    return differences(in_pieces(expected), in_pieces(words[start : closing.start()]))


def in_pieces(text: str) -> list[str]:
    return re.findall(r"\w+|\W", text)


def test_words_stand_apart_in_the_pdf(papers: Mapping[str, PaperFiles]) -> None:
    """The order is tested above; here that no two words have run into one to the eye."""
    found = {name: sorted(find_words_run_together(files)) for name, files in papers.items()}
    assert without_silence(found) == {}


def find_words_run_together(files: PaperFiles) -> set[str]:
    """Words of the printed page that are two words of the text."""
    text = text_of_page(files.page, addresses=True) + files.page.tree.text_content() + files.paper.slug
    known = set(words_of(text))
    seen = set(words_of("\n".join(files.pdf.page_texts).replace("\x02", "-").replace("\ufffe", "-"))) - known
    return {
        word
        for word in seen
        if any(word[:place] in known and word[place:] in known for place in range(3, len(word) - 2))
    }


def test_the_page_says_what_the_tree_says(papers: Mapping[str, PaperFiles]) -> None:
    found = {name: find_differences_of_tree(files) for name, files in papers.items()}
    assert without_silence(found) == {}


def find_differences_of_tree(files: PaperFiles) -> list[str]:
    """Words counted, since plain text sets cells side by side; it has formulas as TeX."""
    markers = re.compile(r"^\s*(?:[-+*]|[0-9]+\.|\(?[a-z]\))\s+|\[[0-9]+\]", re.MULTILINE)
    tree = Counter(words_of(markers.sub(" ", files.tree.plain)))
    page = Counter(words_of(" ".join([text_of_page(files.page), *files.page.descriptions()])))
    formulas = Counter(words_of(" ".join(files.page.read_formulas())))
    return sorted(f"{word} {count}" for word, count in (tree - page - formulas).items()) + sorted(
        f"{word} -{count}" for word, count in (page - tree - formulas).items()
    )


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", normalise(text))


def test_pictures_are_described_alike(papers: Mapping[str, PaperFiles]) -> None:
    described = 0
    for name, files in papers.items():
        expected = [normalise(alt) for alt in files.page.descriptions()]
        assert [normalise(alt) for alt in files.word.descriptions()] == expected, name
        assert [normalise(alt) for alt in files.pdf.descriptions] == expected, name
        described += len(expected)
    assert described >= 6


def test_all_count_the_same_parts(papers: Mapping[str, PaperFiles]) -> None:
    """Sections and recommendations as written; notes, figures and tables as on the page."""
    for name, files in papers.items():
        page, word, pdf = count_in_page(files.page), count_in_word(files.word), count_in_pdf(files.pdf)
        body = files.paper.body
        assert page["sections"] == len(body.headings), name
        assert page["recommendations"] == len(body.recommendations), name
        assert page["notes"] >= len(body.notes_used), name
        assert word == page, name
        assert pdf == {kind: page[kind] for kind in pdf}, name


def count_in_page(page: PaperPage) -> Counter[str]:
    (body,) = page.tree.xpath("//div[@class='body']")
    return Counter(
        sections=len(body.xpath(".//h2 | .//h3 | .//h4 | .//h5")),
        recommendations=len(body.xpath(".//div[contains(@class, 'recommendation')]")),
        notes=len(body.xpath(".//a[@role='doc-noteref']")),
        figures=len(body.xpath(".//figure//img")),
        tables=len(body.xpath(".//table")),
    )


def count_in_word(word: WordFile) -> Counter[str]:
    return Counter(
        sections=sum(
            style.startswith("Heading") and text != "References" for style, text in word.styled_paragraphs()
        ),
        recommendations=len(word.paragraphs("RecommendationTitle")),
        notes=word.count_notes(),
        figures=len(word.descriptions()),
        tables=word.count_tables(),
    )


def count_in_pdf(pdf: PdfFile) -> dict[str, int]:
    return {"notes": pdf.kinds["Note"], "figures": pdf.kinds["Figure"], "tables": pdf.kinds["Table"]}


def test_all_cite_the_same_works(papers: Mapping[str, PaperFiles]) -> None:
    """The order and words of the PDF's list are compared with the page's above."""
    for name, files in papers.items():
        entries = [normalise(entry) for entry in files.page.references()]
        assert [normalise(entry) for entry in files.word.paragraphs("Bibliography")] == entries, name
        assert len(entries) == len(files.paper.body.cited_keys), name
        assert len(entries) == len(set(entries)), name


def test_all_open_and_close_with_the_same_words(papers: Mapping[str, PaperFiles]) -> None:
    lacking = {name: list(find_missing_matter(files)) for name, files in papers.items()}
    assert without_silence(lacking) == {}


def find_missing_matter(files: PaperFiles) -> Iterator[str]:
    """What is said around the text and not found in one of the formats."""
    record = files.paper.record
    corrections = (part for item in record.corrections for part in (item.where, item.was, item.now))
    said = [record.title, record.subtitle or "", record.summary, *record.key_points, *corrections]
    formats = {
        "page": files.page.tree.text_content(),
        "Word": files.word.whole(),
        "PDF": files.pdf.words,
    }
    for name, text in formats.items():
        words = only_letters(text)
        yield from (f"{name}: {part}" for part in said if only_letters(part) not in words)


def only_letters(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


def test_a_lost_word_is_told() -> None:
    assert differences("one two three four".split(), "one three for".split()) == [
        "after “one”: expected ['two'], found []",
        "after “one two three”: expected ['four'], found ['for']",
    ]


def test_hyphens_at_the_end_of_a_line_stand_where_the_text_has_them() -> None:
    expected = "well-knownwords"
    assert settle_hyphens("well\x02knownwo\x02rds", expected) == expected
    assert settle_hyphens("wellknownwords", expected) != expected
