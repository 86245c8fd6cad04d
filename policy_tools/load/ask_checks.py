"""What is wrong with recommendations, packs, secondments and statistics, seen beside one another?"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from policy_tools.load.asks import LoadedAsks
from policy_tools.load.checking.boxes import check_boxes, check_double_boxes
from policy_tools.load.checking.costing import check_costing
from policy_tools.load.checking.departments import FormerNames, by_id, check_departments, check_owner
from policy_tools.load.checking.dependencies import check_dependencies
from policy_tools.load.checking.fields import Known, Loaded, check_names
from policy_tools.load.checking.nations import check_nations
from policy_tools.load.checking.packs import check_packs
from policy_tools.load.checking.secondments import check_notes, check_secondments
from policy_tools.load.checking.statistics import check_statistics
from policy_tools.load.checking.timeline import check_status, check_timeline, check_vehicle
from policy_tools.load.relations import KnownIds
from policy_tools.model.library import Library
from policy_tools.model.problem import Problem
from policy_tools.model.recommendation import RecommendationRecord

_CHECKS = (check_costing, check_nations, check_timeline, check_status, check_vehicle)
"""What can be known of one recommendation by itself, whose fields may stand empty where they have a fault."""


def check_asks(asks: LoadedAsks, library: Library, ids: KnownIds) -> Iterator[Problem]:
    """Everything a careful reader would say of them. `ids` are those of the records that papers name."""
    known = list_known(asks, ids)
    former = FormerNames(by_id(asks.departments).values())
    records = _list_recommendations(asks)
    yield from check_double_boxes(library)
    yield from check_boxes(asks.recommendations, library.papers)
    for loaded, record in records.values():
        yield from check_owner(loaded, record, known, former)
        for check in _CHECKS:
            yield from check(loaded, record)
        yield from check_names(loaded, ("statistics",), "statistic", record.statistics, known)
    yield from check_dependencies(records, known)
    yield from check_departments(asks.departments)
    yield from check_statistics(asks.statistics, asks.seats)
    yield from check_secondments(asks.secondments, library.institutes, known)
    yield from check_notes(asks.recommendation_notes, asks.secondment_notes, known)
    yield from check_packs(asks.packs, library, known, former)


def _list_recommendations(asks: LoadedAsks) -> Mapping[str, tuple[Loaded, RecommendationRecord]]:
    """Those that could be read at all, each under its id; of two with one id the first counts."""
    found: dict[str, tuple[Loaded, RecommendationRecord]] = {}
    for file in asks.recommendations:
        for loaded in file.records:
            if loaded.record is not None:
                found.setdefault(loaded.id, (loaded, loaded.record))
    return found


def list_known(asks: LoadedAsks, ids: KnownIds) -> Known:
    """Every id that may be named, also of what has faults."""
    everything = dict(ids.by_kind)
    private = dict(ids.private)
    listed: tuple[tuple[str, Iterable[Loaded]], ...] = (
        ("department", asks.departments.records),
        ("secondment", asks.secondments.records),
        ("statistic", (statistic.loaded for statistic in asks.statistics)),
        ("recommendation", (loaded for file in asks.recommendations for loaded in file.records)),
    )
    for kind, records in listed:
        known = tuple(records)
        everything[kind] = frozenset(loaded.id for loaded in known)
        private[kind] = frozenset(loaded.id for loaded in known if loaded.is_private)
    return Known(
        MappingProxyType(everything),
        MappingProxyType({kind: found - private[kind] for kind, found in everything.items()}),
    )
