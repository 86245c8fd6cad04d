"""What every record of the content has in common: frozen, strict, no unknown fields."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$")]
"""A name that is safe in an address, a file name and an anchor: `[a-z0-9-]`, 1 to 80 characters."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A line or paragraph of plain words; never empty."""

Nation = Literal["england", "scotland", "wales", "northern-ireland"]


def _check_web_address(value: str) -> str:
    if not re.match(r"^https?://[^\s/]+(/\S*)?$", value):
        raise ValueError("This is not a web address. Write it whole, starting with https://.")
    return value


WebAddress = Annotated[str, AfterValidator(_check_web_address)]

_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


def _check_email(value: str) -> str:
    if not _EMAIL.match(value):
        raise ValueError("This is not an e-mail address.")
    return value


Email = Annotated[str, AfterValidator(_check_email)]


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
    if not re.match(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$", bare):
        raise ValueError("An ORCID iD has four groups of four digits, such as 0000-0002-1825-0097.")
    if not orcid_checksum_holds(bare):
        raise ValueError("The last character of this ORCID iD does not match the rest: it was mistyped.")
    return bare


Orcid = Annotated[str, AfterValidator(_check_orcid)]


class Record(BaseModel):
    """A record as an author writes it. Unknown fields are errors; values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
