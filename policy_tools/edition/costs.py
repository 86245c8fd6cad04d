"""How are costings put into words and tables: of one recommendation, of many, year by year?

Sums are in £ million; plus improves the public finances.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from policy_tools.model.costing import format_millions, list_price_bases, total_by_year
from policy_tools.model.recommendation import Cost, Recommendation
from policy_tools.model.terms import BUDGETS, RATINGS

EFFECTS = {
    "costs": "Costs money",
    "raises": "Raises money",
    "neutral": "Neither, on balance",
    "none": "No costing",
}
SIZES = {
    "under-100m": "Under £100 million",
    "100m-1bn": "£100 million to £1 billion",
    "1bn-10bn": "£1 billion to £10 billion",
    "over-10bn": "£10 billion and over",
}
_SIZE_LIMITS = ((Decimal(100), "under-100m"), (Decimal(1000), "100m-1bn"), (Decimal(10_000), "1bn-10bn"))


@dataclass(frozen=True, slots=True)
class CostWords:
    """A costing in a few words: "Costs £1.2 billion", its range where it has one, its years, its prices."""

    central: str
    low: str
    high: str
    years: str
    base: str


@dataclass(frozen=True, slots=True)
class SumRow:
    """A row of sums as printed, under a heading: a year, a programme, a kind of budget."""

    heading: str
    kind: str
    low: str
    central: str
    high: str


@dataclass(frozen=True, slots=True)
class Costing:
    """The costing of one recommendation; `total` stands below more than one line."""

    base: str
    rows: tuple[SumRow, ...]
    total: SumRow | None
    method: str
    source: str
    uncertainty: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class YearTotals:
    """Costings added up by year; `bases` are the prices that they are in, more than one asking for care."""

    rows: tuple[SumRow, ...]
    total: SumRow
    bases: tuple[str, ...]


def word_cost(recommendation: Recommendation) -> CostWords | None:
    """What a recommendation costs or raises over all its years; None without a costing."""
    cost = recommendation.record.cost
    if cost is None or not cost.lines:
        return None
    low, central, high = recommendation.total
    is_range = low != high
    return CostWords(
        central=word_effect(central),
        low=format_millions(low) if is_range else "",
        high=format_millions(high) if is_range else "",
        years=word_years(line.year for line in cost.lines),
        base=cost.price_base or "",
    )


def word_effect(value: Decimal) -> str:
    """A sum as a thing done to the public finances."""
    if value == 0:
        return "No net cost"
    return f"{'Costs' if value < 0 else 'Raises'} {format_millions(abs(value))}"


def word_years(years: Iterable[str]) -> str:
    """The first year and the last: "2027-28 to 2031-32"."""
    ordered = sorted(set(years))
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"


def classify_effect(recommendation: Recommendation) -> str:
    """One of `EFFECTS`."""
    cost = recommendation.record.cost
    if cost is None or not cost.lines:
        return "none"
    central = recommendation.total[1]
    return "neutral" if central == 0 else "costs" if central < 0 else "raises"


def classify_size(recommendation: Recommendation) -> str:
    """One of `SIZES`, by the central figure over all years; empty without a costing."""
    cost = recommendation.record.cost
    if cost is None or not cost.lines:
        return ""
    size = abs(recommendation.total[1])
    return next((name for limit, name in _SIZE_LIMITS if size < limit), "over-10bn")


def build_costing(recommendation: Recommendation) -> Costing | None:
    """The table of one costing, and how it came about."""
    cost = recommendation.record.cost
    if cost is None:
        return None
    rows = tuple(
        SumRow(line.year, BUDGETS[line.kind], *map(format_millions, (line.low, line.central, line.high)))
        for line in cost.lines
    )
    return Costing(
        base=cost.price_base or "",
        rows=rows,
        total=_sum_row("All years", recommendation.total) if len(rows) > 1 else None,
        method=cost.method or "",
        source=cost.source or "",
        uncertainty=_rate(cost),
    )


def add_up(recommendations: Iterable[Recommendation]) -> YearTotals | None:
    """The costings of several recommendations by year; None where there is none."""
    items = tuple(recommendations)
    years = total_by_year(items)
    if not years:
        return None
    return YearTotals(
        rows=tuple(_sum_row(year.year, (year.low, year.central, year.high)) for year in years),
        total=_sum_row(
            "All years",
            (
                sum((year.low for year in years), Decimal()),
                sum((year.central for year in years), Decimal()),
                sum((year.high for year in years), Decimal()),
            ),
        ),
        bases=list_price_bases(items),
    )


def _sum_row(heading: str, sums: tuple[Decimal, Decimal, Decimal]) -> SumRow:
    return SumRow(heading, "", *map(format_millions, sums))


def _rate(cost: Cost) -> tuple[tuple[str, str], ...]:
    ratings = cost.uncertainty
    if ratings is None:
        return ()
    return (
        ("Data", RATINGS[ratings.data]),
        ("Modelling", RATINGS[ratings.modelling]),
        ("Behaviour", RATINGS[ratings.behaviour]),
        ("All in all", RATINGS[ratings.overall]),
    )
