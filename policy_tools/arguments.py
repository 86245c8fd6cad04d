"""What do the words on the command line mean: which site, which moment, which downloads?"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from policy_tools.load.site import SETTINGS_FILE, load_site
from policy_tools.model.problem import CannotRunError
from policy_tools.model.site import DOWNLOADS, Site

PUBLISHING_SETTINGS = "publishconf.py"


def read_site(
    folder: Path,
    settings_file: str = SETTINGS_FILE,
    output: Path | None = None,
    formats: str | None = None,
) -> Site:
    """The site in a folder, with the output and the downloads that were asked for instead of its own."""
    site = load_site(folder, settings_file)
    if output is not None:
        site = replace(site, output=output.resolve())
    if formats is not None:
        site = replace(site, formats=parse_formats(formats))
    if site.output.is_relative_to(site.content):
        raise CannotRunError("The output cannot stand inside the content. Name another folder with --output.")
    return site


def choose_settings(folder: Path) -> str:
    """What is published has publishconf.py's address, where there is one."""
    return PUBLISHING_SETTINGS if (folder / PUBLISHING_SETTINGS).is_file() else SETTINGS_FILE


def find_site(file: Path) -> Path:
    """The folder of the site that a file belongs to."""
    for folder in file.resolve().parents:
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise CannotRunError(f"{file} is in no site: no folder above it holds a {SETTINGS_FILE}.")


def parse_formats(formats: str) -> tuple[str, ...]:
    """Names of downloads with commas between them; none at all for pages only."""
    names = tuple(dict.fromkeys(name.strip() for name in formats.split(",") if name.strip()))
    unknown = [name for name in names if name not in DOWNLOADS]
    if unknown:
        raise CannotRunError(
            f'There is no format "{unknown[0]}" to download; there are {", ".join(DOWNLOADS)}.'
        )
    return names


def parse_moment(moment: str) -> datetime:
    """An aware time, written as ISO 8601 has it."""
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError as error:
        raise CannotRunError(f'"{moment}" is not a time. Write it as 2026-11-22T09:00+00:00.') from error
    if parsed.tzinfo is None:
        raise CannotRunError(f'"{moment}" has no time zone. Add an offset, such as +00:00.')
    return parsed
