"""What stands in the output folder, what was each file made from, and what does not belong there?

Files are written one by one under a temporary name and renamed; a file whose digest of inputs has not
changed is left alone; when all is written, whatever the edition does not name is removed, so that
nothing withdrawn or embargoed again stays behind.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from json.encoder import encode_basestring_ascii
from pathlib import Path
from typing import NamedTuple

from policy_tools.model.problem import CannotRunError
from policy_tools.release.marker import find_marked_folder
from policy_tools.release.walk import walk
from policy_tools.store import digest_of

MANIFEST = "manifest.json"


class OutputError(CannotRunError):
    """The output folder cannot be used; the message says why and what to do."""


class Standing(NamedTuple):
    """A file as it was last written: the digest of its inputs, its bytes, time and SHA-256."""

    inputs: str
    size: int
    mtime_ns: int
    sha256: str


class OutputFolder:
    """One output folder and the ledger of what was written to it, kept beside the cache."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.root = root
        self._root_name = os.fspath(root)
        self._ledger_path = cache / f"written-{digest_of(str(root.resolve()))[:16]}.json"
        self._before = self._read_ledger()
        self._now: dict[str, Standing] = {}
        self._folders: set[Path] = set()
        self.written = 0
        self._found = tuple(walk(self._root_name))
        self._refuse_private_folder()
        self._refuse_foreign_folder()

    def __len__(self) -> int:
        """How many files the edition has so far."""
        return len(self._now)

    def keep_or_write(self, address: str, inputs: str, make: Callable[[], bytes]) -> bool:
        """Write a file unless the one that stands there was made from the same inputs. Tell if written."""
        standing = self._before.get(address)
        if standing and standing.inputs == inputs and self._is_untouched(address, standing):
            self._now[address] = standing
            return False
        self._write(address, inputs, make())
        return True

    def finish(self) -> tuple[str, ...]:
        """Write the manifest, remove what the edition does not name, and tell what was removed."""
        has_changed = not self._is_as_before()
        if has_changed:
            self._write(MANIFEST, "", self._format_manifest())
        else:
            self._now = self._before
        found = self._list_found()
        removed = tuple(
            address for place, names in found for name in names if (address := place + name) not in self._now
        )
        for address in removed:
            (self.root / address).unlink(missing_ok=True)
        self._remove_empty(place for place, _ in found)
        if has_changed:
            self._write_ledger()
        return removed

    def _write(self, address: str, inputs: str, data: bytes) -> None:
        path = self.root / address
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        temporary = path.with_name(f".{path.name}.part")
        with temporary.open("wb", buffering=0) as file:
            file.write(data)
            os.fchmod(file.fileno(), 0o644)
            status = os.fstat(file.fileno())
        temporary.replace(path)
        self._now[address] = Standing(
            inputs, status.st_size, status.st_mtime_ns, hashlib.sha256(data).hexdigest()
        )
        self.written += 1

    def _is_untouched(self, address: str, standing: Standing) -> bool:
        try:
            status = os.lstat(f"{self._root_name}/{address}")  # a Path for each costs more than asking
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (standing.size, standing.mtime_ns)

    def _is_as_before(self) -> bool:
        """Whether every file is the one that stood there, so that manifest and ledger say so already."""
        manifest = self._before.get(MANIFEST)
        if manifest is None or not self._is_untouched(MANIFEST, manifest):
            return False
        return {**self._now, MANIFEST: manifest} == self._before

    def _format_manifest(self) -> bytes:
        """JSON with a field a line, which `json` writes many times more slowly than JSON on one line."""
        files = ",\n".join(
            f'  {{\n   "path": {encode_basestring_ascii(address)},\n   "bytes": {standing.size},\n'
            f'   "sha256": "{standing.sha256}"\n  }}'
            for address, standing in sorted(self._now.items())
        )
        return f'{{\n "files": [\n{files}\n ]\n}}\n'.encode()

    def _list_found(self) -> list[tuple[str, list[str]]]:
        """Every folder that stood there before ("papers/nib/", "" for the root itself) with its files."""
        places = (
            (path[len(self._root_name) + 1 :].replace(os.sep, "/"), names) for path, _, names in self._found
        )
        found = [(f"{place}/" if place else "", names) for place, names in places]
        # A checkout that serves as output, as some hosts ask for, keeps what makes it one.
        return [(place, names) for place, names in found if not place.startswith(".git/")]

    def _remove_empty(self, places: Iterable[str]) -> None:
        """Remove the folders in which nothing of the edition stands, the innermost first."""
        needed = {""}
        for address in self._now:
            place = address
            while (place := place[: place.rfind("/", 0, -1) + 1]) not in needed:
                needed.add(place)
        for place in sorted(set(places) - needed, reverse=True):
            folder = self.root / place
            if not any(folder.iterdir()):  # else there is a link to a folder, which is nobody's file
                folder.rmdir()

    def _refuse_private_folder(self) -> None:
        marked = find_marked_folder(self.root, self._found)
        if marked:
            raise OutputError(
                f"The output {self.root} is, lies in or holds a private folder ({marked}), which is never "
                "published. Name another with --output."
            )

    def _refuse_foreign_folder(self) -> None:
        if not self.root.exists() or (self.root / MANIFEST).is_file():
            return
        if not self.root.is_dir():
            raise OutputError(f"The output {self.root} is not a folder. Name another with --output.")
        if any(self.root.iterdir()) and not self._before:
            raise OutputError(
                f"The folder {self.root} holds files that this command did not write, and would remove them. "
                "Empty it, or name another folder with --output."
            )

    def _read_ledger(self) -> dict[str, Standing]:
        try:
            rows = json.loads(self._ledger_path.read_bytes())
        except (OSError, ValueError):
            return {}
        return {address: Standing(*row) for address, row in rows.items()}

    def _write_ledger(self) -> None:
        self._ledger_path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._ledger_path.with_suffix(".part")
        temporary.write_text(json.dumps(self._now))
        temporary.replace(self._ledger_path)
