"""Does each check of a paper speak up when it should, and hold its tongue when it should?"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policy_tools.load.body import scan_body
from policy_tools.load.checks import CHECKS_ALONE, CHECKS_BESIDE, check_alone, check_beside
from policy_tools.model.library import Library
from policy_tools.model.page import Page, PageRecord
from policy_tools.model.paper import Paper, PaperRecord
from policy_tools.model.person import Person
from policy_tools.model.problem import Problem
from policy_tools.model.programme import Topic
from policy_tools.model.reference import Reference
from tests.small_records import make_programme, make_series

FIELDS: dict[str, Any] = {
    "title": "A National Investment Bank",
    "series": "paper",
    "programmes": ("economy",),
    "authors": ("ann",),
    "published": date(2026, 3, 1),
    "status": "published",
    "summary": " ".join(["word"] * 200),
    "key_points": ("One.", "Two.", "Three."),
}
TEXT = "# Why\n\nBecause [@smith2021].\n"


def make_paper(text: str = TEXT, slug: str = "nib", *, is_private: bool = False, **fields: Any) -> Paper:  # noqa: ANN401  (fields are of every kind)
    """A paper whose fields stand one a line, from line 2 on, and whose text begins on line 30."""
    record = PaperRecord.model_validate({**FIELDS, **fields})
    folder = "content/private/papers" if is_private else "content/papers"
    places = {name: (line, 1) for line, name in enumerate({**FIELDS, **fields}, start=2)}
    path = f"{folder}/{slug}/paper.md"
    body, _ = scan_body(text, 30, path)
    return Paper(slug, path, record, body, (), "0" * 64, is_private, places=places)


def make_library(*papers: Paper) -> Library:
    """A library with one record of each kind, and these papers."""
    series = {
        "paper": make_series(),
        "briefing": make_series(id="briefing", layout="briefing", summary_words=(40, 150)),
    }
    programme = make_programme()
    page_record = PageRecord(title="About", summary="S", status="published")
    return Library(
        papers=papers,
        pages=(Page("about", "content/pages/about.md", page_record, "Text", 5, "0"),),
        people={"ann": Person(id="ann", name="Ann")},
        programmes={"economy": programme},
        series=series,
        topics={"tax": Topic(id="tax", title="Tax")},
        references={
            "smith2021": Reference("smith2021", "book", {}, "", "library.bib", 1, ""),
            "secret2020": Reference(
                "secret2020", "book", {}, "", "private/library.bib", 1, "", is_private=True
            ),
        },
    )


def check_paper(paper: Paper, library: Library) -> list[Problem]:
    """What is said of a paper, by itself and beside the library."""
    return sorted((*check_alone(paper), *check_beside(paper, library)))


def check(text: str = TEXT, *others: Paper, **fields: Any) -> list[str]:  # noqa: ANN401  (fields are of every kind)
    """What is said of one paper, by line and code."""
    paper = make_paper(text, **fields)
    return [f"{p.line}:{p.column} {p.code}" for p in check_paper(paper, make_library(paper, *others))]


def find(text: str, *others: Paper, **fields: Any) -> Problem:  # noqa: ANN401  (fields are of every kind)
    """The only problem of a paper."""
    paper = make_paper(text, **fields)
    (problem,) = check_paper(paper, make_library(paper, *others))
    return problem


def test_a_good_paper_is_left_alone() -> None:
    text = """\
# Why a bank {#sec-why}

