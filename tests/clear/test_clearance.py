"""Is nothing seen before its time, by anyone it is not for, or at all when in doubt?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tools.clear.clearance import Clearance, Reason, clear
from policy_tools.model.embargo import Embargo
from policy_tools.model.library import Library, WithdrawnPaper
from policy_tools.model.paper import Paper, Status
from tests.clear.shelves import make_library, make_page, make_paper, make_reference
from tests.small_records import make_department, make_recommendation

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LONDON = ZoneInfo("Europe/London")


def clear_at(library: Library, now: datetime = NOW, zone: str = "Europe/London") -> Clearance:
    return clear(library, now, zone)


def shown(library: Library, now: datetime = NOW, zone: str = "Europe/London") -> set[str]:
    return {paper.id for paper in clear_at(library, now, zone).library.all_papers}


@pytest.mark.parametrize(
    ("paper", "reason"),
    [
        (make_paper(), None),
        (make_paper(embargo=NOW), None),
        (make_paper(is_private=True, embargo=NOW), None),
        (make_paper(published=NOW.date()), None),
        (make_paper(status=Status.DRAFT), Reason.DRAFT),
        (make_paper(status=Status.PRIVATE), Reason.PRIVATE),
        (make_paper(status=Status.WITHDRAWN), Reason.WITHDRAWN),
        (make_paper(is_private=True), Reason.PRIVATE_FOLDER),
        (make_paper(embargo=NOW + SECOND), Reason.EMBARGO),
        (make_paper(is_private=True, embargo=NOW + SECOND), Reason.EMBARGO),
        (make_paper(published=NOW.date() + timedelta(days=1)), Reason.FUTURE_DATE),
        (make_paper(published=NOW.date() + timedelta(days=1), embargo=NOW), Reason.FUTURE_DATE),
        (make_paper(is_sound=False), Reason.FAULTY),
        (make_paper(status=Status.DRAFT, embargo=NOW, is_private=True), Reason.DRAFT),
    ],
)
def test_a_paper_is_shown_or_withheld_for_a_reason(paper: Paper, reason: Reason | None) -> None:
    clearance = clear_at(make_library(paper))
    assert [withheld.reason for withheld in clearance.withheld] == ([reason] if reason else [])
    assert bool(clearance.library.papers) is (reason is None)


MOMENTS = [
    "2026-11-22T00:01:00+00:00",
    "2026-06-22T00:01:00+01:00",
    "2026-10-25T01:30:00+01:00",  # the clocks go back: the first half past one …
    "2026-10-25T01:30:00+00:00",  # … and the second
    "2026-03-29T00:59:59+00:00",  # the clocks go forward: the last second before …
    "2026-03-29T02:00:00+01:00",  # … and the first after
]


@pytest.mark.parametrize("until", MOMENTS)
@pytest.mark.parametrize("zone", [None, "Europe/London"])
@pytest.mark.parametrize("clock", ["UTC", "Europe/London", "Asia/Tokyo", "America/New_York"])
def test_an_embargo_lifts_at_its_second_by_any_clock(until: str, zone: str | None, clock: str) -> None:
    embargo = Embargo.model_validate({"until": until, "zone": zone})
    library = make_library(make_paper(is_private=True, embargo=embargo.until))
    moment = datetime.fromisoformat(until).astimezone(UTC)
    before, at, after = (
        (moment + offset).astimezone(ZoneInfo(clock)) for offset in (-SECOND, timedelta(0), SECOND)
    )
    assert shown(library, before) == set()
    assert shown(library, at) == {"nib"}
    assert shown(library, after) == {"nib"}
    assert clear_at(library, before).next_lift == moment
    assert clear_at(library, at).next_lift is None


def test_the_hour_that_happens_twice_is_told_apart() -> None:
    """Compared by the clock on the wall, the second half past one would not be later than the first."""
    second = datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON)
    library = make_library(make_paper(embargo=second))
    assert shown(library, datetime(2026, 10, 25, 1, 45, fold=0, tzinfo=LONDON)) == set()
    assert shown(library, datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON)) == {"nib"}


@pytest.mark.parametrize(
    ("now", "zone", "is_shown"),
    [
        ("2026-06-30T22:59:59+00:00", "Europe/London", False),
        ("2026-06-30T23:00:00+00:00", "Europe/London", True),
        ("2026-06-30T23:59:59+00:00", "UTC", False),
        ("2026-07-01T03:59:59+00:00", "America/New_York", False),
        ("2026-07-01T04:00:00+00:00", "America/New_York", True),
    ],
)
def test_a_day_begins_by_the_clock_of_the_site(now: str, zone: str, is_shown: bool) -> None:  # noqa: FBT001
    library = make_library(make_paper(published=date(2026, 7, 1)))
    assert bool(shown(library, datetime.fromisoformat(now), zone)) is is_shown


def test_a_moment_without_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clear_at(make_library(), datetime(2026, 6, 1))  # noqa: DTZ001


def test_the_next_lift_is_the_soonest_thing_that_happens_by_itself() -> None:
    library = make_library(
        make_paper("a", embargo=NOW + 3 * SECOND),
        make_paper("b", embargo=NOW + 2 * SECOND, status=Status.DRAFT),
        make_paper("c", embargo=NOW + SECOND, published=date(2026, 6, 3)),
        make_paper("d", is_private=True),
        make_paper("e", embargo=NOW - SECOND),
    )
    assert clear_at(library).next_lift == NOW + 3 * SECOND
    later = clear_at(library, NOW + 3 * SECOND)
    assert later.next_lift == datetime(2026, 6, 2, 23, 0, tzinfo=UTC)


def test_an_earlier_version_needs_the_current_one() -> None:
    old = make_paper(version=1, is_current=False)
    assert shown(make_library(make_paper(version=2), old)) == {"nib", "nib@1"}
    assert shown(make_library(make_paper(version=2, status=Status.DRAFT), old)) == set()
    assert shown(make_library(old)) == set()
    secret = make_paper(version=1, is_current=False, status=Status.WITHDRAWN)
    assert shown(make_library(make_paper(version=2), secret)) == {"nib"}
    clearance = clear_at(make_library(make_paper(version=2, embargo=NOW + SECOND), old))
    assert [withheld.reason for withheld in clearance.withheld] == [
        Reason.EMBARGO,
        Reason.CURRENT_VERSION_WITHHELD,
    ]


def test_of_a_withdrawn_paper_its_name_is_told_to_those_who_hold_a_copy() -> None:
    withdrawn = make_paper("a", status=Status.WITHDRAWN, version=3)
    clearance = clear_at(make_library(withdrawn, make_paper("b")))
    assert clearance.library.withdrawn == (WithdrawnPaper("a", 3, ("economy",), (date(2026, 1, 15),)),)
    assert [paper.id for paper in clearance.library.papers] == ["b"]


def test_of_a_withdrawn_paper_the_days_are_told_and_its_public_recommendations() -> None:
    correction = {
        "date": date(2026, 2, 3),
        "severity": "minor",
        "where": "Table 1",
        "was": "1",
        "now": "2",
        "affects_conclusions": False,
    }
    withdrawn = make_paper("a", status=Status.WITHDRAWN, updated=date(2099, 1, 1), corrections=[correction])
    asks = (
        make_recommendation("a-01", paper="a", status={"state": "proposed", "date": "2026-02-01"}),
        make_recommendation("a-02", paper="a", owner={"lead_department": "hidden"}),
        make_recommendation("b-01", paper="b", status={"state": "proposed", "date": "2026-03-01"}),
    )
    library = replace(
        make_library(withdrawn, make_paper("b")),
        recommendations={ask.id: ask for ask in asks},
        departments={"hmt": make_department(), "hidden": make_department(id="hidden", is_private=True)},
    )
    (found,) = clear_at(library).library.withdrawn
    assert found.days == (date(2026, 1, 15), date(2026, 2, 1), date(2026, 2, 3))
    assert found.recommendations == ("a-01",)


@pytest.mark.parametrize(
    "fields",
    [
        {"is_private": True},
        {"embargo": NOW + SECOND},
        {"published": date(2099, 1, 1)},
        {"status": Status.DRAFT},
        {"is_sound": False},
    ],
)
def test_what_was_never_public_is_not_told_when_it_is_withdrawn(fields: dict[str, Any]) -> None:
    paper = make_paper(**({"status": Status.WITHDRAWN} | fields))
    assert clear_at(make_library(paper)).library.withdrawn == ()


@pytest.mark.parametrize("record", ["economy-team", "economy", "trivet", "paper"])
def test_a_paper_that_names_a_private_record_is_withheld(record: str) -> None:
    clearance = clear_at(make_library(make_paper(), private=[record]))
    assert [withheld.reason for withheld in clearance.withheld] == [Reason.PRIVATE_RECORD]


def test_public_records_name_no_private_ones() -> None:
    without_team = clear_at(make_library(private=["economy-team"])).library
    assert "economy-team" not in without_team.people
    assert without_team.programmes["economy"].lead is None
    without_programme = clear_at(make_library(private=["economy"])).library
    assert without_programme.people["economy-team"].programme is None
    without_series = clear_at(make_library(private=["paper", "tax"])).library
    assert without_series.institutes["trivet"].series == ()
    assert not without_series.topics
    everything = clear_at(make_library()).library
    assert set(everything.people) == {"economy-team"}
    assert everything.programmes["economy"].lead == "economy-team"


def test_pages_are_shown_when_published_and_public() -> None:
    pages = [make_page("a"), make_page("b", "draft"), make_page("c", is_private=True)]
    clearance = clear_at(make_library(pages=pages))
    assert [page.slug for page in clearance.library.pages] == ["a"]
    assert [withheld.id for withheld in clearance.withheld] == ["b", "c"]


def test_only_references_that_the_public_reads_of_are_there() -> None:
    references = [
        make_reference("public2020"),
        make_reference("secret2020"),
        make_reference("uncited2020"),
        make_reference("private2020", is_private=True),
        make_reference("lifted2020", is_private=True),
    ]
    library = make_library(
        make_paper("a", body="[@public2020; @private2020]"),
        make_paper("b", body="[@secret2020]", embargo=NOW + SECOND),
        make_paper("c", body="[@lifted2020]", embargo=NOW, is_private=True),
        references=references,
    )
    assert list(clear_at(library).library.references) == ["public2020", "lifted2020"]


def test_nothing_hints_at_a_successor_before_it_is_public() -> None:
    old = make_paper("old", superseded_by="new")
    new = make_paper("new", supersedes="old", embargo=NOW, is_private=True)
    before = clear_at(make_library(old, new), NOW - SECOND).library
    assert [paper.record.superseded_by for paper in before.papers] == [None]
    after = clear_at(make_library(old, new)).library
    assert {paper.slug: paper.record.superseded_by for paper in after.papers} == {"old": "new", "new": None}


def test_a_successor_is_known_from_what_it_supersedes_alone() -> None:
    library = make_library(make_paper("old"), make_paper("new", supersedes="old", embargo=NOW))
    assert clear_at(library, NOW - SECOND).library.papers == (make_paper("old"),)
    assert {p.slug: p.record.superseded_by for p in clear_at(library).library.papers} == {
        "old": "new",
        "new": None,
    }


def test_unreadable_files_are_among_what_is_withheld() -> None:
    library = Library(withheld_paths=("content/papers/x/paper.md",))
    assert [(w.path, w.reason) for w in clear_at(library).withheld] == [
        ("content/papers/x/paper.md", Reason.FAULTY)
    ]


MINUTES = st.integers(-3 * 24 * 60, 3 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
CHANGES = st.sampled_from([NOW, datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)])
ZONES = st.sampled_from(["UTC", "Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago"])


@st.composite
def papers(draw: st.DrawFn, now: datetime) -> Paper:
    embargo = draw(st.none() | MINUTES.map(lambda minutes: now + minutes))
    return make_paper(
        status=draw(st.sampled_from(Status)),
        published=(now + draw(MINUTES)).date(),
        embargo=embargo.astimezone(ZoneInfo(draw(ZONES))) if embargo else None,
        is_private=draw(st.booleans()),
        is_sound=draw(st.booleans()),
        version=2,
    )


@given(st.data(), CHANGES, ZONES)
def test_a_paper_is_public_exactly_when_everything_speaks_for_it(
    data: st.DataObject, now: datetime, zone: str
) -> None:
    paper = data.draw(papers(now))
    old = make_paper(version=1, is_current=False, published=date(2020, 1, 1))
    clearance = clear(make_library(paper, old), now, zone)
    embargo = paper.record.embargo
    is_public = (
        paper.is_sound
        and paper.record.status == "published"
        and (embargo is None or embargo.until.timestamp() <= now.timestamp())
        and not (paper.is_private and embargo is None)
        and paper.record.published <= now.astimezone(ZoneInfo(zone)).date()
    )
    assert [p.id for p in clearance.library.all_papers] == (["nib", "nib@1"] if is_public else [])
    assert len(clearance.withheld) == (0 if is_public else 2)


@given(st.data(), CHANGES, ZONES)
def test_at_the_next_lift_something_is_seen_that_was_not_a_moment_before(
    data: st.DataObject, now: datetime, zone: str
) -> None:
    library = make_library(data.draw(papers(now)))
    lift = clear(library, now, zone).next_lift
    if lift is None:
        assert shown(library, now, zone) == shown(library, now + timedelta(days=30), zone)
    else:
        assert lift > now
        assert shown(library, lift - SECOND, zone) == set()
        assert shown(library, lift, zone) == {"nib"}
