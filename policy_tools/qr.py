"""How is an address drawn as a QR code?"""


def draw_matrix(address: str) -> tuple[str, ...]:
    """The modules row by row, "1" dark and "0" light, without a quiet zone (ISO/IEC 18004, level M)."""
    import segno  # noqa: PLC0415 - takes long, and most builds draw no new code

    code = segno.make_qr(address, error="m")
    return tuple("".join("1" if module else "0" for module in row) for row in code.matrix)
