"""The register of copies is only ever added to, and a fault in it stops everything."""

import fcntl
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_tools.pack import copies
from policy_tools.pack.copies import (
    IssuedCopy,
    RegisterError,
    format_copy,
    hold_register,
    load_register,
    load_snapshot,
    next_id,
    parse_register,
)
from policy_tools.pack.snapshot import SnapshotError
from tests.pack.snapshots import make_snapshot, read


def make_copy(copy_id: str = "treasury-day-one-001", **fields: str) -> IssuedCopy:
    return IssuedCopy.model_validate(
        {
            "copy_id": copy_id,
            "pack": "day-one",
            "secondment": "treasury",
            "recipient": "Ada Lovelace",
            "issued_at": date(2026, 11, 22),
            "as_at": date(2026, 11, 20),
            "digest": {"day-one.pdf": "ab" * 32},
            **fields,
        }
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content/private").mkdir(parents=True)
    return tmp_path / "content"


def issue(content: Path, copy_id: str | None = None) -> str:
    with hold_register(content, content.parent) as register:
        chosen = register.choose_id("day-one", "treasury", copy_id)
        register.add(make_copy(chosen), read(make_snapshot()))
        return chosen


def test_copies_are_numbered_and_kept_with_what_they_said(content: Path) -> None:
    assert [issue(content) for _ in range(3)] == [f"treasury-day-one-00{number}" for number in (1, 2, 3)]

    loaded = load_register(content, content.parent)
    assert loaded.problems == ()
    assert loaded.copies[2] == make_copy("treasury-day-one-003")
    assert load_snapshot(content, "treasury-day-one-002") == read(make_snapshot())
    kept = content / "private/copies/treasury-day-one-002.json"
    assert [path.stat().st_mode & 0o777 for path in (kept, content / "private/copies.jsonl")] == [0o600] * 2


def test_a_line_is_added_and_the_others_stay_as_they_are(content: Path) -> None:
    issue(content)
    before = (content / "private/copies.jsonl").read_bytes()
    issue(content, "by-hand")
    assert (content / "private/copies.jsonl").read_bytes().startswith(before)
    with hold_register(content, content.parent) as register:
        last = register.find_last("day-one", "treasury")
        assert last is not None
        assert last.copy_id == "by-hand"
        assert register.find_last("day-one", "another") is None


def test_no_copy_id_is_issued_twice(content: Path) -> None:
    issue(content, "by-hand")
    with pytest.raises(RegisterError, match="was issued already"):
        issue(content, "by-hand")


@pytest.mark.parametrize("copy_id", ["", "../a", "A", "a/b", "-a", "a b", "a" * 201])
def test_a_copy_id_is_safe_as_a_file_name(content: Path, copy_id: str) -> None:
    with pytest.raises(RegisterError, match="cannot be a copy's id"):
        issue(content, copy_id)


@settings(deadline=None)
@given(st.sets(st.integers(1, 2000)))
def test_the_next_number_was_never_used(numbers: set[int]) -> None:
    ids = {f"treasury-day-one-{number:03}" for number in numbers} | {"treasury-day-one-9", "day-one-900"}
    assert next_id("day-one", "treasury", ids) not in ids
    assert next_id("day-one", "treasury", ids) == f"treasury-day-one-{max(numbers, default=0) + 1:03}"


@pytest.mark.parametrize(
    ("pack", "stem"),
    [
        ("weekly-treasury", "weekly-treasury"),
        ("treasury", "treasury"),
        ("treasury-weekly", "treasury-weekly"),
        ("weekly-treasuryx", "treasury-weekly-treasuryx"),
    ],
)
def test_a_copy_id_does_not_say_the_secondment_twice(pack: str, stem: str) -> None:
    assert next_id(pack, "treasury", ()) == f"{stem}-001"
    assert next_id(pack, "treasury", {f"{stem}-001"}) == f"{stem}-002"


LINE = format_copy(make_copy())
FAULTS = {
    "cut short": (LINE[:40], 1, "cut short"),
    "no JSON": ("{'copy_id': 1}\n", 1, "no JSON"),
    "an empty line": (f"{LINE}\n\n", 2, "no JSON"),
    "no object": ("[1]\n", 1, "valid dictionary"),
    "an unknown field": (LINE[:-1] + ', "password": "x"}\n', 1, "password"),
    "a field twice": (LINE[:-1] + ', "pack": "other"}\n', 1, "twice"),
    "a missing field": (LINE.replace('"recipient"', '"role"') + "\n", 1, "recipient"),
    "a bad date": (LINE.replace("2026-11-22", "2026-02-30") + "\n", 1, "no such day"),
    "a bad digest": (LINE.replace("abab", "xyzx", 1) + "\n", 1, "SHA-256"),
    "a copy twice": (f"{LINE}\n{LINE}\n", 2, "line 1 already"),
    "nested without end": ("[" * 100_000 + "\n", 1, ""),
}


@pytest.mark.parametrize(("text", "line", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_line_and_stops_issuing(
    content: Path, text: str, line: int, words: str
) -> None:
    register = content / "private/copies.jsonl"
    register.write_text(text)
    problems = load_register(content, content.parent).problems
    assert [(problem.path, problem.line) for problem in problems] == [("content/private/copies.jsonl", line)]
    assert words in problems[0].message

    with pytest.raises(RegisterError, match="Nothing is issued"):
        issue(content)
    assert register.read_text() == text
    assert not (content / "private/copies").exists()


def test_a_register_that_is_no_text_stops_issuing(content: Path) -> None:
    (content / "private/copies.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(RegisterError, match="UTF-8"):
        issue(content)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    parse_register(text, "copies.jsonl")


def test_two_never_issue_at_once(content: Path) -> None:
    handle = os.open(content / "private", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(RegisterError, match="at this moment"):
        issue(content)
    os.close(handle)
    issue(content)


def test_where_the_register_cannot_be_written_nothing_is_left(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(content)
    before = (content / "private/copies.jsonl").read_bytes()
    write = copies._write_whole  # noqa: SLF001 - a disk that fails

    def fail(path: Path, data: bytes) -> None:
        if path.name == "copies.jsonl":
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(copies, "_write_whole", fail)
    with pytest.raises(RegisterError, match="No space left"):
        issue(content)
    assert (content / "private/copies.jsonl").read_bytes() == before
    assert [path.name for path in (content / "private/copies").iterdir()] == ["treasury-day-one-001.json"]


def test_a_copy_that_stands_in_the_register_stays_though_its_folder_cannot_be_synced(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(content)
    write = copies._write_whole  # noqa: SLF001 - a disk that fails

    def fail(path: Path, data: bytes) -> None:
        write(path, data)
        if path.name == "copies.jsonl":
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(copies, "_write_whole", fail)
    issue(content)
    assert len(load_register(content, content.parent).copies) == 2
    assert len(list((content / "private/copies").iterdir())) == 2


def test_a_copy_that_stands_in_the_register_stays_though_the_command_is_interrupted(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = copies._write_whole  # noqa: SLF001 - a key pressed at the worst moment

    def interrupt(path: Path, data: bytes) -> None:
        write(path, data)
        if path.name == "copies.jsonl":
            raise KeyboardInterrupt

    monkeypatch.setattr(copies, "_write_whole", interrupt)
    with pytest.raises(KeyboardInterrupt):
        issue(content)
    assert len(load_register(content, content.parent).copies) == 1
    assert len(list((content / "private/copies").iterdir())) == 1


def test_without_a_private_folder_nothing_is_issued(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with pytest.raises(RegisterError, match="Make it"):
        issue(tmp_path / "content")


def test_a_snapshot_that_cannot_be_read_is_named(content: Path) -> None:
    issue(content)
    kept = content / "private/copies/treasury-day-one-001.json"
    values = json.loads(kept.read_text())
    kept.write_text(json.dumps(values | {"format": 2}))
    with pytest.raises(SnapshotError, match="at format"):
        load_snapshot(content, "treasury-day-one-001")
    with pytest.raises(SnapshotError, match="cannot be read"):
        load_snapshot(content, "treasury-day-one-002")
