"""Streams whose data end in a carriage return, which about one compressed stream in 256 does."""

import io

import pikepdf
import pytest

from policy_tools.typeset.stream_ends import settle_stream_ends


def make_pdf(*streams: bytes) -> bytes:
    """A small PDF with a classic table; object 1 is the catalogue, then come the streams."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    objects += [b"<</Length %d>>\nstream\n%s\nendstream" % (len(data), data) for data in streams]
    pdf, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    entries = b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
    table = b"\nxref\n0 %d\n0000000000 65535 f\r\n%s" % (len(objects) + 1, entries)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(pdf) + 1)
    return pdf + table + trailer


def read_streams(pdf: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.get_warnings() == []
        return [thing.read_raw_bytes() for thing in opened.objects if isinstance(thing, pikepdf.Stream)]


@pytest.mark.parametrize(
    "streams",
    [
        (b"plain", b"words"),
        (b"ends in\r", b"words"),
        (b"one\r", b"two", b"three\r", b"four\n", b"five\r"),
        (b"\r",),
    ],
)
def test_no_stream_changes_and_every_object_is_found(streams: tuple[bytes, ...]) -> None:
    settled = settle_stream_ends(make_pdf(*streams))
    assert read_streams(settled) == list(streams)
    doubtful = sum(data.endswith(b"\r") for data in streams)
    assert settled.count(b"\r\r\nendstream") == doubtful
    for number in range(1, len(streams) + 3):
        entry = settled[settled.rindex(b"xref\n0") :].splitlines()[2 + number]
        assert settled[int(entry[:10]) :].startswith(b"%d 0 obj" % number)


def test_a_pdf_without_doubt_is_left_alone() -> None:
    pdf = make_pdf(b"plain")
    assert settle_stream_ends(pdf) is pdf
