"""Is the end of an embargo one moment, or is it refused?"""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from policy_tools.model.embargo import Embargo


@pytest.mark.parametrize(
    ("until", "zone", "expected"),
    [
        ("2026-11-22T00:01:00+00:00", None, datetime(2026, 11, 22, 0, 1, tzinfo=UTC)),
        ("2026-11-22T00:01Z", None, datetime(2026, 11, 22, 0, 1, tzinfo=UTC)),
        ("2026-11-22 00:01", "Europe/London", datetime(2026, 11, 22, 0, 1, tzinfo=UTC)),
        ("2026-06-22T00:01", "Europe/London", datetime(2026, 6, 21, 23, 1, tzinfo=UTC)),
        ("2026-06-22T00:01+01:00", "Europe/London", datetime(2026, 6, 21, 23, 1, tzinfo=UTC)),
        ("2026-06-22T00:01", "UTC", datetime(2026, 6, 22, 0, 1, tzinfo=UTC)),
        ("2026-10-25T01:30+01:00", "Europe/London", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T01:30+00:00", "Europe/London", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2026-03-29T02:00", "Europe/London", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_that_can_be_read_in_one_way(until: str, zone: str | None, expected: datetime) -> None:
    embargo = Embargo.model_validate({"until": until, "zone": zone})
    assert embargo.until.utcoffset() is not None
    assert embargo.until.astimezone(UTC) == expected


@pytest.mark.parametrize(
    ("until", "zone", "words"),
    [
        ("2026-11-22T00:01", None, "neither its offset nor its zone"),
        ("2026-10-25T01:30", "Europe/London", "happens twice"),
        ("2026-03-29T01:30", "Europe/London", "never happens"),
        ("2026-06-22T00:01+00:00", "Europe/London", "not the one Europe/London has"),
        ("2026-11-22T00:01", "Europe/Londn", 'no time zone called "Europe/Londn"'),
        ("2026-11-22T00:01", "../../etc/passwd", "no time zone"),
        ("2026-11-22T00:01", "localtime", "no time zone"),
        ("2026-11-22T00:01", "Europe", "no time zone"),
        ("2026-11-22", "Europe/London", "ends at a date and a time"),
        ("1767225600", "Europe/London", "ends at a date and a time"),
        (1767225600, None, "ends at a date and a time"),
        ("22 November 2026 00:01", "Europe/London", "ends at a date and a time"),
        ("2026-02-30T00:01Z", None, "no such moment"),
        ("2026-11-22T24:00Z", None, "ends at a date and a time"),
        ("2026-11-22T00:01+25:00", None, "no such moment"),
    ],
)
def test_a_moment_that_nobody_can_be_sure_of_is_refused(until: object, zone: str | None, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Embargo.model_validate({"until": until, "zone": zone})
    errors = [str(error.get("ctx", {}).get("error")) for error in caught.value.errors()]
    assert len(errors) == 1
    assert words in errors[0]
