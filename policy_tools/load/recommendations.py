"""What do the records beside the papers say of their recommendations?"""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from types import MappingProxyType

from policy_tools.load.files import TextFile, read_text_file
from policy_tools.load.folders import LoadedFolder, LoadedRecord
from policy_tools.load.lists import parse_list
from policy_tools.load.papers import LoadedPaper
from policy_tools.load.readings import recall_readings
from policy_tools.load.records import RecordKind, StandIn
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem, Severity
from policy_tools.model.recommendation import (
    Evidence,
    NationsAffected,
    Owner,
    Recommendation,
    RecommendationRecord,
    RecommendationStatus,
    Timeline,
    Vehicle,
)
from policy_tools.model.site import Site
from policy_tools.store import Store

FILE_NAME = "recommendations.yaml"
RECOMMENDATIONS = RecordKind(
    RecommendationRecord,
    "recommendation",
    stand_ins={
        "title": StandIn("Untitled", ""),
        "ask_type": StandIn("review", "review"),
        "owner": StandIn({"lead_department": "none"}, Owner.model_construct(lead_department="")),
        "vehicle": StandIn({"kind": "none"}, Vehicle(kind="none")),
        "nations": StandIn({}, NationsAffected()),
        "timeline": StandIn({"phase": "later"}, Timeline.model_construct(phase="")),
        "evidence": StandIn({"strength": "untested"}, Evidence(strength="untested")),
        "status": StandIn(
            {"state": "proposed", "date": "1970-01-01"},
            RecommendationStatus.model_construct(state="", date=date(1970, 1, 1)),
        ),
    },
)
"""One with a fault in a field is made without it, so that the others are checked; it is never shown."""
_KIND = "recommendations"


@dataclass(frozen=True, slots=True)
class RecommendationFile:
    """The records beside one paper. `paper` is None where the paper itself could not be read."""

    path: str
    slug: str
    paper: Paper | None
    is_private: bool
    records: tuple[LoadedRecord[RecommendationRecord], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_unreadable(self) -> bool:
        """Whether nobody can say which records it has."""
        return not self.records and bool(self.problems)


def load_recommendations(
    papers: Iterable[LoadedPaper], site: Site, store: Store
) -> tuple[tuple[RecommendationFile, ...], tuple[Problem, ...]]:
    """The files beside current papers, in the order of the papers, and what is wrong with them."""
    files = [_find_file(loaded) for loaded in papers]
    texts: list[TextFile] = []
    read: list[RecommendationFile] = []
    problems: list[Problem] = []
    for file, loaded in (found for found in files if found):
        if loaded.source.version is not None:
            problems.append(_report_version(file.path))
            continue
        text = read_text_file(loaded.source.file.with_name(FILE_NAME), file.path, site.max_paper_bytes)
        if isinstance(text, TextFile):
            texts.append(text)
            read.append(file)
        else:
            read.append(replace(file, problems=(text,)))
    private = frozenset(file.path for file in read if file.is_private)
    lists = recall_readings(_KIND, texts, partial(_read_list, private=private), store)
    filled = tuple(_fill(file, lists[file.path]) if file.path in lists else file for file in read)
    return filled, (*problems, *(problem for file in filled for problem in file.problems))


def make_recommendations(files: Iterable[RecommendationFile]) -> Mapping[str, Recommendation]:
    """The sound recommendations of papers that could be read, by id. Of two with one id the first counts."""
    made: dict[str, Recommendation] = {}
    for file in files:
        for loaded in file.records:
            if file.paper and loaded.record and loaded.is_sound:
                made.setdefault(loaded.id, _make_one(file, file.paper, loaded.record, loaded))
    return MappingProxyType(made)


def _make_one(
    file: RecommendationFile,
    paper: Paper,
    record: RecommendationRecord,
    loaded: LoadedRecord[RecommendationRecord],
) -> Recommendation:
    return Recommendation(
        id=loaded.id,
        paper=file.slug,
        record=record,
        path=file.path,
        line=loaded.fields.head[0],
        programmes=paper.record.programmes,
        topics=paper.record.topics,
        is_private=file.is_private,
        places=loaded.fields.places,
    )


def _find_file(loaded: LoadedPaper) -> tuple[RecommendationFile, LoadedPaper] | None:
    source = loaded.source
    if not os.path.lexists(source.file.with_name(FILE_NAME)):
        return None
    path = f"{source.path.rpartition('/')[0]}/{FILE_NAME}"
    return RecommendationFile(path, source.slug, loaded.paper, source.is_private), loaded


def _report_version(path: str) -> Problem:
    message = "Nothing reads this: only the current version of a paper has records of its recommendations."
    hint = "Take it away, or merge it with the one beside the current paper."
    return Problem(path, 1, 1, "content.unknown-file", message, hint, Severity.WARNING)


def _read_list(file: TextFile, private: Collection[str]) -> LoadedFolder[RecommendationRecord]:
    return parse_list(RECOMMENDATIONS, file, is_private=file.path in private)


def _fill(file: RecommendationFile, records: LoadedFolder[RecommendationRecord]) -> RecommendationFile:
    return replace(file, records=records.records, problems=records.problems)
