"""Which font files may a document be set in?"""

from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from policy_tools.drawing_fonts import drawing_font_folder
from policy_tools.store import digest_of


def font_folders() -> tuple[Path, ...]:
    """The folders of the text faces; faces for formulas and code come with Typst itself."""
    return Path(str(files("fontpkg_source_serif_4"))) / "files", drawing_font_folder()


@cache
def load_fonts() -> typst.Fonts:
    """The faces, read once in a process. A face that happens to be installed on the machine is never used."""
    folders = [str(folder) for folder in font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


@cache
def digest_fonts() -> str:
    """Changes when any font file changes."""
    faces = sorted(file for folder in font_folders() for file in folder.glob("*.ttf"))
    return digest_of(*(part for file in faces for part in (file.name, file.read_bytes())))
