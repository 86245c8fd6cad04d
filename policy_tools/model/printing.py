"""How are dates, names and sums printed, in the same words on a page, in a PDF and in a Word file?"""

from collections.abc import Sequence
from datetime import date, datetime

from policy_tools.model.embargo import Embargo
from policy_tools.model.paper import Funding

_MONTHS = "January February March April May June July August September October November December".split()


def format_british_date(value: date) -> str:
    """Such as "22 November 2026", whatever the machine's locale."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def format_moment_of_embargo(until: datetime) -> str:
    """Such as "Embargoed until 00:01 on 1 March 2027 (Europe/London)"."""
    return f"Embargoed until {until:%H:%M} on {format_british_date(until)} ({until.tzinfo})"


def format_embargo(until: datetime, embargo: Embargo | None) -> str:
    """What whoever is shown a paper before `until` has to keep to: the embargo's own label where it has one.

    The label says nothing of a day of publication that comes after the embargo.
    """
    if embargo and embargo.label and embargo.until == until:
        return embargo.label if embargo.label.endswith((".", "!", "?")) else f"{embargo.label}."
    return f"{format_moment_of_embargo(until)}. Not to be shown or quoted before."


def format_names(names: Sequence[str]) -> str:
    """A list as said: "A", "A and B", "A, B and C"."""
    if len(names) < 2:  # noqa: PLR2004
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def format_sum(funding: Funding) -> str:
    """What a funder gave: "£12,000", or the band that the sum lies in; empty when neither is told."""
    return f"£{funding.amount:,}" if funding.amount is not None else funding.band or ""
