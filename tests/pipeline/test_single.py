"""One paper alone is made by the settings of its site."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from policy_tools.load.site import load_site
from policy_tools.model.document import Document
from policy_tools.pipeline import single
from policy_tools.scaffold import init_site
from policy_tools.store import Store

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_it_has_the_time_that_the_settings_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed: list[float] = []

    def render(requests: Any, *_: Any, seconds: float = 60.0, **__: Any) -> Iterator[Document]:  # noqa: ANN401
        allowed.append(seconds)
        return (Document(request.id, markdown="Words.") for request in requests)

    monkeypatch.setattr(single, "render_documents", render)
    list(init_site(tmp_path / "site"))
    site = replace(load_site(tmp_path / "site"), render_seconds=7.0)
    with Store(site.cache / "made.sqlite") as store:
        single.render_one(site, store, site.content / "papers/a-first-paper/paper.md", "md", now=NOW)
    assert allowed == [7.0]


@pytest.mark.parametrize(("year", "is_told"), [(2026, True), (2027, False)])
def test_a_paper_under_embargo_says_so(tmp_path: Path, year: int, *, is_told: bool) -> None:
    list(init_site(tmp_path / "site"))
    site = load_site(tmp_path / "site")
    file = site.content / "papers/a-first-paper/paper.md"
    embargo = "embargo: {until: 2027-03-01T00:01+00:00, label: Hold until the first of March}\n"
    file.write_text(file.read_text("utf-8").replace("series: paper\n", f"series: paper\n{embargo}"), "utf-8")
    with Store(site.cache / "made.sqlite") as store:
        made = single.render_one(site, store, file, "html", now=NOW.replace(year=year))
    assert (b"Hold until the first of March." in made.content) is is_told
