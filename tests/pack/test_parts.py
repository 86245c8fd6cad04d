"""Each part shows what there is, nothing where there is nothing, and an author's words as words."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import html

from policy_tools.model.pack import PartRecord
from policy_tools.model.recommendation import RecommendationNotes
from policy_tools.pack.change import Change, ChangeKind
from policy_tools.pack.changes_part import build_changes
from policy_tools.pack.parts import TEMPLATES, render_part, template_names
from policy_tools.pack.selection import Selected
from policy_tools.pack.view import PackView, build_view
from tests.clear.shelves import make_paper
from tests.pack.libraries import FULL, NOTES, SITE, make_boxes, make_full_ask, make_shelves
from tests.small_records import make_pack, make_recommendation

HOSTILE = '<script>alert(1)</script> & "x" <b>{{ 7*7 }}</b>'
EVERY_PART = (*template_names(), "briefs")
CHANGES = (
    Change(ChangeKind.PAPER_NEW, "new", "A new paper", now="version 1, 1 May 2026"),
    Change(ChangeKind.PAPER_SUPERSEDED, "old", "An old paper", was="version 1", now="new"),
    Change(ChangeKind.PAPER_SUPERSEDED, "back", "A paper that is back", was="new"),
    Change(ChangeKind.PAPER_WITHDRAWN, "gone", "A lost paper", was="version 2"),
    Change(ChangeKind.COSTING_CHANGED, "nib-01", "Settle", "2027-28, Revenue", "−1", "−2"),  # noqa: RUF001
    Change(ChangeKind.SENTENCE_CHANGED, "nib", "A bank", "paragraph 2.1 (2 Costs)", "It cost.", "It costs."),
    Change(ChangeKind.SENTENCE_GONE, "nib", "A bank", "paragraph 2.2 (2 Costs)", "It was so."),
)


def make_view(*, full: bool, parts: tuple[str, ...] = ("asks",), **recipe: Any) -> PackView:  # noqa: ANN401
    """A pack of one paper that says everything, or of one that says only what it must."""
    ask = make_full_ask() if full else make_recommendation("nib-01")
    paper = make_paper(title="A bank", key_points=["One.", "Two.", "Three."] if full else [])
    notes = {"nib-01": NOTES} if full else {}
    library = make_shelves([paper], [ask, make_recommendation("nib-02")], notes=notes)
    extra = {
        "stakeholders": [{"name": "Lenders", "interest": "Trust", "position": "For", "source": "A letter"}],
        "contacts": [{"name": "Press office", "role": "Press", "email": "press@trivet.example"}],
    }
    pack = make_pack(parts=list(parts), **((extra if full else {}) | recipe))
    changes = build_changes_of(CHANGES) if full else None
    return build_view(pack, Selected((paper,), (ask,)), library, SITE, make_boxes("nib-01"), changes)


def build_changes_of(changes: tuple[Change, ...]) -> Any:  # noqa: ANN401
    return build_changes(date(2026, 4, 1), "leader-weekly-001", changes, {"new": "A new paper"})


def render(name: str, view: PackView) -> str:
    return "\n".join(part.html for part in render_part(PartRecord(part=name), view))  # type: ignore[arg-type]


def words_of(markup: str) -> str:
    return " ".join(" ".join(html.fragment_fromstring(markup, create_parent="div").itertext()).split())


EMPTY = make_view(full=False)
WHOLE = make_view(full=True)


def test_every_part_of_the_model_has_a_template_and_every_template_a_part() -> None:
    shared = {"macros.html"} | {path.name for path in TEMPLATES.glob("section_*.html")}
    assert {path.name for path in TEMPLATES.iterdir()} == {
        f"{name}.html" for name in template_names()
    } | shared


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "brief",
            "Recommendation 1 of “A bank” (nib-01) Do nib-01. At once. Of whom: Chancellor, HM Treasury.",
        ),
        ("brief", "Why now The word is discounted."),
        ("brief", "Who gains: Lenders. Who loses: Buyers."),
        (
            "brief",
            "costs £1.3 billion in 2027-28; raises £20 million in 2028-29. Uncertainty overall: medium-high.",
        ),
        ("brief", "Questions for the Minister Will the Minister say so?"),
        ("brief", "Who we are Trivet (a charity, London) asks: Q?"),
        ("introduction", "What it is Words. A bank. Paper, version 1, 15 January 2026."),
        ("introduction", "What it does One. Two. Three. It asks for this: Settle the ownership"),
        (
            "introduction",
            "What its issues are Settle the ownership Value for money. The Treasury will say: It is dear.",
        ),
        ("introduction", "What is not known. Nobody has measured it."),
        (
            "asks",
            "HM Treasury Settle the ownership Recommendation 1 of “A bank” (nib-01) Do nib-01.",
        ),
        (
            "asks",
            "National Wealth Fund By what means: Act of Parliament, Bank Bill (Act of 2023, s. 1)",
        ),
        ("asks", "At once. Minister: Chancellor With: Business; National Wealth Fund"),
        ("asks", "When: First session, from 11 January 2027"),
        ("asks", "Nations: England (reserved); Scotland and Wales (devolved)"),
        ("asks", "Consent motion: To be sought: Scotland. Ask before the Bill. After: nib-02"),
        ("asks", "Status: Announced, 4 March 2026: A speech"),
        ("grid", "First session, by department Department First session HM Treasury Settle the ownership"),
        ("bills", "Bank Bill What it carries"),
        (
            "bills",
            "Act of 2023, s. 1 Extent: England and Wales Application: Scotland To be sought: Scotland",
        ),
        ("submission", "To: Chancellor, HM Treasury. Copy: Permanent Secretary, as Accounting Officer"),
        (
            "submission",
            "Issue Whether to settle the ownership. The word is discounted. Recommendation That you agree",
        ),
        (
            "submission",
            "Timing First session, from 11 January 2027. Before it must come: nib-02. Day 90: Bill",
        ),
        ("submission", "Status: Announced, 4 March 2026: A speech; before that: Proposed, 1 February 2026"),
        (
            "submission",
            "Where it has been tried: Germany, 1948: It stayed. KfW. Argument The evidence is strong.",
        ),
        ("submission", "Presentation A promise is a promise. Nations. England (reserved)"),
        (
            "objections",
            "Where a ministerial direction would be needed Settle the ownership (Permanent Secretary)",
        ),
        (
            "objections",
            "The Accounting Officer’s four tests Value for money. The Treasury will say: It is dear.",
        ),
        (
            "objections",
            "A ministerial direction would be needed. (Said in: A letter) Other objections Precedent.",
        ),
        ("lines", "Lines to take A promise is a promise. Questions and answers Why? Because."),
        (
            "lines",
            "In confidence: Settle the ownership Not for use outside this office. Do not say: Never say so.",
        ),
        ("lines", "If pressed: Read it aloud. What can be conceded: The date. Fallback: A resolution."),
        ("costings", "Year Kind Low Central High 2027-28 Resource DEL −1,300 −1,250 −1,200"),  # noqa: RUF001
        ("costings", "Data: low; modelling: medium; behaviour: high; overall: medium-high."),
        ("stakeholders", "Lenders Trust For (A letter)"),
        ("contacts", "Press office Press press@trivet.example Economy team Economy team@trivet.example"),
        ("changes", "Since your copy of 1 April 2026"),
        ("changes", "New papers A new paper version 1, 1 May 2026."),
        ("changes", "An old paper Superseded by: A new paper"),
        ("changes", "A paper that is back No longer superseded by A new paper."),
        ("changes", "A lost paper Your copy has version 2. Do not use it."),
        ("changes", "2027-28, Revenue, £ million: It said: −1 It says now: −2"),  # noqa: RUF001
        ("changes", "Paragraph 2.1 (2 Costs): It said: It cost. It says now: It costs."),
        ("changes", "It said: It was so. That is no longer said."),
    ],
)
def test_a_part_says_it_all(name: str, said: str) -> None:
    assert said in words_of(render(name, WHOLE))


@pytest.mark.parametrize("name", ["objections", "lines", "costings", "stakeholders", "changes"])
def test_a_part_shows_nothing_where_there_is_nothing(name: str) -> None:
    assert render_part(PartRecord(part=name), EMPTY) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", EVERY_PART)
def test_no_part_has_an_empty_heading_list_or_label(name: str) -> None:
    for view in (EMPTY, WHOLE):
        markup = render(name, view)
        assert not re.search(
            r"<(h\d|li|p|dd|dt|td|th|ul|ol|dl|strong)[^>]*>\s*</", markup.replace("<td></td>", "")
        )
        headings = re.findall(r"<h\d>|<p|<ul|<ol|<table|<div|<dl", markup)
        assert not headings or not headings[-1].startswith("<h")


@pytest.mark.parametrize("name", EVERY_PART)
def test_an_empty_pack_has_no_parts(name: str) -> None:
    view = build_view(make_pack(parts=["asks"]), Selected(), make_shelves([], []), SITE, {})
    assert render_part(PartRecord(part=name), view) == ()  # type: ignore[arg-type]


def test_a_part_has_the_recipes_title_and_note() -> None:
    (part,) = render_part(PartRecord(part="asks", title="Five asks", note="One.\n\nTwo & three."), WHOLE)
    assert (part.id, part.title) == ("asks", "Five asks")
    assert part.html.startswith("<p>One.</p>\n<p>Two &amp; three.</p>\n<h2>")


def test_a_title_and_a_note_do_not_make_a_part() -> None:
    assert render_part(PartRecord(part="costings", title="Costs", note="See."), EMPTY) == ()


def poison(value: object) -> object:
    """The same record with hostile words in every text that an author writes freely."""
    if isinstance(value, dict):
        return {key: item if key in FIXED else poison(item) for key, item in value.items()}
    if isinstance(value, list):
        return [poison(item) for item in value]
    return HOSTILE if isinstance(value, str) else value


FIXED = {
    "lead_department", "others", "kind", "england", "scotland", "wales", "extent", "application",
    "legislatures", "year", "uncertainty", "phase", "start", "depends_on", "blocks", "strength", "raised_by",
    "ground", "statistics", "state", "date",
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY_PART)
def test_hostile_words_are_words_in_every_field(name: str) -> None:
    fields = poison(FULL)
    assert isinstance(fields, dict)
    paper = make_paper(title=HOSTILE, summary=HOSTILE, key_points=[HOSTILE] * 3)
    notes = RecommendationNotes(concede=HOSTILE, fallback=HOSTILE, do_not_say=(HOSTILE,), if_pressed=HOSTILE)
    library = make_shelves([paper], [make_recommendation("nib-01", **fields)], notes={"nib-01": notes})
    pack = make_pack(
        parts=[name],
        title=HOSTILE,
        stakeholders=[{"name": HOSTILE, "interest": HOSTILE, "position": HOSTILE, "source": HOSTILE}],
        contacts=[{"name": HOSTILE, "role": HOSTILE}],
    )
    changes = build_changes_of(
        tuple(Change(kind, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE) for kind in ChangeKind)
    )
    selected = Selected((paper,), tuple(library.recommendations.values()))
    markup = render(name, build_view(pack, selected, library, SITE, {}, changes))
    assert "&lt;script&gt;" in markup or name == "grid"
    assert "{{ 7*7 }}" in markup
    tree = html.fragment_fromstring(markup, create_parent="div")
    assert not {"script", "b"} & {element.tag for element in tree.iter()}


@pytest.mark.parametrize("name", EVERY_PART)
def test_the_same_pack_gives_the_same_part(name: str) -> None:
    assert render(name, make_view(full=True)) == render(name, WHOLE)


def test_asks_are_linked_where_their_boxes_stand_in_the_pack_and_nowhere_else() -> None:
    assert '<a href="#nib-01">' in render("grid", WHOLE)
    assert 'id="nib-01"' in render("asks", WHOLE)
    assert "<a " not in render("grid", make_view(full=True, parts=("grid",)))


def test_a_changed_department_is_told_by_its_name() -> None:
    changes = (
        Change(ChangeKind.RECOMMENDATION_FIELD, "nib-01", "Settle", "owner, lead department", "x", "hmt"),
    )
    ask = make_full_ask()
    view = build_view(
        make_pack(), Selected((), (ask,)), make_shelves([], [ask]), SITE, {}, build_changes_of(changes)
    )
    said = words_of(render("changes", view))
    assert "Lead department: It said: x It says now: HM Treasury" in said


def test_nothing_new_is_said_to_be_so() -> None:
    view = replace(EMPTY, changes=build_changes_of(()))
    assert (
        words_of(render("changes", view))
        == "Nothing has changed since your copy of 1 April 2026 (leader-weekly-001)."
    )


def test_unlike_prices_are_warned_of() -> None:
    cash = make_full_ask("nib-02", cost=FULL["cost"] | {"price_base": "cash"})
    asks = (make_full_ask(), cash)
    view = build_view(make_pack(), Selected((), asks), make_shelves([], asks), SITE, {})
    said = words_of(render("costings", view))
    assert "Unlike prices The costings below are in different prices (2025-26 prices; cash)." in said
    assert "All together" in said
    assert "2027-28 Resource DEL −2,600 −2,500 −2,400" in said  # noqa: RUF001
    assert "what one measure does to another is not counted." in said


def test_sums_are_told_by_kind_and_then_together() -> None:
    lines = [{"year": "2027-28", "kind": kind, "low": 1, "central": 2, "high": 3} for kind in ("rdel", "ame")]
    asks = (make_full_ask(cost={"lines": lines}), make_full_ask("nib-02", cost={"lines": lines}))
    view = build_view(make_pack(), Selected((), asks), make_shelves([], asks), SITE, {})
    said = words_of(render("costings", view)).partition("Spending, revenue")[0].strip()
    assert said.endswith("2027-28 Resource DEL 2 4 6 2027-28 AME 2 4 6 2027-28 All kinds 4 8 12")


def test_a_grid_has_as_many_phases_as_a_page_is_wide() -> None:
    phases = ["first-100-hours", "four-weeks", "100-days", "first-session", "later"]
    asks = [make_recommendation(f"nib-{n}", timeline={"phase": phase}) for n, phase in enumerate(phases)]
    view = build_view(make_pack(), Selected((), tuple(asks)), make_shelves([], asks), SITE, {})
    captions = re.findall("<caption>(.*)</caption>", render("grid", view))
    assert captions == ["First 100 hours to first session, by department", "Later, by department"]


def test_of_many_papers_the_introduction_tells_how_they_begin() -> None:
    papers = tuple(make_paper(f"p{n}", summary="One. Two words. Three words.") for n in range(4))
    view = build_view(make_pack(), Selected(papers, ()), make_shelves(papers, []), SITE, {})
    assert "One. Two words." in words_of(render("introduction", view))
    assert "Three words." not in words_of(render("introduction", view))


def test_each_of_the_briefs_is_a_part_of_its_own() -> None:
    asks = (make_full_ask(), make_recommendation("nib-02", programmes=("democracy",)))
    view = build_view(make_pack(), Selected((), asks), make_shelves([], asks), SITE, {})
    parts = render_part(PartRecord(part="briefs"), view)
    assert [(part.id, part.title) for part in parts] == [
        ("brief-nib-01", "Settle the ownership"),
        ("brief-nib-02", "nib-02"),
    ]
    assert "asks: Q?" in words_of(parts[0].html)
    assert "asks" not in words_of(parts[1].html).partition("Who we are")[2]
