"""Which fonts set the words inside a drawing?

Typst draws an SVG's words with a variable font's default instance only, and Public Sans's default is Thin:
hence these fixed weights of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

_WEIGHTS = (400, 700)


@contextmanager
def drawing_fonts() -> Iterator[Path]:
    """A folder with the fonts, for as long as the context lasts."""
    with TemporaryDirectory() as folder:
        for weight in _WEIGHTS:
            (Path(folder) / f"PublicSans-{weight}.ttf").write_bytes(_fixed_weight(weight))
        yield Path(folder)


@cache
def _fixed_weight(weight: int) -> bytes:
    """Public Sans at one weight, as a font file."""
    source = files("fontpkg_public_sans") / "files" / "PublicSans[wght].ttf"
    with source.open("rb") as stream:
        font = TTFont(stream, recalcTimestamp=False)
        instance = instancer.instantiateVariableFont(font, {"wght": weight})
        target = BytesIO()
        instance.save(target)
    return target.getvalue()
