"""Is this a date that BibLaTeX and pandoc can read?"""

import re
from calendar import monthrange

_YEAR = re.compile(r"-?\d{1,4}")
_APPROXIMATE_YEAR = re.compile(
    r"(?:c(?:a|irca)?\.?\s*)?-?\d{4}(?:[a-z]|\s*[?~%]|\s*[-–/]+\s*\d{2,4})?", re.IGNORECASE
)
_NO_YEAR = re.compile(
    r"(?:n\.?\s?d\.?|no date|in\s?press|forthcoming|to appear|submitted|in preparation|accepted"
    r"|under review)\.?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(-?\d{4}|\d{3}[X]|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX)(?:T[\d:]+(?:Z|[+-][\d:]+)?)?)?)?[?~%]?"
)
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_LAST_SEASON = 24
_FIRST_SEASON = 21


def check_year(value: str) -> str:
    """What is wrong with a `year`, in words; empty when nothing is."""
    plain = value.strip("{}[]() .,;")
    if _YEAR.fullmatch(plain) or _APPROXIMATE_YEAR.fullmatch(plain) or _NO_YEAR.fullmatch(plain):
        return ""
    return f"the year “{value}” is not a year such as 2024"


def check_month(value: str) -> str:
    """What is wrong with a `month`, in words; empty when nothing is."""
    plain = value.strip("{}. ").lower()
    if plain[:3] in _MONTHS or (plain.isascii() and plain.isdigit() and 1 <= int(plain[:4]) <= _LAST_SEASON):
        return ""
    return f"the month “{value}” is not a month such as 3 or mar"


def check_date(value: str) -> str:
    """What is wrong with a `date`, in words; empty when nothing is."""
    ends = value.strip("{} ").split("/")
    if len(ends) <= 2 and any(ends) and all(end in ("", "..") or _is_day(end) for end in ends):  # noqa: PLR2004
        return ""
    if _NO_YEAR.fullmatch(value.strip("{} ")):
        return ""
    return f"the date “{value}” is not a date such as 2024-03-31, 2024-03 or 2024"


def _is_day(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = match[1], match[2], match[3]
    if month is None or month == "XX":
        return True
    number = int(month)
    if _FIRST_SEASON <= number <= _LAST_SEASON:
        return day is None
    if not 1 <= number <= 12:  # noqa: PLR2004
        return False
    if day is None or day == "XX" or not year.isdigit():
        return True
    return 1 <= int(day) <= monthrange(max(int(year), 1), number)[1]
