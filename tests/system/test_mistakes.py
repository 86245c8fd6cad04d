"""One run of the check names every mistake of a site full of them, each at its line and column."""

import json
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.system.newcomer import fingerprint, policy

SITES = Path(__file__).parents[1] / "sites"
KINDS = {"thirty-mistakes": 50, "record-mistakes": 60}
"""Sites full of mistakes, and how many kinds there are in each at the least."""
MARK = re.compile(rb"<!([a-z-]+\.[a-z0-9-]+)(\??)!>")
MARKED = {".md", ".yaml", ".bib", ".csv"}


class Place(NamedTuple):
    """Where a problem is to be found, and how grave it is."""

    path: str
    line: int
    column: int
    code: str
    severity: str = "error"


class Mistakes(NamedTuple):
    """A copy of the site without its marks, and what the marks said, in the order of the places."""

    name: str
    root: Path
    expected: list[Place]


def take_marks_away(path: str, content: bytes) -> tuple[bytes, list[Place]]:
    """The file as an author would have it, and the places of its marks in that."""
    clean = b""
    places = []
    end = 0
    for mark in MARK.finditer(content):
        clean += content[end : mark.start()]
        end = mark.end()
        before = clean.decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        places.append(Place(path, line, column, mark[1].decode(), "warning" if mark[2] else "error"))
    return clean + content[end:], places


def copy_site(root: Path, name: str = "thirty-mistakes") -> Mistakes:
    shutil.copytree(SITES / name, root)
    expected = [
        Place(path, 1, 1, code)
        for path, code in map(str.split, (SITES / name / "unmarked.txt").read_text("utf-8").splitlines())
    ]
    for file in sorted(path for path in (root / "content").rglob("*") if path.suffix in MARKED):
        clean, places = take_marks_away(file.relative_to(root).as_posix(), file.read_bytes())
        file.write_bytes(clean)
        expected += places
    return Mistakes(name, root, sorted(expected))


@pytest.fixture(scope="module", params=KINDS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mistakes:
    return copy_site(tmp_path_factory.mktemp("mistakes") / "site", request.param)


@pytest.fixture(scope="module")
def told(site: Mistakes) -> list[dict[str, str | int]]:
    """What the JSON format says, once it has been seen that it says nothing else."""
    done = policy("check", "--format", "json", site.root)
    assert (done.returncode, done.stderr) == (1, "")
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def test_there_are_dozens_of_kinds_of_mistake(site: Mistakes) -> None:
    assert len({place.code for place in site.expected}) > KINDS[site.name]


def test_one_run_names_all_of_them_in_their_places_and_in_order(
    site: Mistakes, told: list[dict[str, str | int]]
) -> None:
    found = [tuple(problem[name] for name in Place._fields) for problem in told]
    assert found == site.expected


def test_each_says_what_is_wrong_and_what_to_do(told: list[dict[str, str | int]]) -> None:
    for problem in told:
        message, hint = str(problem["message"]), str(problem["hint"])
        assert re.match(r'[A-Z“"&*<]|content/', message), message
        assert message.endswith((".", "→", "?")), message
        assert hint or re.search(r"such as|has|written|in the calendar|one of|mistyped", message), message


def test_objects_have_the_fields_that_are_documented(told: list[dict[str, str | int]]) -> None:
    names = ["code", "severity", "message", "path", "line", "column", "hint"]
    assert all(list(problem) == names for problem in told)


def test_the_text_names_the_same_places(site: Mistakes) -> None:
    done = policy("check", site.root)
    pattern = re.compile(r"(.+?):(\d+):(\d+): \[([a-z.0-9-]+)\] (warning: )?\S.*")
    lines = [pattern.fullmatch(line) for line in done.stdout.splitlines()]
    found = [
        Place(line[1], int(line[2]), int(line[3]), line[4], "warning" if line[5] else "error")
        for line in lines
        if line
    ]
    assert (found, done.returncode) == (site.expected, 1)
    assert len(lines) == len(found)
    errors = sum(place.severity == "error" for place in site.expected)
    assert done.stderr == f"{errors} errors and {len(found) - errors} warnings.\n"


def test_annotations_name_the_same_places(site: Mistakes) -> None:
    done = policy("check", "--format", "github", site.root)
    pattern = re.compile(r"::(error|warning) file=([^,:]+),line=(\d+),col=(\d+),title=([a-z.0-9-]+)::\S.*")
    lines = [pattern.fullmatch(line) for line in done.stdout.splitlines()]
    found = [Place(line[2], int(line[3]), int(line[4]), line[5], line[1]) for line in lines if line]
    assert (found, done.stderr, done.returncode) == (site.expected, "", 1)
    assert len(lines) == len(found)


def test_a_second_run_answers_the_same(site: Mistakes, told: list[dict[str, str | int]]) -> None:
    assert json.loads(policy("check", "--format", "json", site.root).stdout) == told


def test_a_build_writes_nothing_over_the_last_good_output(tmp_path: Path) -> None:
    root, output = tmp_path / "site", tmp_path / "site" / "output"
    assert policy("init", root).returncode == 0
    assert policy("build", root, "--formats", "").returncode == 0
    before = fingerprint(output)
    shutil.rmtree(root / "content")
    mistakes = copy_site(tmp_path / "mistakes")
    shutil.copytree(mistakes.root / "content", root / "content")
    shutil.copy(mistakes.root / "pelicanconf.py", root)

    done = policy("build", root, "--formats", "")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("\nNothing was written.\n")
    assert done.stderr.count("\n") == len(mistakes.expected) + 1
    assert before
    assert fingerprint(output) == before
