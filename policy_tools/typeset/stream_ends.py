"""Where does each stream of a PDF end, so that no reader can doubt it?

A stream is followed by a line end that is not counted in its length. Where the last byte of its data is
itself a carriage return, a line feed alone reads as the second half of one line end, and strict validators of
PDF/A count one byte too few. Such a stream is closed with both characters, and the offsets are moved along.
"""

import re
from bisect import bisect_left

_DOUBTFUL = re.compile(rb"\r\nendstream")
_ENTRY = re.compile(rb"(\d{10})(?= \d{5} n)")
_TABLE_START = re.compile(rb"(?<=startxref\n)\d+")


def settle_stream_ends(pdf: bytes) -> bytes:
    """The same PDF, with every stream's end beyond doubt. It must have one classic cross-reference table."""
    places = [match.start() for match in _DOUBTFUL.finditer(pdf)]
    if not places:
        return pdf
    table = pdf.rindex(b"\nxref\n")

    def moved(match: re.Match[bytes]) -> bytes:
        offset = int(match[0])
        return b"%0*d" % (len(match[0]), offset + bisect_left(places, offset))

    objects = _DOUBTFUL.sub(b"\r\r\nendstream", pdf[:table])
    return objects + _TABLE_START.sub(moved, _ENTRY.sub(moved, pdf[table:]))
