"""How is a variable font cut down to the part of it that is used?

By HarfBuzz: in hundredths of a second, where the same takes fontTools ten seconds for a serif of two axes.
"""

from collections.abc import Iterable, Mapping
from importlib.metadata import version

Axes = Mapping[str, float | tuple[float, float]]
"""What is kept of each axis of design, by its tag: one place on it, or the range between two."""


def cut_font(
    font: bytes, axes: Axes, *, characters: Iterable[int] = (), features: Iterable[str] = ()
) -> bytes:
    """The font as TrueType with these axes only; at one place on each of them it is no longer variable.

    `characters` (code points) and `features` (OpenType tags) are what is kept; without characters, all is.
    """
    import uharfbuzz  # noqa: PLC0415  # only here, since it is needed once on a machine

    face = uharfbuzz.Face(font)
    wanted = uharfbuzz.SubsetInput()
    kept = set(characters)
    if kept:
        wanted.unicode_set.update(kept)
        wanted.layout_feature_tag_set.clear()
        wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in features)
        wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    else:
        wanted.keep_everything()
    for tag, place in axes.items():
        if isinstance(place, tuple):
            wanted.set_axis_range(face, tag, *place)
        else:
            wanted.pin_axis_location(face, tag, place)
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


def cutter_version() -> str:
    """Other versions of HarfBuzz may cut otherwise, and of fontTools write otherwise."""
    return f"{version('uharfbuzz')} {version('fonttools')}"
