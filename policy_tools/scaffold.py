"""What does a new think tank, paper, person, programme or pack start from?"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from string import Template

from policy_tools.model.problem import CannotRunError
from policy_tools.model.slug import SLUG, make_slug
from policy_tools.places import AUTHORS_GUIDES, EXAMPLE_SITE, STARTERS


class ScaffoldError(CannotRunError):
    """Something is in the way; nothing was changed."""


def choose_slug(title: str, slug: str | None = None) -> str:
    """The name asked for, or else one made from the title; it must be fit for an address."""
    chosen = make_slug(title) if slug is None else slug
    if SLUG.fullmatch(chosen):
        return chosen
    if slug is None:
        raise ScaffoldError(
            f'"{title}" has no letters from a to z to make a name of. Name the record yourself with --slug.'
        )
    raise ScaffoldError(
        f'"{slug}" cannot be part of an address. Use 1 to 80 small letters, digits and hyphens.'
    )


def init_site(folder: Path) -> tuple[Path, ...]:
    """Copy the example site, and the guides for authors, into a new or empty folder.

    Returns the files made, relative to it.
    """
    if folder.exists() and not folder.is_dir():
        raise ScaffoldError(f"{folder} is a file. Name a folder that is new or empty.")
    if folder.is_dir() and any(folder.iterdir()):
        raise ScaffoldError(f"{folder} is not empty. Name a folder that is new or empty.")
    try:
        shutil.copytree(EXAMPLE_SITE, folder, dirs_exist_ok=True, ignore=_leave_compiled_code)
        (folder / "docs").mkdir()
        for guide in AUTHORS_GUIDES:
            shutil.copy(guide, folder / "docs")
    except OSError as error:
        raise ScaffoldError(
            f"{folder} cannot be made: {error.strerror or 'not all files were copied'}."
        ) from error
    return tuple(sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file()))


def new_record(kind: str, target: Path, values: Mapping[str, str]) -> Path:
    """Write the starter of a kind (paper, person, programme, pack) to a file that must not exist yet."""
    if target.exists():
        raise ScaffoldError(f"{target} exists already. Choose another name, or edit that file.")
    starter = Template((STARTERS / f"{kind}{target.suffix}").read_text(encoding="utf-8"))
    quoted = {name: _quote(value) for name, value in values.items()}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(starter.substitute(quoted), encoding="utf-8")
    except OSError as error:
        raise ScaffoldError(f"{target} cannot be written: {error.strerror}.") from error
    return target


def _leave_compiled_code(folder: str, names: list[str]) -> set[str]:
    """What Python keeps beside the settings that it has run once."""
    del folder
    return {name for name in names if name == "__pycache__"}


def _quote(value: str) -> str:
    """Words as they stand between the quotation marks of a YAML text, on one line."""
    return " ".join(value.split()).replace("\\", "\\\\").replace('"', '\\"')
