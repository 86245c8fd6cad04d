"""One pool of workers for all tests of the renderer; a store of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_tools.render.pool import Pool
from policy_tools.store import Store


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    with Pool(1) as pool:
        yield pool


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.db") as store:
        yield store
