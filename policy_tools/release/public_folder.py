"""How are packs and briefs that anyone may see written beside the site, whole or not at all?

They stand in folders of their own: never on private ground, in content, in the theme, or in the output of a
build, which would take them away again. `apart_from` names what else is no place for them.
"""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from policy_tools.model.problem import CannotRunError
from policy_tools.model.site import Site
from policy_tools.release.marker import refuse_private_ground


def write_public_file(path: Path, content: bytes, site: Site, *, apart_from: Iterable[Path] = ()) -> None:
    """A file with these bytes, or as it was before."""
    _refuse_ground(path.parent, site, apart_from)
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.write_bytes(content)
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CannotRunError(f"{error.filename or path} cannot be written: {error.strerror}.") from error


def write_public_folder(
    folder: Path, files: Mapping[str, bytes], site: Site, *, apart_from: Iterable[Path] = ()
) -> Path:
    """The folder with these files and no others, or as it was before.

    What stands there is only replaced where it is of the same kinds: a folder of something else is not ours.
    """
    folder = folder.absolute()
    _refuse_ground(folder, site, apart_from)
    _refuse_strangers(folder, files)
    new, old = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        for leftover in (new, old):
            shutil.rmtree(leftover, ignore_errors=True)
        new.mkdir()
        for name, content in files.items():
            (new / name).write_bytes(content)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(new, ignore_errors=True)
        raise CannotRunError(f"{error.filename or folder} cannot be written: {error.strerror}.") from error
    shutil.rmtree(old, ignore_errors=True)
    return folder


def _refuse_ground(folder: Path, site: Site, apart_from: Iterable[Path]) -> None:
    refuse_private_ground(folder)
    place = folder.resolve()
    for ground in (site.content, site.output, *apart_from):
        other = ground.resolve()
        if place.is_relative_to(other):
            raise CannotRunError(
                f"{folder} lies in {ground}, where nothing of this is written. Name another."
            )


def _refuse_strangers(folder: Path, files: Mapping[str, bytes]) -> None:
    """Stop before a folder is replaced that holds anything but files of the kinds that are written."""
    kinds = {Path(name).suffix for name in files}
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CannotRunError(f"{folder} is no folder that can be replaced. Name another.")
    if folder.is_dir():
        for path in folder.iterdir():
            if path.suffix not in kinds or not path.is_file():
                raise CannotRunError(
                    f"{folder} holds {path.name}, which is none of these files. Name another."
                )
