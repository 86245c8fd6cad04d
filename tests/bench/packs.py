"""What do a pack of thirty papers and the briefs of all seats cost?"""

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

import pikepdf

from tests.bench.measure import Cost, measure
from tests.bench.papers import write_site

ROOT = Path(__file__).parents[2]
PAPERS = 30
SEATS = 650
_RECIPE = """\
title: Everything
summary: Thirty papers with all their words.
audience: public
select:
  programmes: democracy
parts: [cover, introduction, annexes, colophon]
"""

Row = tuple[str, str, Cost, str]
"""How many, of what, what it cost, and its ratio to something measured in the same run."""


def bench_packs(policy: Path) -> list[Row]:
    """A long pack from nothing, again, and after an edit; then one seat's brief and all of them."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_bench_long_pack(policy, Path(folder)), *_bench_seats(policy, Path(folder))]


def _bench_long_pack(policy: Path, folder: Path) -> list[Row]:
    site = write_site(folder / "site", PAPERS)
    recipe = site / "content/packs/everything.yaml"
    recipe.parent.mkdir()
    recipe.write_text(_RECIPE)
    command: list[str | Path] = [policy, "pack", "build", "everything", "--site", site]
    cold = measure(command)
    again = measure(command)
    paper = site / "content/papers/paper-0007/paper.md"
    paper.write_text(paper.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    edited = measure(command)
    pages = _count_pages(next(site.rglob("everything.pdf")))
    return [
        (f"{pages} pages", "pack of 30 papers, every format, cold", cold, ""),
        (f"{pages} pages", "the same, nothing changed", again, f"{again.wall / cold.wall:.0%}"),
        (f"{pages} pages", "the same, one paper edited", edited, f"{edited.wall / cold.wall:.0%}"),
    ]


def _bench_seats(policy: Path, folder: Path) -> list[Row]:
    site = folder / "demonstration"
    site.mkdir()
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, site)
    shutil.copytree(ROOT / "content", site / "content")
    brief: list[str | Path] = [policy, "brief", "dem-01", "--site", site, "--output", folder / "briefs"]
    measure([*brief, "--seat", "E14001063"])  # what all of them share is made once
    one = measure([*brief, "--seat", "E14001064"])
    every = measure([*brief, "--all-seats"])
    assert len(list((folder / "briefs").glob("*.pdf"))) >= SEATS
    return [
        ("1 seat", "brief with its figures", one, ""),
        (f"{SEATS} seats", "briefs with their figures", every, f"{every.wall / one.wall:.0f}× one"),
    ]


def _count_pages(pdf: Path) -> int:
    with pikepdf.open(BytesIO(pdf.read_bytes())) as document:
        return len(document.pages)
