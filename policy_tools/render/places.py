"""Where in its file does a paper's text say something?

pandoc forgets places, so what its filters report names the words to look for.
"""

import re
from itertools import islice

from policy_tools.model.document import DocumentRequest
from policy_tools.model.problem import Position, Problem

_MAX_DEPTH = 200
_BRACKET_OR_BREAK = re.compile(r"[\[\]]|\n[ \t]*\n")


def locate(near: str, text: str, occurrence: int = 1) -> Position:
    """Where the words stand in the text for the first (or second …) time, counted from its own first line."""
    if not near:
        return Position()
    found = list(islice(re.finditer(re.escape(near) + r"(?!\w)(?![-:.#$%&+?<>~/]\w)", text), occurrence))
    return position_at(text, found[-1].start()) if found else Position()


def position_at(text: str, offset: int) -> Position:
    """Line and column of an offset."""
    return Position(text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1)


def check_nesting(request: DocumentRequest) -> Problem | None:
    """Brackets within brackets beyond reason, on which a parser would spend hours."""
    if request.text.count("[") <= _MAX_DEPTH:
        return None
    depth = 0
    for match in _BRACKET_OR_BREAK.finditer(request.text):
        depth = {"[": depth + 1, "]": max(0, depth - 1)}.get(match[0], 0)
        if depth > _MAX_DEPTH:
            place = position_at(request.text, match.start())
            return Problem(
                path=request.path,
                line=place.line + request.first_line - 1,
                column=place.column,
                code="render.nested-too-deeply",
                message=f"More than {_MAX_DEPTH} square brackets are open here.",
                hint=r"Close them, or write \[ where a bracket is meant as a character.",
            )
    return None
