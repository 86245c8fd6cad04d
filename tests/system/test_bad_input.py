"""Whatever stands in a paper's place costs one clear problem, at the right place, and nothing else.

All bad papers stand in one site together with a good one and one with an ordinary mistake, so that one run
shows that each is named and that none keeps the rest from being checked.
"""

import json
import os
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.system.newcomer import HEAD, fingerprint, policy, write_paper

START = HEAD.count("\n") + 1
"""The line on which the text of a paper with the usual front matter begins."""


class Bad(NamedTuple):
    """What stands in the place of a paper, and the one problem it has to give."""

    content: str | bytes
    line: int
    column: int
    code: str


def bomb() -> str:
    """Ten lines that stand for a thousand million values."""
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "---\n" + "\n".join(levels) + "\n---\n\n# A\n\nWords.\n"


def text(words: str) -> str:
    return HEAD + words + "\n"


BAD = {
    "binary": Bad(bytes(range(256)) * 40, 1, 1, "content.binary"),
    "empty": Bad("", 1, 1, "content.empty"),
    "only-spaces": Bad("  \n\n\t\n", 1, 1, "content.empty"),
    "ten-megabytes": Bad(text("word word word\n" * 700_000), 1, 1, "content.too-big"),
    "zero-byte": Bad(text("one\0two"), START, 4, "content.binary"),
    "latin-1": Bad(text("A café.").encode("latin-1"), START, 6, "content.not-utf-8"),
    "utf-16": Bad(text("Words.").encode("utf-16"), 1, 1, "content.not-utf-8"),
    "no-front-matter": Bad("Words.\n", 1, 1, "front-matter.missing"),
    "front-matter-alone": Bad(HEAD.rstrip() + "\n", START - 1, 1, "body.empty"),
    "front-matter-open": Bad("---\ntitle: x\n", 1, 1, "front-matter.unclosed"),
    "yaml-bomb": Bad(bomb(), 2, 5, "front-matter.alias"),
    "yaml-deep": Bad(f"---\ntitle: {'[' * 5000}{']' * 5000}\n---\nx\n", 2, 19, "front-matter.too-deep"),
    "yaml-deep-groups": Bad("---\ntitle: " + "{a: " * 3000 + "\n---\nx\n", 2, 52, "front-matter.too-deep"),
    "yaml-no-fields": Bad("---\n- a\n- b\n---\nx\n", 2, 1, "front-matter.no-fields"),
    "yaml-tag": Bad(text("x").replace('"A"', "!!python/name:os.system A"), 2, 8, "front-matter.tag"),
    "cyclic-include": Bad(text("{{< include paper.md >}}"), START, 1, "body.include"),
    "brackets": Bad(text("[" * 3000 + "x" + "]" * 3000), START, 1, "body.too-deep"),
    "open-brackets": Bad(text("[" * 6000), START, 1, "body.too-deep"),
    "citations": Bad(text("[@" * 3000), START, 1, "body.too-deep"),
    "notes": Bad(text("x^[" * 3000 + "]" * 3000), START, 3, "body.too-deep"),
    "spans": Bad(text("[" * 500 + "x" + "]{.y}" * 500), START, 1, "body.too-deep"),
    "quotations": Bad(text(">" * 3000 + " x"), START, 1, "body.too-deep"),
    "lists-on-a-line": Bad(text("- " * 3000 + "x"), START, 1, "body.too-deep"),
    "lists": Bad(text("\n".join("  " * n + "- x" for n in range(500))), START + 20, 41, "body.too-deep"),
    "boxes": Bad(text("::: {.note}\n\n" * 400 + "x\n\n" + ":::\n\n" * 400), START + 40, 1, "body.too-deep"),
    "tags": Bad(text("<div>" * 3000), START, 1, "body.raw-html"),
}


