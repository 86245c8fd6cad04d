"""How does a photograph or screenshot lose its hidden metadata without losing its looks?

Pixels are decoded and written anew, so that nothing but pixels can survive: no EXIF, GPS, XMP, comments,
thumbnails, colour profiles, nor bytes hidden after the end. Orientation and colour profile are applied
first. PNG, GIF and lossless WebP keep every pixel; JPEG keeps its own quantisation tables.
"""

import struct
import warnings
import zlib
from io import BytesIO
from math import isfinite

from PIL import Image as Pillow
from PIL import ImageCms, ImageOps, UnidentifiedImageError
from PIL.ImageFile import ImageFile

from policy_tools.render.picture import Image, ImageError

_PLAUSIBLE_DPI = range(36, 1201)
_JPEG_QUALITY = 92
_WEBP_QUALITY = 92
_EXIF_ORIENTATION = 0x0112
_DECODING_ERRORS = (
    OSError,
    SyntaxError,  # Pillow's word for a malformed PNG
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
    UnidentifiedImageError,
)


def clean_raster(data: bytes, name: str, media_type: str, max_pixels: int) -> Image:
    """The picture with nothing in it but pixels; an animation keeps its first frame."""
    kind = media_type.removeprefix("image/").upper()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of sizes that max_pixels judges
            picture = Pillow.open(BytesIO(data), formats=[kind])
            _check_size(picture.size, name, max_pixels)
            picture.load()
            return Image(_encode(picture, kind, data), media_type, *_shown_size(picture))
    except Pillow.DecompressionBombError:
        raise ImageError(_too_large(name, max_pixels)) from None
    except _DECODING_ERRORS as error:
        raise ImageError(f"{name} is broken: it cannot be read to its end as {kind}.") from error


def _check_size(size: tuple[int, int], name: str, max_pixels: int) -> None:
    """Refuse by the header alone, before a pixel is decoded."""
    if size[0] * size[1] > max_pixels:
        raise ImageError(_too_large(name, max_pixels))


def _too_large(name: str, max_pixels: int) -> str:
    return (
        f"{name} has more than {max_pixels // 1_000_000} million pixels; "
        "no page needs so many, and decoding them could exhaust the machine."
    )


def _shown_size(picture: Pillow.Image) -> tuple[int, int]:
    width, height = picture.size
    turned = picture.getexif().get(_EXIF_ORIENTATION, 1) in range(5, 9)
    return (height, width) if turned else (width, height)


def _encode(picture: ImageFile, kind: str, source: bytes) -> bytes:
    """The same picture written anew, by the plainest settings of its own format."""
    dpi = _plausible_dpi(picture.info.get("dpi"))
    shown = _apply_profile(ImageOps.exif_transpose(picture))
    shown.info = {key: shown.info[key] for key in ("transparency",) if key in shown.info}
    target = BytesIO()
    match kind:
        case "JPEG" if _needs_nothing(picture):
            picture.info = {}
            picture.save(target, "JPEG", quality="keep", optimize=True, comment=b"", **dpi)
        case "JPEG":
            plain = shown if shown.mode in {"L", "RGB"} else shown.convert("RGB")
            plain.save(target, "JPEG", quality=_JPEG_QUALITY, optimize=True, comment=b"", **dpi)
        case "PNG":
            shown.save(target, "PNG", **dpi)
        case "WEBP":
            lossless = b"VP8L" in source[:64]
            shown.save(target, "WEBP", lossless=lossless, quality=_WEBP_QUALITY, method=4)
        case _:
            shown.save(target, kind)
    return target.getvalue()


def _needs_nothing(picture: Pillow.Image) -> bool:
    """Whether a JPEG can keep its own tables: upright, in plain colours, with no profile to apply."""
    upright = picture.getexif().get(_EXIF_ORIENTATION, 1) == 1
    return upright and picture.mode in {"L", "RGB"} and not _has_foreign_profile(picture)


def _plausible_dpi(dpi: object) -> dict[str, tuple[int, int]]:
    """The resolution, which says how large to print, when it is one that a person could mean."""
    match dpi:
        case (float() | int() as across, float() | int() as down) if isfinite(across) and isfinite(down):
            pair = (round(float(across)), round(float(down)))
            return {"dpi": pair} if all(value in _PLAUSIBLE_DPI for value in pair) else {}
        case _:
            return {}


def _has_foreign_profile(picture: Pillow.Image) -> bool:
    profile: bytes = picture.info.get("icc_profile") or b""
    return bool(profile) and b"sRGB" not in profile and b"s\0R\0G\0B" not in profile


def _apply_profile(picture: Pillow.Image) -> Pillow.Image:
    """The picture in sRGB, which is what a picture without a profile means."""
    if not _has_foreign_profile(picture) or picture.mode not in {"RGB", "RGBA", "CMYK", "P"}:
        return picture
    alpha = picture.convert("RGBA").getchannel("A") if picture.has_transparency_data else None
    colours = picture if picture.mode == "CMYK" else picture.convert("RGB")
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"]))
        shown = ImageCms.profileToProfile(colours, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture
    if shown is None:
        return picture
    if alpha is not None:
        shown.putalpha(alpha)
    return shown
