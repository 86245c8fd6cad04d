"""Whatever is dated in a pack is an event of it, and the newest is its as-at date."""

from datetime import date

from policy_tools.model.library import WithdrawnPaper
from policy_tools.pack.events import Event, find_as_at, list_events, list_held_days
from policy_tools.pack.selection import Selected
from tests.clear.shelves import make_paper
from tests.pack.libraries import make_full_ask, make_shelves
from tests.small_records import make_pack

CORRECTION = {
    "date": date(2026, 4, 2),
    "severity": "minor",
    "where": "Table 1.",
    "was": "1",
    "now": "2",
    "affects_conclusions": False,
}


def test_papers_tell_their_versions_corrections_and_successors() -> None:
    nib = make_paper(
        "nib",
        title="A bank",
        version=2,
        updated=date(2026, 5, 1),
        corrections=[CORRECTION],
        superseded_by="new",
    )
    first = make_paper("nib", title="A bank", is_current=False)
    new = make_paper("new", title="A better bank", published=date(2026, 6, 1))
    library = make_shelves((new, nib), (), earlier=[first])
    assert list_events(Selected((nib,), ()), library) == (
        Event(date(2026, 6, 1), "A bank", "Superseded by “A better bank”."),
        Event(date(2026, 5, 1), "A bank", "Version 2 was published."),
        Event(date(2026, 4, 2), "A bank", "Corrected at Table 1; the conclusions do not change."),
        Event(date(2026, 1, 15), "A bank", "Published."),
    )


def test_recommendations_tell_what_became_of_them() -> None:
    ask = make_full_ask()
    assert list_events(Selected((), (ask,)), make_shelves()) == (
        Event(date(2026, 3, 4), "Settle the ownership", "Announced (A speech)."),
        Event(date(2026, 2, 1), "Settle the ownership", "Proposed."),
    )


def test_a_pack_is_true_as_at_its_newest_event_or_the_day_it_names() -> None:
    events = (Event(date(2026, 1, 1), "A", "B"), Event(date(2026, 3, 1), "A", "B"))
    assert find_as_at(make_pack(), events) == date(2026, 3, 1)
    assert find_as_at(make_pack(as_at="2026-02-01"), events) == date(2026, 2, 1)
    assert find_as_at(make_pack(), ()) is None


def test_what_is_still_to_come_does_not_date_a_pack() -> None:
    events = (Event(date(2026, 1, 1), "A", "B"), Event(date(2027, 3, 1), "A", "Published."))
    today = date(2026, 11, 26)
    assert find_as_at(make_pack(), events, (), today) == date(2026, 1, 1)
    assert find_as_at(make_pack(), events[1:], (), today) == today


def test_a_pack_keeps_the_days_of_what_it_held_and_was_withdrawn() -> None:
    days = (date(2026, 2, 1), date(2026, 5, 1))
    gone = WithdrawnPaper("gone", 1, ("economy",), days, (), ("gone-01",))
    for select in ({"programmes": ["economy"]}, {"papers": ["gone@1"]}, {"recommendations": ["gone-01"]}):
        assert list_held_days(make_pack(select=select), [gone]) == days
    assert list_held_days(make_pack(select={"programmes": ["health"]}), [gone]) == ()
    events = (Event(date(2026, 3, 1), "A", "B"),)
    assert find_as_at(make_pack(), events, days) == date(2026, 5, 1)
    assert find_as_at(make_pack(), (), days) is None
