"""What must hold of every PDF: both standards, its words, its properties, and the same bytes again."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest

from policy_tools.model.document import Cover
from policy_tools.typeset.pdf import TypesettingError, compile_pdf
from tests.typeset.conftest import DATE, HERE
from tests.typeset.reading import read_letters, read_pages

RICH = (HERE / "rich.md").read_text(encoding="utf-8")
PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)
ToPdf = Callable[..., bytes]


def read_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    finally:
        document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


@pytest.fixture
def rich(to_pdf: ToPdf) -> bytes:
    return to_pdf(RICH)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("layout", ["paper", "briefing"])
def test_a_second_tool_finds_both_standards_kept(
    to_pdf: ToPdf, profile: page.ValidationProfile, layout: str
) -> None:
    report = page.validate_pdf_bytes(to_pdf(RICH, layout), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant
    assert report.rules.total > 100


def test_the_pdf_says_the_words_of_cover_and_body_in_reading_order(rich: bytes) -> None:
    text = read_text(rich)
    expected = [
        "A national investment bank",
        "Ada Ferreira and Tom Baxter-Singh",
        "22 November 2026",
        "Demonstration: written to show the system.",
        "Summary Britain invests less",
        "Key points",
        "Its task stands in statute.",
        "Contents",
        "1.1 Britain has invested less than its peers (Smith 2019).",
        "(https://obr.uk/efo/) says so.",
        "Recommendation 1 The Treasury should found a bank.",
        "Table 1: Places and measures",
        "Figure 2: A tall picture",
        "References Smith, A. (2019)",
        "Corrections • 26 November",
        "About this paper Published by",
        "How to cite Ferreira, A. (2026)",
    ]
    places = [text.find(words) for words in expected]
    assert -1 not in places, expected[places.index(-1)]
    assert places == sorted(places)


def test_every_page_is_counted_and_later_pages_carry_the_running_head(rich: bytes) -> None:
    document = pypdfium2.PdfDocument(rich)
    count = len(document)
    texts = [document[index].get_textpage().get_text_bounded() for index in range(count)]
    document.close()
    assert count > 3
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {count}" in text
        assert "Is this copy current? See https://example.org/papers/nib/" in text
        assert (
            "Paper 3" in text and "Version 2 · 22 November 2026" in text.replace("  ", " ")
        ) or number == 1


def test_an_address_is_printed_unless_the_words_are_the_address(rich: bytes) -> None:
    text = read_text(rich)
    assert "(https://example.org/note)" in text
    assert "(https://doi.org/10.1000/gap)" not in text


def test_the_reference_names_the_page_that_cites_it(rich: bytes) -> None:
    assert re.search(r"Available at: https://doi.org/10.1000/gap. Cited on page 2.", read_text(rich))


@pytest.mark.parametrize("lines", range(20, 36, 3))
def test_what_closes_a_paper_stands_on_one_page(to_pdf: ToPdf, lines: int) -> None:
    pages = read_pages(to_pdf("# One\n\n" + "A line of its own.\n\n" * lines))
    assert "About this paper" in pages[-1]
    assert "How to cite" in pages[-1]


def test_the_title_is_the_largest_text_of_page_one_and_authors_come_next(to_pdf: ToPdf) -> None:
    for layout in ("paper", "briefing"):
        sizes: dict[float, str] = {}
        for size, character in read_sizes(to_pdf(RICH, layout)):
            sizes[size] = sizes.get(size, "") + character
        largest, *_ = sorted(sizes, reverse=True)
        authors = next(size for size, text in sizes.items() if "AdaFerreira" in text)
        assert largest >= 24
        assert sizes[largest].startswith("Anationalinvestmentbank")
        assert 16 <= authors <= 23


def read_sizes(pdf: bytes) -> Iterator[tuple[float, str]]:
    """Size and character of everything on page one."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage()
    raw = pypdfium2.raw
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if not character.isspace():
            yield round(raw.FPDFText_GetFontSize(text, index), 1), character
    document.close()


