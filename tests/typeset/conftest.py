"""A cover, some images and a way from Markdown to Typst, shared by the tests of typesetting."""

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypandoc
import pytest
from PIL import Image

from policy_tools.model.document import Cover
from policy_tools.typeset.pdf import compile_pdf

HERE = Path(__file__).parent
FILTERS = HERE.parents[1] / "policy_tools" / "render" / "filters"
DATE = date(2026, 11, 22)

LINES_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32" width="640" height="320">'
    '<path d="M4 28 L16 20 L28 23 L62 4" fill="none" stroke="#0b4a5a"/>'
    '<text x="4" y="31" font-size="3" font-family="sans-serif">2010</text></svg>'
)


@pytest.fixture
def cover() -> Cover:
    return Cover(
        title="A national investment bank for the whole country",
        subtitle="How to found it, fund it and keep it honest",
        authors=("Ada Ferreira", "Tom Baxter-Singh"),
        publisher="Common Ground Institute",
        series_line="Paper 3",
        version_line="Version 2",
        date_line="22 November 2026",
        date_iso="2026-11-22",
        language="en-GB",
        summary="Britain invests less than its peers.\n\nThis paper says what to do about it.",
        key_points=("Investment is low.", "A bank could lend £100 billion.", "Its task stands in statute."),
        keywords=("investment", "banking"),
        corrections=("26 November 2026: Table 2 gave 4.1; it says 4.7.",),
        notices=("Demonstration: written to show the system.",),
        colophon=(("Published by", "Common Ground Institute"), ("Funding", "None.")),
        how_to_cite="Ferreira, A. (2026) A national investment bank. London.",
        current_address="https://example.org/papers/nib/",
        identifier="doi:10.1000/nib",
        rights="© 2026 Common Ground Institute",
    )


@pytest.fixture
def assets(tmp_path: Path) -> dict[str, Path]:
    chart, photograph = tmp_path / "chart.svg", tmp_path / "photograph.png"
    chart.write_text(LINES_SVG, encoding="utf-8")
    Image.new("RGB", (300, 1200), "#456").save(photograph)
    return {"figures/chart.svg": chart, "photograph.png": photograph}


@pytest.fixture(scope="session")
def to_typst() -> Callable[[str], str]:
    """Markdown, as a tree the structure filters have shaped, to Typst."""

    def write(markdown: str) -> str:
        command = [pypandoc.get_pandoc_path(), "lua", str(HERE / "write_typst.lua"), str(FILTERS)]
        done = subprocess.run(command, input=markdown, capture_output=True, text=True, check=True)
        return done.stdout.rstrip("\n")

    return write


@pytest.fixture
def to_pdf(to_typst: Callable[[str], str], cover: Cover, assets: dict[str, Path]) -> Callable[..., bytes]:
    """Markdown to PDF, in this process."""

    def make(markdown: str, layout: str = "paper") -> bytes:
        return compile_pdf(to_typst(markdown), cover, layout, assets, language="en-GB", date=DATE)

    return make
