"""Which font files may a document be set in?"""

import os
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import typst

from policy_tools.fixed_fonts import drawing_font_folder, text_font_folder
from policy_tools.store import digest_of


def font_folders() -> tuple[Path, ...]:
    """For titles, for text, and for all else; faces for formulas and code come with Typst itself."""
    return Path(str(files("fontpkg_source_serif_4"))) / "files", text_font_folder(), drawing_font_folder()


@cache
def load_fonts(folder: Path | None = None) -> typst.Fonts:
    """The faces, read once in a process, with those of a site's own folder.

    A face that happens to be installed on the machine is never used.
    """
    own = (folder,) if folder else ()
    folders = [str(place) for place in (*font_folders(), *own)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


@cache
def digest_fonts() -> str:
    """Changes when any font file of ours changes."""
    return _digest_files(file for folder in font_folders() for file in folder.glob("*.ttf"))


def digest_own_fonts(folder: Path | None) -> str:
    """Changes when any file of a site's own folder of typefaces changes; empty where there is none."""
    if folder is None or not folder.is_dir():
        return ""
    with os.scandir(folder) as entries:
        states = sorted((entry.name, _state(entry.stat())) for entry in entries if entry.is_file())
    return _digest_folder(folder, tuple(states)) if states else ""


def _state(found: os.stat_result) -> tuple[int, ...]:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


@lru_cache(maxsize=4)
def _digest_folder(folder: Path, states: tuple[tuple[str, tuple[int, ...]], ...]) -> str:
    """As long as the files stand as they stood, they are not read again for each document."""
    return _digest_files(folder / name for name, _ in states)


def _digest_files(files: Iterable[Path]) -> str:
    return digest_of(*(part for file in sorted(files) for part in (file.name, file.read_bytes())))
