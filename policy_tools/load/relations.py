"""Do the records that name one another exist, and do they agree?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from policy_tools.load.folders import LoadedFolder, LoadedRecord
from policy_tools.load.suggestion import suggest
from policy_tools.model.paper import Paper
from policy_tools.model.person import Person
from policy_tools.model.problem import Position, Problem
from policy_tools.model.programme import Institute, Programme

_UNKNOWN: Mapping[str, str] = MappingProxyType(
    {
        "institute": "record.unknown-institute",
        "paper": "record.unknown-paper",
        "person": "record.unknown-person",
        "programme": "record.unknown-programme",
        "series": "record.unknown-series",
        "topic": "record.unknown-topic",
    }
)

_WHERE: Mapping[str, str] = MappingProxyType(
    {
        "institute": "An institute is named like its file in content/institutes/.",
        "paper": "A paper is named like its folder in content/papers/.",
        "person": "A person is named like the file in content/people/: policy new person makes one.",
        "programme": "A programme is named like its file in content/programmes/.",
        "series": "Series are listed in content/series.yaml.",
        "topic": "Topics are listed in content/topics.yaml.",
    }
)


@dataclass(frozen=True, slots=True)
class KnownIds:
    """The ids that may be named. A record with faults counts: its faults are told elsewhere.

    `private` holds those of each kind that stand in content/private/.
    """

    people: frozenset[str] = frozenset()
    programmes: frozenset[str] = frozenset()
    institutes: frozenset[str] = frozenset()
    series: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    papers: Mapping[str, Paper] = field(default_factory=dict)
    paper_slugs: frozenset[str] = frozenset()
    private: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def by_kind(self) -> Mapping[str, frozenset[str]]:
        """The ids of each kind of record, by the word for it."""
        return {
            "person": self.people,
            "programme": self.programmes,
            "institute": self.institutes,
            "series": self.series,
            "topic": self.topics,
            "paper": self.paper_slugs,
        }

    def suggest(self, kind: str, name: str, *, is_private: bool) -> str:
        """What an author may have meant: of a private id, a public file learns nothing."""
        ids = self.by_kind[kind]
        return suggest(name, ids if is_private else ids - self.private.get(kind, frozenset()))


def check_papers(papers: Iterable[Paper], known: KnownIds) -> Iterator[Problem]:
    """Names in papers that belong to no record, and numbers and versions that disagree."""
    listed = list(papers)
    for paper in listed:
        yield from _check_names(paper, known)
        yield from _check_succession(paper, known)
        yield from _check_version(paper, known)
    yield from _find_double_numbers(listed)


def check_people(people: LoadedFolder[Person], known: KnownIds) -> Iterator[Problem]:
    """Programmes of people that do not exist, and names that only a person has."""
    for loaded in people.records:
        if loaded.record and (programme := loaded.record.programme):
            place = loaded.fields.place("programme")
            yield from _check_one(loaded, place, "programme", programme, known)
        if loaded.record and loaded.record.kind == "team":
            yield from _check_team(loaded, loaded.record)


def _check_team(loaded: LoadedRecord[Person], team: Person) -> Iterator[Problem]:
    for name in ("given", "family"):
        if getattr(team, name):
            place = loaded.fields.place(name)
            message = f'A team has no "{name}": it is cited by its name.'
            hint = "Take the line away, or write kind: person."
            yield Problem(loaded.path, place.line, place.column, "front-matter.unknown-field", message, hint)


def check_programmes(programmes: LoadedFolder[Programme], known: KnownIds) -> Iterator[Problem]:
    """Leads and institutes of programmes that do not exist."""
    for loaded in programmes.records:
        if loaded.record is None:
            continue
        if lead := loaded.record.lead:
            yield from _check_one(loaded, loaded.fields.place("lead"), "person", lead, known)
        place = loaded.fields.place("institute")
        yield from _check_one(loaded, place, "institute", loaded.record.institute, known)


def check_institutes(institutes: LoadedFolder[Institute], known: KnownIds) -> Iterator[Problem]:
    """Series of institutes that do not exist."""
    for loaded in institutes.records:
        for index, series in enumerate(loaded.record.series if loaded.record else ()):
            place = loaded.fields.place("series", index)
            yield from _check_one(loaded, place, "series", series, known)


class _Source(Protocol):
    """A file that names something: a paper, or a record."""

    @property
    def path(self) -> str: ...

    @property
    def is_private(self) -> bool: ...


def _check_one(source: _Source, place: Position, kind: str, name: str, known: KnownIds) -> Iterator[Problem]:
    if name and name not in known.by_kind[kind]:
        message = f'There is no {kind} "{name}".'
        hint = known.suggest(kind, name, is_private=source.is_private) or _WHERE[kind]
        yield Problem(source.path, place.line, place.column, _UNKNOWN[kind], message, hint)


def _check_names(paper: Paper, known: KnownIds) -> Iterator[Problem]:
    record = paper.record
    yield from _check_one(paper, paper.place("series"), "series", record.series, known)
    for kind, name in (("programme", "programmes"), ("topic", "topics")):
        for index, value in enumerate(getattr(record, name)):
            yield from _check_one(paper, paper.place(name, index), kind, value, known)
    for index, author in enumerate(record.authors):
        if isinstance(author, str):
            place = paper.place("authors", index)
            yield from _check_one(paper, place, "person", author, known)


def _check_succession(paper: Paper, known: KnownIds) -> Iterator[Problem]:
    """`supersedes` and `superseded_by` name papers, and where both papers speak they say the same."""
    for name, counterpart in (("supersedes", "superseded_by"), ("superseded_by", "supersedes")):
        slug = getattr(paper.record, name)
        if slug is None:
            continue
        place = paper.place(name)
        if slug == paper.slug:
            message = "A paper cannot take its own place."
            yield Problem(
                paper.path,
                place.line,
                place.column,
                "record.own-successor",
                message,
                "Earlier versions are kept in folders v1, v2.",
            )
            continue
        yield from _check_one(paper, place, "paper", slug, known)
        other = known.papers.get(slug)
        answer = getattr(other.record, counterpart) if other else None
        if other and paper.is_current and answer not in (None, paper.slug):
            message = f'"{slug}" says {counterpart}: {answer}, and this paper says {name}: {slug}.'
            yield Problem(
                paper.path,
                place.line,
                place.column,
                "record.succession-differs",
                message,
                "Make the two agree, or leave superseded_by out: it follows from supersedes.",
            )


def _check_version(paper: Paper, known: KnownIds) -> Iterator[Problem]:
    current = known.papers.get(paper.slug)
    if paper.is_current or current is None or paper.record.version < current.record.version:
        return
    place = paper.place("version")
    latest = current.record.version
    message = f"This is kept as version {paper.record.version}, and the current paper is version {latest}."
    hint = f"Write version: {paper.record.version + 1} or more in the current paper."
    yield Problem(paper.path, place.line, place.column, "record.version-not-earlier", message, hint)


def _find_double_numbers(papers: Iterable[Paper]) -> Iterator[Problem]:
    """Two papers with one number in a series. The fault is told in a private file rather than in a public."""
    by_number: dict[tuple[str, int], list[Paper]] = defaultdict(list)
    for paper in papers:
        if paper.is_current and paper.record.number is not None and paper.record.series:
            by_number[paper.record.series, paper.record.number].append(paper)
    for (series, number), bearers in sorted(by_number.items()):
        first, *others = sorted(bearers, key=lambda paper: (paper.is_private, paper.path))
        for paper in others:
            place = paper.place("number")
            message = f'{first.path} is number {number} of "{series}" already.'
            hint = "Give one of the two another number."
            yield Problem(paper.path, place.line, place.column, "record.double-number", message, hint)
