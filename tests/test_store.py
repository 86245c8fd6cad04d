"""What was made before: kept for its owner only, or for as long as one reader's copy takes."""

import os
from pathlib import Path

from policy_tools.store import PassingStore, Store


def modes(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in folder.iterdir()}


def test_a_store_is_for_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Store(tmp_path / "made.sqlite") as store:
            store.put("kind", "digest", b"value")
            assert modes(tmp_path) == {0o600}
    finally:
        os.umask(before)


def test_a_store_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "made.sqlite"
    Store(path).close()
    path.chmod(0o644)
    with Store(path):
        assert modes(tmp_path) == {0o600}


def test_a_passing_store_reads_what_is_kept_and_keeps_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "made.sqlite") as store:
        store.put("kind", "old", b"kept")
        with PassingStore(store) as passing:
            passing.put("kind", "new", b"made")
            assert passing.get("kind", "old") == b"kept"
            assert passing.get("kind", "new") == b"made"
            assert passing.get("other", "new") is None
            assert passing.get_many("kind", ["old", "new", "none"]) == {"old": b"kept", "new": b"made"}
        assert store.get("kind", "new") is None
        assert passing.get("kind", "new") is None
