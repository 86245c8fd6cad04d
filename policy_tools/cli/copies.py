"""What `policy pack` does with copies: which changes lie between two, and who was given one."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_tools.arguments import choose_settings, read_site
from policy_tools.cli.common import EXIT_PROBLEMS, SITE_OPTION, open_store, read_clock, tell_problems
from policy_tools.cli.packs import pack

if TYPE_CHECKING:
    from policy_tools.pack.change import Change


@pack.command("diff", short_help="Name every difference between two copies of a pack.")
@click.argument("pack_id", metavar="ID")
@click.argument("old")
@click.argument("new")
@SITE_OPTION
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["json", "text"]),
    default="text",
    show_default=True,
    help="text for people, json for programs.",
)
def diff(pack_id: str, old: str, new: str, folder: Path, format_name: str) -> None:
    """Name every difference in the pack ID between OLD and NEW.

    Each of these is the id of a copy that was issued, the file of a snapshot, the folder of a site, or a
    revision of the site's Git repository, whose settings are run as those of the site are. A private folder
    that is a repository of its own is no part of such a revision.
    """
    from policy_tools.pack.change_report import FORMATS
    from policy_tools.pipeline.comparing import compare_pack

    site = read_site(folder)
    with open_store(site) as store:
        changes = compare_pack(site, store, pack_id, old, new, now=read_clock())
    click.echo(FORMATS[format_name](changes), nl=False)


@pack.command("issue", short_help="Issue a copy of a private pack to a secondment.")
@click.argument("pack_id", metavar="ID")
@click.option("--to", "secondment", metavar="SECONDMENT", required=True, help="For whom the pack is.")
@click.option("--copy-id", metavar="X", help="The copy's id; the next number otherwise.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day of issue, within the secondment; today otherwise.",
)
@click.option("--reason", metavar="TEXT", help="Why it is issued.")
@click.option("--recipient", metavar="NAME", help="To whom; the seconded person otherwise.")
@click.option("--organisation", metavar="NAME", help="Where they are; the host otherwise.")
@click.option("--role", metavar="TEXT", help="What they do there; the secondment's role otherwise.")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Encrypt the PDF with the first line of this file, and make no other format.",
)
@SITE_OPTION
def issue(
    pack_id: str,
    secondment: str,
    copy_id: str | None,
    day: datetime | None,
    reason: str | None,
    recipient: str | None,
    organisation: str | None,
    role: str | None,
    password_file: Path | None,
    folder: Path,
) -> None:
    """Make a copy of the private pack ID, write it to PRIVATE_OUTPUT, and register it.

    The copy has an id, a watermark, and a part that says what has changed since the last one.
    """
    from policy_tools.pipeline.copies import CopyOrder, issue_copy, read_password

    site = read_site(folder, choose_settings(folder))
    password = read_password(password_file) if password_file else ""
    order = CopyOrder(
        pack_id,
        secondment,
        issued_at=day.date() if day else site.day_of(read_clock()),
        copy_id=copy_id,
        reason=reason,
        recipient=recipient,
        organisation=organisation,
        role=role,
        password=password,
    )
    with open_store(site) as store:
        result = issue_copy(site, store, order, now=read_clock())
    tell_problems(result.problems)
    if result.copy is None or result.folder is None:
        click.echo("Nothing was issued.", err=True)
        sys.exit(EXIT_PROBLEMS)
    for embargo in result.embargoes:
        click.secho(embargo, fg="yellow", err=True)
    for name in result.copy.digest:
        click.echo(os.path.relpath(result.folder / name))
    if password:
        click.echo("The PDF opens with its password only; no Word, EPUB or ZIP file was made.", err=True)
    click.echo(f"Registered as {result.copy.copy_id}. {_tell_changes(result.changes)}", err=True)


def _tell_changes(changes: tuple[Change, ...] | None) -> str:
    if changes is None:
        return "It is the first copy of this pack for this secondment."
    count = f"{len(changes)} change{'' if len(changes) == 1 else 's'}" if changes else "No change"
    return f"{count} since the last copy."
