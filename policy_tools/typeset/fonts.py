"""Which font files may a document be set in?"""

from functools import cache
from pathlib import Path

import fontpkg_public_sans
import fontpkg_source_serif_4
import typst

from policy_tools.store import digest_of


def find_font_folders() -> tuple[Path, ...]:
    """The folders of the text faces; faces for formulas and code come with Typst itself."""
    return (fontpkg_source_serif_4.ROOT / "files", fontpkg_public_sans.ROOT / "files")


@cache
def load_fonts() -> typst.Fonts:
    """The faces, read once in a process. A face that happens to be installed on the machine is never used."""
    folders = [str(folder) for folder in find_font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


@cache
def digest_fonts() -> str:
    """Changes when any font file changes."""
    files = sorted(file for folder in find_font_folders() for file in folder.glob("*.ttf"))
    return digest_of(*(part for file in files for part in (file.name, file.read_bytes())))
