"""Is only what stands in a paper's own folder ever shown or offered?"""

import hashlib
import io
import os
import struct
import zlib

import pytest
from PIL import Image

from policy_tools.load.images import check_image
from tests.load.small_site import SmallSite, change, write_paper

PAPER = "content/papers/nib/paper.md"


def draw(kind: str = "PNG", size: tuple[int, int] = (4, 4)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size).save(data, kind)
    return data.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'


def mention(small_site: SmallSite, target: str) -> list[str]:
    small_site.write(PAPER, write_paper(body=f'# Start\n\n![A picture.]({target}){{alt="A line."}}\n'))
    return [
        problem.split(" ")[1]
        for problem in small_site.problems()
        if problem.startswith("papers/nib/paper.md:13:")
    ]


def test_files_of_the_folder_are_found_with_their_digests(small_site: SmallSite) -> None:
    small_site.write("content/papers/nib/figures/a.png", draw())
    small_site.write("content/papers/nib/figures/b.SVG", SVG)
    small_site.write("content/papers/nib/data/c.csv", "a,b\n")
    body = (
        '# Start\n\n![One.](figures/a.png){alt="x"}\n\n![Two.](figures/b.SVG){alt="y"}\n\n'
        "[The data](data/c.csv) and [the data again](data/c.csv), [elsewhere](https://example.org/x.csv).\n"
    )
    data = "[{path: data/c.csv, title: T, source: S, licence: CC0-1.0}]"
    small_site.write(PAPER, write_paper(fields=change(data=data), body=body))
    library = small_site.load()
    assert library.problems == ()
    assets = library.papers[0].assets
    assert [asset.name for asset in assets] == ["figures/a.png", "figures/b.SVG", "data/c.csv"]
    assert assets[2].digest == hashlib.sha256(b"a,b\n").hexdigest()
    assert assets[2].size == 4
    assert assets[2].path == small_site.root.resolve() / "content/papers/nib/data/c.csv"


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("../other/a.png", "asset.outside"),
        ("figures/../../x.png", "asset.outside"),
        ("/etc/a.png", "asset.outside"),
        ("C:/a.png", "asset.outside"),
        ("figures%2Fa.png", "asset.unsafe-name"),
        ("%2e%2e/a.png", "asset.unsafe-name"),
        (".hidden/a.png", "asset.unsafe-name"),
        ("./figures/a.png", "asset.unsafe-name"),
        ("figures//a.png", "asset.unsafe-name"),
        ("figures/a.png?x", "asset.unsafe-name"),
        ("paper.md", "asset.kind"),
        ("figures/a.bmp", "asset.kind"),
        ("figures/a", "asset.kind"),
        ("figures/A.png", "asset.missing"),
        ("figures/none.png", "asset.missing"),
        ("folder.png", "asset.not-a-file"),
        ("pipe.png", "asset.not-a-file"),
        ("out.png", "asset.outside"),
        ("v1/a.png", "asset.outside"),
        ("broken.png", "asset.broken-image"),
        ("text.svg", "asset.broken-image"),
        ("really-jpeg.png", "asset.wrong-ending"),
        ("script.svg", "asset.active-drawing"),
        ("heavy.png", "asset.too-big"),
    ],
)
def test_what_may_not_be_shown_is_a_problem_where_it_is_mentioned(
    small_site: SmallSite, target: str, code: str
) -> None:
    folder = "content/papers/nib"
    small_site.write(f"{folder}/figures/a.png", draw())
    small_site.write("content/papers/other/a.png", draw())
    secret = small_site.write("outside.png", draw())
    (small_site.root / folder / "folder.png").mkdir()
    os.mkfifo(small_site.root / folder / "pipe.png")
    (small_site.root / folder / "out.png").symlink_to(secret)
    small_site.write(f"{folder}/v1/a.png", draw())
    small_site.write(f"{folder}/v1/paper.md", write_paper(fields=change(status="draft")))
    small_site.write(f"{folder}/broken.png", draw()[:30])
    small_site.write(f"{folder}/text.svg", "words")
    small_site.write(f"{folder}/really-jpeg.png", draw("JPEG"))
    small_site.write(f"{folder}/script.svg", SVG.replace(b"<path", b"<script/><path"))
    small_site.write(f"{folder}/heavy.png", draw() + b"\0" * 2_000_000)
    assert code in mention(small_site, target)
    assert all(asset.name != target for paper in small_site.load().papers for asset in paper.assets)


