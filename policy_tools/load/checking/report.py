"""How does a check of a paper, or of another text, report what it found?"""

from typing import Protocol

from policy_tools.model.problem import Position, Problem, Severity


class _Placed(Protocol):
    """What stands in a file."""

    @property
    def path(self) -> str: ...


def report(text: _Placed, place: Position, code: str, message: str, hint: str = "") -> Problem:
    """An error, which stops publishing."""
    return Problem(text.path, place.line, place.column, code, message, hint)


def warn(text: _Placed, place: Position, code: str, message: str, hint: str = "") -> Problem:
    """A warning, which does not."""
    return Problem(text.path, place.line, place.column, code, message, hint, Severity.WARNING)
