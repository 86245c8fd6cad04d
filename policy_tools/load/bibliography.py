"""Which works does library.bib hold, and what is wrong with it?

The file is read once; what was read is kept in the store under the digest of its bytes.
"""

import hashlib
import pickle
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from policy_tools.load.bib.entries import parse_bibliography
from policy_tools.model.problem import Problem
from policy_tools.model.reference import Reference
from policy_tools.model.site import Site
from policy_tools.store import Store, digest_of

LARGEST = 20_000_000
_KIND = "bibliography-1"

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
    digest = digest_of(hashlib.sha256(data).digest(), name, str(is_private))
    kept = store.get(_KIND, digest)
    if kept is not None:
        loaded: Loaded = pickle.loads(kept)  # noqa: S301 - the store is trusted like the code
        return loaded
    loaded = parse_bibliography(data, name, is_private=is_private)
    store.put(_KIND, digest, pickle.dumps(loaded, protocol=5))
    return loaded


def nearest_keys(key: str, keys: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The keys most like this one, best first, for "did you mean"."""
    folded: dict[str, str] = {}
    for candidate in sorted(keys):
        folded.setdefault(candidate.casefold(), candidate)
    matches = get_close_matches(key.casefold(), folded, n=limit, cutoff=0.75)
    return tuple(folded[match] for match in matches)


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
