"""Finds words that must not be in public output, however they are wrapped.

A canary is an invented word of twelve letters or more, one for each field of a secret record. The
scanner undoes what formats do to words: compression, archives, PDF streams, entities, escapes,
percent signs, base64, UTF-16, soft hyphens, tags, letter case, and the way in which terms of the search
index share letters.
"""

import base64
import binascii
import gzip
import html
import json
import pickletools
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pypdfium2

from policy_tools.search.postings import MARK, read_shard, read_terms

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_TAG = re.compile(r"<[^>]*>")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_DEPTH = 4


def find_canaries(folder: Path, canaries: Iterable[str]) -> dict[str, set[str]]:
    """Each canary that was found, with the files (or file names) in which it was."""
    wanted = list(canaries)
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        texts = [name]
        if path.is_file():
            texts += read_every_way(path.read_bytes())
        for text in texts:
            for canary in wanted:
                if canary in text:
                    found.setdefault(canary, set()).add(name)
    return found


def read_every_way(data: bytes, depth: int = _DEPTH) -> Iterator[str]:
    """Every reading of some bytes, each folded to plain lower-case words."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield from read_text(data.decode(encoding, "ignore"))
    if depth == 0:
        return
    for inner in unpack(data):
        yield from read_every_way(inner, depth - 1)


def read_text(text: str) -> Iterator[str]:
    """A text as it stands, and with each kind of wrapping undone."""
    plain = _INVISIBLE.sub("", text).casefold()
    yield plain
    for undone in (
        html.unescape(plain),
        unquote(plain),
        _JSON_ESCAPE.sub(_letter, plain),
        _TAG.sub("", plain),
    ):
        if undone != plain:
            yield _INVISIBLE.sub("", undone)


def unpack(data: bytes) -> Iterator[bytes]:
    """What is inside: archives, compressed data, pickles, terms of search, PDF streams, runs of base64."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    elif data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    elif data[:2] == b"\x80\x05":
        yield from (value for _, value, _ in pickletools.genops(data) if isinstance(value, bytes))
    elif data[:1] == bytes((MARK,)):
        with suppress(UnicodeDecodeError, IndexError):  # what only begins like a shard is read as it stands
            yield "\n".join(read_shard(data)).encode()
    elif data[:10] == b'{"build":"':
        beginnings = json.loads(data)["shards"].values()
        yield "\n".join(term for text in beginnings for term in read_terms(text)).encode()
    elif data[:5] == b"%PDF-":
        yield from unpack_pdf(data)
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        yield from unpack_png(data)
    else:
        yield from unpack_base64(data)


def unpack_base64(data: bytes) -> Iterator[bytes]:
    """Each run of letters that may be base64."""
    for run in _BASE64.findall(data):
        with suppress(binascii.Error, ValueError):
            yield base64.b64decode(run.translate(bytes.maketrans(b"-_", b"+/")) + b"==", validate=False)


def unpack_pdf(data: bytes) -> Iterator[bytes]:
    """The words of each page, and every object and stream, attachments and metadata among them."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        yield page.get_textpage().get_text_bounded().encode()
    document.close()
    with pikepdf.open(BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                try:
                    yield bytes(item.read_bytes())
                except pikepdf.PdfError:
                    yield bytes(item.read_raw_bytes())
            yield repr(item).encode()


def unpack_png(data: bytes) -> Iterator[bytes]:
    """The text chunks of a PNG, compressed or not."""
    place = 8
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        if kind in {b"tEXt", b"iTXt", b"eXIf"}:
            yield body
        elif kind == b"zTXt":
            yield zlib.decompress(body.split(b"\0", 1)[1][1:])
        place += 12 + length


def _letter(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
