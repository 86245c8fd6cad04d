"""Does the check say of a recipe which parts of it will show nothing?"""

from datetime import date
from typing import Any

import pytest

from policy_tools.model.library import Library
from policy_tools.model.recommendation import RecommendationNotes
from policy_tools.pack.recipes import check_recipes
from tests.clear.shelves import make_paper
from tests.pack.libraries import make_full_ask
from tests.small_records import make_pack, make_programme, make_recommendation, make_secondment

PARTS = (
    *("cover", "brief", "briefs", "introduction", "asks", "grid", "bills", "submission", "objections"),
    *("lines", "costings", "annexes", "contacts", "colophon"),
)


def find_empty(library: dict[str, Any], parts: tuple[str, ...] = PARTS, **fields: Any) -> set[str]:  # noqa: ANN401
    pack = make_pack(parts=list(parts), **fields)
    problems = tuple(check_recipes(Library(packs={pack.id: pack}, **library)))
    assert {problem.code for problem in problems} <= {"pack.empty-part"}
    return {problem.message.split('"')[1] for problem in problems}


def test_a_full_pack_has_no_empty_part() -> None:
    library = {
        "papers": (make_paper(),),
        "recommendations": {"nib-01": make_full_ask()},
        "programmes": {"economy": make_programme(lead="economy-team")},
    }
    assert find_empty(library, select={"papers": ["nib"]}) == set()


def test_a_paper_alone_fills_its_annex_only() -> None:
    assert find_empty({"papers": (make_paper(),)}, select={"papers": ["nib"]}) == {
        *("briefs", "asks", "grid", "bills", "submission", "objections", "lines", "costings", "contacts"),
    }


def test_a_plain_recommendation_has_no_lines_objections_or_costs() -> None:
    library = {"papers": (make_paper(),), "recommendations": {"nib-01": make_recommendation("nib-01")}}
    found = find_empty(library, select={"recommendations": ["nib-01"]})
    assert found == {"objections", "lines", "costings", "annexes", "contacts"}


@pytest.mark.parametrize(("audience", "is_empty"), [("public", True), ("secondment:leader", False)])
def test_private_notes_fill_lines_for_those_who_may_have_them(audience: str, *, is_empty: bool) -> None:
    library = {
        "papers": (make_paper(),),
        "recommendations": {"nib-01": make_recommendation("nib-01")},
        "recommendation_notes": {"nib-01": RecommendationNotes(fallback="A resolution.")},
        "secondments": {"leader": make_secondment()},
    }
    chosen = {"recommendations": ["nib-01"]}
    found = find_empty(library, ("lines",), select=chosen, audience=audience, is_private=not is_empty)
    assert found == ({"lines"} if is_empty else set())


def test_a_day_that_has_not_come_makes_no_pack_stale() -> None:
    pack = make_pack(parts=["annexes"], select={"papers": ["nib"]}, as_at="2026-02-01")
    library = Library(papers=(make_paper(published=date(2026, 3, 1)),), packs={pack.id: pack})
    (problem,) = check_recipes(library, date(2026, 3, 1))
    assert problem.code == "pack.stale-date"
    assert not list(check_recipes(library, date(2026, 2, 28)))
