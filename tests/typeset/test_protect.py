"""A PDF with a password: closed without it, and with it as readable as before."""

import io

import pikepdf
import pypdfium2
import pytest

from policy_tools.model.document import Cover
from policy_tools.typeset.pdf import compile_pdf
from policy_tools.typeset.protect import count_pages, protect_pdf
from tests.typeset.conftest import DATE
from tests.typeset.reading import read_pages

PASSWORD = "ouzel shingle tarn"  # noqa: S105


@pytest.fixture
def pdf(cover: Cover) -> bytes:
    return compile_pdf("Words of the text.", cover, "briefing", {}, language="en-GB", date=DATE)


@pytest.mark.parametrize("password", ["", "Ouzel shingle tarn", "ouzel shingle"])
def test_it_opens_with_its_password_only(pdf: bytes, password: str) -> None:
    closed = protect_pdf(pdf, PASSWORD)
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(closed, password=password)
    with pytest.raises(pikepdf.PasswordError):
        count_pages(closed, password)
    assert count_pages(closed, PASSWORD) == count_pages(pdf)


def test_its_words_and_structure_are_as_before(pdf: bytes) -> None:
    closed = protect_pdf(pdf, PASSWORD)
    assert b"Words of the text" not in closed
    assert read_pages(closed, PASSWORD) == read_pages(pdf)
    with pikepdf.open(io.BytesIO(closed), password=PASSWORD) as document:
        assert document.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in document.Root
        encryption, allow = document.encryption, document.allow
    assert (encryption.R, encryption.bits) == (6, 256)
    assert encryption.stream_method.name == "aesv3"
    assert allow.accessibility
    assert allow.print_highres
    assert not allow.modify_other


@pytest.mark.parametrize("password", ["", " ", "a\nb"])
def test_a_password_can_be_typed(pdf: bytes, password: str) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        protect_pdf(pdf, password)


def test_its_password_gives_no_rights_of_an_owner(pdf: bytes) -> None:
    closed = protect_pdf(pdf, PASSWORD, lambda length: f"of {length} bytes")
    with pikepdf.open(io.BytesIO(closed), password=PASSWORD) as document:
        assert document.user_password_matched
        assert not document.owner_password_matched
    with pikepdf.open(io.BytesIO(closed), password="of 32 bytes") as document:  # noqa: S106 - made up here
        assert document.owner_password_matched
    with pikepdf.open(io.BytesIO(protect_pdf(pdf, PASSWORD)), password=PASSWORD) as document:
        assert not document.owner_password_matched
