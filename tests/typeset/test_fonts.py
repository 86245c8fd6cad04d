"""Do a site's own typefaces help where ours have no sign, and are they part of what a PDF is made from?"""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from policy_tools.model.document import Cover
from policy_tools.typeset.documents import TypesettingJob, digest_job
from policy_tools.typeset.pdf import TypesettingError, compile_pdf
from tests.typeset.conftest import DATE
from tests.typeset.test_pdf import read_text

SIGN = "\N{CJK UNIFIED IDEOGRAPH-6F22}"


def make_font(sign: str) -> bytes:
    """A typeface of one sign, which is a square."""
    pen = TTGlyphPen(None)
    for step, place in enumerate([(50, 0), (50, 700), (950, 700), (950, 0)]):
        (pen.lineTo if step else pen.moveTo)(place)
    pen.closePath()
    square = pen.glyph()
    names = [".notdef", "square"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(sign): "square"})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares-Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, fsType=0)
    builder.setupPost()
    saved = BytesIO()
    builder.save(saved)
    return saved.getvalue()


def test_a_sign_that_a_typeface_of_the_site_has_is_set(cover: Cover, tmp_path: Path) -> None:
    body = f"A {SIGN} sign."
    with pytest.raises(TypesettingError, match=SIGN):
        compile_pdf(body, cover, "paper", {}, language="en-GB", date=DATE)
    (tmp_path / "squares.ttf").write_bytes(make_font(SIGN))
    pdf = compile_pdf(body, cover, "paper", {}, language="en-GB", date=DATE, fonts=tmp_path)
    assert f"A {SIGN} sign." in " ".join(read_text(pdf).split())


def test_a_folder_that_is_not_there_is_none(cover: Cover, tmp_path: Path) -> None:
    assert compile_pdf("A.", cover, "paper", {}, language="en-GB", date=DATE, fonts=tmp_path / "fonts")


def test_the_digest_changes_with_every_change_of_the_folder(cover: Cover, tmp_path: Path) -> None:
    job = TypesettingJob("nib", "Words.", cover, "paper", "en-GB", DATE)
    without = digest_job(job)
    font = tmp_path / "squares.ttf"
    digests = {without}
    for content in (make_font(SIGN), make_font("\N{HEBREW LETTER ALEF}"), b"\x00\x01\x00\x00"):
        font.write_bytes(content)
        digests.add(digest_job(replace(job, fonts=tmp_path)))
    assert len(digests) == 4
    font.unlink()
    assert digest_job(replace(job, fonts=tmp_path)) == without
