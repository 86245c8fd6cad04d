import os
from pathlib import Path

import pytest

from tests.edition.sample import Render, Sample


@pytest.mark.skipif(
    "EDITION_PREVIEW" not in os.environ, reason="set EDITION_PREVIEW to a folder to look at it"
)
def test_write_the_sample_site_for_looking_at(sample: Sample, render: Render) -> None:
    root = Path(os.environ["EDITION_PREVIEW"])
    edition = sample.build()
    for page in edition.pages:
        path = root / page.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(page), encoding="utf-8")
    for file in edition.files:
        path = root / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read())
