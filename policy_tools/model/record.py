"""What every record of the content has in common: frozen, strict, no unknown fields.

The kinds of value below say in a sentence of their own what is wrong with one, since authors read it.
None of them guesses: "3" is no number, `yes` is no truth value, and a count of seconds is no date.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from policy_tools.model.slug import SLUG


def matching(pattern: str | re.Pattern[str], sentence: str) -> AfterValidator:
    """A check that a text is wholly of a pattern, and the sentence for one that is not."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(sentence)
        return value

    return AfterValidator(check)


Slug = Annotated[
    str,
    matching(
        SLUG,
        "A name here has 1 to 80 small letters, digits and hyphens, and no hyphen at either end.",
    ),
]
"""A name that is safe in an address, a file name and an anchor."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A line or paragraph of plain words; never empty."""

Nation = Literal["england", "scotland", "wales", "northern-ireland"]

WholeNumber = Annotated[int, Field(strict=True)]
"""A number as a number: neither "3" in quotes nor true."""

Count = Annotated[int, Field(strict=True, ge=1)]
"""A whole number from 1."""

Pounds = Annotated[int, Field(strict=True, ge=0)]
"""A sum in whole pounds."""


def _check_decimal(value: object) -> Decimal:
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return Decimal(value)
    if not (isinstance(value, str) and re.fullmatch(r"[-+]?[0-9]{1,9}(\.[0-9]{1,3})?", value)):
        raise ValueError("A figure is written in digits, such as -1250 or 0.5, without commas or £.")
    return Decimal(value)


Decimals = Annotated[Decimal, BeforeValidator(_check_decimal)]
"""A figure with or without decimals."""

Millions = Decimals
"""A sum in £ million."""


def _check_financial_year(value: str) -> str:
    if not re.fullmatch(r"20[0-9]{2}-[0-9]{2}", value):
        raise ValueError("A financial year is written 2027-28, from April to March.")
    if (int(value[2:4]) + 1) % 100 != int(value[5:]):
        raise ValueError(f"A financial year is written 2027-28: {value} are not two years that follow.")
    return value


FinancialYear = Annotated[str, AfterValidator(_check_financial_year)]
"""April to March, written 2027-28."""

TrueOrFalse = Annotated[bool, Field(strict=True)]
"""`true` or `false`, and neither `yes` nor 1."""

WebAddress = Annotated[
    str,
    matching(
        r"https?://[^\s/]+(/\S*)?", "This is not a web address. Write it whole, starting with https://."
    ),
]

Email = Annotated[
    str, matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "This is not an e-mail address, such as press@example.org.")
]


def _check_date(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        raise ValueError("A date is written year-month-day, such as 2026-11-22.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"There is no such day as {value} in the calendar.") from None


PlainDate = Annotated[date, BeforeValidator(_check_date)]
"""A day of the calendar, written 2026-11-22 and in no other way."""


def _wrap_one(value: object) -> object:
    return (value,) if isinstance(value, str) else value


OneOrMore = BeforeValidator(_wrap_one)
"""Lets an author leave out the brackets of a list of one name: `programmes: economy`."""


def orcid_checksum_holds(orcid: str) -> bool:
    """Whether the last character of a bare ORCID iD is its ISO 7064 MOD 11-2 check digit."""
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    remainder = (12 - total % 11) % 11
    return digits[-1] == "0123456789X"[remainder]


def _check_orcid(value: str) -> str:
    bare = value.removeprefix("https://orcid.org/")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", bare):
        raise ValueError("An ORCID iD has four groups of four digits, such as 0000-0002-1825-0097.")
    if not orcid_checksum_holds(bare):
        raise ValueError("The last character of this ORCID iD does not match the rest: it was mistyped.")
    return bare


Orcid = Annotated[str, AfterValidator(_check_orcid)]


def isbn_checksum_holds(isbn: str) -> bool:
    """Whether the last digit of an ISBN-13 (hyphens and spaces allowed) is its check digit."""
    digits = [int(character) for character in isbn if character in "0123456789"]
    weighted = sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return weighted % 10 == 0


def _check_isbn(value: str) -> str:
    if not re.fullmatch(r"(?:[0-9][- ]?){12}[0-9]", value):
        raise ValueError("An ISBN has thirteen digits, such as 978-1-4028-9462-6.")
    if not isbn_checksum_holds(value):
        raise ValueError("The last digit of this ISBN does not match the rest: it was mistyped.")
    return value


Isbn = Annotated[str, AfterValidator(_check_isbn)]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Marks a field that the loader fills in and no author may write: `Annotated[str, Loaded()]`."""


class Record(BaseModel):
    """A record as an author writes it. Unknown fields are errors; values never change.

    How records of a kind are checked is worked out for the first of them: what is kept is checked no more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


def loaded_fields(record_type: type[Record]) -> frozenset[str]:
    """The names of the fields that the loader fills in."""
    return frozenset(
        name
        for name, field in record_type.model_fields.items()
        if any(isinstance(mark, Loaded) for mark in field.metadata)
    )


def find_record_type(record_type: type[Record], steps: Iterable[str | int]) -> type[Record] | None:
    """The kind of record that stands at the end of the steps: names of fields, and places in lists."""
    found: type[Record] | None = record_type
    for step in steps:
        if isinstance(step, str):
            info = found.model_fields.get(step) if found else None
            found = _find_in_annotation(info.annotation) if info else None
    return found


def _find_in_annotation(annotation: object) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    inner = (_find_in_annotation(part) for part in get_args(annotation))
    return next((found for found in inner if found), None)


def choose_by_shape(text: str, mapping: str) -> Callable[[object], str]:
    """A pydantic discriminator for a value that is either a name or a mapping of fields."""

    def choose(value: object) -> str:
        return text if isinstance(value, str) else mapping

    return choose
