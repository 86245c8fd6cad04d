"""How does a QR code become a picture that Word and EPUB can show?"""

from io import BytesIO

import segno

_MODULE_PIXELS = 8
_QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks for


def segno_version() -> str:
    """Part of the digest of everything that shows a code."""
    return str(segno.__version__)


def draw_qr_picture(address: str) -> bytes:
    """The code of an address as a PNG in black and white, the same bytes for the same address."""
    target = BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(target, kind="png", scale=_MODULE_PIXELS, border=_QUIET_ZONE)
    return target.getvalue()
