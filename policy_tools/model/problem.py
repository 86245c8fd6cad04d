"""What is wrong, where, and what to do about it: a mistake of an author's, as a value."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Whether a problem stops publishing."""

    ERROR = "error"
    WARNING = "warning"


class Position(NamedTuple):
    """A place in a text file: line and column, both counted from 1, columns in characters."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the content.

    `path` is relative to the site's folder, with forward slashes. `code` is `area.kebab-name`, stable
    across releases and listed in docs/problems.md. `hint` says what to do; it may be empty.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.path}:{self.line}:{self.column}: [{self.code}] {self.message}{hint}"

    def to_dict(self) -> dict[str, str | int]:
        """The fields of the JSON format, in the order that is documented."""
        fields = asdict(self)
        return {key: fields[key] for key in ("code", "severity", "message", "path", "line", "column", "hint")}


class CannotRunError(Exception):
    """A command cannot do its work at all; the message says why, and what to do about it."""


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems stops publishing."""
    return any(problem.severity is Severity.ERROR for problem in problems)
