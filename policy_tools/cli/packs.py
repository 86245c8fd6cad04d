"""What `policy` does with packs and briefs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_tools.arguments import choose_settings, parse_moment, read_site
from policy_tools.cli.command import main
from policy_tools.cli.common import (
    EXIT_PROBLEMS,
    NOW_OPTION,
    SITE_OPTION,
    open_store,
    read_clock,
    tell_problems,
    track,
)
from policy_tools.model.problem import CannotRunError, has_errors

if TYPE_CHECKING:
    from policy_tools.model.site import Site
    from policy_tools.pipeline.seat_briefs import SeatBriefs


@main.group(short_help="List, build, compare and issue packs.")
def pack() -> None:
    """Work with packs: recipes over papers and recommendations, one file each in content/packs/.

    A public pack is on the site, and made by every `policy build`. A private one is for one secondment, may
    use content/private/, and is written to a folder of its own, apart from the site (PRIVATE_OUTPUT).
    """


@pack.command("list", short_help="List all packs, the private ones too.")
@SITE_OPTION
@NOW_OPTION
def list_(folder: Path, moment: str | None) -> None:
    """List all packs: id, audience, as-at date, title and parts. The private ones are among them."""
    from policy_tools.pipeline.pack_building import list_packs

    site = read_site(folder)
    with open_store(site) as store:
        lines = list_packs(site, store, now=parse_moment(moment) if moment else read_clock())
    if not lines:
        click.echo("There are no packs: write a recipe in content/packs/. docs/records.md has its fields.")
    for line in lines:
        as_at = f"as at {line.as_at.isoformat()}" if line.as_at else "empty now"
        click.echo(f"{line.id}  {line.audience}  {as_at}\n    {line.title}\n    {'; '.join(line.parts)}")


@pack.command(short_help="Make one pack, or all of them.")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Make every pack, the private ones too.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Where folders of public packs are written; output-packs/ of the site otherwise.",
)
@SITE_OPTION
@NOW_OPTION
def build(
    ids: tuple[str, ...], output: Path | None, folder: Path, moment: str | None, *, every: bool
) -> None:
    """Make packs as PDF, Word, EPUB, and a ZIP of these with a manifest.

    Public packs come out as `policy build` puts them on the site. Private ones are written to the private
    folder, marked as not issued: `policy pack issue` makes the copy that may be handed over.
    """
    from policy_tools.edition.wording import format_size
    from policy_tools.pipeline.pack_building import build_packs

    if bool(ids) == every:
        raise CannotRunError("Name the packs to make, or --all. policy pack list names them.")
    site = read_site(folder, choose_settings(folder))
    failed = False
    with open_store(site) as store:
        now = parse_moment(moment) if moment else read_clock()
        for built in build_packs(site, store, ids, output or site.root / "output-packs", now=now):
            tell_problems(built.problems)
            failed |= has_errors(built.problems) or bool(built.reason)
            if built.reason:
                click.echo(built.reason, err=True)
            if built.folder:
                click.echo(f"{built.id}: {Path(os.path.relpath(built.folder))}/")
                for name, size in built.sizes.items():
                    click.echo(f"    {name}  {format_size(size)}")
    if failed:
        click.echo("What has a problem was not written.", err=True)
        sys.exit(EXIT_PROBLEMS)


@main.command(short_help="Make the one-page brief of a recommendation.")
@click.argument("recommendation", metavar="REC")
@click.option("--seat", metavar="CODE", help="With the figures of one constituency, by its ONS code.")
@click.option("--all-seats", is_flag=True, help="One for each of the constituencies, into a folder.")
@click.option(
    "--output", type=click.Path(path_type=Path), help="The folder to write to; beside you otherwise."
)
@SITE_OPTION
@NOW_OPTION
def brief(
    recommendation: str,
    seat: str | None,
    output: Path | None,
    folder: Path,
    moment: str | None,
    *,
    all_seats: bool,
) -> None:
    """Make one side of A4 (PDF) of the public recommendation REC.

    With --seat it has what the recommendation's statistics say of that constituency, where they are valid
    there; a seat is named by its code of 2024, never by its Member:

    \b
        policy brief dem-01 --seat E14001063

    The plain brief is on the site already: `policy build` makes one for every recommendation and programme.
    """  # noqa: D301 - click's sign for lines that stay as they are
    from policy_tools.pipeline.seat_briefs import make_seat_briefs

    if seat and all_seats:
        raise CannotRunError("--seat makes one brief and --all-seats makes all: give one of them.")
    site = read_site(folder, choose_settings(folder))
    with open_store(site) as store:
        made = make_seat_briefs(
            site,
            store,
            recommendation,
            seat=seat,
            every_seat=all_seats,
            now=parse_moment(moment) if moment else read_clock(),
            track=track,
        )
        tell_problems(made.problems)
        if has_errors(made.problems):
            sys.exit(EXIT_PROBLEMS)
        target = output or Path(f"{recommendation}-briefs" if all_seats else ".")
        _write_briefs(target, made, site, whole=all_seats)
    _tell_missing(made, recommendation)
    click.echo(f"{len(made.files)} briefs in {target}/" if all_seats else str(target / made.files[0][0]))


def _write_briefs(target: Path, made: SeatBriefs, site: Site, *, whole: bool) -> None:
    """One file beside what is there; or all of them as the whole of a folder."""
    from policy_tools.places import PLUGINS, THEME
    from policy_tools.release.public_folder import write_public_file, write_public_folder

    code = THEME, PLUGINS

    if whole:
        write_public_folder(target, {name: file.read() for name, file in made.files}, site, apart_from=code)
        return
    for name, file in made.files:
        write_public_file(target / name, file.read(), site, apart_from=code)


def _tell_missing(made: SeatBriefs, recommendation: str) -> None:
    """Say of which seats there is nothing to say."""
    missing = made.without_figure
    if len(missing) == 1:
        (seat,) = missing
        click.echo(
            f"{recommendation} has no statistic that is valid for {seat.name}: this is the plain brief.",
            err=True,
        )
    elif missing:
        click.echo(
            f"{recommendation} has no statistic that is valid for {len(missing)} seats: "
            "for these there is the plain brief.",
            err=True,
        )
