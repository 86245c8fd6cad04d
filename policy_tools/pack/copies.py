"""Which copies of private packs were issued, to whom, and what did each say?

The register is a file of JSON Lines in the private folder, to which lines are only ever added; what a copy
said stands beside it. A register that cannot be read to its end issues nothing.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import ValidationError

from policy_tools.model.problem import CannotRunError, Problem
from policy_tools.model.record import PlainDate, Record, Slug, Text, matching
from policy_tools.pack.snapshot import Snapshot, SnapshotError, format_snapshot, parse_snapshot

REGISTER = "copies.jsonl"
SNAPSHOTS = "copies"
_OWNERS_FILE = 0o600
_OWNERS_FOLDER = 0o700

_COPY_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,198}[a-z0-9])?")
_COPY_ID_SENTENCE = "It has small letters, digits and hyphens, and no hyphen at either end."
CopyId = Annotated[str, matching(_COPY_ID, _COPY_ID_SENTENCE)]
Digest = Annotated[str, matching(r"[0-9a-f]{64}", "A SHA-256 has 64 digits from 0 to f.")]


class RegisterError(CannotRunError):
    """The register of copies cannot be used, or refuses what is asked; the message says why."""


class IssuedCopy(Record):
    """One line of the register: which copy went to whom, why, when, and the SHA-256 of each of its files."""

    copy_id: CopyId
    pack: Slug
    secondment: Slug
    recipient: Text
    organisation: Text | None = None
    role: Text | None = None
    reason: Text | None = None
    issued_at: PlainDate
    as_at: PlainDate
    digest: dict[str, Digest]


@dataclass(frozen=True, slots=True)
class LoadedRegister:
    """The copies in the order of their issue, and what is wrong with the file, by line."""

    copies: tuple[IssuedCopy, ...] = ()
    problems: tuple[Problem, ...] = ()


def load_register(content: Path, root: Path) -> LoadedRegister:
    """The register of a site; empty where nothing was issued yet."""
    file = content / "private" / REGISTER
    path = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return LoadedRegister()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not in UTF-8"
        return LoadedRegister((), (_problem(path, 1, f"The register cannot be read: {reason}."),))
    return parse_register(text, path)


def parse_register(text: str, path: str) -> LoadedRegister:
    """The copies that a register lists; every line has to be one."""
    copies: list[IssuedCopy] = []
    problems: list[Problem] = []
    known: dict[str, int] = {}
    lines = text.split("\n")
    if lines.pop():
        problems.append(_problem(path, len(lines) + 1, "The last line was cut short."))
    for number, line in enumerate(lines, start=1):
        made = _parse_line(line, path, number)
        if isinstance(made, Problem):
            problems.append(made)
        elif made.copy_id in known:
            message = f'The copy "{made.copy_id}" stands in line {known[made.copy_id]} already.'
            problems.append(_problem(path, number, message))
        else:
            known[made.copy_id] = number
            copies.append(made)
    return LoadedRegister(tuple(copies), tuple(problems))


def format_copy(copy: IssuedCopy) -> str:
    """One line of the register, without its end."""
    return json.dumps(copy.model_dump(mode="json", exclude_none=True), ensure_ascii=False)


def load_snapshot(content: Path, copy_id: str) -> Snapshot:
    """What an issued copy said."""
    file = content / "private" / SNAPSHOTS / f"{copy_id}.json"
    try:
        return parse_snapshot(file.read_bytes(), str(file))
    except OSError as error:
        raise SnapshotError(f'What the copy "{copy_id}" said cannot be read: {error.strerror}.') from error


@dataclass(frozen=True, slots=True)
class Register:
    """The register while it is held: nobody else issues a copy meanwhile."""

    private: Path
    copies: tuple[IssuedCopy, ...]

    def choose_id(self, pack: str, secondment: str, wanted: str | None) -> str:
        """The id that is asked for, or the next number. One that was issued is never issued again."""
        ids = {copy.copy_id for copy in self.copies}
        if wanted is not None and not _COPY_ID.fullmatch(wanted):
            raise RegisterError(f'"{wanted}" cannot be a copy\'s id. {_COPY_ID_SENTENCE}')
        if wanted in ids:
            raise RegisterError(f'The copy "{wanted}" was issued already. Every copy has an id of its own.')
        return wanted or next_id(pack, secondment, ids)

    def find_last(self, pack: str, secondment: str) -> IssuedCopy | None:
        """The copy of a pack that a secondment was given last."""
        mine = (copy for copy in self.copies if (copy.pack, copy.secondment) == (pack, secondment))
        return next(reversed(tuple(mine)), None)

    def add(self, copy: IssuedCopy, snapshot: Snapshot) -> None:
        """Keep what a copy says, and then write it into the register: both are there, or neither.

        Where the register has its line and only syncing its folder failed, the copy counts as issued; where
        the command was interrupted just then, all of it stays, and the interruption goes on.
        """
        folder = self.private / SNAPSHOTS
        kept = folder / f"{copy.copy_id}.json"
        register = self.private / REGISTER
        line = format_copy(copy).encode() + b"\n"
        try:
            folder.mkdir(mode=_OWNERS_FOLDER, exist_ok=True)
            _write_whole(kept, format_snapshot(snapshot).encode())
            before = register.read_bytes() if register.exists() else b""
            _write_whole(register, before + line)
        except BaseException as error:
            if self.holds(copy):
                if isinstance(error, OSError):
                    return
                raise
            kept.unlink(missing_ok=True)
            with suppress(OSError):
                folder.rmdir()
            if isinstance(error, OSError):
                raise RegisterError(f"The register cannot be written: {error.strerror}.") from error
            raise

    def holds(self, copy: IssuedCopy) -> bool:
        """Whether the copy's line is the last on the disk: then it is issued, whatever came after."""
        try:
            return (self.private / REGISTER).read_bytes().endswith(format_copy(copy).encode() + b"\n")
        except OSError:
            return False


