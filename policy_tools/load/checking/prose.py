"""Does the text of a page or of a record fetch or run something?

Such texts are only ever web pages and are read by another parser than papers; it leaves out what is found
here, and an author has to hear of that.
"""

import re
from collections.abc import Iterator

from policy_tools.model.problem import Problem

_ELSEWHERE = r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//"
_REMOTE_PICTURE = re.compile(
    rf"!\[[^\]\n]*\]\(\s*<?{_ELSEWHERE}|<img\b[^>\n]*?\bsrc\s*=\s*[\"']?{_ELSEWHERE}", re.IGNORECASE
)
_UNSAFE_LINK = re.compile(
    r"(?:\]\(|^ {0,3}\[[^\]\n]+\]:)\s*<?\s*(javascript|vbscript|data|file):", re.IGNORECASE
)


def check_prose(text: str, first_line: int, path: str) -> Iterator[Problem]:
    """Pictures on other hosts, and links that run something or lead to a file of the author's own."""
    for number, line in enumerate(text.split("\n"), start=first_line):
        for found in _REMOTE_PICTURE.finditer(line):
            message = "This picture is on another host, and is not shown."
            hint = "Readers' browsers would tell that host of every visit. Link to it instead."
            yield Problem(path, number, found.start() + 1, "image.remote", message, hint)
        for found in _UNSAFE_LINK.finditer(line):
            message = f"A {found[1].lower()}: address cannot be published."
            hint = "Link to a page with https://."
            yield Problem(path, number, found.start() + 1, "link.unsafe-scheme", message, hint)
