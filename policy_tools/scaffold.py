"""What does a new think tank, paper, person or programme start from?"""

import re
import shutil
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from string import Template

from policy_tools.places import EXAMPLE_SITE, STARTERS


class ScaffoldError(Exception):
    """Something is in the way; the message says what, and nothing was changed."""


def make_slug(title: str) -> str:
    """A title as a name for an address: lower-case letters, digits and hyphens, at most 80 characters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    return words[:80].rstrip("-")


def init_site(folder: Path) -> tuple[Path, ...]:
    """Copy the example site into a new or empty folder; return the files made, relative to it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ScaffoldError(f"{folder} is not empty. Name a folder that is new or empty.")
    shutil.copytree(EXAMPLE_SITE, folder, dirs_exist_ok=True)
    return tuple(sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file()))


def new_record(kind: str, target: Path, values: Mapping[str, str]) -> Path:
    """Write the starter of a kind (paper, person, programme) to a file that must not exist yet."""
    if target.exists():
        raise ScaffoldError(f"{target} exists already. Choose another name, or edit that file.")
    starter = Template((STARTERS / f"{kind}.md").read_text(encoding="utf-8"))
    target.parent.mkdir(parents=True, exist_ok=True)
    quoted = {name: value.replace("\\", "\\\\").replace('"', '\\"') for name, value in values.items()}
    target.write_text(starter.substitute(quoted), encoding="utf-8")
    return target
