"""The same documents as pages that Pagefind reads, and the files that it makes of them."""

import sys
from pathlib import Path

import pytest

from policy_tools.model.problem import CannotRunError
from policy_tools.search.pagefind import build_pagefind_files, write_page
from tests.search.conftest import SHORT, write_paper


def test_a_page_holds_words_and_nothing_that_runs() -> None:
    page = write_page(write_paper("a", "<script>x</script>", "a & b", series='"P"'), "en-GB")
    assert "<script>" not in page
    assert '<h2 id="s0"></h2><p>a &amp; b</p>' in page
    assert 'data-pagefind-filter="series[content]" content="&quot;P&quot;"' in page


def test_pagefind_makes_its_files_and_leaves_nothing_where_it_ran(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    addresses = [file.address for file in build_pagefind_files(SHORT[:3], "en-GB")]
    assert "search/pagefind/pagefind.js" in addresses
    assert sum(address.endswith(".pf_fragment") for address in addresses) == 3
    assert list(tmp_path.iterdir()) == []


def test_without_pagefind_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind.index", None)
    with pytest.raises(CannotRunError, match=r"pip install .pagefind\[bin\]."):
        list(build_pagefind_files(SHORT[:1], "en"))
