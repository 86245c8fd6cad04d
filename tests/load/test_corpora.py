"""Do real documents of others, where they are at hand, give the counts that are known of them?"""

import re
from collections import Counter
from pathlib import Path

import pytest

from policy_tools.load.bib.entries import parse_bibliography
from policy_tools.load.body import scan_body

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"
R_CHUNK = re.compile(r"(?m)^([ \t>]*`{3,})[ ]*\{[^}\n]*\}.*$")

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not at hand")


def read_corpus(name: str) -> Counter[str]:
    """How often each key is cited in a corpus."""
    cited: Counter[str] = Counter()
    files = [file for file in (CORPORA / name).rglob("*") if file.suffix.lower() in (".rmd", ".md")]
    for file in sorted(files):
        text = R_CHUNK.sub(r"\1r", file.read_text(encoding="utf-8"))
        front_matter = re.match(r"---\n.*?\n(?:---|\.\.\.)\n", text, re.DOTALL)
        body, _ = scan_body(text[front_matter.end() if front_matter else 0 :], 1, file.name)
        cited.update(citation.key for citation in body.citations)
    return cited


def read_keys(name: str) -> set[str]:
    """The keys of a corpus's own bibliographies."""
    keys: set[str] = set()
    for file in sorted((CORPORA / name).rglob("*.bib")):
        references, _ = parse_bibliography(file.read_bytes(), file.name, is_private=False)
        keys |= set(references)
    return keys


@pytest.mark.parametrize(("name", "keys"), [("geographic-scale", 76), ("dime-handbook", 125), ("ohdsi", 106)])
def test_different_keys_that_stand_in_the_bibliography(name: str, keys: int) -> None:
    assert len(set(read_corpus(name)) & read_keys(name)) == keys


def test_the_energy_paper() -> None:
    cited = read_corpus("geographic-scale")
    known = read_keys("geographic-scale")
    assert len(known) == 121
    assert set(cited) - known == {"FfE:2016"}
    assert sum(count for key, count in cited.items() if key in known) == 128


def test_the_government_report_whose_bibliography_is_elsewhere() -> None:
    cited = read_corpus("noaa-tech-doc")
    assert len(cited) == 285
    assert sum(cited.values()) == 498
