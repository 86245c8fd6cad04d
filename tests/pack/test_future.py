"""A day that has not come is told at its line, but for papers that wait for it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from policy_tools.model.library import Library
from policy_tools.model.paper import Paper
from policy_tools.model.recommendation import Recommendation
from policy_tools.pack.future import check_days
from tests.clear.shelves import make_paper
from tests.small_records import make_pack, make_recommendation

NOW = datetime(2026, 5, 4, 23, 30, tzinfo=UTC)  # the fifth of May in London
STATUS = {
    "state": "adopted",
    "date": "2026-05-05",
    "source": "A speech",
    "log": [{"state": "proposed", "date": "2027-01-15"}],
}


def check(paper: Paper, *asks: Recommendation, as_at: str = "2026-05-05") -> list[tuple[str, int, str]]:
    pack = replace(make_pack(as_at=as_at), places={"as_at": (5, 8)})
    library = Library(papers=(paper,), recommendations={ask.id: ask for ask in asks}, packs={"day-one": pack})
    return [(found.path, found.line, found.code) for found in check_days(library, NOW, "Europe/London")]


def test_a_status_of_a_day_to_come_is_an_error_at_its_line() -> None:
    ask = replace(make_recommendation(status=STATUS), places={"status.log.0.date": (12, 5)})
    assert check(make_paper(), ask) == [("content/papers/nib/recommendations.yaml", 12, "status.future-date")]
    assert check(make_paper(published=date(2027, 1, 15)), ask) == []
    embargoed = make_paper(embargo=datetime(2027, 1, 15, 0, 1, tzinfo=UTC))
    assert check(embargoed, ask) == []


def test_a_pack_is_not_as_at_a_day_to_come() -> None:
    assert check(make_paper()) == []
    assert check(make_paper(), as_at="2026-05-06") == [("content/packs/day-one.yaml", 5, "pack.future-date")]
