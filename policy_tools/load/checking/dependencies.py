"""Do the recommendations that speak of one another fit together?"""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from policy_tools.load.checking.fields import Known, Loaded, check_names, report_field, warn_of_field
from policy_tools.model.problem import Problem
from policy_tools.model.recommendation import RecommendationRecord
from policy_tools.model.terms import PHASES

_ORDER = tuple(PHASES)
_FIELDS = ("depends_on", "blocks")
_MOST_CIRCLES = 20


def check_dependencies(
    records: Mapping[str, tuple[Loaded, RecommendationRecord]], known: Known
) -> Iterator[Problem]:
    """Relations to nothing, to itself, in a circle, or that contradict one another."""
    for loaded, record in records.values():
        for field in _FIELDS:
            names = getattr(record, field)
            yield from check_names(loaded, (field,), "recommendation", names, known)
            yield from _check_itself(loaded, field, names)
        yield from _check_both(loaded, record, records)
        yield from _check_order(loaded, record, records)
    yield from _find_circles(records)


def _check_itself(loaded: Loaded, field: str, names: tuple[str, ...]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name == loaded.id:
            message = f'"{field}" names this recommendation itself.'
            yield report_field(loaded, (field, index), "recommendation.names-itself", message, "Take it out.")


def _check_both(
    loaded: Loaded,
    record: RecommendationRecord,
    records: Mapping[str, tuple[Loaded, RecommendationRecord]],
) -> Iterator[Problem]:
    """What has to come first cannot be what cannot happen as well, on whichever side that is said."""
    for index, name in enumerate(record.depends_on):
        other = records.get(name)
        if name == loaded.id or not other:
            continue
        if name in record.blocks or loaded.id in other[1].blocks:
            message = f'This depends on "{name}", and the two cannot both happen (blocks).'
            hint = "Take one of the two relations out."
            steps = ("depends_on", index)
            yield report_field(loaded, steps, "recommendation.depends-and-blocks", message, hint)


def _check_order(
    loaded: Loaded,
    record: RecommendationRecord,
    records: Mapping[str, tuple[Loaded, RecommendationRecord]],
) -> Iterator[Problem]:
    """What has to come first begins in a later phase, or has been dropped."""
    phase = record.timeline.phase
    for index, name in enumerate(record.depends_on):
        other = records[name][1] if name in records and name != loaded.id else None
        if other is None:
            continue
        steps = ("depends_on", index)
        if _begins_later(other.timeline.phase, phase):
            message = f'"{name}" has to come first, and begins later ({other.timeline.phase}, not {phase}).'
            hint = "Check the two phases."
            yield warn_of_field(loaded, steps, "recommendation.depends-on-later", message, hint)
        if other.status.state == "dropped" and record.status.state not in {"dropped", ""}:
            message = f'"{name}" has to come first, and was dropped.'
            hint = "Say here what stands in its place, or drop this too."
            yield warn_of_field(loaded, steps, "recommendation.depends-on-dropped", message, hint)


def _begins_later(phase: str, other: str) -> bool:
    """Whether one phase comes after another; not where one of them could not be read."""
    return phase in _ORDER and other in _ORDER and _ORDER.index(phase) > _ORDER.index(other)


def _find_circles(records: Mapping[str, tuple[Loaded, RecommendationRecord]]) -> Iterator[Problem]:
    """Circles in which each has to come before the next, until there are none or too many to read."""
    needs = {
        id_: [name for name in records[id_][1].depends_on if name in records and name != id_]
        for id_ in sorted(records)
    }
    for _ in range(_MOST_CIRCLES):
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][:0:-1]  # each now stands before what it depends on
            first = _choose_teller(circle, records)
            circle = circle[circle.index(first) :] + circle[: circle.index(first)]
            following = circle[1 % len(circle)]
            yield _report_circle(circle, records[first][0], records[first][1].depends_on.index(following))
            needs[first].remove(following)
        else:
            return


def _choose_teller(circle: list[str], records: Mapping[str, tuple[Loaded, RecommendationRecord]]) -> str:
    """In whose file a circle is told: rather in a private one, since a public one must not name it."""
    return min(circle, key=lambda id_: (not records[id_][0].is_private, id_))


def _report_circle(circle: list[str], loaded: Loaded, index: int) -> Problem:
    way = " → ".join((*circle, circle[0]))
    message = f"These depend on one another in a circle, so that none can come first: {way}."
    hint = "Take one of the steps out."
    return report_field(loaded, ("depends_on", index), "recommendation.circle", message, hint)
