"""Which characters do the bytes of a file stand for?"""

from dataclasses import dataclass

from policy_tools.model.problem import Problem

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file with plain line ends, or as much of it as could be guessed; and what was wrong."""

    text: str
    problems: tuple[Problem, ...] = ()


def decode_file(data: bytes, path: str) -> Decoded:
    """Read bytes as UTF-8; say where they are not, and guess on so that the rest can be checked."""
    problems: tuple[Problem, ...] = ()
    if data.startswith(_UTF16):
        text = data.decode("utf-16", errors="replace")
        problems = (_not_utf8(path, 1, 1, "UTF-16", "utf-16"),)
    elif b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        message = f"{path} is not a text file."
        hint = "Save the entries as plain text in UTF-8."
        return Decoded("", (Problem(path, line, 1, "bibliography.binary", message, hint),))
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            start = data.rfind(b"\n", 0, error.start) + 1
            line = data.count(b"\n", 0, error.start) + 1
            column = len(data[start : error.start].decode("utf-8", errors="replace")) + 1
            problems = (
                _not_utf8(path, line, column, "an older encoding, probably Windows-1252", "windows-1252"),
            )
            text = data.decode("cp1252", errors="replace")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), problems)


def _not_utf8(path: str, line: int, column: int, guess: str, name: str) -> Problem:
    return Problem(
        path,
        line,
        column,
        "bibliography.not-utf-8",
        f"This file is not UTF-8 but {guess}.",
        f"Save it as UTF-8, for example: iconv -f {name} -t utf-8 {path} > new.bib",
    )
