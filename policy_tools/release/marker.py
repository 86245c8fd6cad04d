"""How is a folder marked as never to be published, and where is the mark found?"""

import os
from pathlib import Path

from policy_tools.model.problem import CannotRunError

MARKER = "PRIVATE-NEVER-PUBLISH"
MARKER_TEXT = (
    "Packs for named readers stand in this folder. Nothing in it may be published, "
    "and no site is built into it, above it or below it.\n"
)


def find_marked_folder(folder: Path) -> Path | None:
    """The folder with the marker that this one is, lies in, or holds, also by way of symbolic links."""
    return _find_above(folder) or _find_below(os.fspath(folder.resolve()), set())


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


def _find_below(folder: str, seen: set[str]) -> Path | None:
    """Goes through folders and through what links in them point to, each once.

    They are plain strings: of thousands of folders, a `Path` for each costs more than looking into it.
    """
    for place, folders, names in os.walk(folder):
        seen.add(place)
        if MARKER in names or MARKER in folders:
            return Path(place)
        for name in folders:
            if os.path.islink(f"{place}/{name}"):  # noqa: PTH114
                target = Path(place, name).resolve()
                above = next((each for each in (target, *target.parents) if _is_marked(each)), None)
                known = os.fspath(target) in seen
                found = above or (None if known else _find_below(os.fspath(target), seen))
                if found:
                    return found
    return None
