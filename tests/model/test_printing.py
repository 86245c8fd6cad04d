"""Are dates, names and sums printed as British readers expect, and the same everywhere?"""

from datetime import date

import pytest

from policy_tools.model.paper import Funding
from policy_tools.model.printing import format_british_date, format_names, format_sum


def test_dates_are_british() -> None:
    assert format_british_date(date(2026, 11, 2)) == "2 November 2026"


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_names_are_joined_as_said(names: list[str], said: str) -> None:
    assert format_names(names) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"amount": 12000}, "£12,000"),
        ({"amount": 0}, "£0"),
        ({"band": "under £5,000"}, "under £5,000"),
        ({"amount": 1, "band": "small"}, "£1"),
        ({}, ""),
    ],
)
def test_sums_are_exact_where_they_are_known(given: dict[str, object], said: str) -> None:
    assert format_sum(Funding.model_validate({"funder": "A", **given})) == said
