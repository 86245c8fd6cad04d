"""Does a recommendation or a pack bear a day that has not come?"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from policy_tools.model.library import Library
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem
from policy_tools.model.recommendation import Recommendation


def check_days(library: Library, now: datetime, zone: str) -> Iterator[Problem]:
    """What is dated after the aware moment `now`, by the days of the zone.

    A paper that waits for its day may have recommendations of that day.
    """
    clock = ZoneInfo(zone)
    today = now.astimezone(clock).date()
    latest = {paper.slug: _find_latest(paper, today, clock) for paper in library.papers}
    for ask in library.recommendations.values():
        yield from _check_status(ask, latest.get(ask.paper, today))
    for pack in library.packs.values():
        day = pack.record.as_at
        if day and day > today:
            place = pack.place("as_at")
            message = f"The pack is as at {day}, and today is {today}."
            hint = "Take as_at away: it is then the newest day in the pack."
            yield Problem(pack.path, place.line, place.column, "pack.future-date", message, hint)


def _find_latest(paper: Paper, today: date, clock: ZoneInfo) -> date:
    """The day on which the paper is published, where that is still to come."""
    embargo = paper.record.embargo
    until = embargo.until.astimezone(clock).date() if embargo else today
    return max(today, paper.record.published, until)


def _check_status(ask: Recommendation, latest: date) -> Iterator[Problem]:
    status = ask.record.status
    days: Mapping[str, date] = {
        "": status.date,
        **{f".log.{index}": entry.date for index, entry in enumerate(status.log)},
    }
    for steps, day in days.items():
        if day > latest:
            line, column = ask.places.get(f"status{steps}.date", (ask.line, 1))
            message = f"“{ask.id}” has a status of {day}, and that day has not come."
            hint = "Check the year. What is expected stands in the timeline."
            yield Problem(ask.path, line, column, "status.future-date", message, hint)
