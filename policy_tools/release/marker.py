"""How is a folder marked as never to be published, and where is the mark found?"""

import os
from collections.abc import Iterable
from pathlib import Path

from policy_tools.model.problem import CannotRunError
from policy_tools.release.walk import Walked, walk

MARKER = "PRIVATE-NEVER-PUBLISH"
MARKER_TEXT = (
    "Packs for named readers stand in this folder. Nothing in it may be published, "
    "and no site is built into it, above it or below it.\n"
)


def find_marked_folder(folder: Path, below: Iterable[Walked]) -> Path | None:
    """The folder with the marker that this one is, lies in, or holds, also by way of symbolic links.

    `below` is what `walk` finds in the folder.
    """
    return _find_above(folder) or _find_below(below, {os.path.realpath(folder)})


def refuse_private_ground(folder: Path) -> None:
    """Raise where single files for the public are about to be written into a marked folder."""
    marked = _find_above(folder)
    if marked:
        raise CannotRunError(
            f"{folder} lies in a private folder ({marked}), and this is for the public. Name another."
        )


def _find_above(folder: Path) -> Path | None:
    return next((each for each in _lineage(folder) if _is_marked(each)), None)


def _lineage(folder: Path) -> list[Path]:
    """The folder and all that it lies in, both as it is named and as it really is."""
    named, real = Path(os.path.abspath(folder)), folder.resolve()  # noqa: PTH100 - links are to stay here
    return list(dict.fromkeys([named, *named.parents, real, *real.parents]))


def _is_marked(folder: Path) -> bool:
    return os.path.lexists(folder / MARKER)


def _find_below(folders: Iterable[Walked], seen: set[str]) -> Path | None:
    """Goes through folders and through what links in them point to, each once."""
    for path, links, names in folders:
        if MARKER in names or MARKER in links:
            return Path(path)
        if path.endswith(f"{os.sep}{MARKER}"):
            return Path(path).parent
        for link in links:
            target = os.path.realpath(f"{path}{os.sep}{link}")
            marked = next((each for each in _lineage(Path(target)) if _is_marked(each)), None)
            if marked is None and target not in seen:
                seen.add(target)
                marked = _find_below(walk(target), seen)
            if marked:
                return marked
    return None
