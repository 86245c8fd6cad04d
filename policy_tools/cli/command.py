"""The `policy` command itself, which the modules beside this one add their commands to."""

import click

from policy_tools import __version__
from policy_tools.cli.common import EXIT_CANNOT_RUN
from policy_tools.model.problem import CannotRunError


class _Commands(click.Group):
    """The commands, of which each may raise `CannotRunError`: one plain sentence, and exit code 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except CannotRunError as error:
            click.echo(f"policy: {error}", err=True)
            ctx.exit(EXIT_CANNOT_RUN)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="policy")
def main() -> None:
    """Publish a think tank from a folder of text files.

    SITE is the folder that holds pelicanconf.py; without it, the folder you are in.
    A first site in three commands:

    \b
        policy init my-think-tank
        cd my-think-tank
        policy serve

    Exit codes: 0 fine, 1 the content has problems, 2 the command cannot run.
    """  # noqa: D301 - click's sign for lines that stay as they are
