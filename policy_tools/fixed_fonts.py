"""Which fonts set words where a variable one will not do?

Typst draws an SVG's words with a variable font's default instance only, and Public Sans's default is Thin.
It sets running text a tenth faster in a fixed font than in a variable one. Hence fixed instances of both, cut
once on a machine and kept as files. The serif has a name of its own: titles are set in the variable one.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from policy_tools.font_cutting import cut_font, cutter_version
from policy_tools.places import machine_cache
from policy_tools.store import digest_of

_SANS = ("fontpkg_public_sans", "PublicSans[wght].ttf")
_SANS_ITALIC = ("fontpkg_public_sans", "PublicSans-Italic[wght].ttf")
_SANS_WEIGHTS = (400, 500, 600, 700)
_SANS_FAMILY = "Public Sans"

_SERIFS = {
    "": ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    "Italic": ("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf"),
}
_SERIF_WEIGHTS = (400, 600, 650)  # of text, of key points, and of what stands out in text
_TEXT_SIZE = 10.5  # in points: for what size the letters are drawn
_TEXT_FAMILY = "Text Serif"
_FAMILY_NAMES, _POSTSCRIPT_NAME = (1, 16), 6  # as the OpenType table "name" counts them


@cache
def digest_drawing_fonts() -> str:
    """Changes when the fonts for drawings would."""
    recipe = str((_SANS_WEIGHTS, _SANS_FAMILY))
    return digest_of(_read(_SANS), _read(_SANS_ITALIC), recipe, cutter_version())


@cache
def drawing_font_folder() -> Path:
    """A folder that holds Public Sans: upright at each weight, italic as it comes; nothing else."""
    return _kept_folder("drawing-fonts", digest_drawing_fonts(), _cut_sans())


@cache
def text_font_folder() -> Path:
    """A folder that holds “Text Serif”: Source Serif 4 for small sizes, upright and italic at each weight."""
    recipe = str((_SERIF_WEIGHTS, _TEXT_SIZE, _TEXT_FAMILY))
    digest = digest_of(*map(_read, _SERIFS.values()), recipe, cutter_version())
    return _kept_folder("text-fonts", digest, _cut_serifs())


def _cut_sans() -> Iterator[tuple[str, bytes]]:
    for weight in _SANS_WEIGHTS:
        name = f"PublicSans-{weight}"
        yield f"{name}.ttf", _rename(cut_font(_read(_SANS), {"wght": weight}), _SANS_FAMILY, name)
    yield "PublicSans-Italic.ttf", _read(_SANS_ITALIC)


def _cut_serifs() -> Iterator[tuple[str, bytes]]:
    for style, source in _SERIFS.items():
        for weight in _SERIF_WEIGHTS:
            name = f"{_TEXT_FAMILY.replace(' ', '')}-{style}{weight}"
            font = cut_font(_read(source), {"wght": weight, "opsz": _TEXT_SIZE})
            yield f"{name}.ttf", _rename(font, _TEXT_FAMILY, name)


def _rename(font: bytes, family: str, name: str) -> bytes:
    # Imported here since it takes time, and is needed once on a machine.
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    renamed = TTFont(BytesIO(font), recalcTimestamp=False)
    for record in renamed["name"].names:
        if record.nameID in _FAMILY_NAMES:
            record.string = family
        elif record.nameID == _POSTSCRIPT_NAME:
            record.string = name
    target = BytesIO()
    renamed.save(target)
    return target.getvalue()


def _kept_folder(kind: str, digest: str, fonts: Iterator[tuple[str, bytes]]) -> Path:
    """The folder of these fonts on this machine; they are only cut where it does not stand yet."""
    folder = machine_cache() / kind / digest
    if not folder.is_dir():
        _make_folder(folder, fonts)
    return folder


def _make_folder(folder: Path, fonts: Iterator[tuple[str, bytes]]) -> None:
    """All files or none, also when several processes make them at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as made:
        partial = Path(made) / "fonts"
        partial.mkdir()
        for name, font in fonts:
            (partial / name).write_bytes(font)
        try:
            partial.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was first
                raise


def _read(place: tuple[str, str]) -> bytes:
    package, name = place
    return files(package).joinpath("files", name).read_bytes()
