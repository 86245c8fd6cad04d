"""Where do private packs go, and how do they stay apart from everything public?

They have a root of their own, which bears a marker. It is refused wherever public output, content or the
theme could reach it; files there are for their owner only, and a folder appears whole or not at all.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from policy_tools.model.problem import CannotRunError
from policy_tools.model.site import Site
from policy_tools.release.marker import MARKER, MARKER_TEXT
from policy_tools.release.output_folder import MANIFEST

_OWNERS_FOLDER = 0o700
_OWNERS_FILE = 0o600


class PrivateRootError(CannotRunError):
    """Private packs cannot be written where they are to go; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class PrivateRoot:
    """A marked folder that is fit for private packs. `path` is where it really is."""

    path: Path

    def find(self, address: str) -> Path:
        """Where something stands in it. Raises when a link would lead out of it."""
        place = self.path / address
        if place.resolve() != place or place == self.path:
            raise PrivateRootError(
                f"{place} leads out of the private folder, or is no place in it. Remove the link that does."
            )
        return place

    def write_folder(self, address: str, files: Mapping[str, bytes], *, replace: bool = False) -> Path:
        """Write a whole folder, safely on the disk; nothing is left behind where that fails.

        One that stands there already is only replaced where that is asked for.
        """
        target = self.find(address)
        if target.exists() and not replace:
            raise PrivateRootError(
                f"{target} stands there already and was not registered: issuing it was cut short, or "
                "the register is an older one. Remove the folder if nobody was given it."
            )
        new, old = (target.with_name(f".{target.name}.{word}") for word in ("new", "old"))
        try:
            self._make_folder(target.parent)
            for leftover in (new, old):
                _remove(leftover)
            self._make_folder(new)
            for name, content in sorted(files.items()):
                _write_file(new / name, content)
            _sync_folder(new)
            if target.exists():
                target.rename(old)
            new.rename(target)
            _sync_folder(target.parent)
        except OSError as error:
            _remove(new)
            place = error.filename or target
            raise PrivateRootError(f"{place} cannot be written: {error.strerror}.") from error
        _remove(old)
        return target

    def remove_folder(self, address: str) -> None:
        """Take a folder away again, and the one that it stood in if it was the only one there."""
        target = self.find(address)
        _remove(target)
        with suppress(OSError):
            target.parent.rmdir()

    def _make_folder(self, folder: Path) -> None:
        """The folder and what it lies in, up to the root, each for its owner only."""
        if folder != self.path:
            self._make_folder(folder.parent)
        folder.mkdir(mode=_OWNERS_FOLDER, exist_ok=True)
        folder.chmod(_OWNERS_FOLDER)


def open_private_root(site: Site, *, apart_from: Iterable[Path] = ()) -> PrivateRoot:
    """The site's folder for private packs, made and marked where there is none.

    It shares no ground with public output, content, the cache, or what is named in `apart_from` (theme and
    plugins).
    """
    path = site.private_output.resolve()
    for other in (site.output, site.content, site.content / "private", site.cache, *apart_from):
        _refuse_overlap(path, other.resolve())
    if path.exists() and not path.is_dir():
        raise PrivateRootError(f"PRIVATE_OUTPUT, {path}, is not a folder. Name another.")
    _refuse_public_output(path)
    if path.is_dir() and any(path.iterdir()) and not (path / MARKER).is_file():
        raise PrivateRootError(
            f"PRIVATE_OUTPUT, {path}, holds files and is not marked as private ({MARKER}). "
            "Name an empty folder, or one that does not exist yet."
        )
    try:
        path.mkdir(mode=_OWNERS_FOLDER, parents=True, exist_ok=True)
        path.chmod(_OWNERS_FOLDER)
        if not (path / MARKER).is_file():
            _write_file(path / MARKER, MARKER_TEXT.encode())
    except OSError as error:
        raise PrivateRootError(f"PRIVATE_OUTPUT, {path}, cannot be used: {error.strerror}.") from error
    return PrivateRoot(path)


def _refuse_overlap(path: Path, other: Path) -> None:
    if path.is_relative_to(other) or other.is_relative_to(path):
        raise PrivateRootError(
            f"PRIVATE_OUTPUT, {path}, and {other} lie one within the other. "
            "Private packs need a folder of their own, apart from output, content and theme."
        )


def _refuse_public_output(path: Path) -> None:
    below = (Path(folder) for folder, _, _ in os.walk(path))
    found = next((folder for folder in (*path.parents, *below) if _is_public_output(folder)), None)
    if found:
        raise PrivateRootError(
            f"PRIVATE_OUTPUT, {path}, shares a folder with public output ({found}). Name another folder."
        )


def _is_public_output(folder: Path) -> bool:
    """Whether a site was built there: by its manifest; one that cannot be read counts."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return False
    try:
        files = json.loads(manifest.read_bytes()).get("files", ())
        return any("path" in row for row in files) or not files
    except (OSError, ValueError, AttributeError, TypeError):
        return True


def _write_file(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNERS_FILE)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, _OWNERS_FILE)
        file.write(content)
        file.flush()
        os.fsync(handle)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
