"""What do files say that are as they were? Each is read once, and kept by its bytes, name and our code.

Of many files that are new, several are read at once.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from policy_tools.load.files import TextFile
from policy_tools.load.made_by import digest_of_loading_code
from policy_tools.processes import Processes
from policy_tools.store import Store, digest_of

Reading = TypeVar("Reading")

WORTHWHILE = 400_000
"""From how many bytes on several processes pay: starting them takes as long as reading half of this."""

_BATCH = 200_000


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
    kept = store.get_many(kind, keys)
    missing = {key: file for key, file in keys.items() if key not in kept}
    if missing:
        made = dict(zip(missing, _read_all(list(missing.values()), read, processes), strict=True))
        store.put_many(kind, made)
        kept |= made
    return {
        file.path: pickle.loads(kept.pop(key))  # noqa: S301  (the store is trusted like the code)
        for key, file in keys.items()
    }


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
    return [pickle.dumps(read(file), protocol=5) for file in files]


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
