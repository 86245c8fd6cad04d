"""Is a picture whole, what its name says it is, and harmless?"""

import io
import re
import struct
import warnings
from itertools import chain
from typing import TypeAlias

from lxml import etree
from PIL import Image, UnidentifiedImageError

from policy_tools.model.paper import MAX_PIXELS

# What Pillow raises, as it happens, for pictures that are cut off or made up.
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, IndexError, EOFError)
_FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "gif": "GIF", "webp": "WEBP"}
_ACTIVE_ELEMENTS = frozenset(
    {"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "listener"}
)
_ADDRESSES = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:", re.IGNORECASE)

Fault: TypeAlias = tuple[str, str, str]


def check_image(data: bytes, ending: str) -> Fault | None:
    """What is wrong with a picture, as the code of a problem, a sentence without its subject, and a hint."""
    return _check_drawing(data) if ending == "svg" else _check_pixels(data, _FORMATS[ending])


def _check_pixels(data: bytes, expected: str) -> Fault | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                found, pixels = image.format, image.width * image.height
                if found == expected and pixels <= MAX_PIXELS:
                    image.verify()
    except Image.DecompressionBombError:
        return _too_many_pixels()
    except _BROKEN:
        return "asset.broken-image", "is no whole picture.", "Save it again, and see whether it opens."
    if pixels > MAX_PIXELS:
        return _too_many_pixels()
    if found != expected:
        return (
            "asset.wrong-ending",
            f"is a {found} picture under another ending.",
            "Give it the ending of its kind.",
        )
    return None


def _too_many_pixels() -> Fault:
    return (
        "asset.too-many-pixels",
        f"has more than {MAX_PIXELS // 1_000_000} million pixels.",
        "Save it smaller.",
    )


def _check_drawing(data: bytes) -> Fault | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return "asset.broken-image", "is no whole SVG drawing.", "Save it again, and see whether it opens."
    if etree.QName(root).localname != "svg":
        return "asset.broken-image", "is no SVG drawing.", "Save it again, and see whether it opens."
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in data:
        return _active("declares entities")
    around = (*root.itersiblings(preceding=True), *root.itersiblings())
    found = next((fault for element in chain(around, root.iter()) if (fault := _find_active(element))), None)
    return _active(found) if found else None


def _active(what: str) -> Fault:
    return "asset.active-drawing", f"{what}, and a drawing may only draw.", "Save it as plain SVG."


def _find_active(element: etree._Element) -> str | None:
    """What an element does beside drawing, if anything."""
    if not isinstance(element.tag, str):
        is_instruction = isinstance(element, etree._ProcessingInstruction)  # noqa: SLF001  (it has no other name)
        return "holds a processing instruction" if is_instruction else None
    name = etree.QName(element).localname
    if name in _ACTIVE_ELEMENTS:
        return f"holds <{name}>"
    if name == "style" and _ADDRESSES.search(element.text or ""):
        return "fetches something from elsewhere"
    faults = (_find_active_attribute(str(key), str(value)) for key, value in element.attrib.items())
    return next((fault for fault in faults if fault), None)


def _find_active_attribute(attribute: str, value: str) -> str | None:
    name = etree.QName(attribute).localname.lower()
    if name.startswith("on"):
        return f"holds the script {name}"
    if name in {"href", "src"} and not value.startswith(("#", "data:image/png", "data:image/jpeg")):
        return "refers to something elsewhere"
    return "fetches something from elsewhere" if _ADDRESSES.search(value) else None
