"""Are papers with new words known, and rendered ahead to the same end?"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from policy_tools.load.site import load_site
from policy_tools.model.document import Document, DocumentRequest
from policy_tools.model.paper import Paper
from policy_tools.pipeline import ahead
from policy_tools.pipeline.ahead import RenderedAhead, find_new_texts, note_texts
from policy_tools.pipeline.prepare import prepare_edition
from policy_tools.scaffold import init_site
from policy_tools.store import Store

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def make_papers(*digests: str) -> list[Paper]:
    return [cast("Paper", SimpleNamespace(digest=digest)) for digest in digests]


def render(requests: Sequence[DocumentRequest]) -> Iterator[Document]:
    for request in requests:
        if request.id == "bad":
            raise ValueError("cannot be rendered")
        yield Document(id=request.id)


def make_requests(*ids: str) -> list[DocumentRequest]:
    return [cast("DocumentRequest", SimpleNamespace(id=id_)) for id_ in ids]


def test_only_what_the_last_build_did_not_see_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = make_papers("1", "2", "3")
    with Store(tmp_path / "made.sqlite") as store:
        assert find_new_texts([one, two], store) == (one, two)
        note_texts([one, two], store)
        assert find_new_texts([one, three, two], store) == (three,)
        monkeypatch.setattr(ahead, "tools_digest", lambda: "another version")
        assert find_new_texts([one, two], store) == (one, two)


def test_each_document_is_taken_once() -> None:
    rendered = RenderedAhead(render)
    rendered.begin(make_requests("nib", "nob"))
    assert "nob" in rendered
    assert rendered.take("nob").id == "nob"
    assert "nob" not in rendered
    assert rendered.take("nib").id == "nib"


def test_a_fault_is_raised_where_the_document_is_taken() -> None:
    rendered = RenderedAhead(render)
    rendered.begin(make_requests("nib", "bad"))
    assert rendered.take("nib").id == "nib"
    with pytest.raises(ValueError, match="cannot be rendered"):
        rendered.take("bad")


def test_papers_make_the_same_edition_whether_rendered_ahead_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init_site(tmp_path / "site")

    def prepare(cache: str) -> list[tuple[str, str]]:
        with Store(tmp_path / cache / "made.sqlite") as store:
            edition = prepare_edition(load_site(tmp_path / "site"), store, now=NOW, workers=1).edition
        assert edition is not None
        pages = [(page.address, page.digest) for page in edition.pages]
        return [*pages, *((file.address, file.digest) for file in edition.files)]

    usual = prepare("cache")
    monkeypatch.setattr("policy_tools.pipeline.ahead.find_new_texts", lambda *_: ())
    assert prepare("other cache") == usual