def write_odd_places(papers: Path) -> dict[str, str]:
    """Papers that are no ordinary files or folders, and the problem of each."""
    (papers / "a-folder" / "paper.md").mkdir(parents=True)
    for name in ("link-out", "link-to-itself", "pipe"):
        (papers / name).mkdir()
    (papers / "link-out" / "paper.md").symlink_to("/etc/passwd")
    (papers / "link-to-itself" / "paper.md").symlink_to("paper.md")
    os.mkfifo(papers / "pipe" / "paper.md")
    (papers / "linked-folder").symlink_to("/etc")
    (papers / "no-paper").mkdir()
    (papers / "stray.md").write_text("words", "utf-8")
    for name in ("a\nline", 'a"quote', "x" * 200, "ünï", "a;b", "-dash", "CON", "a%2e", "..."):
        write_paper(papers / name, text("Words."))
    return {
        "a-folder": "content.is-folder",
        "link-out": "content.leaves-folder",
        "link-to-itself": "content.unreadable",
        "pipe": "content.not-regular",
        "linked-folder": "content.leaves-folder",
        "no-paper": "content.no-paper",
        "stray.md": "content.stray-file",
        **dict.fromkeys(
            ("a\nline", 'a"quote', "x" * 200, "ünï", "a;b", "-dash", "CON", "a%2e"), "content.bad-name"
        ),
    }


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site, built once."""
    root = tmp_path_factory.mktemp("newcomer") / "site"
    assert policy("init", root).returncode == 0
    assert policy("build", root, "--formats", "").returncode == 0
    return root


@pytest.fixture(scope="module")
def site(newcomer: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site, into which the bad papers came afterwards."""
    root = tmp_path_factory.mktemp("bad") / "site"
    shutil.copytree(newcomer, root)
    return root


class Answer(NamedTuple):
    """What one run of the check said: by the name of the paper's folder."""

    problems: dict[str, list[tuple[int, int, str]]]
    odd: dict[str, str]
    code: int


@pytest.fixture(scope="module")
def answer(site: Path) -> Answer:
    papers = site / "content" / "papers"
    for name, bad in BAD.items():
        write_paper(papers / name, bad.content)
    write_paper(papers / "ordinary", text("An ordinary mistake [@nobody2020]."))
    odd = write_odd_places(papers)
    done = policy("check", "--format", "json", site)
    problems: dict[str, list[tuple[int, int, str]]] = {}
    for found in json.loads(done.stdout):
        name = found["path"].removeprefix("content/papers/").removesuffix("/paper.md")
        problems.setdefault(name, []).append((found["line"], found["column"], found["code"]))
    return Answer(problems, odd, done.returncode)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_paper_is_one_problem_in_its_place(name: str, answer: Answer) -> None:
    assert answer.problems.get(name) == [BAD[name][1:]]


def test_so_is_what_is_no_paper_at_all(answer: Answer) -> None:
    found = {name: [code for *_, code in answer.problems.get(name, [])] for name in answer.odd}
    assert found == {name: [code] for name, code in answer.odd.items()}


def test_the_rest_is_still_checked(answer: Answer) -> None:
    assert answer.problems["ordinary"] == [(START, 22, "citation.unknown-key")]
    assert "a-first-paper" not in answer.problems
    assert answer.problems.keys() == {*BAD, *answer.odd, "ordinary"}
    assert answer.code == 1


def test_each_problem_is_one_line_of_text(site: Path, answer: Answer) -> None:
    lines = policy("check", site).stdout.splitlines()
    assert len(lines) == sum(map(len, answer.problems.values()))
    assert all(line.startswith("content/papers/") for line in lines)


@pytest.mark.usefixtures("answer")
def test_nothing_is_written_over_the_last_good_output(site: Path) -> None:
    before = fingerprint(site / "output")
    done = policy("build", site)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Nothing was written." in done.stderr
    assert before
    assert fingerprint(site / "output") == before


def draw_bitmap(side: int) -> bytes:
    """A whole PNG of one colour, however large."""
    pack = zlib.compressobj(9)
    row = b"\0" * (1 + side // 8)
    pixels = b"".join([*(pack.compress(row) for _ in range(side)), pack.flush()])
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)),
        (b"IDAT", pixels),
        (b"IEND", b""),
    )
    written = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def drawing(inside: str, *, before: str = "", attributes: str = "") -> bytes:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" {attributes}>'
    return f"{before}{head}{inside}</svg>".encode()


