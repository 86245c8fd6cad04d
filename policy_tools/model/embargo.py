"""When a paper may first be seen: a moment that nobody can read in two ways."""

import re
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, ValidationInfo, field_validator

from policy_tools.model.record import Record, Text

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ](?:[01]\d|2[0-3]):\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z0-9_+-]*){1,2}", re.ASCII)


def load_zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name such as Europe/London; ValueError, in plain words, for any other name."""
    # The pattern keeps names such as ../../etc/passwd and localtime away from the file system.
    if _ZONE.fullmatch(name):
        try:
            return ZoneInfo(name)
        except (KeyError, OSError, ValueError):
            pass
    raise ValueError(f'There is no time zone called "{name}". Write one such as Europe/London.')


def _check_zone(value: object) -> object:
    return load_zone(value).key if isinstance(value, str) else value


def _parse_moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if not (isinstance(value, str) and _MOMENT.fullmatch(value)):
        raise ValueError(
            "An embargo ends at a date and a time, with an offset or beside a zone: 2026-11-22T00:01+00:00."
        )
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"There is no such moment as {value}.") from None


def _place_in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """The one instant that a clock in the zone calls `moment`; ValueError when there are none or two."""
    local = moment.replace(tzinfo=zone)
    first, second = local.utcoffset(), local.replace(fold=1).utcoffset()
    if first != second:
        back = local.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        fault = "happens twice" if back == moment else "never happens"
        raise ValueError(
            f"{moment:%H:%M on %Y-%m-%d} {fault} in {zone.key}: the clocks change. "
            "Write the time with its offset."
        )
    return local


class Embargo(Record):
    """Nothing of the paper is public before `until`: an aware time, by offset or by named `zone`.

    `until` is always aware once loaded. Given both an offset and a zone, they must agree.
    """

    zone: Annotated[Text, BeforeValidator(_check_zone)] | None = None
    until: datetime
    label: Text | None = None

    @field_validator("until", mode="before")
    @classmethod
    def _settle_moment(cls, value: object, info: ValidationInfo) -> datetime:
        moment = _parse_moment(value)
        zone_was_refused = "zone" not in info.data
        name = info.data.get("zone")
        if name is None:
            if moment.utcoffset() is None and not zone_was_refused:
                raise ValueError(
                    "This time says neither its offset nor its zone. Write zone: Europe/London below it, "
                    "or add the offset, such as +00:00."
                )
            return moment
        zone = load_zone(name)
        if moment.utcoffset() is None:
            return _place_in_zone(moment, zone)
        if moment.astimezone(zone).utcoffset() != moment.utcoffset():
            raise ValueError(
                f"The offset is not the one {name} has at that time. Leave out the offset or the zone."
            )
        return moment
