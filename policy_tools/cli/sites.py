"""What `policy` does with whole sites and single papers."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from policy_tools import report
from policy_tools.arguments import choose_settings, find_site, parse_moment, read_site
from policy_tools.cli.command import main
from policy_tools.cli.common import (
    EXIT_PROBLEMS,
    NOW_OPTION,
    SITE_ARGUMENT,
    SITE_OPTION,
    open_store,
    read_clock,
    tell_problems,
    tidy,
    track,
)
from policy_tools.model.problem import CannotRunError, has_errors
from policy_tools.model.site import Site
from policy_tools.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_tools.edition.edition import Edition
    from policy_tools.pipeline.prepare import Prepared

MOST_WORKS_SHOWN = 20


@main.command(short_help="Make a new think tank in DIR.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a new think tank in DIR: settings, a first paper, and the records it needs."""
    from policy_tools.scaffold import init_site

    for path in init_site(folder):
        click.echo(f"  {folder / path}")
    click.echo(f"Now: cd {folder} && policy serve")


@main.command(short_help="Start a paper, person, programme or pack.")
@click.argument("kind", type=click.Choice(["paper", "person", "programme", "pack"]))
@click.argument("title")
@click.option("--slug", help="Its name in addresses; made from the title otherwise.")
@click.option("--role", default="Researcher", show_default=True, help="What a person does.")
@SITE_OPTION
def new(kind: str, title: str, slug: str | None, role: str, folder: Path) -> None:
    """Start a paper, person, programme or pack called TITLE from a pattern that passes the check.

    A paper starts as a draft: `policy serve` shows it, and no build publishes it.
    """
    from policy_tools.load.library import load_library
    from policy_tools.scaffold import choose_slug, new_record

    slug = choose_slug(title, slug)
    site = read_site(folder)
    with open_store(site) as store:
        library = load_library(site, store)
    targets = {
        "paper": Path("papers", slug, "paper.md"),
        "person": Path("people", f"{slug}.md"),
        "programme": Path("programmes", f"{slug}.md"),
        "pack": Path("packs", f"{slug}.yaml"),
    }
    values = {
        "title": title,
        "slug": slug[:70],
        "role": role,
        "institute": site.institute,
        "series": next(iter(library.series), "paper"),
        "programme": next(iter(library.programmes), "programme"),
        "author": next(iter(library.people), "author"),
        "date": f"{read_clock():%Y-%m-%d}",
    }
    click.echo(str(new_record(kind, site.content / targets[kind], values)))


@main.command()
@SITE_ARGUMENT
@click.option(
    "--format",
    "format_name",
    type=click.Choice(sorted(report.FORMATS)),
    default="text",
    show_default=True,
    help="text for people, json for programs, github for annotations of a pull request.",
)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
def check(folder: Path, format_name: str, *, strict: bool) -> None:
    """Name every mistake in the content, all at once, by file and line.

    Nothing is rendered and nothing is written; a site of a thousand papers takes a second.
    """
    from policy_tools.pipeline.check import check_site

    site = read_site(folder)
    with open_store(site) as store:
        problems = check_site(site, store, now=read_clock())
    click.echo(report.FORMATS[format_name](problems), nl=False)
    if format_name == "text":
        click.echo(f"{report.count_problems(problems)}.", err=True)
    if has_errors(problems) or (strict and problems):
        sys.exit(EXIT_PROBLEMS)


@main.command()
@SITE_ARGUMENT
@click.option("--output", type=click.Path(path_type=Path), help="Where to write; output/ otherwise.")
@click.option("--formats", metavar="LIST", help='Downloads to make, such as "pdf,docx"; "" for pages only.')
@NOW_OPTION
def build(folder: Path, output: Path | None, formats: str | None, moment: str | None) -> None:
    """Build the whole site: pages, PDF, Word, EPUB, feeds and records.

    Only what changed is made again. With a problem in the content nothing is written, and the last
    good output stays as it is.
    """
    site = read_site(folder, choose_settings(folder), output, formats)
    with open_store(site) as store:
        writer = _Writer(site, choose_settings(folder))
        prepared = _prepare(site, store, writer, now=parse_moment(moment) if moment else read_clock())
        tell_problems(prepared.problems)
        if prepared.edition is None or has_errors(prepared.problems):
            click.echo("Nothing was written.", err=True)
            sys.exit(EXIT_PROBLEMS)
        writer.write(prepared)
    _tell_result(site, prepared.edition)


@main.command()
@SITE_ARGUMENT
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port."
)
@click.option("--public", is_flag=True, help="Leave drafts out: show what a build would publish.")
@click.option("--formats", metavar="LIST", default="", help='Downloads to make as well, such as "pdf".')
def serve(folder: Path, port: int, formats: str, *, public: bool) -> None:
    """Show the site on this machine, and follow every change to a file.

    Drafts are shown and marked; private papers are not. Problems appear in the terminal and in the
    browser, and the rest of the site stays in view.
    """
    from policy_tools.preview.server import Announcer, start_server
    from policy_tools.preview.watch import watch_sources

    gc.enable()  # this may run for days
    preview = folder.resolve() / ".cache" / "preview"
    site = read_site(folder, output=preview, formats=formats)
    announcer, stopping = Announcer(), _stop_on_interrupt()
    try:
        server = start_server(preview, announcer, port)
    except OSError as error:
        raise CannotRunError(f"Port {port} cannot be used: {error.strerror}. Try --port 0.") from error
    with open_store(site) as store:
        _build_preview(site, store, announcer, public=public)
        click.echo(f"Showing {site.name} at http://127.0.0.1:{server.server_port}/ (Ctrl-C stops).")
        with suppress(KeyboardInterrupt):
            for _ in watch_sources(site, stopping):
                _build_preview(site, store, announcer, public=public)
        click.echo("Stopped.")