WHOLE = draw_bitmap(16)
PICTURES: dict[str, tuple[bytes | Callable[[Path], object] | None, str]] = {
    "truncated.png": (WHOLE[:-20], "asset.broken-image"),
    "page.png": (b"<html><script>alert(1)</script></html>", "asset.broken-image"),
    "nothing.png": (b"", "asset.broken-image"),
    "huge.png": (draw_bitmap(20_000), "asset.too-many-pixels"),
    "other.jpg": (WHOLE, "asset.wrong-ending"),
    "handler.svg": (drawing("<rect/>", attributes='onload="alert(1)"'), "asset.active-drawing"),
    "script.svg": (drawing("<script>alert(1)</script>"), "asset.active-drawing"),
    "page.svg": (drawing("<foreignObject><iframe src='x'/></foreignObject>"), "asset.active-drawing"),
    "entity.svg": (
        drawing("<text>&x;</text>", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "asset.active-drawing",
    ),
    "remote.svg": (drawing('<image href="http://127.0.0.1:9/x.png"/>'), "asset.active-drawing"),
    "import.svg": (drawing("<style>@import url(http://127.0.0.1:9/a.css);</style>"), "asset.active-drawing"),
    "paint.svg": (drawing('<rect style="fill:url(http://127.0.0.1:9/b)"/>'), "asset.active-drawing"),
    "deep.svg": (drawing("<g>" * 5000 + "</g>" * 5000), "asset.broken-image"),
    "link.png": (lambda file: file.symlink_to("/etc/passwd"), "asset.outside"),
    "folder.png": (lambda file: file.mkdir(), "asset.not-a-file"),
    "../other/a.png": (None, "asset.outside"),
    "figures/../../a.png": (None, "asset.outside"),
    "/etc/passwd": (None, "asset.outside"),
    "C:\\a.png": (None, "asset.outside"),
    "%2e%2e/a.png": (None, "asset.unsafe-name"),
    "..%2fa.png": (None, "asset.unsafe-name"),
    "file:///etc/passwd": (None, "link.unsafe-scheme"),
    "data:image/png;base64,AAAA": (None, "link.unsafe-scheme"),
    "http://127.0.0.1:9/a.png": (None, "image.remote"),
    "//127.0.0.1:9/a.png": (None, "image.remote"),
    "paper.md": (None, "asset.kind"),
}


def test_a_bad_picture_is_one_problem_where_it_is_shown(newcomer: Path, tmp_path: Path) -> None:
    shutil.copytree(newcomer, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "content" / "papers" / "pictures"
    shown = [f'![A caption.]({name}){{alt="A line that rises."}}' for name in PICTURES]
    write_paper(folder, text("\n\n".join(shown)))
    for name, (content, _) in PICTURES.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        elif content:
            content(folder / name)

    done = policy("check", "--format", "json", tmp_path)

    found = [(problem["line"], problem["column"], problem["code"]) for problem in json.loads(done.stdout)]
    assert found == [(START + 2 * n, 1, code) for n, (_, code) in enumerate(PICTURES.values())]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "content/library.bib:1:1 bibliography.missing"),
        (Path.mkdir, "content/library.bib:1:1 bibliography.is-directory"),
        (b"\x00\x01\x02" * 100, "content/library.bib:1:1 bibliography.binary"),
    ],
    ids=["missing", "folder", "binary"],
)
def test_a_bad_bibliography_is_one_problem(
    content: bytes | Callable[[Path], object] | None, problem: str, newcomer: Path, tmp_path: Path
) -> None:
    shutil.copytree(newcomer, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "content" / "library.bib"
    file.unlink()
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content:
        content(file)
    done = policy("check", "--format", "json", tmp_path)
    found = [
        f"{told['path']}:{told['line']}:{told['column']} {told['code']}" for told in json.loads(done.stdout)
    ]
    assert found == [problem]
