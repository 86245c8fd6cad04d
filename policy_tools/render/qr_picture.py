"""How does a QR code become a picture that Word and EPUB can show?"""

from importlib.metadata import version
from io import BytesIO

_MODULE_PIXELS = 8
_QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks for


def segno_version() -> str:
    """Part of the digest of everything that shows a code."""
    return version("segno")


def draw_qr_picture(address: str) -> bytes:
    """The code of an address as a PNG in black and white, the same bytes for the same address."""
    import segno  # noqa: PLC0415 - takes long, and most builds draw no new code

    target = BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(target, kind="png", scale=_MODULE_PIXELS, border=_QUIET_ZONE)
    return target.getvalue()