def test_properties_are_the_allowed_ones_and_no_others(rich: bytes) -> None:
    with pikepdf.open(io.BytesIO(rich)) as pdf:
        info = {str(key): str(value) for key, value in pdf.docinfo.items()}
        xmp = {key.split("}")[-1] for key in pdf.open_metadata()}
        language = str(pdf.Root.Lang)
    assert info.pop("/Creator").startswith("Typst")
    assert info == {
        "/Title": "A national investment bank for the whole country",
        "/Author": "Ada Ferreira, Tom Baxter-Singh",
        "/Keywords": "investment, banking",
        "/CreationDate": "D:20261122000000Z",
        "/ModDate": "D:20261122000000Z",
    }
    assert language == "en-GB"
    assert xmp <= {
        "title", "creator", "language", "format", "date", "subject", "Keywords", "CreatorTool", "CreateDate",
        "ModifyDate", "MetadataDate", "DocumentID", "InstanceID", "RenditionClass", "VersionID", "NPages",
        "part", "conformance", "PDFVersion", "Producer", "rev", "Trapped", "History", "schemas",
    }  # fmt: skip


def test_bookmarks_follow_the_headings(rich: bytes) -> None:
    document = pypdfium2.PdfDocument(rich)
    bookmarks = [(entry.level, entry.get_title()) for entry in document.get_toc()]
    document.close()
    assert bookmarks == [
        (0, "Summary"),
        (0, "Key points"),
        (0, "Contents"),
        (0, "1 The gap"),
        (1, "1.1 What others do"),
        (0, "Tables"),
        (0, "References"),
        (0, "Corrections"),
        (0, "About this paper"),
    ]


def test_fonts_are_embedded_outlines_and_the_file_is_small(rich: bytes) -> None:
    kinds, families = set(), set()
    with pikepdf.open(io.BytesIO(rich)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                kinds.add(str(thing.Subtype))
                families.add(str(thing.BaseFont).partition("+")[2].partition("-")[0])
    assert kinds <= {"/Type0", "/CIDFontType0", "/CIDFontType2"}
    assert families == {
        "SourceSerif4Roman",  # titles
        "TextSerif",
        "PublicSans",
        "NewCMMath",
        "DejaVuSansMono",
    }
    assert len(rich) < 2_000_000


def test_the_figure_keeps_its_alternative_text_and_formulas_have_one(rich: bytes) -> None:
    with pikepdf.open(io.BytesIO(rich)) as pdf:
        alternatives = {
            str(thing.Alt)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing and "/S" in thing
        }
    assert "A line that rises from 1 to 3 per cent." in alternatives
    assert "A grey oblong." in alternatives
    assert "beta hat equals a over b" in alternatives


SCRIPT = """
import hashlib, sys
from datetime import date
from policy_tools.model.document import Cover
from policy_tools.typeset.pdf import compile_pdf
words = dict.fromkeys(Cover.__dataclass_fields__, "words")
lists = dict.fromkeys(("authors", "key_points", "keywords", "corrections", "notices"), ("a", "b"))
cover = Cover(**{**words, **lists, "colophon": (("a", "b"),), "language": "en-GB"})
pdf = compile_pdf(sys.stdin.read(), cover, "paper", {}, language="en-GB", date=date(2026, 11, 22))
print(hashlib.sha256(pdf).hexdigest())
"""


def test_the_same_paper_gives_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    body = '#section-heading(1, number: "1")[Head];\n\nWords #formula(alt: "x", $x$);'
    digests = set()
    for zone, seed in (("UTC", "1"), ("Asia/Tokyo", "2")):
        temporary = tmp_path / seed
        temporary.mkdir()
        settings = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "TMPDIR": str(temporary)}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=body,
            env=settings,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_a_briefing_of_ordinary_length_fills_two_sides_at_most(to_pdf: ToPdf) -> None:
    paragraph = "The Treasury should act, and soon, for the reasons that are given here. " * 6
    body = "\n\n".join(f"# Point {number}\n\n{paragraph}" for number in range(1, 6))
    document = pypdfium2.PdfDocument(to_pdf(body, "briefing"))
    assert len(document) <= 2
    document.close()


