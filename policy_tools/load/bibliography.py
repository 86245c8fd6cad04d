"""Which works does library.bib hold, and what is wrong with it?

The file is read once; what was read is kept in the store under the digest of its bytes.
"""

import gc
import heapq
import os
import pickle
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import SequenceMatcher
from functools import lru_cache, partial
from itertools import takewhile
from pathlib import Path

from policy_tools.load.bib.entry_types import entry_types_text
from policy_tools.load.files import LeavesFolderError, follow_inside, name_below
from policy_tools.load.made_by import digest_of_loading_code
from policy_tools.load.readings import WORTHWHILE
from policy_tools.model.problem import Problem
from policy_tools.model.reference import Reference
from policy_tools.model.site import Site
from policy_tools.processes import Processes
from policy_tools.store import Store, digest_of

LARGEST = 20_000_000
NOT_READ = frozenset(
    {
        "bibliography.missing",
        "bibliography.is-directory",
        "bibliography.unreadable",
        "bibliography.too-large",
        "content.leaves-folder",
    }
)
"""What is said of a file that gave no entries at all."""

_KIND = "bibliography"
_CANDIDATES = 25
_LIKENESS = 0.7
_LONGEST_KEY = 80

Loaded = tuple[Mapping[str, Reference], tuple[Problem, ...]]


def load_bibliography(path: Path, site: Site, store: Store) -> Loaded:
    """Read a .bib file; it never raises for what stands in it.

    The references are keyed as cited, in the order of the file; of two entries with one key the first
    is kept. A file that cannot be read gives no references and one problem.
    """
    return begin_bibliography(path, site, store, Processes())()


def begin_bibliography(path: Path, site: Site, store: Store, processes: Processes) -> Callable[[], Loaded]:
    """The same, begun in another process if it is long and new, and given when it is asked for."""
    name = name_below(path, site.root)
    data = _read_bytes(path, name)
    if isinstance(data, Problem):
        unread: Loaded = {}, (data,)
        return lambda: unread
    is_private = path.resolve().is_relative_to((site.content / "private").resolve())
    digest = digest_of(data, name, str(is_private), digest_of_loading_code(), entry_types_text())
    kept = store.get(_KIND, digest)
    if kept is not None:
        return partial(_unpack, kept)
    begin: Callable[..., Callable[[], bytes]] = processes.begin if len(data) >= WORTHWHILE else partial
    pending = begin(_parse, data, name, is_private)

    def keep() -> Loaded:
        made = pending()
        store.put(_KIND, digest, made)
        return _unpack(made)

    return keep


def _parse(data: bytes, name: str, is_private: bool) -> bytes:  # noqa: FBT001 - as processes pass it on
    """The bibliography as plain tuples, which are read four times as fast as objects."""
    # Imported here since it takes as long as reading what is kept, and a file is parsed when it changes.
    from policy_tools.load.bib.entries import parse_bibliography  # noqa: PLC0415

    references, problems = parse_bibliography(data, name, is_private=is_private)
    rows = [
        (r.key, r.entry_type, dict(r.fields), r.source, r.path, r.line, r.digest, r.is_private)
        for r in references.values()
    ]
    return pickle.dumps((rows, problems), protocol=5)


def _unpack(kept: bytes) -> Loaded:
    with _without_collector():
        rows, problems = pickle.loads(kept)  # noqa: S301  (the store is trusted like the code)
        return {row[0]: Reference(*row) for row in rows}, problems


@contextmanager
def _without_collector() -> Iterator[None]:
    """Hold the garbage collector back while many objects are made, none of which is garbage."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def nearest_keys(key: str, keys: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The keys most like this one, best first, for "did you mean"."""
    wanted = _pairs(key.casefold())
    shared = ((len(wanted & _pairs(name.casefold())), name) for name in keys)
    likely = heapq.nsmallest(_CANDIDATES, ((-number, name) for number, name in shared if number))
    ranked = sorted((-_likeness(key, name), -_common_beginning(key, name), name) for _, name in likely)
    return tuple(name for likeness, _, name in ranked[:limit] if -likeness >= _LIKENESS)


def _likeness(first: str, second: str) -> float:
    return SequenceMatcher(None, first.casefold(), second.casefold()).ratio()


def _common_beginning(first: str, second: str) -> int:
    pairs = zip(first.casefold(), second.casefold(), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


@lru_cache(maxsize=20_000)
def _pairs(word: str) -> frozenset[str]:
    """The pairs of neighbouring letters in a word: a quick way to see that two words are not alike."""
    framed = f" {word[:_LONGEST_KEY]} "
    return frozenset(framed[index : index + 2] for index in range(len(framed) - 1))


def _read_bytes(path: Path, name: str) -> bytes | Problem:
    try:
        file = follow_inside(path)
        refused = _refuse(file.stat(), name)
        return refused or file.read_bytes()
    except LeavesFolderError:
        message = "This file is a link to a place outside its folder, and is not read."
        return Problem(name, 1, 1, "content.leaves-folder", message, "Put the file itself there.")
    except FileNotFoundError:
        message, hint = f"There is no {name}.", "Make the file; it may be empty."
        return Problem(name, 1, 1, "bibliography.missing", message, hint)
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}."
        return Problem(name, 1, 1, "bibliography.unreadable", message)


def _refuse(info: os.stat_result, name: str) -> Problem | None:
    """What stands in the way of reading it, as far as the system knows without opening it."""
    if stat.S_ISDIR(info.st_mode):
        message, hint = f"{name} is a folder, not a file.", "Put the entries in one file."
        return Problem(name, 1, 1, "bibliography.is-directory", message, hint)
    if not stat.S_ISREG(info.st_mode):
        message, hint = f"{name} is no ordinary file.", "Put the entries in a text file."
        return Problem(name, 1, 1, "bibliography.unreadable", message, hint)
    if info.st_size > LARGEST:
        message = f"{name} is larger than {LARGEST // 1_000_000} MB."
        return Problem(name, 1, 1, "bibliography.too-large", message, "Keep only what is cited.")
    return None
