"""Which packs are there, and how are they made one by one, outside a build of the site?

A public pack comes out as the site has it. A private one goes to the private root as a copy that is marked
as not issued: it is for its makers to look at.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from policy_tools.clear.audience import clear_for_pack
from policy_tools.load.library import load_library
from policy_tools.model.library import Library
from policy_tools.model.pack import Pack
from policy_tools.model.problem import Problem, has_errors
from policy_tools.model.site import DOWNLOADS, Site
from policy_tools.model.terms import PARTS
from policy_tools.pack.changes import compare
from policy_tools.pack.changes_part import ChangesView, build_changes
from policy_tools.pack.copies import Register, RegisterError, load_register, load_snapshot
from policy_tools.pack.events import find_as_at, list_events, list_held_days
from policy_tools.pack.request import build_pack_request
from policy_tools.pack.selection import select
from policy_tools.pack.view import find_publisher
from policy_tools.pipeline.check import check_library
from policy_tools.pipeline.pack_files import FinishedPack, PackWork, make_archive, make_pack_files
from policy_tools.pipeline.pack_sources import EmptyPackError, PackSources, find_pack, gather_pack
from policy_tools.places import PLUGINS, THEME
from policy_tools.release.private_root import open_private_root
from policy_tools.release.public_folder import write_public_folder
from policy_tools.render.pool import Pool
from policy_tools.store import PassingStore, Store

_UNADDRESSED = "nobody"  # for a pack that is private and is for no secondment


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack as a list tells of it. `as_at` is None for one that would be empty now."""

    id: str
    audience: str
    title: str
    parts: tuple[str, ...]
    as_at: date | None


@dataclass(frozen=True, slots=True)
class BuiltPack:
    """A pack as it was made: its folder, and the size of each file by name; None where it has a problem.

    `reason` says why it was passed over.
    """

    id: str
    folder: Path | None
    sizes: Mapping[str, int]
    problems: tuple[Problem, ...]
    reason: str = ""


def list_packs(site: Site, store: Store, *, now: datetime) -> tuple[PackLine, ...]:
    """Every pack, private ones too: for those who make them."""
    library = load_library(site, store)
    return tuple(_describe(pack, library, site, now) for pack in library.packs.values())


def _describe(pack: Pack, library: Library, site: Site, now: datetime) -> PackLine:
    cleared = clear_for_pack(library, pack, now, site.timezone)
    events = list_events(select(pack, cleared), cleared)
    titles = tuple(part.title or PARTS[part.part] for part in pack.parts)
    held = list_held_days(pack, cleared.withdrawn)
    as_at = find_as_at(pack, events, held, site.day_of(now)) if events else None
    return PackLine(pack.id, pack.record.audience, pack.record.title, titles, as_at)


def build_packs(
    site: Site, store: Store, ids: tuple[str, ...], output: Path, *, now: datetime
) -> Iterator[BuiltPack]:
    """Each pack that is named, or every one; a public one in a folder of `output`.

    Nothing is made while the content has errors. Raises for an id that does not exist, and for one pack that
    is empty; among many an empty one is passed over with the reason.
    """
    library = load_library(site, store)
    packs = [find_pack(library, id_) for id_ in ids] if ids else list(library.packs.values())
    problems = check_library(library, site, now=now)
    if has_errors(problems):
        yield BuiltPack("", None, {}, problems)
        return
    with Pool(os.cpu_count() or 1) as pool:
        for pack in packs:
            try:
                yield _build(pack, library, site, store, pool, output, now)
            except EmptyPackError as error:
                if len(packs) == 1:
                    raise
                yield BuiltPack(pack.id, None, {}, (), str(error))


def _build(
    pack: Pack, library: Library, site: Site, store: Store, pool: Pool, output: Path, now: datetime
) -> BuiltPack:
    store = store if pack.is_public else PassingStore(store)
    sources = gather_pack(pack, library, site, store, pool, now=now)
    finished = _render(sources, site, store, pool)
    problems = (*sources.problems, *finished.problems)
    if has_errors(problems):
        return BuiltPack(pack.id, None, {}, problems)
    ready = {**finished.files, "zip": make_archive(finished, pack.id, sources.as_at, store)}
    files = {f"{pack.id}.{name}": file.read() for name, file in ready.items()}
    if pack.is_public:
        folder = write_public_folder(output / pack.id, files, site, apart_from=(THEME, PLUGINS))
    else:
        root = open_private_root(site, apart_from=(THEME, PLUGINS))
        address = f"{pack.secondment or _UNADDRESSED}/{pack.id}-not-issued"
        folder = root.write_folder(address, files, replace=True)
    return BuiltPack(pack.id, folder, {name: len(content) for name, content in files.items()}, problems)


def _render(sources: PackSources, site: Site, store: Store, pool: Pool) -> FinishedPack:
    request = build_pack_request(
        sources.pack,
        sources.selected,
        sources.library,
        site,
        sources.requests,
        sources.boxes,
        as_at=sources.as_at,
        changes=_compare_with_last(sources, site),
    )
    institute = find_publisher(sources.pack, sources.selected, sources.library, site)
    work = PackWork(request, colour=institute.colour if institute else None)
    (finished,) = make_pack_files([work], DOWNLOADS, replace(site, formats=DOWNLOADS), store, pool)
    return finished


def _compare_with_last(sources: PackSources, site: Site) -> ChangesView | None:
    """What the next copy would say has changed; nothing before the first one."""
    pack = sources.pack
    if not any(part.part == "changes" for part in pack.parts):
        return None
    loaded = load_register(site.content, site.root)
    if loaded.problems:
        listing = "\n".join(str(problem) for problem in loaded.problems)
        raise RegisterError(f"Nothing is compared with a register that has a fault.\n{listing}")
    last = Register(site.content / "private", loaded.copies).find_last(pack.id, pack.secondment)
    if last is None:
        return None
    snapshot = sources.describe()
    titles = {slug: str(paper.fields.get("title", slug)) for slug, paper in snapshot.papers.items()}
    changes = compare(load_snapshot(site.content, last.copy_id), snapshot)
    return build_changes(last.issued_at, last.copy_id, changes, titles)