def test_a_picture_that_was_misspelt_is_suggested(small_site: SmallSite) -> None:
    small_site.write("content/papers/nib/figures/growth.png", draw())
    small_site.write(PAPER, write_paper(body='![x](figures/growht.png){alt="y"}\n'))
    (problem,) = [p for p in small_site.load().problems if p.code == "asset.missing"]
    assert problem.hint == 'Did you mean "figures/growth.png"?'


def test_a_file_that_changes_is_looked_into_again(small_site: SmallSite) -> None:
    small_site.write("content/papers/nib/a.csv", "1\n")
    small_site.write(PAPER, write_paper(body="[data](a.csv)\n"))
    before = small_site.load().papers[0].assets[0].digest
    small_site.write("content/papers/nib/a.csv", "2\n")
    assert small_site.load().papers[0].assets[0].digest != before


def test_data_is_placed_at_its_path(small_site: SmallSite) -> None:
    fields = change() + "data:\n  - title: T\n    path: data/none.csv\n    source: S\n    licence: CC0-1.0\n"
    small_site.write(PAPER, write_paper(fields=fields))
    assert small_site.problems() == ["papers/nib/paper.md:12:11 asset.missing"]


def test_photos_stand_beside_the_records_of_people(small_site: SmallSite) -> None:
    small_site.write("content/people/ann.md", "---\nname: Ann\nphoto: ann.jpg\n---\n")
    small_site.write("content/people/bob.md", "---\nname: Bob\nphoto: ../bob.jpg\n---\n")
    small_site.write("content/people/ann.jpg", draw("JPEG"))
    library = small_site.load()
    assert [(p.path, p.line, p.column, p.code) for p in library.problems] == [
        ("content/people/bob.md", 3, 8, "asset.outside")
    ]
    assert library.people["ann"].photo_path == small_site.root.resolve() / "content/people/ann.jpg"


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 400 million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "ending", "code"),
    [
        (draw("PNG"), "png", None),
        (draw("JPEG"), "jpeg", None),
        (draw("GIF"), "gif", None),
        (draw("WEBP"), "webp", None),
        (SVG, "svg", None),
        (SVG.replace(b"<path", b'<use href="#a"/><path'), "svg", None),
        (bomb(), "png", "asset.too-many-pixels"),
        (SVG.replace(b"<path", b'<path onclick="x()"'), "svg", "asset.active-drawing"),
        (
            SVG.replace(b"<path", b'<image href="https://example.org/x.png"/><path'),
            "svg",
            "asset.active-drawing",
        ),
        (SVG.replace(b"<path", b"<foreignObject/><path"), "svg", "asset.active-drawing"),
        (SVG.replace(b"<path", b"<style>@import 'x';</style><path"), "svg", "asset.active-drawing"),
        (SVG.replace(b"<path", b'<path style="fill: url(https://e.org)"'), "svg", "asset.active-drawing"),
        (b'<?xml-stylesheet href="x"?>' + SVG, "svg", "asset.active-drawing"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "svg", "asset.active-drawing"),
        (b"<html/>", "svg", "asset.broken-image"),
        (b"", "png", "asset.broken-image"),
    ],
)
def test_a_picture_is_whole_and_harmless(data: bytes, ending: str, code: str | None) -> None:
    fault = check_image(data, ending)
    assert (fault[0] if fault else None) == code
