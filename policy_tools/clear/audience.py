"""What may one pack be made of: by which readers may what be seen besides what is public?

A public pack is made of what is public and of nothing else. A secondment's pack may also use those private
and embargoed papers that its recipe names, with what hangs on them, and the notes that are for this reader.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, time
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from policy_tools.clear.asks import reduce_relations
from policy_tools.clear.clearance import clear, clear_references, hide_succession, hide_unknown
from policy_tools.clear.naming import names_in_recommendation, take_stock
from policy_tools.clear.outcome import Reason
from policy_tools.clear.rules import find_reason
from policy_tools.model.library import Library, PackLibrary, PublicLibrary, Shelves
from policy_tools.model.pack import Pack
from policy_tools.model.paper import Paper
from policy_tools.model.recommendation import Recommendation, RecommendationNotes

T = TypeVar("T")

_MAY_BE_SHARED = frozenset({None, Reason.PRIVATE, Reason.PRIVATE_FOLDER, Reason.EMBARGO, Reason.FUTURE_DATE})
"""Why a paper is withheld that a secondment's recipe may name: never one with a fault, a draft, or one that
was withdrawn. None stands for a paper that is public by itself, and withheld for a record that it names."""


def clear_for_pack(library: Library, pack: Pack, now: datetime, zone: str) -> PackLibrary:
    """What a pack may be made of at the aware moment `now`; `zone` is the site's, by which days begin.

    The notes are those on recommendations that the pack may use; only those that it selects are to be shown.
    An author's mistake, such as a secondment that is not there, leaves only what is public. Raises
    ValueError for a naive moment.
    """
    public = clear(library, now, zone).library
    if pack.is_public or pack.secondment not in library.secondments:
        return PackLibrary(**_shelves_of(public), withdrawn=public.withdrawn)
    clock = ZoneInfo(zone)
    named = _find_named(library, pack, now, clock)
    shared = _add_papers(library, public, named)
    shared = hide_unknown(_add_secondment(library, shared, pack))
    return PackLibrary(
        **_shelves_of(shared),
        recommendation_notes=_choose_notes(library, shared, pack.secondment),
        secondment_note=library.secondment_notes.get(pack.secondment),
        unpublished=_find_embargoes(shared, public, now, clock),
    )


def _find_embargoes(
    shared: PublicLibrary, public: PublicLibrary, now: datetime, zone: ZoneInfo
) -> Mapping[str, datetime | None]:
    """The papers that are not public, with the moment in `zone` until which nothing of each may be shown."""
    shown = {paper.slug for paper in public.papers}
    return MappingProxyType(
        {paper.slug: find_embargo(paper, now, zone) for paper in shared.papers if paper.slug not in shown}
    )


def find_embargo(paper: Paper, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment in `zone` until which nothing of a paper may be shown; None where none is to come."""
    embargo = paper.record.embargo
    if embargo and embargo.until.astimezone(UTC) > now.astimezone(UTC):
        return embargo.until.astimezone(zone)
    if find_reason(paper, now, zone) is Reason.FUTURE_DATE:
        return datetime.combine(paper.record.published, time(), zone)
    return None


def _shelves_of(shelves: Shelves) -> dict[str, Any]:
    return {field.name: getattr(shelves, field.name) for field in fields(Shelves)}


def _find_named(library: Library, pack: Pack, now: datetime, zone: ZoneInfo) -> tuple[Paper, ...]:
    """The current papers that the recipe names and that its reader may have."""
    pins = frozenset(pack.record.select.papers)
    return tuple(
        paper
        for paper in library.papers
        if pins & {paper.slug, f"{paper.slug}@{paper.record.version}"}
        and find_reason(paper, now, zone) in _MAY_BE_SHARED
    )


