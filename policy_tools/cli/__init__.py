"""The `policy` command: the only folder that prints, exits, or looks at the clock."""

from policy_tools.cli import copies, packs, search, sites
from policy_tools.cli.command import main

__all__ = ["copies", "main", "packs", "search", "sites"]
