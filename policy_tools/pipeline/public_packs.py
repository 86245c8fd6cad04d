"""Which packs and briefs does a build make for the public, and as which files?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from policy_tools.edition.dated import DatedCopy, MadePack, PublicPacks
from policy_tools.edition.documents import Download
from policy_tools.edition.files import OutputFile
from policy_tools.model.document import DocumentRequest
from policy_tools.model.library import PublicLibrary
from policy_tools.model.site import DOWNLOADS, Site
from policy_tools.pack.asks import Boxes
from policy_tools.pack.brief import SERIES_LINE as BRIEF
from policy_tools.pack.brief import Brief, build_programme_brief, build_recommendation_brief
from policy_tools.pack.edition_mark import find_edition
from policy_tools.pack.events import find_as_at, list_events, list_held_days
from policy_tools.pack.request import SERIES_LINE, build_pack_request, list_part_titles
from policy_tools.pack.selection import select
from policy_tools.pack.view import find_publisher
from policy_tools.pipeline.downloads import LABELS
from policy_tools.pipeline.pack_files import (
    BRIEF_FORMATS,
    FinishedPack,
    PackWork,
    ReadyFile,
    make_archive,
    make_pack_files,
)
from policy_tools.pipeline.track import Track, track_silently
from policy_tools.render.pool import Pool
from policy_tools.store import Store

_LABELS = LABELS | {"zip": "ZIP"}


@dataclass(frozen=True, slots=True)
class _Planned:
    """A public pack before it is rendered."""

    made: MadePack
    work: PackWork


def make_public_packs(
    library: PublicLibrary,
    site: Site,
    requests: Mapping[str, DocumentRequest],
    boxes: Boxes,
    store: Store,
    pool: Pool,
    track: Track = track_silently,
) -> PublicPacks:
    """Every public pack and brief. `requests` are those of all papers, `boxes` their recommendations."""
    planned = tuple(_plan_packs(library, site, requests, boxes))
    briefs = tuple(_plan_briefs(library, site, boxes))
    packs = make_pack_files((each.work for each in planned), DOWNLOADS, site, store, pool, track, "Packs")
    sheets = make_pack_files(
        (_as_work(brief, library) for brief in briefs), BRIEF_FORMATS, site, store, pool, track, "Briefs"
    )
    offers = [_offer_pack(each.made, finished, store) for each, finished in zip(planned, packs, strict=True)]
    sides = [
        _offer(f"{brief.subject.address}{brief.subject.file_name}", finished.files)
        for brief, finished in zip(briefs, sheets, strict=True)
    ]
    return PublicPacks(
        packs=tuple(
            replace(each.made, downloads=offer.downloads) for each, offer in zip(planned, offers, strict=True)
        ),
        briefs=tuple(_as_copy(brief) for brief in briefs),
        downloads=MappingProxyType(
            {f"brief:{brief.subject.id}": side.downloads for brief, side in zip(briefs, sides, strict=True)}
        ),
        files=tuple(file for offer in (*offers, *sides) for file in offer.files),
        problems=tuple(problem for finished in (*packs, *sheets) for problem in finished.problems),
    )


def _plan_packs(
    library: PublicLibrary, site: Site, requests: Mapping[str, DocumentRequest], boxes: Boxes
) -> Iterator[_Planned]:
    """Those that hold something: what they select may all be withheld."""
    for pack in library.packs.values():
        selected = select(pack, library)
        events = list_events(selected, library)
        held = list_held_days(pack, library.withdrawn)
        as_at = find_as_at(pack, events, held)
        if as_at is None or not events:
            continue
        request = build_pack_request(pack, selected, library, site, requests, boxes, as_at=as_at)
        copy = DatedCopy(
            id=f"pack-{pack.id}",
            kind=SERIES_LINE,
            title=pack.record.title,
            address=pack.address,
            as_at=as_at,
            edition=find_edition(request, site),
            events=events,
            held=held,
        )
        made = MadePack(
            pack.id,
            copy,
            list_part_titles(request),
            tuple(paper.id for paper in selected.papers),
            tuple(ask.id for ask in selected.recommendations),
            (),
        )
        institute = find_publisher(pack, selected, library, site)
        yield _Planned(made, PackWork(request, colour=institute.colour if institute else None))


def _plan_briefs(library: PublicLibrary, site: Site, boxes: Boxes) -> Iterator[Brief]:
    for ask in library.recommendations.values():
        yield build_recommendation_brief(ask, library, site, boxes)
    for programme in library.programmes.values():
        if brief := build_programme_brief(programme, library, site, boxes):
            yield brief


def _as_work(brief: Brief, library: PublicLibrary) -> PackWork:
    institute = library.institutes.get(brief.institute)
    return PackWork(brief.request, brief.subject.line, institute.colour if institute else None)


def _as_copy(brief: Brief) -> DatedCopy:
    subject = brief.subject
    return DatedCopy(
        id=subject.name,
        kind=BRIEF,
        title=subject.title,
        address=subject.address,
        as_at=brief.as_at,
        edition=brief.edition,
        events=brief.events,
        held=brief.held,
    )


@dataclass(frozen=True, slots=True)
class _Offer:
    """Finished files as what pages say of them, and as what is written."""

    downloads: tuple[Download, ...]
    files: tuple[OutputFile, ...]


def _offer_pack(made: MadePack, finished: FinishedPack, store: Store) -> _Offer:
    files = dict(finished.files)
    if files:
        files["zip"] = make_archive(finished, made.id, made.copy.as_at, store)
    return _offer(f"{made.copy.address}{made.id}", files)


def _offer(stem: str, files: Mapping[str, ReadyFile]) -> _Offer:
    """Files at the address `stem` and their format."""
    return _Offer(
        tuple(Download(name, f"{stem}.{name}", file.size, _LABELS[name]) for name, file in files.items()),
        tuple(OutputFile(f"{stem}.{name}", file.read, file.digest) for name, file in files.items()),
    )
