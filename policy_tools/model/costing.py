"""What do the costings of recommendations add up to, year by year, and how is a sum printed?"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from policy_tools.model.recommendation import Recommendation

_BILLION = Decimal(1000)


@dataclass(frozen=True, slots=True)
class YearTotal:
    """One financial year, in £ million: plus improves the public finances."""

    year: str
    low: Decimal
    central: Decimal
    high: Decimal


def total_by_year(recommendations: Iterable[Recommendation], kind: str = "") -> tuple[YearTotal, ...]:
    """The sums of all lines of each year that has any, earliest first; of one kind where it is named."""
    sums: dict[str, list[Decimal]] = {}
    for recommendation in recommendations:
        for line in recommendation.record.cost.lines if recommendation.record.cost else ():
            if kind and line.kind != kind:
                continue
            total = sums.setdefault(line.year, [Decimal(), Decimal(), Decimal()])
            for place, value in enumerate((line.low, line.central, line.high)):
                total[place] += value
    return tuple(YearTotal(year, *sums[year]) for year in sorted(sums))


def list_price_bases(recommendations: Iterable[Recommendation]) -> tuple[str, ...]:
    """In whose pounds the costings are: more than one, and the sums above are of unlike things."""
    bases = (
        recommendation.record.cost.price_base
        for recommendation in recommendations
        if recommendation.record.cost and recommendation.record.cost.lines
    )
    return tuple(sorted({base for base in bases if base}))


def format_millions(value: Decimal) -> str:
    """Such as "£1.2 billion", "£350 million" or "£0"; what is below nothing has a true minus sign."""
    sign = "−" if value < 0 else ""  # noqa: RUF001 - a minus sign is meant
    size = abs(value)
    if size == 0:
        return "£0"
    if size >= _BILLION:
        return f"{sign}£{_plain(size / _BILLION)} billion"
    return f"{sign}£{_plain(size)} million"


def _plain(value: Decimal) -> str:
    """With one decimal where it says something, and commas between thousands."""
    rounded = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    whole = rounded == rounded.to_integral_value()
    return f"{rounded.to_integral_value():,}" if whole else f"{rounded:,}"
