"""Is there a text at all?"""

import re
from collections.abc import Iterator

from policy_tools.load.checking.report import report, warn
from policy_tools.model.library import Library
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Position, Problem

_MARKS = ("TODO", "TBC", "FIXME", "XX", "lorem ipsum", "[insert", "[citation needed")
_LEFT_OVER = re.compile(r"\b(?:TODO|TBC|FIXME|XXX+|lorem ipsum)\b|\[(?:insert|citation needed)\b[^\]]*\]")


def check_text(paper: Paper, _library: Library) -> Iterator[Problem]:
    """A paper without words, or with notes of its author's left in."""
    body = paper.body
    has_front_matter = bool(paper.places)  # without one, nobody can say where the text begins
    if has_front_matter and not body.text.strip():
        place = Position(body.first_line, 1)
        yield report(
            paper, place, "body.empty", "This paper has no text.", "Write it below the front matter."
        )
    if not any(mark in body.text for mark in _MARKS):
        return  # told at a fiftieth of the cost, which counts in a thousand papers
    for number, line in enumerate(body.text.split("\n")):
        match = _LEFT_OVER.search(line)
        if match:
            place = Position(body.first_line + number, match.start() + 1)
            message = f'"{match[0]}" looks like a note to yourself.'
            yield warn(paper, place, "body.left-over-note", message, "Do what it says, and remove it.")
