"""Are recommendations, packs, secondments and statistics public only with everything that they name?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tools.clear.clearance import check_leaks, clear
from policy_tools.model.library import Library, PublicLibrary
from policy_tools.model.paper import Status
from policy_tools.model.recommendation import RecommendationNotes
from policy_tools.model.secondment import SecondmentNotes
from tests.clear.shelves import add_asks, make_library, make_page, make_paper
from tests.small_records import (
    make_department,
    make_pack,
    make_recommendation,
    make_secondment,
    make_statistic,
)

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SECRET = make_paper("quernstone", embargo=NOW + DAY, is_private=True)
SECRET_ASK = make_recommendation("quern-01", paper="quernstone", is_private=True)


def public(library: Library, now: datetime = NOW) -> PublicLibrary:
    return clear(library, now, "Europe/London").library


def leaks(library: Library, now: datetime = NOW) -> list[str]:
    problems = check_leaks(library, clear(library, now, "Europe/London"))
    assert all("quern" not in f"{p.message} {p.hint} {p.path}" for p in problems)
    return [f"{p.path}:{p.line}:{p.column} {p.code}" for p in problems]


def test_everything_public_is_shown() -> None:
    library = add_asks(
        make_library(make_paper()),
        recommendations=[make_recommendation(statistics=["turnout"])],
        packs=[make_pack(select={"papers": ["nib", "nib@1"], "recommendations": ["nib-01"]})],
        secondments=[make_secondment()],
        statistics=[make_statistic()],
    )
    shown = public(library)
    assert list(shown.departments) == ["hmt"]
    assert list(shown.recommendations) == ["nib-01"]
    assert list(shown.packs) == ["day-one"]
    assert list(shown.secondments) == ["leader"]
    assert list(shown.statistics) == ["turnout"]
    assert leaks(library) == []


@pytest.mark.parametrize(
    "paper",
    [
        make_paper(status=Status.DRAFT),
        make_paper(status=Status.PRIVATE),
        make_paper(status=Status.WITHDRAWN),
        make_paper(embargo=NOW + DAY),
        make_paper(is_private=True),
        make_paper(is_sound=False),
        make_paper("other"),
    ],
)
def test_a_recommendation_is_withheld_with_its_paper(paper: object) -> None:
    library = add_asks(
        make_library(paper),  # type: ignore[arg-type]
        recommendations=[make_recommendation()],
    )
    assert not public(library).recommendations


def test_a_recommendation_of_an_embargoed_private_paper_becomes_public_with_it() -> None:
    library = add_asks(make_library(make_paper(), SECRET), recommendations=[SECRET_ASK])
    assert list(public(library).recommendations) == []
    assert list(public(library, NOW + DAY).recommendations) == ["quern-01"]


def test_relations_to_secret_recommendations_are_cut_and_told() -> None:
    asks = [
        make_recommendation("nib-01", depends_on=["nib-02", "quern-01"], blocks=["quern-01"]),
        make_recommendation("nib-02"),
        SECRET_ASK,
    ]
    library = add_asks(make_library(make_paper(), SECRET), recommendations=asks)
    record = public(library).recommendations["nib-01"].record
    assert (record.depends_on, record.blocks) == (("nib-02",), ())
    told = "content/papers/nib/recommendations.yaml:3:1 leak.recommendation"
    assert leaks(library) == [told, told]
    assert public(library, NOW + DAY).recommendations["nib-01"] == asks[0]
    assert leaks(library, NOW + DAY) == []


def test_a_private_department_or_statistic_withholds_the_recommendation_that_names_it() -> None:
    secret = make_department(id="quern", name="Q", abbreviation="Q", is_private=True)
    for fields in (
        {"owner": {"lead_department": "quern"}},
        {"owner": {"lead_department": "hmt", "others": ["quern"]}},
        {"statistics": ["quern"]},
    ):
        library = add_asks(
            make_library(make_paper()),
            departments=[secret],
            statistics=[make_statistic("quern", is_private=True)],
            recommendations=[make_recommendation(**fields)],
        )
        assert not public(library).recommendations
        assert not public(library).statistics
        assert list(public(library).departments) == ["hmt"]
        assert leaks(library) == ["content/papers/nib/recommendations.yaml:3:1 leak.record"]


@pytest.mark.parametrize(
    ("select", "place"),
    [
        ({"papers": ["nib", "quernstone"]}, (5, 16)),
        ({"papers": ["nib", "quernstone@1"]}, (5, 16)),
        ({"recommendations": ["nib-01", "quern-01"]}, (6, 30)),
        ({"topics": ["quern"]}, (8, 4)),
        ({"departments": ["quern"]}, (7, 2)),
    ],
)
def test_a_public_pack_that_names_a_secret_is_withheld_and_told(
    select: dict[str, list[str]], place: tuple[int, int]
) -> None:
    places = {
        "select": (3, 9),
        "select.papers.1": (5, 16),
        "select.recommendations.1": (6, 30),
        "select.departments.0": (7, 2),
        "select.topics.0": (8, 4),
    }
    library = make_library(make_paper(), SECRET, private=["quern"])
    topic = library.topics["tax"].model_copy(update={"id": "quern", "is_private": True})
    library = add_asks(
        replace(library, topics={**library.topics, "quern": topic}),
        departments=[make_department(id="quern", name="Q", abbreviation="Q", is_private=True)],
        recommendations=[make_recommendation(), SECRET_ASK],
        packs=[make_pack(select=select, places=places)],
    )
    assert not public(library).packs
    assert leaks(library) == [f"content/packs/day-one.yaml:{place[0]}:{place[1]} leak.pack"]


def test_a_pack_for_a_secondment_is_never_on_the_site() -> None:
    packs = [
        make_pack("weekly", audience="secondment:leader"),
        make_pack("hidden", is_private=True),
        make_pack("both", audience="secondment:leader", is_private=True),
    ]
    library = add_asks(make_library(make_paper()), packs=packs, secondments=[make_secondment()])
    assert not public(library).packs


def test_a_recipe_in_the_public_folder_may_not_name_a_secret_for_anybody() -> None:
    pack = make_pack(audience="secondment:leader", select={"papers": ["quernstone"]})
    library = add_asks(make_library(make_paper(), SECRET), packs=[pack], secondments=[make_secondment()])
    assert leaks(library) == ["content/packs/day-one.yaml:1:1 leak.pack"]
    private = make_pack(audience="secondment:leader", select={"papers": ["quernstone"]}, is_private=True)
    assert leaks(replace(library, packs={"day-one": private})) == []


@pytest.mark.parametrize("hidden", ["economy-team", "economy", "trivet"])
def test_a_secondment_is_withheld_with_what_it_names(hidden: str) -> None:
    library = add_asks(make_library(private=[hidden]), secondments=[make_secondment(line=4)])
    assert not public(library).secondments
    told = leaks(library)
    assert set(told) == {"content/secondments.yaml:4:1 leak.record"}


def test_a_private_secondment_is_withheld_silently() -> None:
    library = add_asks(make_library(), secondments=[make_secondment(is_private=True, person="spy")])
    assert not public(library).secondments
    assert leaks(library) == []


def test_notes_are_no_part_of_a_public_library() -> None:
    library = add_asks(
        make_library(make_paper()),
        recommendations=[make_recommendation()],
        notes={"nib-01": RecommendationNotes(concede="quern")},
        secondment_notes={"leader": SecondmentNotes(note="quern")},
    )
    assert "quern" not in repr(public(library))


@pytest.mark.parametrize("address", ["recommendations/quern-01", "/packs/quernpack/", "papers/quernstone/"])
def test_addresses_of_secrets_in_public_words_are_told(address: str) -> None:
    link = f"See https://example.org/{address}."
    library = add_asks(
        make_library(
            make_paper(body=f"[A thing]({address})\n"), SECRET, pages=[make_page("about", text=link)]
        ),
        recommendations=[make_recommendation(why_now=link), SECRET_ASK],
        packs=[make_pack(note=link), make_pack("quernpack", is_private=True)],
        secondments=[make_secondment(office_of=link)],
        departments=[make_department(url="https://example.org/" + address.strip("/"), path="d.yaml")],
    )
    assert {line.rpartition(":")[0].rpartition(":")[0] for line in leaks(library)} == {
        "content/pages/about.md",
        "content/papers/nib/paper.md",
        "content/papers/nib/recommendations.yaml",
        "content/packs/day-one.yaml",
        "content/secondments.yaml",
        "d.yaml",
    }


IDS = st.sampled_from(["nib-01", "nib-02", "quern-01", "quern-02", "none-01"])


@given(st.lists(IDS, unique=True), st.lists(IDS, unique=True), st.lists(IDS, min_size=1, unique=True))
def test_nothing_public_ever_names_a_secret_recommendation(
    depends_on: list[str], blocks: list[str], chosen: list[str]
) -> None:
    asks = [
        make_recommendation("nib-01", depends_on=depends_on, blocks=blocks),
        make_recommendation("nib-02", depends_on=blocks),
        make_recommendation("quern-01", paper="quernstone", is_private=True, depends_on=["nib-01"]),
        make_recommendation("quern-02", paper="quernstone", is_private=True),
    ]
    library = add_asks(
        make_library(make_paper(), SECRET),
        recommendations=asks,
        packs=[make_pack(select={"recommendations": chosen})],
    )
    shown = public(library)
    assert list(shown.recommendations) == ["nib-01", "nib-02"]
    assert "quern" not in repr(shown)
    assert bool(shown.packs) is (set(chosen) <= {"nib-01", "nib-02"})
