"""A pack holds what its recipe names, and what passes every list of it."""

from typing import Any

import pytest

from policy_tools.model.library import PackLibrary
from policy_tools.pack.selection import Selected, select
from tests.clear.shelves import make_paper
from tests.pack.libraries import make_shelves
from tests.small_records import make_pack, make_recommendation

NIB = make_paper("nib", version=2)
WEALTH = make_paper("wealth", topics=["tax"], nations=["scotland"])
TURNOUT = make_paper("turnout", programmes=["democracy"])
OLD = make_paper("old", superseded_by="nib")
NIB_1 = make_paper("nib", is_current=False)


@pytest.fixture
def library() -> PackLibrary:
    """Four papers, newest first, one of them superseded."""
    asks = (
        make_recommendation("old-01", paper="old"),
        make_recommendation("turnout-01", paper="turnout", programmes=("democracy",)),
        make_recommendation("wealth-01", paper="wealth", topics=("tax",)),
        make_recommendation(
            "nib-01",
            owner={"lead_department": "dbt"},
            timeline={"phase": "later"},
            nations={"wales": "devolved"},
        ),
        make_recommendation("nib-02"),
    )
    return make_shelves((TURNOUT, WEALTH, NIB, OLD), asks, earlier=[NIB_1])


def ids(selected: Selected) -> tuple[list[str], list[str]]:
    return [paper.id for paper in selected.papers], [ask.id for ask in selected.recommendations]


@pytest.mark.parametrize(
    ("recipe", "papers", "asks"),
    [
        ({}, [], []),
        ({"programmes": "economy"}, ["wealth", "nib"], ["wealth-01", "nib-01", "nib-02"]),
        ({"topics": "tax"}, ["wealth"], ["wealth-01"]),
        ({"departments": "dbt"}, ["nib"], ["nib-01"]),
        ({"phases": "later"}, ["nib"], ["nib-01"]),
        ({"nations": "wales"}, ["nib"], ["nib-01"]),
        ({"nations": "scotland"}, ["wealth"], []),
        ({"departments": "hmt", "phases": "later"}, [], []),
        ({"departments": "hmt", "programmes": "democracy"}, ["turnout"], ["turnout-01"]),
        ({"nations": "scotland", "departments": "hmt"}, ["wealth"], []),  # the paper itself says Scotland
    ],
)
def test_everything_passes_every_list(
    library: PackLibrary, recipe: dict[str, Any], papers: list[str], asks: list[str]
) -> None:
    assert ids(select(make_pack(select=recipe), library)) == (papers, asks)


def test_what_is_named_comes_first_and_in_the_recipes_order(library: PackLibrary) -> None:
    recipe = {"programmes": "economy", "papers": ["turnout"], "recommendations": ["nib-02"]}
    assert ids(select(make_pack(select=recipe), library)) == (
        ["turnout", "wealth", "nib"],
        ["nib-02", "turnout-01", "wealth-01", "nib-01"],
    )


def test_a_named_recommendation_does_not_bring_its_paper(library: PackLibrary) -> None:
    recipe = {"recommendations": ["wealth-01"]}
    assert ids(select(make_pack(select=recipe), library)) == ([], ["wealth-01"])


def test_a_named_paper_brings_its_recommendations_whatever_the_lists_say(library: PackLibrary) -> None:
    recipe = {"papers": ["nib"], "phases": ["100-days"], "departments": ["hmt"], "topics": ["tax"]}
    assert ids(select(make_pack(select=recipe), library)) == (
        ["nib", "wealth"],
        ["nib-01", "nib-02", "wealth-01"],
    )


def test_a_pin_gives_that_version_and_only_once(library: PackLibrary) -> None:
    recipe = {"papers": ["nib@1"], "programmes": ["economy"]}
    assert ids(select(make_pack(select=recipe), library))[0] == ["nib@1", "wealth"]
    assert ids(select(make_pack(select={"papers": ["nib@2"]}), library))[0] == ["nib"]


def test_what_is_superseded_comes_in_only_when_it_is_named(library: PackLibrary) -> None:
    everything = ids(select(make_pack(select={"programmes": ["economy", "democracy"]}), library))
    assert "old" not in everything[0]
    assert "old-01" not in everything[1]
    assert ids(select(make_pack(select={"papers": ["old"]}), library)) == (["old"], ["old-01"])


def test_what_the_library_does_not_hold_is_passed_over(library: PackLibrary) -> None:
    recipe = {"papers": ["secret", "nib@7"], "recommendations": ["secret-01"]}
    assert select(make_pack(select=recipe), library) == Selected()
