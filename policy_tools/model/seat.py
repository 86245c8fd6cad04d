"""A seat of the House of Commons, and a statistic that is valid at that geography."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from policy_tools.model.record import Decimals, Nation, PlainDate, Record, Slug, Text


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the 650 constituencies of 2024, by its ONS code, never by its Member."""

    code: str
    name: str

    @property
    def nation(self) -> Nation:
        """The nation that the first letter of an ONS code stands for."""
        return _NATIONS[self.code[:1]]


_NATIONS: Mapping[str, Nation] = {
    "E": "england",
    "W": "wales",
    "S": "scotland",
    "N": "northern-ireland",
}


class Comparators(Record):
    """The same statistic for the United Kingdom and its nations, as its source gives it."""

    uk: Decimals
    england: Decimals | None = None
    scotland: Decimals | None = None
    wales: Decimals | None = None
    northern_ireland: Decimals | None = None


class StatisticRecord(Record):
    """`content/statistics/<id>.yaml`, beside `<id>.csv` with the columns `code` and `value`.

    `geography` says at which geography the figures are valid: only `constituency-2024` reaches seat briefs.
    `sentence` is how a figure is said, with {seat}, {value}, {uk}, {nation} and {nation_value} in it.
    """

    title: Text
    unit: Text
    sentence: Text
    source: Text
    date: PlainDate
    licence: Text
    geography: Literal["constituency-2024", "region", "nation"]
    comparators: Comparators
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Statistic:
    """A statistic as loaded; `values` are by ONS code."""

    id: Slug
    record: StatisticRecord
    path: str
    values: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    is_private: bool = False
