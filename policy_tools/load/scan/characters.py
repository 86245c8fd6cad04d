"""Does the text hold characters or directives that cannot be printed?"""

import re

from policy_tools.load.scan.findings import Findings

_SUSPECTS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd\ufeff]")
_MOJIBAKE = re.compile("\u00e2\u20ac[^\\s\\w]|\u00c3[\u00a0-\u00bf]")


def check_characters(found: Findings) -> None:
    """Report each line's first character that has no place in a paper."""
    text = found.source.text
    reported: set[int] = set()
    for match in _SUSPECTS.finditer(text):
        line = found.source.position(match.start()).line
        if match[0] == "\ufeff":  # no format can print it, and nobody would miss it
            found.replace(match.start(), match.end(), "")
        if line not in reported:
            reported.add(line)
            _report(found, match[0], match.start())
    match_ = _MOJIBAKE.search(text)
    if match_:
        found.warn(
            "body.garbled-text",
            match_.start(),
            f"“{match_[0]}” looks like text that was read in the wrong encoding.",
            "Save the original as UTF-8 and copy it again.",
        )


def _report(found: Findings, character: str, offset: int) -> None:
    name = f"U+{ord(character):04X}"
    if character == "\ufffd":
        found.warn(
            "body.garbled-text",
            offset,
            "A character was lost here when the text was converted (�).",
            "Put the right character in its place.",
        )
    elif character == "\ufeff":
        found.warn(
            "body.control-character",
            offset,
            "An invisible byte order mark stands in the text.",
            "Delete it.",
        )
    elif character > "\u2000":
        found.report(
            "body.control-character",
            offset,
            f"The invisible character {name} turns the direction of the text round.",
            "Delete it: a reader would see other words than a machine reads.",
        )
    else:
        found.report(
            "body.control-character",
            offset,
            f"The control character {name} cannot be printed.",
            "Delete it.",
        )
