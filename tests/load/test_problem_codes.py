"""Is every problem that the reading of texts and bibliographies can report explained in the documentation?"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOAD = ROOT / "policy_tools" / "load"
FILES = sorted(file for folder in ("scan", "bib", "checking") for file in (LOAD / folder).glob("*.py"))
CODE = re.compile(
    r'"((?:anchor|bibliography|body|citation|correction|cross-reference|dates|div|heading|image|key-points'
    r'|keywords|language|link|note|recommendation|record|summary)\.[a-z][a-z0-9-]+)"'
)
EXPLAINED = set(
    re.findall(r"`([a-z-]+\.[a-z0-9-]+)`", (ROOT / "docs" / "problems.md").read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_codes_are_explained(file: Path) -> None:
    assert set(CODE.findall(file.read_text(encoding="utf-8"))) <= EXPLAINED


def test_codes_are_found_at_all() -> None:
    found = {code for file in FILES for code in CODE.findall(file.read_text(encoding="utf-8"))}
    assert len(found) > 60
