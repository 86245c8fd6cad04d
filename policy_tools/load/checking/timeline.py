"""Do the dates of a recommendation follow one another, and does every state of it have its source?"""

from collections.abc import Iterator

from policy_tools.load.checking.fields import Loaded, report_field, warn_of_field
from policy_tools.load.sentences import Steps
from policy_tools.model.problem import Problem
from policy_tools.model.recommendation import (
    Milestone,
    RecommendationRecord,
    RecommendationStatus,
    StatusEntry,
)

_NEEDS_POWER = frozenset({"si-affirmative", "si-negative"})
_IN_NO_BILL = frozenset({"prerogative", "estimate", "direction", "admin", "none"})


def check_timeline(loaded: Loaded, record: RecommendationRecord) -> Iterator[Problem]:
    """Milestones without a day, with two, of both kinds, out of order, or before it begins."""
    milestones = record.timeline.milestones
    kinds = {_kind_of(milestone) for milestone in milestones} - {""}
    latest: Milestone | None = None
    for index, milestone in enumerate(milestones):
        steps: Steps = ("timeline", "milestones", index)
        yield from _check_day(loaded, steps, milestone)
        if len(kinds) > 1 or not _kind_of(milestone):
            continue
        if latest and _is_before(milestone, latest):
            message = f'"{milestone.title}" comes before "{latest.title}", and stands after it.'
            hint = "Put the steps in the order of their days."
            place = (*steps, _kind_of(milestone))
            yield report_field(loaded, place, "milestone.out-of-order", message, hint)
        else:
            latest = milestone
        start = record.timeline.start
        if start and milestone.date and milestone.date < start:
            message = f"This step is on {milestone.date}, and the whole begins on {start}."
            yield report_field(
                loaded, (*steps, "date"), "milestone.before-start", message, "Check the two dates."
            )
    if len(kinds) > 1:
        message = (
            "Some of these steps have a date and others a day after taking office: nobody can order them."
        )
        hint = "Give all of them a date, or all of them a day."
        yield report_field(loaded, ("timeline", "milestones"), "milestone.mixed", message, hint)


def _kind_of(milestone: Milestone) -> str:
    """By which of the two its day is given; empty with neither or both."""
    if (milestone.date is None) == (milestone.day is None):
        return ""
    return "date" if milestone.date else "day"


def _check_day(loaded: Loaded, steps: Steps, milestone: Milestone) -> Iterator[Problem]:
    if milestone.date and milestone.day:
        message = "This step has both a date and a day after taking office."
        yield report_field(loaded, (*steps, "day"), "milestone.two-days", message, "Keep one of the two.")
    elif not milestone.date and not milestone.day:
        message = "This step has neither a date nor a day after taking office."
        hint = "Write date: 2027-03-01, or day: 30."
        yield report_field(loaded, steps, "milestone.no-day", message, hint)


def _is_before(milestone: Milestone, other: Milestone) -> bool:
    if milestone.date and other.date:
        return milestone.date < other.date
    return bool(milestone.day and other.day and milestone.day < other.day)


def check_status(loaded: Loaded, record: RecommendationRecord) -> Iterator[Problem]:
    """States that nobody can check, and a log that does not run up to the present one."""
    status = record.status
    yield from _check_source(loaded, ("status",), status)
    earlier: StatusEntry | None = None
    for index, entry in enumerate(status.log):
        steps: Steps = ("status", "log", index)
        yield from _check_source(loaded, steps, entry)
        if earlier and entry.date < earlier.date:
            message = f"This state of {entry.date} stands below one of {earlier.date}."
            hint = "The log has the oldest state first."
            yield report_field(loaded, (*steps, "date"), "status.log-out-of-order", message, hint)
        elif "status" in loaded.fields.data and entry.date > status.date:
            message = f"This earlier state is of {entry.date}, later than the present one of {status.date}."
            hint = "Write the newest state in status itself, and the others in its log."
            yield report_field(loaded, (*steps, "date"), "status.log-too-late", message, hint)
        earlier = entry


def _check_source(
    loaded: Loaded, steps: Steps, entry: StatusEntry | RecommendationStatus
) -> Iterator[Problem]:
    if entry.state not in {"proposed", ""} and not entry.source:  # empty where it could not be read
        message = f'The state "{entry.state}" has no source.'
        hint = "Write source: and where that can be read."
        yield report_field(loaded, (*steps, "state"), "status.no-source", message, hint)


def check_vehicle(loaded: Loaded, record: RecommendationRecord) -> Iterator[Problem]:
    """Instruments that hang in the air."""
    vehicle = record.vehicle
    if vehicle.kind in _NEEDS_POWER and not (vehicle.power or vehicle.bill):
        message = "A statutory instrument needs an Act that gives the power to make it, and none is named."
        hint = "Write power: and the Act and section, or bill: where a Bill would give it."
        yield warn_of_field(loaded, ("vehicle", "kind"), "vehicle.no-power", message, hint)
    if vehicle.bill and vehicle.kind in _IN_NO_BILL:
        message = f"A Bill is named, and the vehicle is {vehicle.kind}, which needs none."
        hint = "Take the Bill out, or write kind: primary."
        yield warn_of_field(loaded, ("vehicle", "bill"), "vehicle.needs-no-bill", message, hint)
