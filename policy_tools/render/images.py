"""May this picture be published, and what are its bytes when nothing is hidden in it?

`clean_image` is the one gate: every format (page, PDF, Word, EPUB) shows what comes out of it. The kind of
picture is told from its bytes; a name that claims another kind is refused.
"""

from functools import partial
from importlib.resources import files
from io import BytesIO
from pathlib import PurePath

import typst
from PIL import Image as Pillow

from policy_tools.fixed_fonts import drawing_font_folder
from policy_tools.model.paper import MAX_PIXELS
from policy_tools.render.picture import EXTENSIONS, Image, ImageError
from policy_tools.render.raster import clean_raster
from policy_tools.render.svg import clean_svg

_NAMED = {**{extension: media_type for media_type, extension in EXTENSIONS.items()}, ".jpeg": "image/jpeg"}
_MAX_BYTES = 50_000_000
_PRINT_SCALE = 2  # pixels of a fallback picture for each CSS pixel of the drawing
_WIDEST = 2_400


def clean_image(data: bytes, name: str, *, max_pixels: int = MAX_PIXELS) -> Image:
    """The picture without hidden metadata, or `ImageError` with a sentence for its author."""
    if len(data) > _MAX_BYTES:
        raise ImageError(f"{name} is larger than {_MAX_BYTES // 1_000_000} MB.")
    media_type = _media_type(data)
    if media_type is None:
        raise ImageError(f"{name} is not a PNG, JPEG, GIF, WebP or SVG picture.")
    claimed = _NAMED.get(PurePath(name).suffix.lower())
    if claimed != media_type:
        kind, extension = (
            media_type.removeprefix("image/").removesuffix("+xml").upper(),
            EXTENSIONS[media_type],
        )
        raise ImageError(f"{name} holds a {kind} picture: give it a name that ends in {extension}.")
    if media_type == "image/svg+xml":
        return clean_svg(data, name, partial(_clean_embedded, max_pixels=max_pixels))
    return clean_raster(data, name, media_type, max_pixels)


def _clean_embedded(data: bytes, name: str, *, max_pixels: int) -> Image:
    """A picture inside a drawing: pixels only, a drawing in a drawing is refused."""
    media_type = _media_type(data)
    if media_type in {None, "image/svg+xml"}:
        raise ImageError(f"{name} is not a PNG, JPEG, GIF or WebP picture.")
    return clean_raster(data, name, str(media_type), max_pixels)


def _media_type(data: bytes) -> str | None:
    """What the bytes are, by the signatures of the formats' specifications."""
    match data[:16]:
        case head if head.startswith(b"\x89PNG\r\n\x1a\n"):
            return "image/png"
        case head if head.startswith(b"\xff\xd8\xff"):
            return "image/jpeg"
        case head if head.startswith((b"GIF87a", b"GIF89a")):
            return "image/gif"
        case head if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
            return "image/webp"
        case head if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            return "image/svg+xml"
        case _:
            return None


def rasterise(picture: Image) -> bytes:
    """A cleaned picture as PNG for Word, sharp enough to print and of the same size on the page."""
    if picture.media_type == "image/svg+xml":
        return rasterise_svg(picture.data, min(_WIDEST, picture.width * _PRINT_SCALE))
    target = BytesIO()
    with Pillow.open(BytesIO(picture.data)) as pixels:
        pixels.save(target, "PNG", dpi=(96, 96))
    return target.getvalue()


def rasterise_svg(svg: bytes, width: int) -> bytes:
    """A cleaned SVG drawn by Typst as a PNG `width` pixels wide, on white, with the fonts of our pages."""
    page = (
        b'#set page(width: auto, height: auto, margin: 0pt, fill: white)\n#image("drawing.svg", width: 720pt)'
    )
    serif = str(files("fontpkg_source_serif_4") / "files")
    try:
        drawn = typst.compile(  # type: ignore[call-overload]  # its stub lacks files in memory
            {"main.typ": page, "drawing.svg": svg},
            format="png",
            ppi=width / 10,
            font_paths=[str(drawing_font_folder()), serif],
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise ImageError(f"The drawing cannot be turned into pixels: {error.message}.") from error
    target = BytesIO()
    with Pillow.open(BytesIO(drawn)) as pixels:
        density = 96 * _PRINT_SCALE
        pixels.convert("RGB").save(target, "PNG", dpi=(density, density))
    return target.getvalue()
