"""One paper, described."""

from datetime import date

import pytest

from policy_tools.describe.catalogue import CatalogueRecord, Creator
from policy_tools.model.paper import Correction, Funding


@pytest.fixture
def record() -> CatalogueRecord:
    return CatalogueRecord(
        key="ippl-nib-2026",
        title="A bank & its <purpose>: 50% more_or_less",
        creators=(
            Creator(given="Joan", family="Robinson", orcid="0000-0002-1825-0097"),
            Creator(literal="Economy team"),
        ),
        publisher="Institute of Things",
        publisher_place="London",
        series="Paper",
        number="3",
        issued=date(2026, 11, 22),
        modified=date(2026, 12, 1),
        version=2,
        abstract="What the paper says.",
        keywords=("investment", "banks"),
        language="en-GB",
        licence="CC-BY-4.0",
        doi="10.1234/nib",
        isbn="",
        url="https://things.example/papers/nib/",
        pdf_url="https://things.example/papers/nib/nib.pdf",
        funding=(Funding(funder="A foundation"),),
        corrections=(
            Correction(
                date=date(2026, 12, 1),
                severity="minor",
                where="Table 1",
                was="2 billion",
                now="3 billion",
                affects_conclusions=False,
            ),
        ),
    )
