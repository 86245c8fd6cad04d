"""A pack: its marks on every page, its parts and annexes, contents, notes and bookmarks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import page
import pytest

from policy_tools.model.document import Cover, Marks
from policy_tools.qr import draw_matrix
from policy_tools.typeset.pdf import Surroundings, compile_pdf
from tests.typeset.conftest import DATE
from tests.typeset.reading import read_bookmarks, read_letters, read_pages, read_squares

CHECK = "https://example.org/check/pack-nib/2026-11-22/"
PRIVATE = Marks(
    handling="Private: for the named reader only",
    as_at="As at 22 November 2026",
    copy_id="k7f3-2",
    watermark="Ada Ferreira, copy k7f3-2",
    disclaimer="Not government advice",
)
PUBLIC = replace(PRIVATE, handling="", copy_id="", watermark="")

ROWS = ", ".join(
    f"table.cell(align: left)[Row {number}], [The answer is given here.]" for number in range(60)
)
PARTS = f"""
#pack-part(id: "introduction", title: "Introduction")[
#section-heading(2)[What it is];

A bank. See #internal-link("annex-b-gap")[the gap].

#recommendation(id: "nib-01", label: [Recommendation 1])[Found it.];

#data-table(columns: (20fr, 40fr), least: 40, heads: 1, breaks: true,
  table.header(repeat: true, [Objection], [Answer]), {ROWS});
]

#pack-part(id: "bare", title: "")[
Words without a title.
]
"""


def annex(letter: str, notes: int) -> str:
    name = f"annex-{letter.lower()}"
    written = " ".join(f"Said{number}.#footnote[Note {letter}{number}.];" for number in range(1, notes + 1))
    return f"""
#pack-annex(
  id: "{name}", label: "Annex {letter}", title: "Paper {letter}", running: "Annex {letter}: Paper {letter}"
)[
#section-heading(2, number: "1", id: "{name}-gap")[The gap];

#para-number("1.1", id: "{name}-p");{written}#anchor("{name}-cite");Cited.

#section-heading(3, number: "1.1")[Within it];

#paper-figure(id: "{name}-fig", caption: [#caption-label[Figure 1: ];A line])[
  #picture("figures/chart.svg", alt: "A line that rises.");
];

#section-heading(2)[References];

