"""What is asked of whom, and for whom is it packed: everything of that which is below content/.

Departments, the recommendations of papers, packs, secondments and statistics, and the notes on them that
only a private pack may hold.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from policy_tools.load.folders import FolderKind, LoadedFolder, LoadedRecord, load_folder
from policy_tools.load.lists import load_list, read_list
from policy_tools.load.papers import LoadedPaper
from policy_tools.load.recommendations import (
    RecommendationFile,
    load_recommendations,
    make_recommendations,
)
from policy_tools.load.records import R, RecordKind, StandIn
from policy_tools.load.seats import LoadedStatistic, load_seats, load_statistics, make_statistics
from policy_tools.model.department import Department
from policy_tools.model.library import Library
from policy_tools.model.pack import Pack, PackRecord, Selection
from policy_tools.model.problem import Problem
from policy_tools.model.recommendation import RecommendationNotes
from policy_tools.model.seat import Seat
from policy_tools.model.secondment import Secondment, SecondmentNotes
from policy_tools.model.site import Site
from policy_tools.store import Store

DEPARTMENTS = RecordKind(Department, "department")
SECONDMENTS = RecordKind(
    Secondment,
    "secondment",
    stand_ins={
        "person": StandIn("none", ""),
        "host": StandIn("None", ""),
        "host_kind": StandIn("other", "other"),
        "role": StandIn("None", ""),
        "start": StandIn("1970-01-01", date(1970, 1, 1)),
        "programme": StandIn("none", ""),
        "seconded_by": StandIn("none", ""),
        "basis": StandIn("commercial", "commercial"),
    },
)
PACKS = FolderKind(
    RecordKind(
        PackRecord,
        "pack",
        stand_ins={
            "title": StandIn("Untitled", ""),
            "summary": StandIn("None.", ""),
            "audience": StandIn("public", ""),
            "select": StandIn({}, Selection()),
            "parts": StandIn(["cover"], ()),
        },
        groups=frozenset({"select"}),
    ),
    "packs",
    has_id=False,
    ending=".yaml",
)
RECOMMENDATION_NOTES = RecordKind(RecommendationNotes, "note")
SECONDMENT_NOTES = RecordKind(SecondmentNotes, "note")
RECOMMENDATION_NOTES_FILE = "recommendation-notes.yaml"
SECONDMENT_NOTES_FILE = "secondment-notes.yaml"


@dataclass(frozen=True, slots=True)
class LoadedAsks:
    """These records as far as they could be read, and what is wrong with each by itself."""

    departments: LoadedFolder[Department]
    recommendations: tuple[RecommendationFile, ...]
    packs: LoadedFolder[PackRecord]
    secondments: LoadedFolder[Secondment]
    statistics: tuple[LoadedStatistic, ...]
    seats: Mapping[str, Seat]
    recommendation_notes: LoadedFolder[RecommendationNotes]
    secondment_notes: LoadedFolder[SecondmentNotes]
    problems: tuple[Problem, ...]


def load_asks(papers: Iterable[LoadedPaper], site: Site, store: Store) -> LoadedAsks:
    """Read all of them. An author's mistake is a problem, never an exception."""
    private = site.content / "private"
    recommendations, recommendation_problems = load_recommendations(papers, site, store)
    seats, seat_problems = load_seats(site)
    statistics, statistic_problems = load_statistics(site)
    departments = load_list(DEPARTMENTS, "departments.yaml", site)
    packs = load_folder(PACKS, site)
    secondments = load_list(SECONDMENTS, "secondments.yaml", site)
    notes = read_list(RECOMMENDATION_NOTES, private / RECOMMENDATION_NOTES_FILE, site, is_private=True)
    secondment_notes = read_list(SECONDMENT_NOTES, private / SECONDMENT_NOTES_FILE, site, is_private=True)
    return LoadedAsks(
        departments,
        recommendations,
        packs,
        secondments,
        statistics,
        seats,
        notes,
        secondment_notes,
        (
            *departments.problems,
            *recommendation_problems,
            *packs.problems,
            *secondments.problems,
            *statistic_problems,
            *seat_problems,
            *notes.problems,
            *secondment_notes.problems,
        ),
    )


def add_asks(library: Library, asks: LoadedAsks) -> Library:
    """The library with those of them that are sound: what has a fault stops publishing anyway."""
    return replace(
        library,
        departments=_by_id(asks.departments),
        recommendations=make_recommendations(asks.recommendations),
        packs=MappingProxyType(
            {loaded.id: _make_pack(loaded, record) for loaded, record in _sound(asks.packs)}
        ),
        secondments=_by_id(asks.secondments),
        statistics=make_statistics(asks.statistics),
        seats=asks.seats,
        recommendation_notes=_by_id(asks.recommendation_notes),
        secondment_notes=_by_id(asks.secondment_notes),
    )


def _sound(folder: LoadedFolder[R]) -> Iterator[tuple[LoadedRecord[R], R]]:
    """The sound records of a kind; of two with one id only the first, which is the public one."""
    seen: set[str] = set()
    for loaded in folder.records:
        if loaded.record is not None and loaded.is_sound and loaded.id not in seen:
            seen.add(loaded.id)
            yield loaded, loaded.record


def _by_id(folder: LoadedFolder[R]) -> Mapping[str, R]:
    return MappingProxyType({loaded.id: record for loaded, record in _sound(folder)})


def _make_pack(loaded: LoadedRecord[PackRecord], record: PackRecord) -> Pack:
    return Pack(loaded.id, record, loaded.path, loaded.is_private, loaded.fields.places)
