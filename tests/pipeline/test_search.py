"""Are a paper's words read from the document in hand, to the same index as if they were read later?"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from policy_tools.load.site import load_site
from policy_tools.pipeline.prepare import prepare_edition
from policy_tools.pipeline.search import SearchMaker
from policy_tools.scaffold import init_site
from policy_tools.search.analyser import Analyser
from policy_tools.search.entries import SearchDocument
from policy_tools.search.index import Partial, analyse
from policy_tools.search.shards import CURRENT, unpack
from policy_tools.store import Store

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    init_site(tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The papers whose documents were fetched again so far."""
    seen: list[str] = []
    monkeypatch.setattr(
        "policy_tools.pipeline.making.recall_document", lambda request, *_: seen.append(request.id)
    )
    return seen


def read_directory(root: Path, cache: str) -> dict[str, Any]:
    """The directory of the index of a site that is built from nothing."""
    with Store(root / cache / "made.sqlite") as store:
        edition = prepare_edition(load_site(root), store, now=NOW, workers=1).edition
        assert edition is not None
        (file,) = (file for file in edition.files if file.address == CURRENT)
        directory: dict[str, Any] = unpack(file.read())
    return directory


def build_index(root: Path, cache: str) -> list[tuple[str, str]]:
    """Address and digest of every file of the index of a site that is built from nothing."""
    with Store(root / cache / "made.sqlite") as store:
        edition = prepare_edition(load_site(root), store, now=NOW, workers=1).edition
    assert edition is not None
    return [
        (file.address, file.digest) for file in edition.files if file.address.startswith(("search/", "text/"))
    ]


def test_a_document_in_hand_is_not_fetched_again(root: Path, fetched: list[str]) -> None:
    assert build_index(root, "cache")
    assert fetched == []


def test_words_that_are_read_later_make_the_same_index(
    root: Path, fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = build_index(root, "cache")
    monkeypatch.setattr(SearchMaker, "analyse_paper", lambda *_: None)
    assert build_index(root, "other cache") == at_once
    assert fetched == ["a-first-paper"]


def test_texts_have_another_name_when_a_sign_changes_that_no_term_is_made_of(root: Path) -> None:
    before = read_directory(root, "cache")
    paper = root / "content/papers/a-first-paper/paper.md"
    paper.write_text(paper.read_text("utf-8").replace("by when.\n:::", "by when!\n:::"), "utf-8")
    after = read_directory(root, "other cache")
    assert after["build"] == before["build"]
    assert after["texts"] != before["texts"]


def test_the_index_is_the_same_where_no_process_can_be_begun(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = build_index(root, "cache")
    monkeypatch.setattr("policy_tools.processes.can_fork", lambda: False)
    assert build_index(root, "other cache") == elsewhere


def test_an_index_is_kept_and_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build_index(root, "cache")
    monkeypatch.delattr("policy_tools.pipeline.search.make_index")
    assert build_index(root, "cache") == made


def test_an_edit_is_analysed_once_and_an_unchanged_site_not_at_all(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = root / "content/papers/a-first-paper/paper.md"
    site = load_site(root, "publishconf.py")
    analysed = tmp_path / "analysed"  # a file, since words may be read in a process of its own

    def note(document: SearchDocument, analyser: Analyser) -> Partial:
        with analysed.open("a") as ids:
            ids.write(f"{document.id}\n")
        return analyse(document, analyser)

    monkeypatch.setattr("policy_tools.search.index.analyse", note)

    def build() -> list[str]:
        analysed.write_text("")
        with Store(site.cache / "made.sqlite") as store:
            prepare_edition(site, store, now=NOW)
        return analysed.read_text().split()

    assert "a-first-paper" in build()
    assert build() == []
    paper.write_text(paper.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    assert build() == ["a-first-paper"]
