"""Which font files may a document be set in?"""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst

from policy_tools.store import digest_of

FONT_PACKAGES: Final = ("fontpkg_source_serif_4", "fontpkg_public_sans")


def find_font_files() -> tuple[Path, ...]:
    """The files of the text faces; faces for formulas and code come with Typst itself."""
    folders = [Path(str(files(package))) / "files" for package in FONT_PACKAGES]
    return tuple(file for folder in folders for file in sorted(folder.glob("*.ttf")))


@cache
def load_fonts() -> typst.Fonts:
    """The faces, read once in a process. A face that happens to be installed on the machine is never used."""
    folders = sorted({str(file.parent) for file in find_font_files()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


@cache
def digest_fonts() -> str:
    """Changes when any font file changes."""
    return digest_of(*(part for file in find_font_files() for part in (file.name, file.read_bytes())))
