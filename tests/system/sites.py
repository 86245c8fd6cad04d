"""Sites for whole-system tests, built by the real command."""

import filecmp
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

POLICY = Path(sys.executable).with_name("policy")


def run_policy(
    *arguments: str | Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end and return what it said."""
    command = [str(POLICY), *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **(env or {})}, timeout=300
    )


def build_site(site: Path, *arguments: str | Path, env: Mapping[str, str] | None = None) -> Path:
    """Build a site that must have no errors; returns its output folder."""
    output = site.parent / f"{site.name}-output"
    done = run_policy("build", site, "--output", output, *arguments, env=env)
    assert done.returncode == 0, done.stderr
    return output


def list_files(folder: Path) -> list[str]:
    """Every file below a folder, by relative name."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def find_differences(one: Path, other: Path) -> list[str]:
    """Names of files that are in one tree only, or whose bytes differ."""
    names, others = list_files(one), list_files(other)
    _, mismatched, errors = filecmp.cmpfiles(one, other, set(names) & set(others), shallow=False)
    return sorted({*mismatched, *errors, *(set(names) ^ set(others))})
