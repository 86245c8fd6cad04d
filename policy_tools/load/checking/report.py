"""How does a check of a paper report what it found?"""

from policy_tools.model.paper import Paper
from policy_tools.model.problem import Position, Problem, Severity


def report(paper: Paper, place: Position, code: str, message: str, hint: str = "") -> Problem:
    """An error, which stops publishing."""
    return Problem(paper.path, place.line, place.column, code, message, hint)


def warn(paper: Paper, place: Position, code: str, message: str, hint: str = "") -> Problem:
    """A warning, which does not."""
    return Problem(paper.path, place.line, place.column, code, message, hint, Severity.WARNING)