See @fig-a, @tbl-b, @sec-why and @rec-nib-01, [the site](https://example.org), [the costs](#costs),
[another paper](/papers/other/#why), [the programme](../../programmes/economy/), [about us](/about/),
[paragraph two](#p-1-2), [the data](data/a.csv), [mail](mailto:a@example.org).[^1]

![Growth by year.](figures/a.svg){#fig-a alt="Growth fell from 3 to 1 per cent."}

| a | b |
|---|---|
| 1 | 2 |

: Costs {#tbl-b}

## Costs

::: {.recommendation #nib-01}
Do it [@smith2021].
:::

[^1]: A note.
"""
    assert check(text, make_paper("# Why\n", "other")) == []


def test_every_check_is_listed_once_and_says_what_it_looks_for() -> None:
    checks = (*CHECKS_ALONE, *CHECKS_BESIDE)
    assert len(set(checks)) == len(checks)
    assert all(check.__doc__ for check in checks)


def test_an_unknown_key_is_shown_the_nearest() -> None:
    problem = find("# Why\n\nText [see @smith2020].\n")
    assert (problem.line, problem.column, problem.code) == (32, 11, "citation.unknown-key")
    assert problem.message == 'No reference "smith2020" in library.bib.'
    assert problem.hint == 'Did you mean "smith2021"?'


def test_what_another_system_refers_to_is_no_missing_work() -> None:
    problem = find("# Why\n\nSee @eq-growth.\n")
    assert problem.code == "citation.unknown-key"
    assert problem.hint.startswith("Figures, tables, sections and recommendations can be referred to")


def test_a_public_paper_is_told_nothing_of_private_references() -> None:
    problem = find("# Why\n\n@secret2020\n")
    assert problem.code == "citation.unknown-key"
    assert "private" not in str(problem)
    assert "secret2020" not in find("# Why\n\n@secret2021\n").hint
    assert check("# Why\n\n@secret2020\n", is_private=True) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@fig-x", ["30:1 cross-reference.unknown"]),
        ("@rec-nib-01", ["30:1 cross-reference.unknown"]),
        ("# A {#sec-a}\n\n@sec-b", ["32:1 cross-reference.unknown"]),
        ("# A\n\n### B", ["32:1 heading.skipped-level"]),
        ("### A\n\n## B\n\n# C", []),
        ("#", ["30:1 heading.empty"]),
        ("# A national investment bank\n\nText", ["30:1 heading.repeats-title"]),
        ("A[^1].", ["30:2 note.undefined"]),
        ("[^1]: A", ["30:1 note.unreferenced"]),
        ("A[^1].\n\n[^1]: A\n\n[^1]: B", ["34:1 note.duplicate"]),
        ("# A {#x}\n\n[b]{#x}", ["32:5 anchor.duplicate"]),
        ("::: {.recommendation #NIB_1}\nA\n:::", ["30:22 recommendation.bad-id"]),
        ("![](a.png)", ["30:1 image.missing-alt"]),
        ('![A]( a.png){alt=""}', ["30:1 image.missing-alt"]),
        ("![Caption](a.png)", ["30:1 image.alt-is-caption"]),
        ("In a line ![a bird](a.png) it is well.", []),
        ('![Caption](a.png){alt="Image of a bird"}', ["30:1 image.poor-alt"]),
        ('![Caption](a.png){alt="bird.png"}', ["30:1 image.poor-alt"]),
        ('![C](https://example.org/a.png){alt="B"}', ["30:1 image.remote"]),
        ('![C](//example.org/a.png){alt="B"}', ["30:1 image.remote"]),
        ("[a](javascript:alert(1))", ["30:1 link.unsafe-scheme"]),
        ("[a](JaVaScRiPt:alert(1))", ["30:1 link.unsafe-scheme"]),
        ("[a](java%0ascript:alert)", ["30:1 link.unsafe-scheme"]),
        ("[a](data:text/html,x)", ["30:1 link.unsafe-scheme"]),
        ("[a](file:///etc/passwd)", ["30:1 link.unsafe-scheme"]),
        ("[here](https://example.org)", ["30:1 link.vague-text"]),
        ("[Click here!](https://example.org)", ["30:1 link.vague-text"]),
        ("[https://example.org/x](https://example.org/)", ["30:1 link.vague-text"]),
        ("[](https://example.org)", ["30:1 link.vague-text"]),
        ("[a](#nowhere)", ["30:1 link.dead-anchor"]),
        ("[a](#ref-smith2021) [b](#p-1-12) [c](#fn1)", []),
        ("[a](/papers/nowhere/)", ["30:1 link.dead"]),
        ("[a](../nowhere/)", ["30:1 link.dead"]),
        ("[a](/programmes/nowhere/)", ["30:1 link.dead"]),
        ("[a](/programmes/economy/) [b](/programmes/) [c](/) [d](/people/ann/) [e](/topics/tax/)", []),
        ("[a](/nowhere/)", ["30:1 link.dead"]),
        ("[a](../nib/) [b](../nib/nib.pdf) [c](/papers/nib/#why)\n\n# Why", []),
        ("[a](../nib/v7/)", ["30:1 link.dead"]),
        ("[a](../nib/#nowhere)", ["30:1 link.dead-anchor"]),
        ("", ["30:1 body.empty"]),
    ],
)
def test_text(text: str, expected: list[str]) -> None:
    assert check(text) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"summary": "Too short."}, ["8:1 summary.too-short"]),
        ({"summary": " ".join(["word"] * 301)}, ["8:1 summary.too-long"]),
        ({"summary": " ".join(["word"] * 300)}, []),
        ({"series": "unknown", "summary": "Short."}, []),
        ({"key_points": ("One.", "Two.")}, ["9:1 key-points.number"]),
        ({"key_points": ("1", "2", "3", "4", "5", "6", "7", "8")}, ["9:1 key-points.number"]),
        ({"key_points": ()}, ["9:1 key-points.number"]),
        ({"series": "briefing", "key_points": (), "summary": " ".join(["w"] * 50)}, []),
        (
            {"series": "briefing", "key_points": ("One.",), "summary": " ".join(["w"] * 50)},
            ["9:1 key-points.number"],
        ),
        ({"key_points": ("One.", "Two.", "one.")}, ["9:1 key-points.repeated"]),
        ({"updated": date(2026, 2, 1)}, ["10:1 dates.updated-before-published"]),
        ({"version": 2}, ["10:1 dates.version-without-update"]),
        ({"version": 2, "updated": date(2026, 4, 1)}, []),
        ({"keywords": ("Tax", "banks", "tax")}, ["10:1 keywords.repeated"]),
        ({"authors": ("ann", "ann")}, ["5:1 record.repeated"]),
        ({"language": "en-UK"}, ["10:1 language.unknown"]),
        ({"language": "cy"}, []),
    ],
)
def test_front_matter(fields: dict[str, Any], expected: list[str]) -> None:
    assert check(**fields) == expected


CORRECTION = {
    "date": date(2026, 4, 1),
    "severity": "minor",
    "where": "Table 1",
    "was": "2",
    "now": "3",
    "affects_conclusions": False,
}


@pytest.mark.parametrize(
    ("version", "correction", "expected"),
    [
        (2, {"version": 2}, []),
        (2, {"version": 3}, ["correction.unknown-version"]),
        (1, {}, []),
        (1, {"severity": "significant"}, ["correction.without-version"]),
        (2, {"date": date(2026, 2, 1)}, ["correction.before-published"]),
    ],
)
def test_corrections(version: int, correction: dict[str, Any], expected: list[str]) -> None:
    corrections = ({**CORRECTION, **correction},)
    found = check(version=version, updated=date(2026, 4, 1), corrections=corrections)
    assert [line.split(" ")[1] for line in found] == expected


def test_a_link_to_what_the_public_will_not_see() -> None:
    draft = make_paper("# A\n", "draft", status="draft")
    private = make_paper("# A\n", "hidden", is_private=True)
    assert check("[a](/papers/draft/)", draft) == ["30:1 link.not-published"]
    assert check("[a](/papers/draft/)", draft, status="draft") == []
    assert check("[a](/papers/hidden/)", private) == ["30:1 link.dead"]
    assert check("[a](/papers/hidden/)", private, is_private=True) == []


def test_the_name_of_a_private_paper_is_no_hint() -> None:
    private = make_paper("# A\n", "hidden-paper", is_private=True)
    assert "hidden-paper" not in find("[a](/papers/hidden-papers/)", private).hint


def test_fields_that_could_not_be_read_are_not_judged() -> None:
    paper = make_paper(summary="None.", key_points=())
    places = {name: place for name, place in paper.places.items() if name != "published"}
    unsound = Paper(paper.slug, paper.path, paper.record, paper.body, (), "0", places=places, is_sound=False)
    codes = [problem.code for problem in check_paper(unsound, make_library(unsound))]
    assert "summary.too-short" not in codes


def test_the_demonstration_papers_have_nothing_to_be_told() -> None:
    content = Path(__file__).parents[2] / "content" / "papers"
    for file in sorted(content.glob("*/paper.md")):
        head, _, text = file.read_text(encoding="utf-8").partition("\n---\n")
        _, problems = scan_body(text, head.count("\n") + 3, file.name)
        assert problems == ()