@main.command(short_help="Show how a work is cited, or find works by words.")
@click.argument("words", metavar="KEY", nargs=-1, required=True)
@SITE_OPTION
def cite(words: tuple[str, ...], folder: Path) -> None:
    """Show how the work called KEY is cited, or the works that have all of some words.

    The words are looked for in keys, authors and titles: policy cite keynes general theory
    """
    from policy_tools.pipeline.citing import format_references, search_references
    from policy_tools.render.styles import StyleError

    site = read_site(folder)
    key = " ".join(words)
    with open_store(site) as store:
        found = search_references(site, store, key)
        if not found:
            raise CannotRunError(f'Nothing in library.bib is called "{key}" or has it in author or title.')
        shown = found[:MOST_WORKS_SHOWN]
        try:
            printed = format_references(shown, site, store)
        except StyleError as error:
            raise CannotRunError(f"{error} {error.hint} It is set as CSL in pelicanconf.py.") from error
    for reference, entry in zip(shown, printed, strict=True):
        click.echo(f"[@{reference.key}]\n    {entry or 'This entry cannot be read: policy check says why.'}")
    if len(found) > len(shown):
        click.echo(f"{len(found) - len(shown)} more: add a word of the title.", err=True)


@main.command(short_help="Make one format of one paper.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "target", type=click.Choice(["pdf", "docx", "epub", "html", "md"]), required=True)
@click.option("--output", type=click.Path(path_type=Path), help="The file to write; beside you otherwise.")
def render(file: Path, target: str, output: Path | None) -> None:
    """Make one format of one paper: FILE is its paper.md, whatever its status.

    A paper under embargo says so on its first page.
    """
    from policy_tools.pipeline.single import render_one

    site = read_site(find_site(file))
    with open_store(site) as store:
        made = render_one(site, store, file.resolve(), target, now=read_clock())
    tell_problems(made.problems)
    if not made.content:
        sys.exit(EXIT_PROBLEMS)
    output = output or Path(f"{made.name}.{target}")
    try:
        output.write_bytes(made.content)
    except OSError as error:
        raise CannotRunError(f"{output} cannot be written: {error.strerror}.") from error
    click.echo(str(output))


def _prepare(site: Site, store: Store, writer: _Writer, *, now: datetime, preview: bool = False) -> Prepared:
    from policy_tools.pipeline.prepare import prepare_edition

    return prepare_edition(site, store, now=now, preview=preview, track=track, meanwhile=writer.get_ready)


class _Writer:
    """Hands an edition to Pelican, which is reached through its plugin and never imported here."""

    def __init__(self, site: Site, settings_file: str) -> None:
        self._site = site
        self._settings_file = settings_file
        self._run: Callable[[Prepared], None] | None = None

    def get_ready(self) -> Callable[[Prepared], None]:
        """Load Pelican, and look at what stands in the output: both take a moment."""
        from policy_tools.places import PLUGINS

        if str(PLUGINS) not in sys.path:
            sys.path.insert(0, str(PLUGINS))
        from policy_site.run import open_output

        self._run = open_output(self._site, self._site.root / self._settings_file)
        return self._run

    def write(self, prepared: Prepared) -> None:
        """Write the edition to the output."""
        run = self._run or self.get_ready()
        try:
            run(prepared)
        except OSError as error:
            place = error.filename or self._site.output
            raise CannotRunError(f"{place} cannot be written: {error.strerror}.") from error


def _stop_on_interrupt() -> Event:
    """An event that Ctrl-C sets, besides interrupting: a library may swallow an interruption."""
    stopping = Event()

    def stop(_number: int, _frame: object) -> None:
        stopping.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    return stopping


def _build_preview(site: Site, store: Store, announcer: object, *, public: bool) -> None:
    from policy_tools.preview.server import Announcer

    writer = _Writer(site, "pelicanconf.py")
    prepared = _prepare(site, store, writer, now=read_clock(), preview=not public)
    writer.write(prepared)
    tidy(store)
    tell_problems(prepared.problems)
    click.echo(f"{read_clock():%H:%M:%S} {report.count_problems(prepared.problems)}.", err=True)
    if isinstance(announcer, Announcer):
        announcer.announce([str(problem) for problem in prepared.problems])


def _tell_result(site: Site, edition: Edition) -> None:
    output = Path(os.path.relpath(site.output))
    click.echo(f"{len(edition.pages)} pages and {len(edition.files)} files in {output}/")
    here = "" if site.root == Path.cwd() else f" {Path(os.path.relpath(site.root))}"
    click.echo(f"Look at it: policy serve{here}, or open the folder with any web server:")
    click.echo(f"    python3 -m http.server --directory {output} 8000")
