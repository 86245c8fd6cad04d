"""What does a pack say in one place or at one time that it does not say in another?"""

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from policy_tools.load.library import load_library
from policy_tools.load.site import SETTINGS_FILE, load_site
from policy_tools.model.problem import CannotRunError, Problem, Severity
from policy_tools.model.site import Site
from policy_tools.pack.change import Change
from policy_tools.pack.changes import compare
from policy_tools.pack.copies import SNAPSHOTS, load_register, load_snapshot
from policy_tools.pack.snapshot import Snapshot, parse_snapshot
from policy_tools.pipeline.check import check_library
from policy_tools.pipeline.pack_sources import find_pack, gather_pack
from policy_tools.pipeline.revisions import RevisionError, check_out
from policy_tools.render.pool import Pool
from policy_tools.store import Store


def compare_pack(
    site: Site, store: Store, pack_id: str, old: str, new: str, *, now: datetime
) -> tuple[Change, ...]:
    """Every difference in a pack between `old` and `new`.

    Each of these is a copy that was issued, by its id; the file of a snapshot; the folder of a site; or a
    revision of the site's own Git repository.
    """
    with Pool(os.cpu_count() or 1) as pool:
        finder = _Finder(site, store, pack_id, pool, now)
        return compare(finder.find(old), finder.find(new))


class _Finder:
    """Finds what a pack said by any name for where or when."""

    def __init__(self, site: Site, store: Store, pack_id: str, pool: Pool, now: datetime) -> None:
        self._site = site
        self._store = store
        self._pack_id = pack_id
        self._pool = pool
        self._now = now

    def find(self, name: str) -> Snapshot:
        """A copy's id goes before a file or folder of the same name, and that before a revision."""
        if self._is_copy(name):
            snapshot = load_snapshot(self._site.content, name)
        elif name and Path(name).is_file():
            snapshot = parse_snapshot(Path(name).read_bytes(), name)
        elif name and (Path(name) / SETTINGS_FILE).is_file():
            return self._describe(Path(name), what=f'the site in "{name}"')
        else:
            return self._find_revision(name)
        if snapshot.pack != self._pack_id:
            raise CannotRunError(f'"{name}" is of the pack "{snapshot.pack}", not of "{self._pack_id}".')
        return snapshot

    def _is_copy(self, name: str) -> bool:
        known = {copy.copy_id for copy in load_register(self._site.content, self._site.root).copies}
        return name in known or (
            Path(name).name == name
            and (self._site.content / "private" / SNAPSHOTS / f"{name}.json").is_file()
        )

    def _find_revision(self, name: str) -> Snapshot:
        try:
            with check_out(self._site.root, name) as folder:
                return self._describe(folder)
        except RevisionError as error:
            raise CannotRunError(
                f'"{name}" is no copy that was issued, no file of a snapshot, no folder of a site, and no '
                f"revision of this one. {error}"
            ) from error

    def _describe(self, folder: Path, what: str = "") -> Snapshot:
        """What the pack says in the site of a folder, rendered with what this site has in store.

        Raises for errors in a folder that can be mended, which is called `what`; a revision cannot be.
        """
        site = replace(load_site(folder), cache=self._site.cache)
        library = load_library(site, self._store)
        if what:
            _refuse_errors(check_library(library, site, now=self._now), what)
        pack = find_pack(library, self._pack_id)
        return gather_pack(pack, library, site, self._store, self._pool, now=self._now).describe()


def _refuse_errors(problems: Iterable[Problem], what: str) -> None:
    errors = [str(problem) for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        listing = "\n".join(errors)
        raise CannotRunError(f"Nothing is compared while {what} has errors.\n{listing}")
