"""Which fonts set the words inside a drawing, and beside it?

Typst draws an SVG's words with a variable font's default instance only, and Public Sans's default is Thin:
hence fixed weights of it, made once on a machine and kept as files, which stand in for the variable one.
"""

from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import fontTools

from policy_tools.places import machine_cache
from policy_tools.store import digest_of

_WEIGHTS = (400, 500, 600, 700)
_UPRIGHT = "PublicSans[wght].ttf"
_ITALIC = "PublicSans-Italic[wght].ttf"


@cache
def digest_drawing_fonts() -> str:
    """Changes when the fonts would."""
    return digest_of(_read(_UPRIGHT), _read(_ITALIC), str(_WEIGHTS), fontTools.version)


@cache
def drawing_font_folder() -> Path:
    """A folder that holds Public Sans: upright at each weight, italic as it comes; nothing else."""
    folder = machine_cache() / "drawing-fonts" / digest_drawing_fonts()
    if not folder.is_dir():
        _make_folder(folder)
    return folder


def _make_folder(folder: Path) -> None:
    """All files or none, also when several processes make them at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as made:
        partial = Path(made) / "fonts"
        partial.mkdir()
        for weight in _WEIGHTS:
            _write_fixed_weight(weight, partial / f"PublicSans-{weight}.ttf")
        (partial / "PublicSans-Italic.ttf").write_bytes(_read(_ITALIC))
        try:
            partial.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was first
                raise


def _write_fixed_weight(weight: int, target: Path) -> None:
    # Imported here since it takes half a second, and is needed once on a machine.
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    font = TTFont(BytesIO(_read(_UPRIGHT)), recalcTimestamp=False)
    instancer.instantiateVariableFont(font, {"wght": weight}).save(target)


def _read(name: str) -> bytes:
    return files("fontpkg_public_sans").joinpath("files", name).read_bytes()
