"""Which fields of two records differ, and how is a field's value said?"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pydantic import JsonValue

from policy_tools.model.printing import format_british_date
from policy_tools.pack.alignment import align

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOTHING: tuple[JsonValue, ...] = (None, "", [], {})


class FieldChange(NamedTuple):
    """One field that differs: the steps to it, and what stands there; None where there is nothing."""

    steps: tuple[str | int, ...]
    was: JsonValue
    now: JsonValue

    @property
    def where(self) -> str:
        """The steps in words, items of lists counted from 1: "objections 2, response"."""
        words = ""
        for step in self.steps:
            words += f" {step}" if isinstance(step, int) else f", {step.replace('_', ' ')}"
        return words.removeprefix(", ")


def compare_fields(
    old: Mapping[str, JsonValue], new: Mapping[str, JsonValue], *, without: Sequence[str] = ()
) -> Iterator[FieldChange]:
    """What differs, in the order of the fields' names."""
    for name in sorted((old.keys() | new.keys()) - set(without)):
        yield from _compare(old.get(name), new.get(name), (name,))


def format_value(value: JsonValue) -> str:
    """In one line, as a reader would say it: dates British, yes and no, lists with semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(format_value(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(
            f"{name.replace('_', ' ')}: {format_value(item)}"
            for name, item in value.items()
            if item not in _NOTHING
        )
    text = str(value)
    return format_british_date(date.fromisoformat(text)) if _DAY.fullmatch(text) else text


def _compare(old: JsonValue, new: JsonValue, steps: tuple[str | int, ...]) -> Iterator[FieldChange]:
    if old in _NOTHING and new in _NOTHING:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted(old.keys() | new.keys()):
            yield from _compare(old.get(name), new.get(name), (*steps, name))
    elif isinstance(old, list | None) and isinstance(new, list | None):
        yield from _compare_lists(old or [], new or [], steps)
    elif old != new:
        yield FieldChange(steps, old, new)


def _compare_lists(
    old: list[JsonValue], new: list[JsonValue], steps: tuple[str | int, ...]
) -> Iterator[FieldChange]:
    olds, news = [_write(item) for item in old], [_write(item) for item in new]
    if olds != news and Counter(olds) == Counter(news):
        yield FieldChange((*steps, "order"), old, new)
        return
    for before, after in align(olds, news):
        place = (after if after is not None else before or 0) + 1
        was = None if before is None else old[before]
        now = None if after is None else new[after]
        if isinstance(was, dict) and isinstance(now, dict):
            yield from _compare(was, now, (*steps, place))
        else:
            yield FieldChange((*steps, place), was, now)


def _write(value: JsonValue) -> str:
    """The same for the same value, and like for like values."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
