"""One side of A4, always: as large as it can be set, and a plain word where it cannot."""

from collections.abc import Callable
from dataclasses import replace

import page
import pytest

from policy_tools.model.document import Cover, Marks
from policy_tools.qr import draw_matrix
from policy_tools.typeset.pdf import Surroundings, TypesettingError, compile_pdf
from tests.typeset.conftest import DATE
from tests.typeset.reading import commonest_size, read_bookmarks, read_letters, read_pages, read_squares

CHECK = "https://example.org/check/brief-nib-01/2026-11-22/"
MARKS = Marks(as_at="As at 22 November 2026", disclaimer="Not government advice")
PRIVATE = replace(MARKS, handling="Private", copy_id="k7f3-2", watermark="Ada Ferreira, copy k7f3-2")

ASK = """
#pack-part(id: "ask", title: "What we ask")[
#recommendation(id: "nib-01", label: [Recommendation 1])[The Treasury should found a bank.];

#strong[By what means:] Act of Parliament.
]
"""
COSTS = """
#pack-part(id: "cost", title: "What it costs")[
#data-table(caption: [2025-26 prices], columns: (auto, auto, auto, auto), least: 24, heads: 1,
  table.header(repeat: true, [Year], [Low], [Central], [High]), [2027-28], [-3], [-2], [-1]);
]
"""
WIDE = """
#pack-part(id: "grid", title: "When")[
#data-table(columns: (1fr,) * 6, least: 90, heads: 1,
  table.header(repeat: true, ..([Phase],) * 6), ..([x],) * 6);
]
"""
Compile = Callable[..., bytes]


def points(count: int) -> str:
    point = "The bank should be founded for the reasons that are given here, which are good ones. " * 2
    parts = (
        f'#pack-part(id: "p{n}", title: "Point {n}")[\n{point}\n\n#section-heading(2)[Why];\n\n{point}\n]'
        for n in range(count)
    )
    return "\n".join(parts)


@pytest.fixture
def compile_brief(cover: Cover) -> Compile:
    def make(body: str, marks: Marks = MARKS) -> bytes:
        short = replace(
            cover, check_address=CHECK, summary="", key_points=(), corrections=(), authors=(), notices=()
        )
        around = Surroundings(marks)
        return compile_pdf(body, short, "brief", {}, language="en-GB", date=DATE, surroundings=around)

    return make


@pytest.mark.parametrize("marks", [MARKS, PRIVATE])
@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_a_second_tool_finds_both_standards_kept(
    compile_brief: Compile, profile: page.ValidationProfile, marks: Marks
) -> None:
    report = page.validate_pdf_bytes(compile_brief(ASK + COSTS + WIDE, marks), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_it_is_one_side_and_the_more_it_says_the_smaller_it_is_set(compile_brief: Compile) -> None:
    sizes = []
    for count in range(1, 8):
        pdf = compile_brief(ASK + points(count) + COSTS)
        assert len(read_pages(pdf)) == 1
        sizes.append(commonest_size(pdf))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 10.5
    assert 8.5 <= sizes[-1] < 10


def test_what_no_side_can_hold_is_refused_and_told_by_how_much(compile_brief: Compile) -> None:
    with pytest.raises(TypesettingError) as raised:
        compile_brief(ASK + points(14))
    (sentence,) = raised.value.sentences
    assert sentence.startswith("This brief is too long for one side of A4: even at 8.5 pt it runs over by ")
    assert "% of its words." in sentence


def test_columns_are_two_where_there_is_enough_to_say(compile_brief: Compile) -> None:
    def lefts(body: str) -> set[int]:
        letters = read_letters(compile_brief(body))
        return {round(letter.left) for letter in letters if letter.sign == "P" and letter.size > 10}

    one, two = lefts(points(1)), lefts(points(4))
    assert len(one) == 1
    assert len(two) == 2
    assert max(two) - min(two) > 200


def test_it_bears_its_marks_title_and_code(compile_brief: Compile) -> None:
    pdf = compile_brief(ASK + COSTS, PRIVATE)
    (text,) = read_pages(pdf)
    assert text.count("Private") == 2
    for words in (
        "A national investment bank for the whole country",
        "As at 22 November 2026",
        "Copy k7f3-2",
        "Not government advice",
        "Is this copy current? See example.org/check/brief-nib-01/2026-11-22/",
        "Ada Ferreira, copy k7f3-2",
        "Page 1 of 1",
    ):
        assert words in text
    expected = list(draw_matrix(CHECK))
    assert read_squares(pdf, 0, len(expected)) == expected


def test_its_words_are_read_down_one_column_and_then_the_other(compile_brief: Compile) -> None:
    (text,) = read_pages(compile_brief(ASK + points(6) + COSTS))
    heads = ["What we ask", *(f"Point {number}" for number in range(6)), "What it costs", "Is this copy"]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)


def test_bookmarks_are_its_parts_with_the_headings_in_them(compile_brief: Compile) -> None:
    assert read_bookmarks(compile_brief(ASK + points(1))) == [(0, "What we ask"), (0, "Point 0"), (1, "Why")]
    untitled = '#pack-part(id: "a", title: "")[#section-heading(2)[First];\n\nWords.]'
    assert read_bookmarks(compile_brief(untitled)) == [(0, "First")]


@pytest.mark.parametrize("body", ["Words alone.", '#pack-part(id: "a", title: "")[Words.]', ASK])
def test_little_is_a_brief_too(compile_brief: Compile, body: str) -> None:
    assert len(read_pages(compile_brief(body))) == 1
