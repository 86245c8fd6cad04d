"""One paper alone is made by the settings of its site."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from policy_tools.load.site import load_site
from policy_tools.model.document import Document
from policy_tools.pipeline import single
from policy_tools.scaffold import init_site
from policy_tools.store import Store


def test_it_has_the_time_that_the_settings_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed: list[float] = []

    def render(requests: Any, *_: Any, seconds: float = 60.0, **__: Any) -> Iterator[Document]:  # noqa: ANN401
        allowed.append(seconds)
        return (Document(request.id, markdown="Words.") for request in requests)

    monkeypatch.setattr(single, "render_documents", render)
    list(init_site(tmp_path / "site"))
    site = replace(load_site(tmp_path / "site"), render_seconds=7.0)
    with Store(site.cache) as store:
        single.render_one(site, store, site.content / "papers/a-first-paper/paper.md", "md")
    assert allowed == [7.0]
