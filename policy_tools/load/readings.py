"""What do files say that are as they were? Each is read once, and kept by its bytes, name and our code.

Of many files that are new, several are read at once. What was read is kept twice: by itself, and with that of
its neighbours, which is found and unpacked in half the time.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from policy_tools.load.files import TextFile
from policy_tools.load.made_by import digest_of_loading_code
from policy_tools.processes import Processes
from policy_tools.store import Store, digest_of

Reading = TypeVar("Reading")

WORTHWHILE = 400_000
"""From how many bytes on several processes pay: starting them takes as long as reading half of this."""

_BATCH = 200_000
_RUN = 50


def recall_readings(
    kind: str,
    files: Iterable[TextFile],
    read: Callable[[TextFile], Reading],
    store: Store,
    processes: Processes | None = None,
) -> dict[str, Reading]:
    """What each file says, by its path; `read` is called for those alone of which nothing is kept.

    `read` is a function of a module where there are `processes` to call it in.
    """
    code = digest_of_loading_code()
    keys = {digest_of(file.digest, file.path, code): file for file in files}
    runs = {digest_of(*run): run for run in _cut_into_runs(tuple(keys))}
    kept = store.get_many(_run_kind(kind), runs)
    broken = [key for digest, run in runs.items() if digest not in kept for key in run]
    apart = _recall_apart(kind, {key: keys[key] for key in broken}, read, store, processes)
    made = {
        digest: _pack([apart.pop(key) for key in run]) for digest, run in runs.items() if digest not in kept
    }
    store.put_many(_run_kind(kind), made)
    store.note_use(kind, keys)
    kept |= made
    return {
        keys[key].path: reading
        for digest, run in runs.items()
        for key, reading in zip(run, _unpack(kept.pop(digest)), strict=True)
    }


def _run_kind(kind: str) -> str:
    return f"{kind}-run"


def _cut_into_runs(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _RUN):
        yield keys[start : start + _RUN]


def _recall_apart(
    kind: str,
    files: Mapping[str, TextFile],
    read: Callable[[TextFile], Reading],
    store: Store,
    processes: Processes | None,
) -> dict[str, Reading]:
    """What files say of whose neighbours one is new, by their keys."""
    kept = store.get_many(kind, files)
    missing = {key: file for key, file in files.items() if key not in kept}
    if missing:
        made = dict(zip(missing, _read_all(list(missing.values()), read, processes), strict=True))
        store.put_many(kind, made)
        kept |= made
    return {key: _unpack(kept.pop(key)) for key in files}


def _pack(reading: object) -> bytes:
    return pickle.dumps(reading, protocol=5)


def _unpack(packed: bytes) -> Any:  # noqa: ANN401
    return pickle.loads(packed)  # noqa: S301  (the store is trusted like the code)


def _read_all(
    files: list[TextFile], read: Callable[[TextFile], object], processes: Processes | None
) -> Iterator[bytes]:
    """What the files say, packed, in their order."""
    if processes is None or sum(len(file.data) for file in files) < WORTHWHILE:
        yield from _read_batch(files, read)
        return
    for packed in [processes.begin(_read_batch, batch, read) for batch in _cut(files)]:
        yield from packed()


def _read_batch(files: Sequence[TextFile], read: Callable[[TextFile], object]) -> list[bytes]:
    return [_pack(read(file)) for file in files]


def _cut(files: Iterable[TextFile]) -> Iterator[list[TextFile]]:
    """The files in batches of about one size."""
    batch: list[TextFile] = []
    size = 0
    for file in files:
        batch.append(file)
        size += len(file.data)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
