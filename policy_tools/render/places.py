"""Where in its file does a paper's text say something?

pandoc forgets places, so what its filters report names the words to look for.
"""

import re

from policy_tools.model.document import DocumentRequest
from policy_tools.model.problem import Position, Problem

_MAX_DEPTH = 200
_BRACKET_OR_BREAK = re.compile(r"[\[\]]|\n[ \t]*\n")


def locate(near: str, text: str) -> Position:
    """The first place of the words in the text, counted from its own first line."""
    found = re.search(re.escape(near) + r"(?!\w)(?![-:.#$%&+?<>~/]\w)", text) if near else None
    if found is None:
        return Position()
    return position_at(text, found.start())


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
