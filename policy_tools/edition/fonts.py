"""The typefaces as small web fonts: cut down to the characters and axes that the site uses."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from policy_tools.font_cutting import Axes, cut_font, cutter_version
from policy_tools.store import Store, digest_of

_CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Latin-1 and Latin Extended-A
    *range(0x218, 0x21C),  # Romanian
    0x1E80, 0x1E81, 0x1E82, 0x1E83, 0x1E84, 0x1E85, 0x1EF2, 0x1EF3,  # Welsh
    0x02C6, 0x02DA, 0x02DC, 0x0300, 0x0301, 0x0302, 0x0308, 0x0327,
    *range(0x2010, 0x2028),  # dashes, quotation marks, daggers, bullets, ellipsis
    0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044,
    *range(0x2070, 0x208F),  # superior and inferior figures
    0x20AC, 0x2116, 0x2122, 0x2126,
    *range(0x2150, 0x215F),  # fractions
    *range(0x2190, 0x219A), 0x21A9, 0x21B5,
    0x2202, 0x2206, 0x220F, 0x2211, 0x2212, 0x221A, 0x221E, 0x222B, 0x2248, 0x2260, 0x2264, 0x2265,
    0x03B1, 0x03B2, 0x03B3, 0x03B4, 0x03B5, 0x03BB, 0x03BC, 0x03C0, 0x03C1, 0x03C3, 0x03C4, 0x03C6,
    0x25CA, 0x2713,
)  # fmt: skip
_FEATURES = (
    "kern", "liga", "clig", "calt", "ccmp", "locl", "mark", "mkmk",
    "onum", "lnum", "pnum", "tnum", "frac", "sups", "subs", "case",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """One web font: where it comes from, how it is called in CSS, which part of its axes is kept."""

    name: str
    package: str
    file: str
    family: str
    style: str
    axes: Axes
    preload: bool = False

    def format_rule(self, address: str) -> str:
        """The `@font-face` rule; `address` is relative to the style sheet."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-style: {self.style}; font-weight: 400 700; '
            f'font-display: swap; src: url("{address}") format("woff2"); }}'
        )


FACES = (
    Face(
        name="source-serif-4",
        package="fontpkg_source_serif_4",
        file="SourceSerif4[opsz,wght].ttf",
        family="Source Serif 4",
        style="normal",
        axes={"wght": (400, 700), "opsz": (14, 60)},
        preload=True,
    ),
    Face(
        name="source-serif-4-italic",
        package="fontpkg_source_serif_4",
        file="SourceSerif4-Italic[opsz,wght].ttf",
        family="Source Serif 4",
        style="italic",
        axes={"wght": (400, 700), "opsz": 16},
    ),
    Face(
        name="public-sans",
        package="fontpkg_public_sans",
        file="PublicSans[wght].ttf",
        family="Public Sans",
        style="normal",
        axes={"wght": (400, 700)},
        preload=True,
    ),
)


def make_face(face: Face, store: Store) -> bytes:
    """The face as WOFF2; cutting takes a second, so it is kept by what it was made from."""
    source = files(face.package).joinpath("files", face.file).read_bytes()
    recipe = repr((sorted(face.axes.items()), _CHARACTERS, _FEATURES, cutter_version()))
    digest = digest_of(source, recipe)
    made = store.get("web-font", digest)
    if made is None:
        made = _cut(source, face)
        store.put("web-font", digest, made)
    return made


def read_licences() -> Iterator[tuple[str, bytes]]:
    """The licence of each typeface, by the name under which it stands beside the fonts."""
    for package in sorted({face.package for face in FACES}):
        name = package.removeprefix("fontpkg_").replace("_", "-")
        yield f"{name}-licence.txt", files(package).joinpath("LICENSE").read_bytes()


def _cut(source: bytes, face: Face) -> bytes:
    # Imported here since it takes time, and is needed once on a machine.
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    cut = cut_font(source, face.axes, characters=_CHARACTERS, features=_FEATURES)
    font = TTFont(io.BytesIO(cut), recalcTimestamp=False)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
