"""What stands in a folder, and in all folders below it?"""

import os
from collections.abc import Iterator
from typing import NamedTuple


class Walked(NamedTuple):
    """A folder's path, and the names in it of what is no folder: of links to folders, and of the rest."""

    path: str
    links: list[str]
    names: list[str]


def walk(folder: str) -> Iterator[Walked]:
    """The folder and those below it, not through links, each before what it holds; none that cannot be read.

    Paths are plain strings: of thousands of folders, a `Path` for each costs more than looking into it.
    """
    waiting = [folder]
    while waiting:
        walked = Walked(waiting.pop(), [], [])
        try:
            entries = os.scandir(walked.path)
        except OSError:
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    (walked.links if entry.is_dir() else walked.names).append(entry.name)
        yield walked
