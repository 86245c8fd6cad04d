"""The site that `policy init` makes, and papers to be put into it."""

import subprocess
import sys
from pathlib import Path

SUMMARY = " ".join(["It says what the paper is about."] * 8)

HEAD = f"""\
---
title: "A"
series: briefing
programmes: [democracy]
authors: [democracy-team]
published: 2026-01-15
status: published
summary: {SUMMARY}
---

"""


def policy(*words: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The real command, run as anyone would run it."""
    command = [sys.executable, "-m", "policy_tools", *map(str, words)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def write_paper(folder: Path, content: str | bytes) -> None:
    """A folder with a paper.md."""
    folder.mkdir(parents=True)
    (folder / "paper.md").write_bytes(content if isinstance(content, bytes) else content.encode())


def fingerprint(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder: when it was written, and what it holds."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(file.relative_to(folder)): (file.stat().st_mtime_ns, file.read_bytes()) for file in files}
