"""Of a constituency a brief says what is valid there, and nothing else."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from policy_tools.model.seat import Seat
from policy_tools.pack.brief import build_insert
from policy_tools.pack.seat_figures import SeatFigure
from tests.pack.libraries import make_full_ask, make_shelves
from tests.small_records import make_statistic

ALDERSHOT = Seat("E14001063", "Aldershot")
SENTENCE = "In {seat}, {value}; in {nation}, {nation_value}; in the UK, {uk}"


def figures_of(seat: Seat = ALDERSHOT, **fields: Any) -> tuple[SeatFigure, ...]:  # noqa: ANN401
    statistic = make_statistic(**fields)
    insert = build_insert(make_full_ask(), seat, make_shelves(statistics={statistic.id: statistic}))
    return insert.figures if insert else ()


def test_a_figure_is_said_with_its_comparators_source_and_date() -> None:
    found = figures_of(sentence=SENTENCE, comparators={"uk": "59.7", "england": "60.0"}, note="Beware.")
    assert found == (
        SeatFigure(
            "In Aldershot, 57.1; in England, 60.0; in the UK, 59.7.",
            "A library",
            "4 July 2024",
            "A licence.",
            "Beware.",
        ),
    )


@pytest.mark.parametrize("geography", ["region", "nation"])
def test_a_figure_for_another_geography_says_nothing(geography: str) -> None:
    assert figures_of(geography=geography) == ()


def test_a_seat_without_a_value_or_a_nation_without_a_comparator_says_nothing() -> None:
    assert figures_of(Seat("E14009999", "Nowhere")) == ()
    assert figures_of(sentence=SENTENCE) == ()


def test_figures_are_printed_as_their_source_gives_them() -> None:
    statistic = make_statistic()
    values = {"E14001063": Decimal("-1200.50")}
    library = make_shelves(statistics={"turnout": replace(statistic, values=values)})
    insert = build_insert(make_full_ask(), ALDERSHOT, library)
    assert insert
    assert insert.figures[0].sentence == "In Aldershot, it was −1,200.50; in the United Kingdom, 59.7."  # noqa: RUF001