def _add_papers(library: Library, public: PublicLibrary, named: Iterable[Paper]) -> PublicLibrary:
    """The public library with those papers, the records they name and their recommendations."""
    added = {paper.slug for paper in named}
    names = added | {paper.slug for paper in public.papers}
    papers = tuple(paper for paper in library.papers if paper.slug in names)
    shown = {paper.id for paper in public.earlier_versions}
    earlier = tuple(paper for paper in library.earlier_versions if paper.id in shown)
    successors = {slug: paper.slug for paper in papers if (slug := paper.record.supersedes) and slug in names}
    shared = replace(
        _add_records(library, public, named),
        papers=tuple(hide_succession(paper, names, successors) for paper in papers),
        earlier_versions=tuple(hide_succession(paper, names, successors) for paper in earlier),
        references=_join(public.references, clear_references(library.references, (*papers, *earlier))),
    )
    return _add_recommendations(library, shared, added)


def _add_records(library: Library, public: PublicLibrary, papers: Iterable[Paper]) -> PublicLibrary:
    """The public records, and those private ones that the papers name."""
    named = [paper.record for paper in papers]
    programmes = _pick(library.programmes, (name for record in named for name in record.programmes))
    authors = (author for record in named for author in record.authors if isinstance(author, str))
    institutes = _pick(library.institutes, (programme.institute for programme in programmes.values()))
    topics = _pick(library.topics, (name for record in named for name in record.topics))
    return replace(
        public,
        people=_join(public.people, _pick(library.people, authors)),
        programmes=_join(public.programmes, programmes),
        institutes=_join(public.institutes, institutes),
        series=_join(public.series, _pick(library.series, (record.series for record in named))),
        topics=_join(public.topics, topics),
    )


def _add_recommendations(library: Library, shared: PublicLibrary, slugs: set[str]) -> PublicLibrary:
    """The recommendations of those papers too, with the departments and statistics that they name."""
    public = take_stock(shared)
    added: dict[str, Recommendation] = {}
    departments: set[str] = set()
    statistics: set[str] = set()
    for ask in library.recommendations.values():
        if ask.paper not in slugs or ask.id in shared.recommendations:
            continue
        added[ask.id] = ask
        names = [name for name in names_in_recommendation(ask) if name not in public]
        departments |= {name.id for name in names if name.shelf == "departments"}
        statistics |= {name.id for name in names if name.shelf == "statistics"}
    chosen = {*shared.recommendations, *added}
    asks = {id_: ask for id_, ask in library.recommendations.items() if id_ in chosen}
    return replace(
        shared,
        departments=_join(shared.departments, _pick(library.departments, departments)),
        statistics=_join(shared.statistics, _pick(library.statistics, statistics)),
        recommendations=reduce_relations(asks),
    )


def _add_secondment(library: Library, shared: PublicLibrary, pack: Pack) -> PublicLibrary:
    """The reader's own entry in the register, and the pack itself."""
    own = library.secondments[pack.secondment]
    programmes = _pick(library.programmes, (own.programme,))
    publishers = (own.seconded_by, *(programme.institute for programme in programmes.values()))
    return replace(
        shared,
        secondments=_join(shared.secondments, {own.id: own}),
        people=_join(shared.people, _pick(library.people, (own.person,))),
        programmes=_join(shared.programmes, programmes),
        institutes=_join(shared.institutes, _pick(library.institutes, publishers)),
        packs=_join(shared.packs, {pack.id: pack}),
    )


def _choose_notes(
    library: Library, shared: PublicLibrary, secondment: str
) -> Mapping[str, RecommendationNotes]:
    """The notes on what the pack may use that are for every secondment, or for this one."""
    return MappingProxyType(
        {
            id_: notes
            for id_, notes in library.recommendation_notes.items()
            if id_ in shared.recommendations and (not notes.only_for or secondment in notes.only_for)
        }
    )


def _pick(records: Mapping[str, T], names: Iterable[str]) -> dict[str, T]:
    """Those of the records that are named, in their own order."""
    wanted = frozenset(names)
    return {name: record for name, record in records.items() if name in wanted}


def _join(public: Mapping[str, T], added: Mapping[str, T]) -> Mapping[str, T]:
    """The public records, and others that are not among them."""
    return MappingProxyType({**added, **public})
