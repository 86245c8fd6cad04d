"""What was made before: kept for its owner only, or for as long as one reader's copy takes."""

import os
from pathlib import Path

from policy_tools.store import KEPT_DAYS, PassingStore, Store


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
            assert passing.find_kept("kind", ["old", "new", "none"]) == {"old", "new"}
        assert store.get("kind", "new") is None
        assert passing.get("kind", "new") is None


def names(store: Store) -> set[str]:
    return set(store.get_many("kind", ["read", "named", "written", "idle"]))


def test_what_nothing_uses_for_long_is_let_go_of(tmp_path: Path) -> None:
    path = tmp_path / "made.sqlite"
    with Store(path) as store:
        store.put_many("kind", {"read": b"1", "named": b"2", "idle": b"3"})
        store.tidy(1000)
    for day in (1000 + KEPT_DAYS, 1001 + KEPT_DAYS):
        with Store(path) as store:
            store.get("kind", "read")
            PassingStore(store).note_use("kind", ["named"])
            store.put("kind", "written", b"4")
            store.tidy(day)
    with Store(path) as store:
        assert names(store) == {"read", "named", "written"}


def test_what_was_never_tidied_is_kept_as_long_as_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "made.sqlite"
    with Store(path) as store:
        store.put("kind", "idle", b"1")  # and the process ends before it tidies
    for day, kept in ((1000, {"idle"}), (1000 + KEPT_DAYS, {"idle"}), (1001 + KEPT_DAYS, set())):
        with Store(path) as store:
            store.tidy(day)
        with Store(path) as store:
            assert names(store) == kept


def test_tidying_on_a_clock_that_is_behind_loses_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "made.sqlite") as store:
        store.put("kind", "read", b"1")
        store.tidy(1000)
        store.get("kind", "read")
        store.tidy(500)
        store.tidy(1000 + KEPT_DAYS)
        assert names(store) == {"read"}