def read_lines(pdf: bytes) -> list[str]:
    """The lines of all pages as they are seen, hyphens at their ends included."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    document.close()
    return "\n".join(texts).replace("\x02", "-\n").splitlines()


@pytest.mark.parametrize("layout", ["paper", "briefing"])
def test_a_line_of_an_address_ends_after_a_mark_and_never_within_a_word(to_pdf: ToPdf, layout: str) -> None:
    words = [f"{word * 2}{number}" for number, word in enumerate(("electoral", "commission", "register") * 8)]
    address = "https://www.example.org/" + "/".join("-".join(words[start:]) for start in range(0, 24, 5))
    lines = read_lines(to_pdf(f"Words before it <{address}> and after it.", layout))
    found = re.sub(r"\s", "", "".join(lines))
    assert address in found
    broken = [line for line in lines if re.search(r"(electoral|commission|register)\d*$", line)]
    assert broken == []
    assert sum(line.endswith(("/", "-")) for line in lines) >= 4


def test_what_no_line_can_hold_ends_where_it_must(to_pdf: ToPdf) -> None:
    address = "https://example.org/" + "a1b2" * 60
    assert address in re.sub(r"\s", "", "".join(read_lines(to_pdf(f"See <{address}>."))))


def test_the_text_of_a_briefing_begins_where_its_title_does(to_pdf: ToPdf) -> None:
    document = pypdfium2.PdfDocument(to_pdf("# Heading\n\nParagraph of the text.", "briefing"))
    page = document[0].get_textpage()
    lefts = set()
    for words in ("A national investment", "Heading", "Paragraph of"):
        index, _ = page.search(words).get_next()
        lefts.add(round(page.get_charbox(index, loose=True)[0]))
    document.close()
    assert max(lefts) - min(lefts) <= 1


def test_a_table_that_one_page_can_hold_stands_on_one_page(to_pdf: ToPdf) -> None:
    filling = "\n\n".join(["Words that fill the page. " * 24] * 4)
    rows = "\n".join(f"| entry{number} | {'many words ' * 8} |" for number in range(10, 20))
    document = pypdfium2.PdfDocument(to_pdf(f"{filling}\n\n| a | b |\n|---|---|\n{rows}\n\nAfter."))
    texts = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    document.close()
    holding = {
        index for index, text in enumerate(texts) for number in range(10, 20) if f"entry{number}" in text
    }
    assert len(holding) == 1


LONG_TITLE = "A very long title about the reform of everything, " * 5


@pytest.mark.parametrize(
    "change",
    [
        {"title": LONG_TITLE},
        {"title": "Investitionsförderungsgesellschaftsgesetzgebung" * 2},
        {"authors": tuple(f"Author Number {number}" for number in range(24))},
        {"title": '#read("/etc/passwd") \\ $x$ <label> @ref *b* ` "q" ]', "summary": "#panic() = 5 \\ //"},
        {"subtitle": "", "summary": "", "key_points": (), "notices": (), "corrections": (), "colophon": ()},
        {"how_to_cite": "", "current_address": "", "identifier": "", "rights": "", "version_line": ""},
        {"keywords": (), "authors": ()},
        {"title": "Cynllun buddsoddi i Gymru: tŷ a gŵr – £5 ½ “a” … Łódź Ελλάδα Київ"},
    ],
)
@pytest.mark.parametrize("layout", ["paper", "briefing"])
def test_any_cover_can_be_set(cover: Cover, change: dict[str, object], layout: str) -> None:
    changed = replace(cover, **change)  # type: ignore[arg-type]
    pdf = compile_pdf("Words.", changed, layout, {}, language="cy", date=DATE)
    if "title" in change:
        assert str(change["title"])[:30].rstrip() in read_text(pdf).replace("￾", "")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('#picture("missing.png", alt: "x");', "File not found"),
        ('#picture("broken.svg", alt: "x");', "Failed to parse SVG"),
        ('#picture("broken.png", alt: "x");', "Failed to decode image"),
        ('#picture("../cover.json", alt: "x");', ""),
        ('#read("/etc/passwd");', "File not found"),
        ('#read("../../../../etc/passwd");', ""),
        ('#import "@preview/example:0.1.0": add', ""),
        ('#internal-link("nowhere")[x];', "Label `<nowhere>` does not exist"),
        ("Some 中 words", "The sign “中” is in none of the typefaces: write it in another way."),
        ("Some 中文 words 😀", "The sign “中” is in none of the typefaces (nor are “文”, “😀”): write"),
        ("#section-heading(3)[Skipped];", "Heading"),
    ],
)
def test_what_cannot_be_set_is_an_error_in_plain_words(
    cover: Cover, tmp_path: Path, body: str, sentence: str
) -> None:
    (tmp_path / "broken.svg").write_text("<svg><g></svg>", encoding="utf-8")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    assets = {path.name: path for path in tmp_path.iterdir()}
    with pytest.raises(TypesettingError) as raised:
        compile_pdf(body, cover, "paper", assets, language="en-GB", date=DATE)
    assert sentence in str(raised.value)
    assert str(tmp_path.parents[2]) not in str(raised.value)


@pytest.mark.parametrize("name", ["../outside.png", "/etc/passwd", ""])
def test_an_asset_cannot_leave_its_folder(cover: Cover, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="must stay inside"):
        compile_pdf("Words.", cover, "paper", {name: tmp_path}, language="en-GB", date=DATE)


def test_only_the_known_layouts_exist(cover: Cover) -> None:
    with pytest.raises(ValueError, match="no layout"):
        compile_pdf("Words.", cover, "poster", {}, language="en-GB", date=DATE)


@pytest.mark.parametrize("layout", ["paper", "briefing"])
def test_no_line_of_a_title_is_one_word_alone(cover: Cover, layout: str) -> None:
    named = replace(cover, title="A foreign policy for a country of middling power", subtitle="", summary="")
    pdf = compile_pdf("Words.", named, layout, {}, language="en-GB", date=DATE)
    letters = read_letters(pdf)
    title = [letter for letter in letters if letter.size == max(it.size for it in letters)]
    left = min(letter.left for letter in title)
    starts = [place for place, letter in enumerate(title) if letter.left < left + 1]
    lengths = [end - start for start, end in pairwise([*starts, len(title)])]
    assert len(lengths) > 1
    assert min(lengths) > 0.6 * max(lengths)


@pytest.mark.parametrize("count", range(78, 87, 2))
def test_a_summary_that_nearly_fits_stays_on_the_page_of_the_title(cover: Cover, count: int) -> None:
    long = replace(cover, summary="Words of this kind " * count + "end here.", key_points=())
    pages = read_pages(compile_pdf("Body.", long, "paper", {}, language="en-GB", date=DATE))
    assert "end here." in pages[0]


def test_the_last_letters_of_an_address_stand_on_no_line_alone(to_pdf: ToPdf) -> None:
    for letters in range(4, 24):
        pdf = to_pdf(f"{'m' * letters} and <https://www.legislation.gov.uk/ukpga/2022/23>, the Act.")
        assert not [line for line in read_lines(pdf) if line.startswith("23")]


def test_no_address_breaks_within_a_date(to_pdf: ToPdf) -> None:
    for letters in range(4, 24):
        pdf = to_pdf(
            f"{'m' * letters} and <https://www.legislation.gov.uk/check/2026-10-05/a56070>, the Act."
        )
        assert "2026-10-05/" in "\n".join(read_lines(pdf))
