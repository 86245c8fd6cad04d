"""Does one reader's pack have what is meant for that reader, and nothing of anybody else's?"""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tools.clear.audience import clear_for_pack
from policy_tools.clear.clearance import clear
from policy_tools.model.library import Library, PackLibrary, Shelves
from policy_tools.model.pack import Pack
from policy_tools.model.paper import Paper, Status
from policy_tools.model.person import Person
from policy_tools.model.recommendation import RecommendationNotes
from policy_tools.model.secondment import SecondmentNotes
from tests.clear.shelves import add_asks, make_library, make_paper, make_reference
from tests.small_records import (
    make_department,
    make_institute,
    make_pack,
    make_programme,
    make_recommendation,
    make_secondment,
    make_statistic,
)

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def weekly(*papers: str, secondment: str = "leader") -> Pack:
    return make_pack(
        "weekly", is_private=True, audience=f"secondment:{secondment}", select={"papers": papers or ["nib"]}
    )


def library_of(*papers: Paper) -> Library:
    """Two readers, each with a note, and notes on a recommendation for all, one and the other."""
    return add_asks(
        make_library(
            make_paper(),
            *papers,
            references=[make_reference("open2020"), make_reference("quern2020", is_private=True)],
        ),
        recommendations=[
            make_recommendation("nib-01"),
            make_recommendation("nib-02"),
            make_recommendation("nib-03", depends_on=["quern-01"]),
            make_recommendation("quern-01", paper="quern", is_private=True),
            make_recommendation("other-01", paper="other", is_private=True),
        ],
        secondments=[
            make_secondment(),
            make_secondment(id="chair", is_private=True, person="spy", host="Another office"),
        ],
        notes={
            "nib-01": RecommendationNotes(concede="for all"),
            "nib-02": RecommendationNotes(concede="for the leader", only_for=("leader",)),
            "nib-03": RecommendationNotes(concede="for the chair", only_for=("chair",)),
            "quern-01": RecommendationNotes(concede="for those who have the paper"),
            "other-01": RecommendationNotes(concede="for nobody"),
        },
        secondment_notes={
            "leader": SecondmentNotes(note="to the leader"),
            "chair": SecondmentNotes(note="to the chair"),
        },
    )


def may_use(pack: Pack, library: Library, now: datetime = NOW) -> PackLibrary:
    return clear_for_pack(library, pack, now, "Europe/London")


def test_a_public_pack_is_made_of_what_is_public() -> None:
    library = library_of(make_paper("quern", is_private=True))
    found = may_use(make_pack(select={"papers": ["nib", "quern"]}), library)
    public = clear(library, NOW, "Europe/London").library
    assert all(getattr(found, field.name) == getattr(public, field.name) for field in fields(Shelves))
    assert (found.recommendation_notes, found.secondment_note) == ({}, None)


def test_a_readers_pack_has_the_private_paper_that_it_names_and_what_hangs_on_it() -> None:
    secret = make_paper("quern", is_private=True, body="As [@quern2020] says.\n")
    other = make_paper("other", is_private=True)
    found = may_use(weekly("nib", "quern"), library_of(secret, other))
    assert {paper.slug for paper in found.papers} == {"nib", "quern"}
    assert list(found.recommendations) == ["nib-01", "nib-02", "nib-03", "quern-01"]
    assert found.recommendations["nib-03"].record.depends_on == ("quern-01",)
    assert set(found.references) == {"quern2020"}
    assert set(found.recommendation_notes) == {"nib-01", "nib-02", "quern-01"}
    assert "for the chair" not in repr(found)
    assert "for nobody" not in repr(found)


def test_each_reader_has_an_own_note_and_own_entry() -> None:
    library = library_of()
    leader, chair = may_use(weekly(), library), may_use(weekly(secondment="chair"), library)
    assert leader.secondment_note == SecondmentNotes(note="to the leader")
    assert chair.secondment_note == SecondmentNotes(note="to the chair")
    assert (set(leader.secondments), set(chair.secondments)) == ({"leader"}, {"leader", "chair"})
    assert "spy" not in leader.people
    assert "spy" in chair.people
    assert set(leader.recommendation_notes) == {"nib-01", "nib-02"}
    assert set(chair.recommendation_notes) == {"nib-01", "nib-03"}
    assert "Another office" not in repr(leader)
    assert "to the chair" not in repr(leader)
    assert "to the leader" not in repr(chair)


@pytest.mark.parametrize(
    ("paper", "is_shared"),
    [
        (make_paper("quern", is_private=True), True),
        (make_paper("quern", status=Status.PRIVATE), True),
        (make_paper("quern", status=Status.PRIVATE, is_private=True), True),
        (make_paper("quern", embargo=NOW + DAY), True),
        (make_paper("quern", embargo=NOW + DAY, is_private=True), True),
        (make_paper("quern", published=NOW.date() + DAY), True),
        (make_paper("quern", status=Status.DRAFT), False),
        (make_paper("quern", status=Status.DRAFT, is_private=True), False),
        (make_paper("quern", status=Status.WITHDRAWN), False),
        (make_paper("quern", status=Status.WITHDRAWN, is_private=True), False),
        (make_paper("quern", is_private=True, is_sound=False), False),
    ],
)
@pytest.mark.parametrize("pin", ["quern", "quern@1"])
def test_which_withheld_papers_a_reader_may_have(paper: Paper, pin: str, *, is_shared: bool) -> None:
    found = may_use(weekly(pin), library_of(paper))
    assert ("quern" in {paper.slug for paper in found.papers}) is is_shared
    assert ("quern-01" in found.recommendations) is is_shared
    without = may_use(weekly("nib"), library_of(paper))
    assert "quern" not in repr(without).replace("quern2020", "")


