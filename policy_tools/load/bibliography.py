"""Which works does library.bib hold, and what is wrong with it?

The file is read once; what was read is kept in the store under the digest of its bytes.
"""

import gc
import heapq
import pickle
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from policy_tools.load.bib.checks import entry_types_text
from policy_tools.load.bib.entries import parse_bibliography
from policy_tools.load.made_by import digest_of_loading_code
from policy_tools.model.problem import Problem
from policy_tools.model.reference import Reference
from policy_tools.model.site import Site
from policy_tools.store import Store, digest_of

LARGEST = 20_000_000
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
    name = _relative_name(path, site.root)
    data = _read_bytes(path, name)
    if isinstance(data, Problem):
        return {}, (data,)
    is_private = path.resolve().is_relative_to((site.content / "private").resolve())
    digest = digest_of(data, name, str(is_private), digest_of_loading_code(), entry_types_text())
    kept = store.get(_KIND, digest)
    if kept is not None:
        return _unpack(kept)
    loaded = parse_bibliography(data, name, is_private=is_private)
    store.put(_KIND, digest, _pack(loaded))
    return loaded


def _pack(loaded: Loaded) -> bytes:
    """The bibliography as plain tuples, which are read four times as fast as objects."""
    references, problems = loaded
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


def _relative_name(path: Path, root: Path) -> str:
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.name


def _read_bytes(path: Path, name: str) -> bytes | Problem:
    try:
        if path.is_dir():
            return _problem(
                name, "is-directory", f"{name} is a folder, not a file.", "Put the entries in one file."
            )
        if path.stat().st_size > LARGEST:
            return _problem(
                name,
                "too-large",
                f"{name} is larger than {LARGEST // 1_000_000} MB.",
                "Keep only what is cited.",
            )
        return path.read_bytes()
    except FileNotFoundError:
        return _problem(name, "missing", f"There is no {name}.", "Make the file; it may be empty.")
    except OSError as error:
        return _problem(name, "unreadable", f"{name} cannot be read: {error.strerror}.", "")


def _problem(name: str, kind: str, message: str, hint: str) -> Problem:
    return Problem(name, 1, 1, f"bibliography.{kind}", message, hint)
