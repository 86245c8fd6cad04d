"""What `policy search` answers: the words of the built site, in the order in which a browser shows them."""

from pathlib import Path

import click

from policy_tools.arguments import choose_settings, read_site
from policy_tools.cli.command import main
from policy_tools.cli.common import SITE_OPTION
from policy_tools.model.problem import CannotRunError


@main.command(short_help="Find papers and sections by their words.")
@click.argument("words", metavar="WORDS", nargs=-1, required=True)
@click.option("--count", type=click.IntRange(1, 100), default=10, show_default=True, help="How many to show.")
@SITE_OPTION
def search(words: tuple[str, ...], count: int, folder: Path) -> None:
    """Find what has all of WORDS, or as many of them as possible, in the site that was built last.

    The order is that of the site's own search, from the same index.
    """
    from policy_tools.search.answers import describe_hits
    from policy_tools.search.query import OtherVersionError, Searcher

    site = read_site(folder, choose_settings(folder))
    try:
        searcher = Searcher(lambda address: (site.output / address).read_bytes())
    except OSError as error:
        raise CannotRunError(
            f"There is no index of our own in {site.output}. Build the site first: policy build"
        ) from error
    except OtherVersionError as error:
        raise CannotRunError(
            f"The index in {site.output} was made by another version of this system. "
            "Build the site again: policy build"
        ) from error
    hits = searcher.search(" ".join(words))
    if not hits:
        raise CannotRunError("Nothing was found. Try fewer words, or another word for the same thing.")
    for answer in describe_hits(searcher, hits[:count]):
        click.secho(answer.title, bold=True)
        click.echo(f"    {answer.description}")
        for address, heading in answer.sections:
            click.echo(f"    {address}{f'  {heading}' if heading else ''}")
    if len(hits) > count:
        click.echo(f"{len(hits) - count} more: add a word, or --count.", err=True)
