"""Did the author leave notes to themselves in the text?"""

import re

from policy_tools.load.scan.findings import Findings

_MARKS = ("TODO", "TBC", "FIXME", "XX", "lorem ipsum", "[insert", "[citation needed")
_LEFT_OVER = re.compile(r"\b(?:TODO|TBC|FIXME|XXX+|lorem ipsum)\b|\[(?:insert|citation needed)\b[^\]\n]*\]")


def check_left_over_notes(found: Findings) -> None:
    """Tell of the first of each line."""
    text = found.source.text
    if not any(mark in text for mark in _MARKS):
        return  # told at a fiftieth of the cost
    told = 0
    for match in _LEFT_OVER.finditer(text):
        line = found.source.position(match.start()).line
        if line != told:
            told = line
            message = f'"{match[0]}" looks like a note to yourself.'
            found.warn("body.left-over-note", match.start(), message, "Do what it says, and remove it.")