def test_a_pin_to_another_version_and_an_earlier_one_bring_nothing() -> None:
    papers = [
        make_paper("quern", is_private=True, version=2),
        make_paper("quern", is_private=True, is_current=False),
    ]
    found = may_use(weekly("quern@1"), library_of(*papers))
    assert [paper.id for paper in found.all_papers] == ["nib"]
    assert "quern-01" not in found.recommendations


def test_a_secondment_that_is_not_there_leaves_what_is_public() -> None:
    library = library_of(make_paper("quern", is_private=True))
    found = may_use(weekly("quern", secondment="nobody"), library)
    assert [paper.slug for paper in found.papers] == ["nib"]
    assert (found.recommendation_notes, found.secondment_note) == ({}, None)


def test_private_records_that_the_paper_names_come_with_it_and_name_nothing_else() -> None:
    paper = make_paper("quern", is_private=True, programmes=["peace"], authors=["ann"], topics=["war"])
    library = library_of(paper)
    library = replace(
        library,
        people={
            **library.people,
            "ann": Person(id="ann", name="Ann", is_private=True, programme="peace"),
            "bob": Person(id="bob", name="Bob", is_private=True),
        },
        programmes={
            **library.programmes,
            "peace": make_programme(id="peace", institute="quiet", lead="bob", is_private=True),
            "war": make_programme(id="war", is_private=True),
        },
        institutes={
            **library.institutes,
            "quiet": make_institute(id="quiet", series=("paper", "secret"), is_private=True),
        },
        topics={"war": library.topics["tax"].model_copy(update={"id": "war", "is_private": True})},
        departments={
            **library.departments,
            "mod": make_department(id="mod", name="M", abbreviation="M", is_private=True),
            "spies": make_department(id="spies", name="S", abbreviation="S", is_private=True),
        },
        statistics={"few": make_statistic("few", is_private=True)},
        recommendations={
            "quern-01": make_recommendation(
                "quern-01",
                paper="quern",
                is_private=True,
                owner={"lead_department": "mod"},
                statistics=["few"],
            )
        },
    )
    found = may_use(weekly("quern"), library)
    assert set(found.people) == {"economy-team", "ann"}
    assert found.people["ann"].programme == "peace"
    assert set(found.programmes) == {"economy", "peace"}
    assert found.programmes["peace"].lead is None
    assert found.institutes["quiet"].series == ("paper",)
    assert set(found.topics) == {"war"}
    assert set(found.departments) == {"hmt", "mod"}
    assert set(found.statistics) == {"few"}


def test_a_moment_without_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="time zone"):
        may_use(weekly(), library_of(), datetime(2026, 6, 1))  # noqa: DTZ001


READERS = st.sampled_from(["leader", "chair"])


@given(
    st.lists(READERS, unique=True), READERS, st.sets(st.sampled_from(["nib", "quern", "other"]), min_size=1)
)
def test_no_reader_ever_has_what_is_anothers(only_for: list[str], reader: str, named: set[str]) -> None:
    library = library_of(make_paper("quern", is_private=True), make_paper("other", is_private=True))
    notes = {"nib-01": RecommendationNotes(concede="zzsecret", only_for=tuple(only_for))}
    library = replace(library, recommendation_notes=notes)
    found = may_use(weekly(*sorted(named), secondment=reader), library)
    assert ("zzsecret" in repr(found)) is (not only_for or reader in only_for)
    assert {paper.slug for paper in found.papers} == named | {"nib"}
    other = "chair" if reader == "leader" else "leader"
    assert f"to the {other}" not in repr(found)


@pytest.mark.parametrize(
    ("paper", "until"),
    [
        (make_paper("quern", is_private=True), None),
        (make_paper("quern", status=Status.PRIVATE), None),
        (make_paper("quern", embargo=NOW + DAY), "2026-06-02T13:00:00+01:00"),
        (make_paper("quern", status=Status.PRIVATE, embargo=NOW + DAY), "2026-06-02T13:00:00+01:00"),
        (make_paper("quern", embargo=NOW - DAY, status=Status.PRIVATE), None),
        (make_paper("quern", published=NOW.date() + DAY), "2026-06-02T00:00:00+01:00"),
    ],
)
def test_a_pack_knows_what_is_not_public_and_until_when(paper: Paper, until: str | None) -> None:
    found = clear_for_pack(library_of(paper), weekly("nib", "quern"), NOW, "Europe/London").unpublished
    assert {slug: moment and moment.isoformat() for slug, moment in found.items()} == {"quern": until}


def test_a_public_paper_is_not_among_the_unpublished() -> None:
    paper = make_paper("quern", embargo=NOW - DAY)
    assert clear_for_pack(library_of(paper), weekly("nib", "quern"), NOW, "Europe/London").unpublished == {}
