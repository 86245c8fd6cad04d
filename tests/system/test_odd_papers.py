"""What is unusual and no mistake comes out in every format, with all its words."""

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import html

from tests.system.newcomer import HEAD, policy, write_paper

WORD = "Quorblathent"
"""It stands at the end of each paper, to show that nothing was cut off."""

NOTES = " ".join(f"Word[^n{n}]." for n in range(500))
DEFINED = "\n".join(f"[^n{n}]: Note {n}." for n in range(500))
ROWS = "\n".join(f"| {n} | Row {n} |" for n in range(3000))

BODIES = {
    "notes": f"# Notes\n\n{NOTES}\n\n{WORD}.\n\n{DEFINED}\n",
    "citations": "# Works\n\n" + "Said [@lijphart1999, p. 4]. " * 2000 + f"\n\n{WORD}.\n",
    "long-table": f"# Rows\n\n| Number | Words |\n|---:|:---|\n{ROWS}\n\n: Many rows.\n\n{WORD}.\n",
    "right-to-left": f"# عنوان\n\nنص عربي مع English ومع עברית.\n\n{WORD} – e\u0301.\n",
    "tabs": f"# Tabs\n\n-\tone\n\n\ttwo\n\n1.\tthree\n\n\tcode?\n\n{WORD}.\n",
    "markup-as-words": '# `{{ 7*7 }}` \\<script\\> \\#eval \\$x\n\n`#read("x")` \\@nobody // /* */ \\_ '
    f"{WORD}.\n",
    "long-word": f"# Word\n\n{'longword' * 250}\n\n{WORD}.\n",
    "many-lines": "# Lines\n\n" + "\n\n".join(f"Paragraph {n}." for n in range(1500)) + f"\n\n{WORD}.\n",
    "deep-lists": "# Lists\n\n" + "\n".join("  " * n + "- item" for n in range(12)) + f"\n\n{WORD}.\n",
    "figures-of-words": "::: {#fig-a}\nFirst this, then that.\n:::\n\n"
    "::: {#fig-b}\n```\ncode\n```\n\nA caption.\n:::\n\n"
    "::: {#tbl-a}\n| a |\n|---|\n| 1 |\n\n| b |\n|---|\n| 2 |\n:::\n\n::: {#fig-none}\n:::\n\n"
    f"@fig-a, @fig-b and @tbl-a. {WORD}.\n",
    "headings": "\n\n".join(f"{'#' * level} Level {level}" for level in range(1, 7)) + f"\n\n{WORD}.\n",
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with all of them, built in all formats."""
    root = tmp_path_factory.mktemp("odd") / "site"
    policy("init", root)
    papers = root / "content" / "papers"
    for name, body in BODIES.items():
        write_paper(papers / name, HEAD + body)
    whole = HEAD + f"# Start\n\nWords.\n\n{WORD}.\n"
    write_paper(papers / "windows", whole.replace("\n", "\r\n").encode("utf-8-sig"))
    write_paper(papers / "old-mac", whole.replace("\n", "\r").encode())
    title = """title: '</title><script>alert(1)</script> "{{ 7*7 }}" & ''so'' \\ #x $y @z'"""
    write_paper(papers / "title", whole.replace('title: "A"', title))
    done = policy("build", root)
    assert done.returncode == 0, done.stderr
    assert "error" not in done.stderr
    return root / "output"


ALL = [*BODIES, "windows", "old-mac", "title"]


@pytest.mark.parametrize("name", ALL)
def test_the_last_word_is_in_every_format(name: str, output: Path) -> None:
    folder = output / "papers" / name
    page = html.document_fromstring((folder / "index.html").read_bytes())
    assert WORD in page.text_content()
    with pypdfium2.PdfDocument(folder / f"{name}.pdf") as document:
        words = "".join(page.get_textpage().get_text_range() for page in document)
    assert WORD in words
    for suffix in ("docx", "epub"):
        with zipfile.ZipFile(folder / f"{name}.{suffix}") as package:
            parts = [
                package.read(part) for part in package.namelist() if re.search(r"document\.xml$|xhtml$", part)
            ]
        assert any(WORD.encode() in part for part in parts)


def test_every_note_and_every_row_is_there(output: Path) -> None:
    notes = html.document_fromstring((output / "papers/notes/index.html").read_bytes())
    assert len(notes.xpath("//li[starts-with(@id, 'note-')]")) == 500
    rows = html.document_fromstring((output / "papers/long-table/index.html").read_bytes())
    assert len(rows.xpath("//tbody/tr")) == 3000


def test_a_title_is_words_wherever_it_stands(output: Path) -> None:
    page = html.document_fromstring((output / "papers/title/index.html").read_bytes())
    (heading,) = page.xpath("//h1")
    assert (
        heading.text_content().strip()
        == """</title><script>alert(1)</script> "{{ 7*7 }}" & 'so' \\ #x $y @z"""
    )
    assert not page.xpath("//script[contains(., 'alert') and not(@type='application/ld+json')]")


def test_a_sign_that_no_typeface_has_is_one_problem_where_it_stands(tmp_path: Path) -> None:
    root = tmp_path / "site"
    policy("init", root)
    write_paper(
        root / "content" / "papers" / "faces",
        HEAD + "# Start\n\nA cat \N{CAT FACE} and another \N{CAT FACE}.\n",
    )
    done = policy("build", root)
    assert done.returncode == 1
    line = HEAD.count("\n") + 3
    place = f"content/papers/faces/paper.md:{line}:7: [pdf.failed] "
    assert done.stderr.startswith(place)
    assert done.stderr.count("\n") == 2
    assert "\N{CAT FACE}" in done.stderr
    assert policy("build", root, "--formats", "docx,epub").returncode == 0
