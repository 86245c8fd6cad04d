"""Which files are there, and can their text be read?

Every file is read as hostile: regular files only, below the folder they belong to, of bounded size, in
UTF-8. What cannot be read is one problem, and the rest is read all the same.
"""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from policy_tools.model.problem import Problem

IGNORED_ENDINGS = ("~", ".swp", ".orig", ".bak", ".tmp")


@dataclass(frozen=True, slots=True)
class TextFile:
    """The bytes of a file, their SHA-256, and its name relative to the site's folder, with slashes."""

    path: str
    data: bytes
    digest: str


def list_folder(folder: Path, root: Path, problems: list[Problem]) -> list[os.DirEntry[str]]:
    """What stands in a folder, by name, without hidden files and editors' copies. No folder, no files."""
    try:
        with os.scandir(folder) as entries:
            kept = [entry for entry in entries if not is_ignored(entry.name)]
    except FileNotFoundError:
        return []
    except OSError as error:
        message = f"This folder cannot be read: {error.strerror}."
        problems.append(
            _fault(name_below(folder, root), "content.unreadable", message, "Check what stands there.")
        )
        return []
    return sorted(kept, key=lambda entry: entry.name)


def is_ignored(name: str) -> bool:
    """Whether a file is no part of the content: hidden, or an editor's copy."""
    return name.startswith((".", "#")) or name.endswith(IGNORED_ENDINGS)


def read_text_file(file: Path, path: str, max_bytes: int) -> TextFile | Problem:
    """The file's bytes, or what stands in the way of reading it as a text."""
    try:
        file = follow_inside(file)
        info = file.stat()
        if stat.S_ISDIR(info.st_mode):
            return _fault(
                path, "content.is-folder", f"{file.name} is a folder, not a file.", "Rename the folder."
            )
        if not stat.S_ISREG(info.st_mode):
            return _fault(
                path, "content.not-regular", f"{file.name} is no ordinary file.", "Put a text file there."
            )
        if info.st_size > max_bytes:
            return _too_big(path, info.st_size, max_bytes)
        data = file.read_bytes()
    except LeavesFolderError:
        message = "This file is a link to a place outside its folder, and is not read."
        return _fault(path, "content.leaves-folder", message, "Put the file itself there.")
    except OSError as error:
        return _fault(
            path,
            "content.unreadable",
            f"This file cannot be read: {error.strerror}.",
            "Check who may read it.",
        )
    return _check_bytes(path, data, max_bytes)


def decode(file: TextFile) -> str:
    """The text of a file that was read, with plain line ends and without a byte order mark."""
    text = file.data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def name_below(file: Path, root: Path) -> str:
    """A file's name relative to the site's folder, as problems give it."""
    name = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
    return printable(name)


def printable(name: str) -> str:
    """A file's name as it can be written: it need not be UTF-8, and a message has to be."""
    return name.encode("utf-8", "replace").decode()


class LeavesFolderError(Exception):
    """A link points out of the folder it stands in."""


def follow_inside(file: Path) -> Path:
    """The file itself, or the one in the same folder that it is a link to; else `LeavesFolderError`."""
    if not file.is_symlink():
        return file
    target = Path(os.path.realpath(file, strict=True))
    if not target.is_relative_to(os.path.realpath(file.parent)):
        raise LeavesFolderError
    return target


def _check_bytes(path: str, data: bytes, max_bytes: int) -> TextFile | Problem:
    if len(data) > max_bytes:
        return _too_big(path, len(data), max_bytes)
    if not data or data.isspace():
        return _fault(path, "content.empty", "This file is empty.", "Write it, or delete it.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _fault(
            path, "content.not-utf-8", "This file is in UTF-16, not in UTF-8.", "Save it again as UTF-8."
        )
    nul = data.find(b"\0")
    if nul >= 0:
        message = "This is no text: it holds a byte of zero, as pictures and programs do."
        return _fault_at(path, data, nul, "content.binary", message, "Put a Markdown file there.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"Byte {error.start + 1} of this file (0x{data[error.start]:02X}) is not UTF-8."
        hint = f"Save it as UTF-8, or convert it: iconv -f {_guess_encoding(data)} -t utf-8."
        return _fault_at(path, data, error.start, "content.not-utf-8", message, hint)
    return TextFile(path, data, hashlib.sha256(data).hexdigest())


def _guess_encoding(data: bytes) -> str:
    """Windows and Latin-1 files differ in a range of bytes that only Windows uses for letters and quotes."""
    return "windows-1252" if any(0x80 <= byte <= 0x9F for byte in data) else "latin1"  # noqa: PLR2004


def _too_big(path: str, size: int, max_bytes: int) -> Problem:
    message = f"This file has {size:,} bytes, and {max_bytes:,} are allowed (MAX_PAPER_BYTES)."
    return _fault(
        path, "content.too-big", message, "Move tables and pictures to files of their own, or cut it in two."
    )


def _fault(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(path, 1, 1, code, message, hint)


def _fault_at(path: str, data: bytes, offset: int, code: str, message: str, hint: str) -> Problem:
    before = data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return Problem(path, before.count(b"\n") + 1, column, code, message, hint)
