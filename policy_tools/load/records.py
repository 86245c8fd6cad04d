"""Does what an author wrote make a record, and if not, what is wrong with which value?

pydantic finds the faults; this module finds their places and says them in words of our own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from policy_tools.load.sentences import (
    Steps,
    describe_wrong_kind,
    lower_first,
    name_value,
    quote_value,
    with_article,
)
from policy_tools.load.suggestion import find_nearest, suggest, suggest_slug
from policy_tools.load.yaml_text import Value, YamlText
from policy_tools.model.problem import Problem
from policy_tools.model.record import Record, find_record_type, loaded_fields

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class CheckedRecord(Generic[R]):
    """A record, or None when not even a part of it can be used.

    `is_sound` is false when anything is wrong: the record then lacks what was faulty, and is good for
    nothing but checking the rest. `faulty` names the fields of the first level with a fault in them;
    an unknown field stands there under the name it seems to mean. `dropped` names the items of lists that
    the record was made without, by field and index.
    """

    record: R | None
    problems: tuple[Problem, ...] = ()
    faulty: frozenset[str] = frozenset()
    dropped: frozenset[tuple[str, int]] = frozenset()

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.record is not None and not self.problems


@dataclass(frozen=True, slots=True)
class StandIn:
    """For a required field that is missing: a value that passes, and the one that then takes its place."""

    passing: Value
    empty: object


@dataclass(frozen=True, slots=True)
class RecordKind(Generic[R]):
    """How a kind of record is checked.

    `never_empty` names optional fields that may be left out but not left blank; `stand_ins` allow a
    record to be made although required fields are faulty; `lists` names fields of which the sound items
    are kept when others are faulty, and `groups` fields of which the sound fields are, so that those are
    checked further.
    """

    record_type: type[R]
    noun: str
    never_empty: frozenset[str] = frozenset()
    stand_ins: Mapping[str, StandIn] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


def check_record(
    kind: RecordKind[R], fields: YamlText, path: str, filled_in: Mapping[str, object] | None = None
) -> CheckedRecord[R]:
    """The record that the fields make, and every problem with them; `filled_in` is what the loader knows."""
    record_type = kind.record_type
    checking = _Checking(record_type, fields, path, kind.noun)
    written = checking.take_out_reserved(dict(fields.data), kind.never_empty)
    given = _without_blanks(written)
    loaded = dict(filled_in or {})
    try:
        record = record_type.model_validate({**given, **loaded})
    except ValidationError as error:
        checking.report_all(error)
        dropped = checking.faulty_items(kind.lists)
        kept = _without_items(given, dropped)
        partly = checking.faulty_groups(kind.groups)
        kept.update({name: _without_fields(given[name], faults) for name, faults in partly.items()})
        whole = checking.faulty - {name for name, _ in dropped if name in kept} - set(partly)
        return CheckedRecord(
            _make_without(whole, record_type, kept, loaded, kind.stand_ins),
            tuple(checking.problems),
            frozenset(checking.faulty | {checking.meant(name) for name in checking.faulty}),
            frozenset((name, index) for name, index in dropped if name not in whole),
        )
    if checking.problems:
        checking.faulty.update(checking.meant(name) for name in tuple(checking.faulty))
    return CheckedRecord(record, tuple(checking.problems), frozenset(checking.faulty))


def _without_blanks(data: dict[str, Value]) -> dict[str, Value]:
    """The fields that say something: a name with nothing after it counts as left out.

    A number stands there as a name when a figure is cut in two by a comma, and is to be told.
    """
    return {
        name: _drop_blanks(value)
        for name, value in data.items()
        if value is not None or (name.isascii() and name.isdigit())
    }


def _drop_blanks(value: Value) -> Value:
    if isinstance(value, dict):
        return _without_blanks(value)
    return [_drop_blanks(item) for item in value] if isinstance(value, list) else value


def _without_items(given: Mapping[str, Value], dropped: frozenset[tuple[str, int]]) -> dict[str, Value]:
    """The fields without some items of their lists; a list of which nothing is left is left out."""
    kept = dict(given)
    for name in {name for name, _ in dropped}:
        value = kept.pop(name)
        items = value if isinstance(value, list) else []
        if left := [item for index, item in enumerate(items) if (name, index) not in dropped]:
            kept[name] = left
    return kept


def _without_fields(group: Value, faulty: frozenset[str]) -> Value:
    """A group of fields without some of them."""
    return (
        {name: value for name, value in group.items() if name not in faulty}
        if isinstance(group, dict)
        else {}
    )


def _make_without(
    faulty: set[str],
    record_type: type[R],
    given: Mapping[str, Value],
    loaded: Mapping[str, object],
    stand_ins: Mapping[str, StandIn],
) -> R | None:
    """The record without its faulty fields, or None when it cannot be made."""
    kept: dict[str, object] = {name: value for name, value in given.items() if name not in faulty}
    kept.update(loaded)
    missing = [
        name for name, info in record_type.model_fields.items() if info.is_required() and name not in kept
    ]
    if any(name not in stand_ins for name in missing):
        return None
    kept.update({name: stand_ins[name].passing for name in missing})
    try:
        record = record_type.model_validate(kept)
    except ValidationError:
        return None
    return record.model_copy(update={name: stand_ins[name].empty for name in missing})


class _Checking:
    """The problems of one record, as they are found."""

    def __init__(self, record_type: type[Record], fields: YamlText, path: str, noun: str) -> None:
        self.record_type = record_type
        self.fields = fields
        self.path = path
        self.noun = noun
        self.faulty: set[str] = {steps.split(".")[0] for steps in fields.broken}
        self._faults: set[Steps] = {(name,) for name in self.faulty}
        self.problems: list[Problem] = []

    def take_out_reserved(self, data: dict[str, Value], never_empty: frozenset[str]) -> dict[str, Value]:
        """The data without what only the loader may say, and without what says nothing but has to."""
        reserved = loaded_fields(self.record_type)
        for name in list(data):
            if name in reserved:
                self.report_unknown((name,))
                del data[name]
            elif data[name] is None and name in never_empty and name not in self.fields.broken:
                self.faulty.add(name)
                self.report(
                    (name,),
                    "front-matter.empty-field",
                    f'"{name}" is empty.',
                    "Fill it in or take the line away.",
                )
        return data

    def report(self, steps: Steps, code: str, message: str, hint: str = "", *, at_key: bool = False) -> None:
        place = self.fields.key_place(*steps) if at_key else self.fields.place(*steps)
        problem = Problem(self.path, place.line, place.column, code, message, hint)
        self.problems.append(problem)

    def report_all(self, error: ValidationError) -> None:
        for details in error.errors(include_url=False):
            steps = self.find_steps(details)
            if steps:
                self.faulty.add(str(steps[0]))
                self._faults.add(steps)
            if details["type"] == "too_short" and details["input"]:
                continue  # its items are at fault, of which each is told
            if details["type"] == "extra_forbidden" or _join(steps) not in self.fields.broken:
                self.report_one(steps, details)

    def faulty_groups(self, groups: frozenset[str]) -> dict[str, frozenset[str]]:
        """The fields at fault of those groups in which nothing else is."""
        found: dict[str, frozenset[str]] = {}
        for name in groups & self.faulty:
            steps = [fault for fault in self._faults if fault[0] == name]
            if all(len(fault) > 1 for fault in steps):
                found[name] = frozenset(str(fault[1]) for fault in steps)
        return found

    def faulty_items(self, lists: frozenset[str]) -> frozenset[tuple[str, int]]:
        """The items at fault of those lists in which nothing else is."""
        items = {
            steps: (str(steps[0]), steps[1])
            for steps in self._faults
            if steps[0] in lists and len(steps) > 1 and isinstance(steps[1], int)
        }
        elsewhere = {str(steps[0]) for steps in self._faults if steps not in items}
        return frozenset(item for item in items.values() if item[0] not in elsewhere)

    def find_steps(self, details: ErrorDetails) -> Steps:
        """The way to the value at fault in what was written, without pydantic's own names for choices."""
        value: Value = dict(self.fields.data)
        steps: list[str | int] = []
        for index, step in enumerate(details["loc"]):
            is_last = index == len(details["loc"]) - 1
            if isinstance(value, dict) and isinstance(step, str) and (step in value or is_last):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                continue
            steps.append(step)
        return tuple(steps)

    def report_one(self, steps: Steps, details: ErrorDetails) -> None:
        kind, value = details["type"], details["input"]
        if kind == "missing":
            self.report_missing(steps)
        elif kind == "extra_forbidden":
            self.report_unknown(steps)
        elif kind == "value_error":
            self.report_invalid(steps, details)
        elif kind in {"enum", "literal_error"}:
            options = re.findall(r"'([^']*)'", str(details.get("ctx", {}).get("expected", "")))
            self.report(
                steps,
                "front-matter.unknown-value",
                f"{name_value(steps)} cannot be {quote_value(value)}: it is one of {', '.join(options)}.",
                _did_you_mean(value, options),
            )
        elif kind in {"string_too_short", "too_short"}:
            self.report(
                steps,
                "front-matter.empty-field",
                f"{name_value(steps)} is empty.",
                "Fill it in or take it away.",
            )
        else:
            message, hint = describe_wrong_kind(kind, name_value(steps), value, details.get("ctx", {}))
            self.report(steps, "front-matter.wrong-kind", message, hint)

    def report_missing(self, steps: Steps) -> None:
        *parents, name = steps
        whole = with_article(self.noun).capitalize() if not parents else name_value(tuple(parents))
        is_blank = _join(steps) in self.fields.key_places
        problem = f"{name_value(steps)} is empty." if is_blank else f'{whole} needs the field "{name}".'
        self.report(
            steps, "front-matter.missing-field", problem, f"Write {name}: and its value.", at_key=is_blank
        )

    def report_unknown(self, steps: Steps) -> None:
        self.faulty.add(str(steps[0]))
        *parents, name = steps
        record_type = find_record_type(self.record_type, tuple(parents))
        whole = with_article(self.noun) if not parents else name_value(tuple(parents))
        known = (
            frozenset(record_type.model_fields) - loaded_fields(record_type) if record_type else frozenset()
        )
        hint = suggest(str(name), known) or f"docs/records.md lists the fields of {with_article(self.noun)}."
        if str(name).isdigit():
            hint = "A comma cuts a figure in two: write 1250, not 1,250."
        self.report(
            steps,
            "front-matter.unknown-field",
            f'There is no field "{name}" in {lower_first(whole)}.',
            hint,
            at_key=True,
        )

    def report_invalid(self, steps: Steps, details: ErrorDetails) -> None:
        message = str(details.get("ctx", {}).get("error", details["msg"]))
        value = details["input"]
        is_name = message.startswith("A name here") and isinstance(value, str)
        self.report(steps, "front-matter.invalid-value", message, suggest_slug(value) if is_name else "")

    def meant(self, name: str) -> str:
        """The field that a name stands for: itself, or the field it is most like."""
        if name in self.record_type.model_fields:
            return name
        return find_nearest(name, self.record_type.model_fields) or name


def _join(steps: Steps) -> str:
    return ".".join(str(step) for step in steps)


def _did_you_mean(value: object, options: list[str]) -> str:
    nearest = find_nearest(str(value), options)
    return f'Did you mean "{nearest}"?' if nearest else ""
