"""The sites that tests of loading change and load."""

from pathlib import Path

import pytest

from tests.load.small_site import SmallSite


@pytest.fixture
def small_site(tmp_path: Path) -> SmallSite:
    return SmallSite(tmp_path)
