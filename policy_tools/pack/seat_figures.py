"""What can be said of one constituency? Only what a statistic gives for it, at that very geography."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from policy_tools.model.library import Shelves
from policy_tools.model.printing import format_british_date
from policy_tools.model.recommendation import Recommendation
from policy_tools.model.seat import Seat, Statistic
from policy_tools.model.terms import NATIONS
from policy_tools.pack.wording import end_sentence

VALID_GEOGRAPHY = "constituency-2024"


@dataclass(frozen=True, slots=True)
class SeatFigure:
    """A figure of one constituency as a sentence, with where it comes from, as at when, and on what terms."""

    sentence: str
    source: str
    date: str
    licence: str
    note: str


def list_statistics(recommendation: Recommendation, library: Shelves) -> tuple[Statistic, ...]:
    """The recommendation's statistics that are valid for single seats."""
    statistics = (library.statistics.get(name) for name in recommendation.record.statistics)
    return tuple(found for found in statistics if found and found.record.geography == VALID_GEOGRAPHY)


def list_seat_figures(recommendation: Recommendation, seat: Seat, library: Shelves) -> tuple[SeatFigure, ...]:
    """What the recommendation's statistics say of a seat; those without a valid figure say nothing."""
    return tuple(_say_all(list_statistics(recommendation, library), seat))


def _say_all(statistics: Iterable[Statistic], seat: Seat) -> Iterator[SeatFigure]:
    for statistic in statistics:
        value = statistic.values.get(seat.code)
        if value is not None:
            sentence = _say(statistic, seat, value)
            if sentence:
                record = statistic.record
                yield SeatFigure(
                    sentence,
                    record.source.rstrip("."),
                    format_british_date(record.date),
                    end_sentence(record.licence),
                    record.note or "",
                )


def _say(statistic: Statistic, seat: Seat, value: Decimal) -> str:
    """The statistic's sentence with its figures; empty where it needs one that there is not."""
    comparators = statistic.record.comparators
    nation_value: Decimal | None = getattr(comparators, seat.nation.replace("-", "_"))
    sentence = statistic.record.sentence
    if "{nation_value}" in sentence and nation_value is None:
        return ""
    words = {
        "seat": seat.name,
        "value": _format(value),
        "uk": _format(comparators.uk),
        "nation": NATIONS[seat.nation],
        "nation_value": _format(nation_value) if nation_value is not None else "",
    }
    for name, word in words.items():
        sentence = sentence.replace(f"{{{name}}}", word)
    return end_sentence(sentence)


def _format(value: Decimal) -> str:
    """As many decimals as its source gives, and a true minus sign."""
    return f"{value:,f}".replace("-", "−")  # noqa: RUF001 - a minus sign is meant
