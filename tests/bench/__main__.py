"""Run with `make bench`, or `python -m tests.bench 100` for one size (0: packs alone). Quote ratios."""

import random
import re
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

import pypandoc
from rich.console import Console
from rich.table import Table

from tests.bench.measure import Cost, measure
from tests.bench.packs import bench_packs
from tests.bench.papers import format_bibliography, write_site

POLICY = Path(sys.executable).with_name("policy")
SAMPLE = 10
MOST_PDFS = 100


def main(sizes: list[int]) -> None:
    """Measure every size and print one table."""
    table = Table(
        "papers", "what", "seconds", "a paper", "ratio", "memory, MB", title="Whole processes, one run"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            if size:
                bench_size(write_site(Path(folder) / "site", size), size, table)
    for many, what, cost, ratio in bench_packs(POLICY):
        table.add_row(many, what, f"{cost.wall:.2f}", "", ratio, f"{cost.memory:.0f}")
    Console(width=110).print(table)


def bench_size(site: Path, size: int, table: Table) -> None:
    """The peers on a sample of the papers, then cold, unchanged and edited builds of all of them."""
    whole = median(cost.wall for cost in run_pandoc(site, whole_bibliography=True))
    own = median(cost.wall for cost in run_pandoc(site, whole_bibliography=False))
    build: list[str | Path] = [POLICY, "build", site, "--formats", ""]
    cold = measure(build)
    again = measure(build)
    edited = median(edit_and_build(site, build).wall for _ in range(3))
    paper = cold.wall / size
    add(table, size, "pandoc --citeproc, whole .bib", whole * size, whole, "")
    add(table, size, "pandoc --citeproc, own entries", own * size, own, "")
    add(table, size, "cold build", cold.wall, paper, f"{whole / paper:.1f}× / {own / paper:.1f}×", cold)
    add(table, size, "nothing changed", again.wall, again.wall / size, f"{again.wall / cold.wall:.1%}", again)
    add(table, size, "one paper edited", edited, edited, f"{edited / cold.wall:.1%}")
    if size <= MOST_PDFS:
        bench_pdf(site, size, table)


def bench_pdf(site: Path, size: int, table: Table) -> None:
    """What PDFs add to a cold build on one core: the papers built from nothing, with them and without."""
    cold = {}
    for formats in ("", "pdf"):
        shutil.rmtree(site / ".cache")
        cold[formats] = measure([POLICY, "build", site, "--formats", formats], on_one_core=True)
    besides = cold["pdf"].processor - cold[""].processor
    add(table, size, "PDF besides, on one core", besides, besides / size, "", cold["pdf"])


def run_pandoc(site: Path, *, whole_bibliography: bool) -> list[Cost]:
    """One pandoc process a paper, as people run it today."""
    costs = []
    for paper in sorted((site / "content/papers").glob("*/paper.md"))[:SAMPLE]:
        bibliography = site / "content/library.bib"
        if not whole_bibliography:
            numbers = [int(number) for number in re.findall(r"@key(\d+)", paper.read_text("utf-8"))]
            bibliography = site / "own.bib"
            bibliography.write_text(format_bibliography(random.Random(1), numbers), "utf-8")
        command = [pypandoc.get_pandoc_path(), "--citeproc", "--bibliography", bibliography]
        costs.append(measure([*command, "--to", "html5", "--output", "/dev/null", paper]))
    return costs


def edit_and_build(site: Path, build: list[str | Path]) -> Cost:
    """Change a word of one paper, and build."""
    paper = site / "content/papers/paper-0007/paper.md"
    paper.write_text(paper.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    return measure(build)


def add(
    table: Table, size: int, what: str, wall: float, paper: float, ratio: str, cost: Cost | None = None
) -> None:
    """One row; memory where it was measured."""
    memory = f"{cost.memory:.0f}" if cost else ""
    table.add_row(str(size), what, f"{wall:.2f}", f"{paper:.3f}", ratio, memory)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100, 1000])
