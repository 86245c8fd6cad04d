"""The scanner finds a word in every wrapping that output has; otherwise its silence would mean nothing."""

import base64
import gzip
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import typst

from tests.system.canary import find_canaries

WORD = "quorblathent"


def zipped(name: str, data: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def pdf(source: str) -> bytes:
    made = typst.compile(source.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def pdf_with_attachment() -> bytes:
    buffer = BytesIO()
    with pikepdf.open(BytesIO(pdf("Hello"))) as document:
        document.attachments["notes.txt"] = WORD.encode()
        document.save(buffer)
    return buffer.getvalue()


WRAPPINGS = {
    "plain": WORD.encode(),
    "capitals": WORD.upper().encode(),
    "entities": "".join(f"&#{ord(letter)};" for letter in WORD).encode(),
    "json": "".join(f"\\u{ord(letter):04x}" for letter in WORD).encode(),
    "percent": "".join(f"%{ord(letter):02X}" for letter in WORD).encode(),
    "tags": b"quor<b>blat</b>hent",
    "soft hyphens": "quor\u00adblat\u00adhent".encode(),
    "utf-16": WORD.encode("utf-16"),
    "base64": b"data:," + base64.b64encode(f"the word is {WORD} indeed".encode()),
    "gzip": gzip.compress(WORD.encode()),
    "zip": zipped("a.xml", WORD.encode()),
    "zip name": zipped(f"{WORD}.xml", b""),
    "zip in zip": zipped("b.zip", zipped("a.xml", WORD.encode())),
    "pdf text": pdf(WORD),
    "pdf title": pdf(f'#set document(title: "{WORD}")\nHello'),
    "pdf attachment": pdf_with_attachment(),
}


@pytest.mark.parametrize("wrapping", sorted(WRAPPINGS))
def test_finds_the_word_in(wrapping: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(WRAPPINGS[wrapping])
    assert find_canaries(tmp_path, [WORD]) == {WORD: {"file"}}


def test_finds_the_word_in_a_name(tmp_path: Path) -> None:
    (tmp_path / WORD).mkdir()
    assert find_canaries(tmp_path, [WORD]) == {WORD: {WORD}}


def test_is_silent_where_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "file.pdf").write_bytes(pdf("Nothing to see"))
    assert find_canaries(tmp_path, [WORD]) == {}
