"""`pelican content -s publishconf.py` makes the same site as `policy build`."""

import subprocess
import sys
from pathlib import Path

from policy_tools.scaffold import init_site
from tests.system.sites import build_site, find_differences


def run_pelican(site: Path, output: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pelican", "content", "-s", "publishconf.py", "-o", str(output)]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, check=False, timeout=300)


def test_pelican_makes_what_the_command_makes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    init_site(site)
    ours = build_site(site)

    done = run_pelican(site, tmp_path / "pelican")

    assert done.returncode == 0, done.stdout + done.stderr
    assert find_differences(ours, tmp_path / "pelican") == []


def test_pelican_stops_at_a_problem_and_writes_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    init_site(site)
    paper = site / "content/papers/a-first-paper/paper.md"
    paper.write_text(paper.read_text().replace("@lijphart1999", "@lijphart1989"))

    done = run_pelican(site, tmp_path / "pelican")

    assert done.returncode == 1
    assert "lijphart1989" in done.stdout + done.stderr
    assert not (tmp_path / "pelican/index.html").exists()
