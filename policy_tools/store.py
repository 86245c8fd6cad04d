"""What has been made before, by the digest of what it was made from."""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Self

_SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (
    kind TEXT NOT NULL, digest TEXT NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (kind, digest)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS used (
    kind TEXT NOT NULL, digest TEXT NOT NULL, day INTEGER NOT NULL,
    PRIMARY KEY (kind, digest)
) WITHOUT ROWID;
"""
_NOTE_USE = """
INSERT INTO used VALUES (?, ?, ?)
ON CONFLICT (kind, digest) DO UPDATE SET day = excluded.day WHERE day < excluded.day
"""

KEPT_DAYS: Final = 14
"""For how long something is kept that nothing uses."""


_OWNERS_FILE: Final = 0o600
_SETTINGS: Final = (
    "page_size=32768",  # of a new file: what is kept is long, and read in a third of the time
    "journal_mode=WAL",
    "synchronous=OFF",
    "cache_size=-16000",  # kilobytes
)
_COMPANIONS: Final = ("", "-wal", "-shm")
"""What SQLite adds to the name of the file for those that it keeps beside it."""


def digest_of(*parts: str | bytes) -> str:
    """The SHA-256, in hexadecimal, of the parts with their lengths, so that joining makes no clash."""
    hasher = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        hasher.update(len(data).to_bytes(8, "big"))
        hasher.update(data)
    return hasher.hexdigest()


class Store:
    """A map from (kind, digest) to bytes, kept in one SQLite file beside the output.

    Losing it costs time and nothing else; what is not used for long is let go of. It is local to one machine
    and trusted like the code. It holds what was made of private content too, so that it is its owner's only.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._lock = threading.Lock()
        _close_to_others(path)
        self._database = sqlite3.connect(path, check_same_thread=False, timeout=60)
        for setting in _SETTINGS:
            self._database.execute(f"PRAGMA {setting}")
        self._database.executescript(_SCHEMA)
        self._used: set[tuple[str, str]] = set()

    def get(self, kind: str, digest: str) -> bytes | None:
        """What was kept, or None."""
        with self._lock:
            row = self._database.execute(
                "SELECT value FROM kept WHERE kind = ? AND digest = ?", (kind, digest)
            ).fetchone()
            if row:
                self._used.add((kind, digest))
        return row[0] if row else None

    def get_many(self, kind: str, digests: Iterable[str]) -> dict[str, bytes]:
        """Those of the digests that are kept, in one reading."""
        wanted = sorted(set(digests))  # in the order in which they are kept, which halves the time
        found: dict[str, bytes] = {}
        with self._lock:
            for batch in _cut(wanted):
                found.update(self._select("digest, value", kind, batch))
            self._used.update((kind, digest) for digest in found)
        return found

    def find_kept(self, kind: str, digests: Iterable[str]) -> frozenset[str]:
        """Which of the digests something is kept under, without reading it. They count as used."""
        wanted = sorted(set(digests))
        found: set[str] = set()
        with self._lock:
            for batch in _cut(wanted):
                found.update(digest for (digest,) in self._select("digest", kind, batch))
            self._used.update((kind, digest) for digest in found)
        return frozenset(found)

    def put(self, kind: str, digest: str, value: bytes) -> None:
        """Keep one value."""
        self.put_many(kind, {digest: value})

    def put_many(self, kind: str, values: Mapping[str, bytes]) -> None:
        """Keep several values in one transaction."""
        rows = [(kind, digest, value) for digest, value in values.items()]
        with self._lock, self._database:
            self._database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            self._used.update((kind, digest) for digest in values)

    def _select(self, what: str, kind: str, digests: Sequence[str]) -> sqlite3.Cursor:
        marks = ",".join("?" * len(digests))
        query = f"SELECT {what} FROM kept WHERE kind = ? AND digest IN ({marks})"  # noqa: S608
        return self._database.execute(query, (kind, *digests))

    def note_use(self, kind: str, digests: Iterable[str]) -> None:
        """Say that values are in use which are not read now: what refers to them is."""
        with self._lock:
            self._used.update((kind, digest) for digest in digests)

    def tidy(self, day: int) -> None:
        """Note what was used on a day (`date.toordinal`); let go of what nothing used for `KEPT_DAYS`."""
        with self._lock, self._database:
            noted = self._database.execute("SELECT kind, digest FROM used WHERE day >= ?", (day,))
            self._used.difference_update(noted)  # most of it, from the second build of a day on
            self._database.executemany(_NOTE_USE, ((*place, day) for place in self._used))
            self._used.clear()
            if self._database.execute("PRAGMA user_version").fetchone()[0] == day:
                return  # once a day is enough
            self._database.execute("INSERT OR IGNORE INTO used SELECT kind, digest, ? FROM kept", (day,))
            old = "SELECT kind, digest FROM used WHERE day < ?"
            self._database.execute(f"DELETE FROM kept WHERE (kind, digest) IN ({old})", (day - KEPT_DAYS,))  # noqa: S608
            self._database.execute("DELETE FROM used WHERE day < ?", (day - KEPT_DAYS,))
            self._database.execute(f"PRAGMA user_version = {day:d}")

    def close(self) -> None:
        """Write everything out."""
        with self._lock:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class PassingStore(Store):
    """A store that reads what another one has, and keeps what is new in memory until it is let go.

    It is for what is made for one reader only: nothing of that may stay in a store that is used by all.
    """

    def __init__(self, kept: Store) -> None:
        self._kept = kept
        self._new: dict[tuple[str, str], bytes] = {}

    def get(self, kind: str, digest: str) -> bytes | None:
        """What was made here, or what the other store has."""
        found = self._new.get((kind, digest))
        return found if found is not None else self._kept.get(kind, digest)

    def get_many(self, kind: str, digests: Iterable[str]) -> dict[str, bytes]:
        """The same of many."""
        wanted = list(digests)
        new = {digest: self._new[kind, digest] for digest in wanted if (kind, digest) in self._new}
        return {**self._kept.get_many(kind, wanted), **new}

    def find_kept(self, kind: str, digests: Iterable[str]) -> frozenset[str]:
        """The same without reading it."""
        wanted = list(digests)
        new = {digest for digest in wanted if (kind, digest) in self._new}
        return self._kept.find_kept(kind, wanted) | new

    def note_use(self, kind: str, digests: Iterable[str]) -> None:
        """Tell the other store, which knows its own."""
        self._kept.note_use(kind, digests)

    def put_many(self, kind: str, values: Mapping[str, bytes]) -> None:
        """Keep values in memory."""
        self._new.update({(kind, digest): value for digest, value in values.items()})

    def close(self) -> None:
        """Forget what is new. The other store stays open."""
        self._new.clear()


def _cut(digests: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at a time as one query may name."""
    for start in range(0, len(digests), 500):
        yield digests[start : start + 500]


def _close_to_others(path: Path) -> None:
    """Make the file, and those that SQLite keeps beside it, for their owner only."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _OWNERS_FILE))
    for companion in _COMPANIONS:
        file = path.with_name(path.name + companion)
        if file.exists() and file.stat().st_mode & 0o077:
            file.chmod(_OWNERS_FILE)
