"""What the commands have in common: which site, its store, the time, how problems and progress are told."""

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from policy_tools import report
from policy_tools.model.problem import CannotRunError, Problem, Severity
from policy_tools.model.site import Site
from policy_tools.store import Store

EXIT_PROBLEMS = 1
EXIT_CANNOT_RUN = 2
Item = TypeVar("Item")

SITE_ARGUMENT = click.argument(
    "folder",
    metavar="[SITE]",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
SITE_OPTION = click.option(
    "--site",
    "folder",
    default=".",
    type=click.Path(exists=True, path_type=Path),
    help="The site's folder; the one you are in otherwise.",
)
NOW_OPTION = click.option(
    "--now",
    "moment",
    metavar="TIME",
    help="Build as at this time (ISO 8601 with an offset, such as 2026-11-22T09:00+00:00).",
)


@contextmanager
def open_store(site: Site) -> Iterator[Store]:
    """The site's store of what was made before, which is tidied when the work is done."""
    try:
        store = Store(site.cache / "made.sqlite")
    except (OSError, sqlite3.Error) as error:
        raise CannotRunError(f"The cache {site.cache} cannot be used: {error}. Remove it.") from error
    with store:
        yield store
        tidy(store)


def tidy(store: Store) -> None:
    """Let go of what nothing has used for long."""
    store.tidy(read_clock().date().toordinal())


def read_clock() -> datetime:
    """The time, which nothing else reads."""
    return datetime.now(UTC)


def tell_problems(problems: tuple[Problem, ...]) -> None:
    """A line for each, on the standard error."""
    for problem in problems:
        colour = "red" if problem.severity is Severity.ERROR else "yellow"
        click.secho(report.format_text([problem]), fg=colour, err=True, nl=False)


def track(what: str, work: Iterable[Item], total: int) -> Iterator[Item]:
    """A progress bar on a terminal; nothing elsewhere."""
    if total < 2 or not sys.stderr.isatty():  # noqa: PLR2004
        yield from work
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(work, total=total, description=what)
