"""Is an unchanged paper only recalled, and a changed one never?"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policy_tools.edition.edition import Edition
from policy_tools.load.site import load_site
from policy_tools.pipeline.memory import MadePaper, Memory
from policy_tools.pipeline.prepare import prepare_edition
from policy_tools.scaffold import init_site
from policy_tools.store import Store

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PAPER = "content/papers/a-first-paper/paper.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    init_site(tmp_path / "site")
    settings = tmp_path / "site" / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + 'FORMATS = ("pdf", "docx")\n', "utf-8")
    return tmp_path / "site"


@pytest.fixture
def recalled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The papers recalled so far."""
    seen: list[str] = []
    recall: Callable[..., dict[str, MadePaper]] = Memory.recall

    def watch(self: Memory, *arguments: object) -> dict[str, MadePaper]:
        found = recall(self, *arguments)
        seen.extend(found)
        return found

    monkeypatch.setattr(Memory, "recall", watch)
    return seen


def prepare(root: Path) -> tuple[Edition, list[str]]:
    with Store(root / ".cache" / "made.sqlite") as store:
        prepared = prepare_edition(load_site(root), store, now=NOW, workers=1)
        assert prepared.edition is not None
        contents = [f"{file.address} {len(file.read())}" for file in prepared.edition.files]
    return prepared.edition, [*contents, *map(str, prepared.problems)]


def test_an_unchanged_paper_is_recalled_with_all_that_is_said_of_it(root: Path, recalled: list[str]) -> None:
    paper = root / PAPER
    paper.write_text(paper.read_text("utf-8") + "\nRaw <u>HTML</u>, which is a warning.\n", "utf-8")
    first, said_first = prepare(root)
    assert recalled == []
    second, said_second = prepare(root)
    assert recalled == ["a-first-paper"]
    assert said_first == said_second
    assert [(page.address, page.digest) for page in first.pages] == [
        (page.address, page.digest) for page in second.pages
    ]
    assert [(file.address, file.digest) for file in first.files] == [
        (file.address, file.digest) for file in second.files
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PAPER, "title: ", "title: Another "),
        (PAPER, "\n---\n", "\n---\n\n"),
        ("content/series.yaml", "title: Paper\n", "title: Paper\n  layout: briefing\n"),
        ("content/institutes/our-institute.md", "\n---\n", '\ncolour: "#5a1d3b"\n---\n'),
        ("pelicanconf.py", '"pdf", "docx"', '"pdf", "epub"'),
        ("pelicanconf.py", "FORMATS =", 'CSL = "vancouver"\nFORMATS ='),
        ("content/fonts/a.ttf", "", "\x00\x01\x00\x00"),
    ],
)
def test_what_a_paper_is_made_of_changes_and_it_is_made_anew(
    root: Path, recalled: list[str], path: str, old: str, new: str
) -> None:
    prepare(root)
    file = root / path
    file.parent.mkdir(exist_ok=True)
    text = file.read_text("utf-8") if file.exists() else ""
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    prepare(root)
    assert recalled == []
