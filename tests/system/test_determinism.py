"""The same source makes the same bytes, wherever and whenever."""

import os
import shutil
from pathlib import Path

import pytest

from policy_tools.scaffold import init_site
from tests.system.secrets import PUBLIC, write_secret_paper
from tests.system.sites import build_site, find_differences, list_files

ENVIRONMENTS = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two builds of one source: other hash seed, time zone, locale, path, clock, mask and file times."""
    built = []
    for number, environment in enumerate(ENVIRONMENTS):
        folder = tmp_path_factory.mktemp("a-longer-name" * (number + 1))
        site = folder / "site"
        init_site(site)
        write_secret_paper(site / "content/papers", PUBLIC, 1)
        for path in site.rglob("*"):
            os.utime(path, (1_700_000_000 + number * 86_400,) * 2)
        mask = os.umask(0o077 if number else 0o022)
        try:
            now = f"20{27 + number}-06-0{number + 1}T12:00+00:00"
            built.append(build_site(site, "--now", now, env=environment))
        finally:
            os.umask(mask)
    return built


def test_two_builds_are_the_same_byte_for_byte(outputs: list[Path]) -> None:
    names = list_files(outputs[0])
    assert {Path(name).suffix for name in names} >= {
        ".html",
        ".pdf",
        ".docx",
        ".epub",
        ".woff2",
        ".atom",
        ".xml",
    }
    assert find_differences(*outputs) == []


def test_files_can_be_read_by_a_web_server_whatever_the_mask(outputs: list[Path]) -> None:
    assert all((outputs[1] / name).stat().st_mode & 0o444 == 0o444 for name in list_files(outputs[1]))


def test_an_edited_site_is_the_same_as_one_built_from_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    init_site(site)
    paper = site / "content/papers/a-first-paper/paper.md"
    build_site(site, "--formats", "")
    second = site / "content/papers/a-second-paper"
    shutil.copytree(paper.parent, second)
    records = second / "recommendations.yaml"
    records.write_text(records.read_text().replace("first-01", "second-01"))
    text = paper.read_text().replace("number: 1", "number: 2").replace("#first-01", "#second-01")
    (second / "paper.md").write_text(
        text.replace("@rec-first-01", "@rec-second-01").replace("A first", "A second")
    )
    build_site(site, "--formats", "")
    paper.write_text(paper.read_text().replace("A citation is a key", "A citation is one key"))
    build_site(site, "--formats", "")
    shutil.rmtree(second)
    edited = build_site(site, "--formats", "")

    fresh = tmp_path / "fresh"
    shutil.copytree(site, fresh, ignore=shutil.ignore_patterns(".cache"))
    assert find_differences(edited, build_site(fresh, "--formats", "")) == []
