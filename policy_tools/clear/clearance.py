"""What may the public see at one moment, and what has to wait?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from policy_tools.clear.asks import clear_asks
from policy_tools.clear.leaks import check_leaks
from policy_tools.clear.outcome import Clearance, Reason, Withheld
from policy_tools.clear.rules import find_lift, find_reason, was_public
from policy_tools.clear.withdrawal import reduce_withdrawn
from policy_tools.model.glossary import GlossaryEntry
from policy_tools.model.library import Library, PublicLibrary
from policy_tools.model.paper import Paper
from policy_tools.model.person import Person
from policy_tools.model.programme import Institute, Programme, Series, Topic
from policy_tools.model.reference import Reference

__all__ = ["Clearance", "Reason", "Withheld", "check_leaks", "clear"]

Shared = TypeVar("Shared", Person, Programme, Institute, Series, Topic, GlossaryEntry)


def clear(library: Library, now: datetime, zone: str) -> Clearance:
    """What the public may see at the aware moment `now`; `zone` is the site's, by which days begin.

    Raises ValueError for a naive moment.
    """
    if now.utcoffset() is None:
        raise ValueError("The moment of clearing needs a time zone.")
    clock = ZoneInfo(zone)
    records = _clear_records(library)
    reasons = _judge(library, now, clock, records)
    papers = tuple(paper for paper in library.papers if reasons[paper.id] is None)
    earlier = tuple(paper for paper in library.earlier_versions if reasons[paper.id] is None)
    names = {paper.slug for paper in papers}
    successors = {slug: paper.slug for paper in papers if (slug := paper.record.supersedes) in names and slug}
    public = replace(
        records,
        papers=tuple(hide_succession(paper, names, successors) for paper in papers),
        earlier_versions=tuple(hide_succession(paper, names, successors) for paper in earlier),
        pages=tuple(
            page for page in library.pages if page.record.status == "published" and not page.is_private
        ),
        references=clear_references(library.references, (*papers, *earlier)),
    )
    public = clear_asks(library, public)
    withdrawn = (
        paper
        for paper in library.papers
        if was_public(paper, now, clock) and not _find_private_record(paper, records)
    )
    today = now.astimezone(clock).date()
    public = replace(public, withdrawn=reduce_withdrawn(withdrawn, library, public, today))
    return Clearance(
        public,
        _list_withheld(library, public, reasons),
        _find_next_lift(library, reasons, clock),
    )


def _clear_records(library: Library) -> PublicLibrary:
    """The public records. One that cannot stand without a private one is withheld with it."""
    institutes = _keep_public(library.institutes)
    programmes = {
        name: programme
        for name, programme in _keep_public(library.programmes).items()
        if programme.institute in institutes
    }
    shown = PublicLibrary(
        institutes=institutes,
        programmes=programmes,
        people=_keep_public(library.people),
        series=_freeze(_keep_public(library.series)),
        topics=_freeze(_keep_public(library.topics)),
        glossary=_freeze(_keep_public(library.glossary)),
    )
    return hide_unknown(shown)


def hide_unknown(shown: PublicLibrary) -> PublicLibrary:
    """The library, in which no person, programme or institute names what is not in it."""
    people = {
        name: person
        if person.programme in shown.programmes
        else person.model_copy(update={"programme": None})
        for name, person in shown.people.items()
    }
    programmes = {
        name: programme if programme.lead in people else programme.model_copy(update={"lead": None})
        for name, programme in shown.programmes.items()
    }
    institutes = {
        name: institute.model_copy(update={"series": tuple(s for s in institute.series if s in shown.series)})
        for name, institute in shown.institutes.items()
    }
    return replace(
        shown, people=_freeze(people), programmes=_freeze(programmes), institutes=_freeze(institutes)
    )


def _keep_public(records: Mapping[str, Shared]) -> dict[str, Shared]:
    return {name: record for name, record in records.items() if not record.is_private}


def _freeze(records: dict[str, Shared]) -> Mapping[str, Shared]:
    return MappingProxyType(records)


def _judge(
    library: Library, now: datetime, zone: ZoneInfo, records: PublicLibrary
) -> dict[str, Reason | None]:
    """For every version of every paper why it is withheld, or None. An earlier one needs the current one."""
    reasons: dict[str, Reason | None] = {}
    for paper in library.papers:
        reasons[paper.id] = find_reason(paper, now, zone) or _find_private_record(paper, records)
    public = {paper.slug for paper in library.papers if reasons[paper.id] is None}
    for paper in library.earlier_versions:
        own = find_reason(paper, now, zone) or _find_private_record(paper, records)
        follows = None if paper.slug in public else Reason.CURRENT_VERSION_WITHHELD
        reasons[paper.id] = own or follows
    return reasons


def _find_private_record(paper: Paper, records: PublicLibrary) -> Reason | None:
    """A paper whose author, programme, series or topic has no public record would speak of it."""
    record = paper.record
    authors = (author for author in record.authors if isinstance(author, str))
    is_public = (
        record.series in records.series
        and all(programme in records.programmes for programme in record.programmes)
        and all(topic in records.topics for topic in record.topics)
        and all(author in records.people for author in authors)
    )
    return None if is_public else Reason.PRIVATE_RECORD


def hide_succession(paper: Paper, names: Collection[str], successors: Mapping[str, str]) -> Paper:
    """The paper with only those successors and predecessors that the public may see.

    A successor is known from its own `supersedes` as well: the older paper need not be edited, and must
    not be while the newer one is secret.
    """
    record = paper.record
    supersedes = record.supersedes if record.supersedes in names else None
    superseded_by = record.superseded_by if record.superseded_by in names else successors.get(paper.slug)
    if (supersedes, superseded_by) == (record.supersedes, record.superseded_by):
        return paper
    changes = {"supersedes": supersedes, "superseded_by": superseded_by}
    return replace(paper, record=record.model_copy(update=changes))


def clear_references(references: Mapping[str, Reference], papers: Iterable[Paper]) -> Mapping[str, Reference]:
    """The references that cleared papers cite; private ones only if a paper from the private folder does."""
    cited: set[str] = set()
    cited_by_lifted: set[str] = set()
    for paper in papers:
        cited.update(paper.body.cited_keys)
        if paper.is_private:
            cited_by_lifted.update(paper.body.cited_keys)
    return MappingProxyType(
        {
            key: reference
            for key, reference in references.items()
            if key in (cited_by_lifted if reference.is_private else cited)
        }
    )


def _list_withheld(
    library: Library, public: PublicLibrary, reasons: Mapping[str, Reason | None]
) -> tuple[Withheld, ...]:
    papers = [
        Withheld(paper.id, paper.path, reason)
        for paper in library.all_papers
        if (reason := reasons[paper.id])
    ]
    unread = [Withheld(path, path, Reason.FAULTY) for path in library.withheld_paths]
    shown = {page.path for page in public.pages}
    pages = [
        Withheld(page.slug, page.path, Reason.PRIVATE_FOLDER if page.is_private else Reason.DRAFT)
        for page in library.pages
        if page.path not in shown
    ]
    return tuple(sorted([*papers, *unread, *pages], key=lambda withheld: withheld.path))


def _find_next_lift(
    library: Library, reasons: Mapping[str, Reason | None], zone: ZoneInfo
) -> datetime | None:
    waiting = {Reason.EMBARGO, Reason.FUTURE_DATE}
    lifts = (find_lift(paper, zone) for paper in library.all_papers if reasons[paper.id] in waiting)
    return min((lift for lift in lifts if lift), default=None)