@contextmanager
def hold_register(content: Path, root: Path) -> Iterator[Register]:
    """The register, for one who is about to issue a copy. Raises where it has a fault or is held already."""
    private = content / "private"
    if not private.is_dir():
        raise RegisterError(
            f"There is no folder {private}, in which the register of copies is kept. Make it."
        )
    handle = os.open(private, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RegisterError("Another copy is being issued at this moment. Try again.") from None
        loaded = load_register(content, root)
        if loaded.problems:
            listing = "\n".join(str(problem) for problem in loaded.problems)
            raise RegisterError(f"Nothing is issued while the register has a fault.\n{listing}")
        yield Register(private, loaded.copies)
    finally:
        os.close(handle)


def next_id(pack: str, secondment: str, ids: Iterable[str]) -> str:
    """The id of the next copy: secondment, pack and a number that was never used.

    A pack that is called after its secondment stands alone.
    """
    stem = f"{pack}-" if f"-{secondment}-" in f"-{pack}-" else f"{secondment}-{pack}-"
    numbers = [int(match[1]) for id_ in ids if (match := re.fullmatch(re.escape(stem) + r"([0-9]{3,})", id_))]
    return f"{stem}{max(numbers, default=0) + 1:03}"


def _parse_line(line: str, path: str, number: int) -> IssuedCopy | Problem:
    try:
        values = json.loads(line, object_pairs_hook=_refuse_doubles)
        return IssuedCopy.model_validate(values)
    except json.JSONDecodeError as error:
        return _problem(path, number, f"This line is no JSON: {error.msg}.", error.colno)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "this line"
        words = first["msg"].removeprefix("Value error, ").rstrip(".")
        return _problem(path, number, f"In {place}: {words}.")
    except (ValueError, RecursionError) as error:
        return _problem(path, number, f"{error}")


def _refuse_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("This line names a field twice.")
    return values


def _problem(path: str, line: int, message: str, column: int = 1) -> Problem:
    hint = "Put back the line as Git has it: lines are only ever added."
    return Problem(path, line, column, "copies.fault", message, hint)


def _write_whole(path: Path, content: bytes) -> None:
    """The file with these bytes, safely on the disk, or as it was before."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNERS_FILE)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
