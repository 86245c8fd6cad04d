"""How is a PDF closed to everyone without its password, and how many pages has it?"""

import io
import secrets
from collections.abc import Callable
from typing import Final

import pikepdf

_NOBODYS_BYTES: Final = 32
_AES_256: Final = 6
"""The revision of the standard's security handler that PDF 2.0 keeps: AES with keys of 256 bits."""


def protect_pdf(pdf: bytes, password: str, draw: Callable[[int], str] = secrets.token_urlsafe) -> bytes:
    """The same document, encrypted with AES-256, so that it opens with `password` only.

    Who can open it can print it and have it read aloud; readers that keep to the standard let nobody change
    it, since the owner's password is drawn from `draw` and kept nowhere. An encrypted PDF is no PDF/A any
    more, though all that makes it accessible is still there. Its bytes differ each time, since every
    encryption draws new keys: what has to be the same twice is the PDF that is given. Raises ValueError when
    the password is empty or cannot be typed.
    """
    if not password.strip() or not password.isprintable():
        raise ValueError("A password has at least one character, and only such as can be typed.")
    allowed = pikepdf.Permissions(
        accessibility=True,
        extract=True,
        print_highres=True,
        print_lowres=True,
        modify_annotation=False,
        modify_assembly=False,
        modify_form=False,
        modify_other=False,
    )
    with pikepdf.open(io.BytesIO(pdf)) as document:
        closed = io.BytesIO()
        document.save(
            closed,
            encryption=pikepdf.Encryption(
                owner=draw(_NOBODYS_BYTES), user=password, R=_AES_256, allow=allowed
            ),
        )
    return closed.getvalue()


def count_pages(pdf: bytes, password: str = "") -> int:
    """How many pages it has. Raises `pikepdf.PasswordError` for a protected one without its password."""
    with pikepdf.open(io.BytesIO(pdf), password=password) as document:
        return len(document.pages)
