"""How large is a picture on the page, in CSS pixels? So that a page does not jump while it loads."""

import re
from functools import lru_cache
from pathlib import Path

_ROOT = re.compile(rb"<svg\b[^>]*>", re.DOTALL)


@lru_cache(maxsize=4096)
def image_size(path: Path) -> tuple[int, int] | None:
    """Width and height of a checked picture, or None when the file does not say."""
    if path.suffix.lower() == ".svg":
        return _svg_size(path)
    from PIL import Image  # noqa: PLC0415 - takes long, and most papers show none

    try:
        with Image.open(path) as picture:
            return picture.size
    except OSError:
        return None


def _svg_size(path: Path) -> tuple[int, int] | None:
    root = _ROOT.search(path.read_bytes()[:4096])
    if root is None:
        return None
    width = re.search(rb'\swidth="([0-9.]+)"', root[0])
    height = re.search(rb'\sheight="([0-9.]+)"', root[0])
    if width is None or height is None:
        return None
    return round(float(width[1])), round(float(height[1]))