#references(id: "{name}-refs")[#reference(id: "{name}-ref", places: ("{name}-cite",))[Smith, A. (2019)];];
]
"""


BODY = PARTS + annex("A", 2) + annex("B", 3)
Compile = Callable[..., bytes]


@pytest.fixture
def compile_pack(cover: Cover, assets: dict[str, Path]) -> Compile:
    """A body as a pack; marks and what it has are given by name."""

    def make(body: str = BODY, marks: Marks = PRIVATE, **has: bool) -> bytes:
        around = Surroundings(marks, **has)
        checked = replace(cover, check_address=CHECK)
        return compile_pdf(body, checked, "pack", assets, language="en-GB", date=DATE, surroundings=around)

    return make


@pytest.mark.parametrize("marks", [PRIVATE, PUBLIC])
@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_a_second_tool_finds_both_standards_kept(
    compile_pack: Compile, profile: page.ValidationProfile, marks: Marks
) -> None:
    report = page.validate_pdf_bytes(compile_pack(marks=marks), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_every_page_bears_its_marks(compile_pack: Compile) -> None:
    pages = read_pages(compile_pack())
    assert len(pages) > 7
    for number, text in enumerate(pages, 1):
        assert text.count("Private: for the named reader only") == 2, number
        for mark in ("As at 22 November 2026", "Copy k7f3-2", "Not government advice", "Ada Ferreira, copy"):
            assert mark in text, (number, mark)
        assert "A national investment bank for the whole country" in text
        assert f"Page {number} of {len(pages)}" in text


def test_a_public_pack_has_neither_copy_nor_watermark(compile_pack: Compile) -> None:
    for text in read_pages(compile_pack(marks=PUBLIC)):
        assert "Not government advice" in text
        assert "k7f3" not in text
        assert "Private" not in text


def test_bookmarks_are_parts_and_annexes_with_their_sections(compile_pack: Compile) -> None:
    within = [(1, "1 The gap"), (2, "1.1 Within it"), (1, "References")]
    assert read_bookmarks(compile_pack()) == [
        (0, "Contents"),
        (0, "Introduction"),
        (1, "What it is"),
        (0, "Annex A: Paper A"),
        *within,
        (0, "Annex B: Paper B"),
        *within,
        (0, "Corrections"),
        (0, "About this pack"),
    ]


def test_the_contents_name_pieces_and_their_sections_with_pages(compile_pack: Compile) -> None:
    pages = read_pages(compile_pack())
    start = next(number for number, text in enumerate(pages, 1) if "Said1" in text)
    assert f"Annex A: Paper A {start} 1 The gap {start} References {start}" in pages[1]
    assert "1.1 Within it" not in pages[1]


def test_notes_of_each_annex_are_counted_from_one(compile_pack: Compile) -> None:
    text = " ".join(read_pages(compile_pack()))
    for note in ("1 Note A1.", "2 Note A2.", "1 Note B1.", "2 Note B2.", "3 Note B3."):
        assert note in text.replace("1Note", "1 Note").replace("2Note", "2 Note").replace("3Note", "3 Note")


def test_each_piece_begins_a_page_under_its_own_head(compile_pack: Compile) -> None:
    pages = read_pages(compile_pack())
    annexes = [text for text in pages if "Said1" in text]
    assert ["Annex A: Paper A" in text for text in annexes] == [True, False]
    assert ["Annex B: Paper B" in text for text in annexes] == [False, True]
    bare = next(text for text in pages if "Words without a title." in text)
    assert "Row 59" not in bare
    assert "Introduction" not in bare


def test_a_table_over_several_pages_repeats_its_head(compile_pack: Compile) -> None:
    holding = [text for text in read_pages(compile_pack()) if "The answer is given here." in text]
    assert len(holding) > 1
    assert all("Objection Answer" in text for text in holding)


def test_a_reference_in_a_pack_names_no_pages_which_would_cost_memory(compile_pack: Compile) -> None:
    assert "Cited on page" not in " ".join(read_pages(compile_pack()))


def test_the_cover_says_what_it_is_in_the_largest_letters(compile_pack: Compile) -> None:
    pdf = compile_pack()
    first = read_pages(pdf)[0]
    for words in (
        "Common Ground Institute",
        "How to found it",
        "Britain invests less",
        "Demonstration: written",
    ):
        assert words in first
    assert max(letter.size for letter in read_letters(compile_pack(marks=PUBLIC))) >= 24


def test_what_a_pack_has_is_told(compile_pack: Compile) -> None:
    bare = compile_pack(has_cover=False, has_contents=False, has_colophon=False)
    assert [title for level, title in read_bookmarks(bare) if not level] == [
        "Introduction",
        "Annex A: Paper A",
        "Annex B: Paper B",
    ]
    assert "Introduction" in read_pages(bare)[0]


def test_a_pack_may_begin_with_a_part_that_has_no_title(compile_pack: Compile) -> None:
    body = '#pack-part(id: "a", title: "")[#section-heading(2)[First]; #section-heading(3)[Second];]'
    pdf = compile_pack(body, has_cover=False, has_contents=False, has_colophon=False)
    assert read_bookmarks(pdf) == [(0, "First"), (1, "Second")]


@pytest.mark.parametrize("points", [6, 22])
def test_the_brief_of_a_pack_keeps_to_its_page_while_it_can_be_read(
    compile_pack: Compile, points: int
) -> None:
    point = "#section-heading(2)[Why now];\n\nBecause of the reasons that are given here, in many words.\n\n"
    after = '#pack-part(id: "after", title: "After")[Afterwards.]'
    pdf = compile_pack(
        f'#pack-part(id: "brief", title: "On one page")[\n{point * points}\n]\n{after}', has_contents=False
    )
    pages = [text for text in read_pages(pdf) if "Why now" in text]
    assert len(pages) == 1
    assert read_bookmarks(pdf)[:2] == [(0, "On one page"), (1, "Why now")]


def test_a_brief_of_a_pack_that_no_page_can_hold_goes_on(compile_pack: Compile) -> None:
    point = "#section-heading(2)[Why now];\n\n" + "Because of the reasons that are given here. " * 20 + "\n\n"
    pdf = compile_pack(f'#pack-part(id: "brief", title: "On one page")[\n{point * 20}\n]', has_contents=False)
    assert len([text for text in read_pages(pdf) if "Why now" in text]) > 1


def test_the_code_on_the_cover_is_the_short_address(compile_pack: Compile) -> None:
    expected = list(draw_matrix(CHECK))
    assert read_squares(compile_pack(), 0, len(expected)) == expected


@pytest.mark.parametrize("layout", ["paper", "briefing"])
def test_papers_carry_the_code_and_the_short_address_too(cover: Cover, layout: str) -> None:
    checked = replace(cover, check_address=CHECK)
    pdf = compile_pdf("Words.", checked, layout, {}, language="en-GB", date=DATE)
    pages = read_pages(pdf)
    assert all("Is this copy current? See example.org/check/pack-nib/2026-11-22/" in text for text in pages)
    expected = list(draw_matrix(CHECK))
    assert read_squares(pdf, len(pages) - 1, len(expected)) == expected
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        assert page.validate_pdf_bytes(pdf, profile=profile).is_compliant
    assert b"(QR code: https://example.org/check/pack-nib/2026-11-22/)" in pdf


def test_the_code_makes_a_briefing_no_longer(cover: Cover) -> None:
    """The room that is left on its second page is made ever smaller, until a third begins."""
    checked = replace(cover, check_address=CHECK)
    paragraph = "The Treasury should act, and soon, for the reasons that are given here. " * 4
    for count in range(10, 22):
        body = "\n\n".join([paragraph] * count)
        lengths = [
            len(read_pages(compile_pdf(body, one, "briefing", {}, language="en-GB", date=DATE)))
            for one in (cover, checked)
        ]
        if lengths[0] > 2:
            break
        assert lengths[1] == lengths[0], count


def test_the_same_pack_gives_the_same_bytes(compile_pack: Compile) -> None:
    assert compile_pack() == compile_pack()


CLOSING = """
#pack-part(id: "stakeholders", title: "Who has a say")[Lenders.]
#pack-part(id: "contacts", title: "Whom to ask")[Us.]
"""


def test_what_closes_a_pack_shares_a_page_and_its_head(compile_pack: Compile) -> None:
    pages = read_pages(compile_pack(BODY + CLOSING))
    last = next(text for text in pages if "Lenders." in text)
    assert "Us." in last
    assert last.count("Whom to ask") == 2
    assert "Row 59" not in last
    assert "Whom to ask" not in pages[0]


def test_a_closing_part_begins_a_page_where_there_is_little_room(compile_pack: Compile) -> None:
    lines = "\n\n".join(f"Lender {number}." for number in range(32))
    pages = read_pages(compile_pack(CLOSING.replace("Lenders.", lines), marks=PUBLIC))
    assert "Lender 0." not in next(text for text in pages if "Us." in text)


def test_each_submission_begins_a_page(compile_pack: Compile) -> None:
    asks = "\n\n".join(
        f"#section-heading(2)[Ask {name}];\n\nWords of {name}." for name in ("one", "two", "three")
    )
    pages = read_pages(compile_pack(f'#pack-part(id: "submission", title: "Drafts")[\n{asks}\n]'))
    holding = [[name for name in ("one", "two", "three") if f"Words of {name}." in text] for text in pages]
    assert [names for names in holding if names] == [["one"], ["two"], ["three"]]
    assert "Drafts" in next(text for text in pages if "Words of one." in text)


def test_the_contents_name_a_brief_and_not_what_stands_in_it(compile_pack: Compile) -> None:
    brief = '#pack-part(id: "brief-nib-01", title: "Found it")[\n#section-heading(2)[Why now];\n\nBecause.\n]'
    pdf = compile_pack(brief)
    assert "Found it" in read_pages(pdf)[1]
    assert "Why now" not in read_pages(pdf)[1]
    assert (1, "Why now") in read_bookmarks(pdf)


def test_facts_of_an_ask_stay_on_one_page(compile_pack: Compile) -> None:
    facts = ", ".join(f"terms.item([Fact {number}:], [So it is.])" for number in range(8))
    for lines in range(20, 40, 3):
        before = "\n\n".join(["Line."] * lines)
        pages = read_pages(
            compile_pack(f'#pack-part(id: "asks", title: "Asks")[\n{before}\n\n#terms({facts});\n]', PUBLIC)
        )
        assert len([text for text in pages if "Fact " in text]) == 1


@pytest.mark.parametrize("length", [30, 400])
def test_a_handling_mark_of_any_length_has_one_line(compile_pack: Compile, length: int) -> None:
    handling = ("For the named reader " * 20)[: length // 2].strip()
    letters = read_letters(compile_pack(marks=replace(PUBLIC, handling=handling), has_contents=False))
    assert min(letter.size for letter in letters) >= 4.9


def test_a_long_name_is_cut_in_the_watermark_which_can_still_be_seen(compile_pack: Compile) -> None:
    name = "The Right Honourable Ada Ferreira of a Place with a Name That Is Long Indeed"
    pdf = compile_pack(marks=replace(PRIVATE, watermark=f"Copy k7f3-2 · {name}"))
    assert "Copy k7f3-2 · The Right Honourable" in read_pages(pdf)[0]
    assert "Long Indeed" not in read_pages(pdf)[0]


def test_a_word_that_no_line_can_hold_breaks_and_is_read_whole(compile_pack: Compile) -> None:
    word = "Abcdefghij" * 14
    (holding,) = [
        text for text in read_pages(compile_pack(f'#pack-part(id: "a", title: "A")[{word}]')) if "Abc" in text
    ]
    assert word in "".join(holding.split())


CLAIM = "#strong[Cost.]; #emph[They will say:]; It costs.\n\n#emph[The answer:]; It pays."


@pytest.mark.parametrize("lines", range(18, 36, 2))
def test_what_ends_a_part_or_a_submission_is_no_line_alone(compile_pack: Compile, lines: int) -> None:
    before = "\n\n".join(["Line."] * lines)
    ask = f"#section-heading(2)[Ask];\n\n{before}\n\n#section-heading(3)[Words];\n\nFirst.\n\nNext.\n\nLast."
    for part in ("lines", "submission"):
        pages = read_pages(compile_pack(f'#pack-part(id: "{part}", title: "A part")[\n{ask}\n]', PUBLIC))
        (ending,) = [text for text in pages if "Last." in text]
        assert "Words First. Next. Last." in ending


@pytest.mark.parametrize("lines", range(18, 36, 2))
def test_a_short_last_section_stays_on_one_page(compile_pack: Compile, lines: int) -> None:
    before = "\n\n".join(["Line."] * lines)
    parts = ("#section-heading(2)[Ask];", "#section-heading(3)[Lines];", "First.")
    ask = "\n\n".join((*parts, "#section-heading(3)[Questions];", "Last."))
    pages = read_pages(
        compile_pack(f'#pack-part(id: "lines", title: "A part")[\n{before}\n\n{ask}\n]', PUBLIC)
    )
    assert any("Ask Lines First. Questions Last." in text for text in pages)


def test_the_last_section_of_a_part_may_be_of_any_length(compile_pack: Compile) -> None:
    lines = "\n\n".join(f"Line {number}." for number in range(90))
    pages = read_pages(
        compile_pack(f'#pack-part(id: "a", title: "A")[\n#section-heading(2)[B];\n\n{lines}\n]', PUBLIC)
    )
    holding = [text for text in pages if "Line " in text]
    assert len(holding) > 1
    assert "B Line 0. Line 1." in holding[0]
    assert "Line 89." in holding[-1]


def test_a_wide_table_may_end_a_part_on_a_turned_page(compile_pack: Compile) -> None:
    cells = ", ".join(["[Counterrevolutionary]"] * 12)
    head = f"table.header(repeat: true, {cells})"
    table = f"#data-table(columns: (1fr,) * 12, least: 260, heads: 1, {head}, {cells});"
    pages = read_pages(
        compile_pack(f'#pack-part(id: "a", title: "A")[\n#section-heading(2)[B];\n\n{table}\n\nLast.\n]')
    )
    assert any("Last." in text for text in pages)


@pytest.mark.parametrize("lines", range(20, 38, 2))
def test_an_objection_stays_with_its_answer(compile_pack: Compile, lines: int) -> None:
    before = "\n\n".join(["Line."] * lines)
    after = "#section-heading(2)[More];\n\nMore."
    pages = read_pages(
        compile_pack(
            f'#pack-part(id: "objections", title: "A part")[\n{before}\n\n{CLAIM}\n\n{after}\n]', PUBLIC
        )
    )
    assert any("It costs. The answer: It pays." in text for text in pages)


@pytest.mark.parametrize("lines", range(6, 34, 4))
def test_what_closes_a_pack_stands_on_one_page_under_its_own_head(cover: Cover, lines: int) -> None:
    contacts = "\n\n".join(["Us."] * lines)
    part = f'#pack-part(id: "contacts", title: "Whom to ask")[\n{contacts}\n]'
    rows = tuple((f"Name {number}", "What it says. " * 12) for number in range(8))
    full = replace(cover, check_address=CHECK, colophon=rows, corrections=())
    around = Surroundings(PUBLIC)
    pages = read_pages(compile_pdf(part, full, "pack", {}, language="en-GB", date=DATE, surroundings=around))
    (closing,) = [text for text in pages[2:] if "Name 0" in text]
    assert "Name 7" in closing
    assert all(text.count("About this pack") == (2 if text == closing else 0) for text in pages[2:])
