"""The system is installed, not forked: its wheel carries theme, plugins and example, and builds a site."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.system.sites import list_files

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--quiet",
    ]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_theme_plugins_and_example(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "policy_tools/theme/templates/paper.html" in names
    assert "policy_tools/plugins/policy_site/__init__.py" in names
    assert "policy_tools/example/pelicanconf.py" in names
    assert "policy_tools/example/.gitignore" in names
    assert "policy_tools/render/worker.lua" in names
    assert "policy_tools/typeset/paper.typ" in names
    assert not [name for name in names if name.startswith(("tests/", "content/"))]


def test_the_wheel_carries_what_the_theme_took_from_elsewhere(wheel: Path) -> None:
    if not (ROOT / "theme/third_party/lunr.js").is_file():
        pytest.fail("lunr.js is missing: run theme/set-up, which brings it from npm or from a wheel.")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"policy_tools/theme/third_party/{name}" for name in ("lunr.js", "lunr-LICENSE.txt")} <= names


def test_an_installed_system_builds_a_new_think_tank(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    policy = [sys.executable, "-m", "policy_tools"]

    for arguments in (["init", "bank"], ["check", "bank"], ["build", "bank", "--formats", ""]):
        subprocess.run([*policy, *arguments], cwd=tmp_path, env=environment, check=True, timeout=300)

    assert "papers/a-first-paper/index.html" in list_files(tmp_path / "bank/output")
    where = subprocess.run(
        [sys.executable, "-c", "import policy_tools.places as p; print(p.THEME)"],
        cwd=tmp_path, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert where.stdout.strip() == str(installed / "policy_tools/theme")
