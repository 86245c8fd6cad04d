"""What do files say that are as they were? Each is read once, and kept by its bytes, name and our code."""

import pickle
from collections.abc import Callable, Iterable
from typing import TypeVar

from policy_tools.load.files import TextFile
from policy_tools.load.made_by import digest_of_loading_code
from policy_tools.store import Store, digest_of

Reading = TypeVar("Reading")


def recall_readings(
    kind: str, files: Iterable[TextFile], read: Callable[[TextFile], Reading], store: Store
) -> dict[str, Reading]:
    """What each file says, by its path; `read` is called for those alone of which nothing is kept."""
    code = digest_of_loading_code()
    keys = {digest_of(file.digest, file.path, code): file for file in files}
    kept = store.get_many(kind, keys)
    readings: dict[str, Reading] = {}
    made: dict[str, bytes] = {}
    for key, file in keys.items():
        if key in kept:
            readings[file.path] = pickle.loads(kept[key])  # noqa: S301  (the store is trusted like the code)
        else:
            readings[file.path] = read(file)
            made[key] = pickle.dumps(readings[file.path], protocol=5)
    if made:
        store.put_many(kind, made)
    return readings
