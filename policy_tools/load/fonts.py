"""Which typefaces does a site bring itself, for signs that ours have not?"""

import stat
from collections.abc import Iterator
from pathlib import Path

from policy_tools.load.files import LeavesFolderError, follow_inside, list_folder, name_below
from policy_tools.model.problem import Problem, Severity
from policy_tools.model.site import Site

ENDINGS = (".ttf", ".otf")
_BEGINNINGS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_NOTES = (".txt", ".md")  # licences stand beside what they are about
_CONVERT = "Take the TTF or OTF of the typeface; those for the web (WOFF) and collections (TTC) are not read."


def check_fonts(site: Site) -> Iterator[Problem]:
    """What stands in the folder of typefaces and is none."""
    problems: list[Problem] = []
    for entry in list_folder(site.fonts, site.root, problems):
        file = Path(entry.path)
        if not entry.name.lower().endswith((*ENDINGS, *_NOTES)):
            yield _report(
                file, site, "font.unknown-file", "This is no typeface that is read.", Severity.WARNING
            )
        elif entry.name.lower().endswith(ENDINGS) and not _is_font(file):
            yield _report(file, site, "font.unreadable", "This is named like a typeface, and is none.")
    yield from problems


def _is_font(file: Path) -> bool:
    """Whether it is a regular file of this folder that begins as a typeface does."""
    try:
        place = follow_inside(file)
        if not stat.S_ISREG(place.stat().st_mode):
            return False
        with place.open("rb") as opened:
            return opened.read(4) in _BEGINNINGS
    except (LeavesFolderError, OSError):
        return False


def _report(file: Path, site: Site, code: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(name_below(file, site.root), 1, 1, code, message, _CONVERT, severity)
