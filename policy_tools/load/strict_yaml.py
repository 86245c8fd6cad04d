"""YAML as authors mean it: which values does a text hold, and where does each stand?

A small part of YAML, read from libyaml's events: mappings, lists and scalars. Text is text unless it is
plainly a whole number, true, false or null; dates stay text; `yes` and `no` are words. Duplicate keys,
aliases, anchors, tags and merge keys are refused, depth and length are bounded, and every fault is
reported with its place, as far as the text can be read at all.
"""

from dataclasses import dataclass

import yaml

from policy_tools.load.yaml_faults import find_fault
from policy_tools.load.yaml_scalars import FORBIDDEN, describe_character, resolve_scalar
from policy_tools.load.yaml_text import Value, YamlText
from policy_tools.model.problem import Problem

MAX_CHARACTERS = 200_000
MAX_DEPTH = 12
MAX_VALUES = 10_000
MAX_REPEATS = 50
_REPEAT_CODES = frozenset({"front-matter.alias", "front-matter.anchor"})


def parse_yaml(text: str, path: str, first_line: int = 1) -> YamlText:
    """The values of a YAML text whose first line is line `first_line` of the file `path`."""
    reading = _Reading(path, first_line)
    if len(text) > MAX_CHARACTERS:
        reading.report(0, 0, "front-matter.too-long", f"This is longer than {MAX_CHARACTERS:,} characters.")
        reading.is_unreadable = True
        return reading.close()
    reading.read(reading.replace_forbidden(text))
    return reading.close()


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being filled. `steps` is None inside a value that is thrown away."""

    value: dict[str, Value] | list[Value]
    steps: str | None
    key: str | None = None
    discards_next: bool = False

    @property
    def expects_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None and not self.discards_next


class _TooMuchError(Exception):
    """The text is of a kind that is not worth reading further."""


class _Reading:
    """One pass over the events of a text."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.root: Value = None
        self.frames: list[_Frame] = []
        self.places: dict[str, tuple[int, int]] = {}
        self.key_places: dict[str, tuple[int, int]] = {}
        self.broken: set[str] = set()
        self.problems: list[Problem] = []
        self.values = 0
        self.is_unreadable = False
        self.documents = 0
        self.repeats: list[yaml.Event] = []

    def report(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        place = (line + self.first_line, column + 1)
        self.problems.append(Problem(self.path, *place, code, message, hint))

    def place(self, event: yaml.Event) -> tuple[int, int]:
        line, column = _spot(event)
        return line + self.first_line, column + 1

    def report_at(self, event: yaml.Event, code: str, message: str, hint: str = "") -> None:
        self.report(*_spot(event), code, message, hint)

    def replace_forbidden(self, text: str) -> str:
        """The text with a space for each character that may not stand in it, which is reported."""
        if not FORBIDDEN.search(text):
            return text
        for number, line in enumerate(text.split("\n")):
            for found in FORBIDDEN.finditer(line):
                self.report(
                    number,
                    found.start(),
                    "front-matter.control-character",
                    describe_character(found[0]),
                    "Delete it and type it anew.",
                )
        return FORBIDDEN.sub(" ", text)

    def read(self, text: str) -> None:
        try:
            for event in yaml.parse(text, Loader=yaml.CSafeLoader):
                self.take(event)
        except _TooMuchError:
            self.root, self.is_unreadable = None, True
        except yaml.MarkedYAMLError as error:
            self.root, self.is_unreadable = None, True
            self.report_syntax(error)

    def report_syntax(self, error: yaml.MarkedYAMLError) -> None:
        words = f"{error.problem} {error.context or ''}"
        known = find_fault(words)
        mark = error.problem_mark or error.context_mark
        if known and known.at_opening:
            mark = error.context_mark or mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        if known and known.in_bracket and self.frames:
            opened_line, opened_column = self.places.get(self.frames[-1].steps or "", (line, column))
            line, column = opened_line - self.first_line, opened_column - 1
        message = known.message if known else f"This cannot be read as YAML: {error.problem}."
        self.report(line, column, "front-matter.syntax", message, known.hint if known else "")

    def take(self, event: yaml.Event) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            self.report_at(event, "front-matter.too-long", f"There are more than {MAX_VALUES:,} values here.")
            raise _TooMuchError
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.report_at(
                        event, "front-matter.syntax", "A second document begins here.", "Take the line away."
                    )
                    raise _TooMuchError
            case yaml.AliasEvent():
                self.take_alias(event)
            case yaml.ScalarEvent():
                self.take_scalar(event)
            case yaml.MappingStartEvent():
                self.open(event, {})
            case yaml.SequenceStartEvent():
                self.open(event, [])
            case yaml.CollectionEndEvent():
                self.frames.pop()

    def note_repeat(self, event: yaml.Event) -> None:
        """Count what names or repeats a value; of a text that is full of it, say so once."""
        self.repeats.append(event)
        if len(self.repeats) <= MAX_REPEATS:
            return
        self.problems = [problem for problem in self.problems if problem.code not in _REPEAT_CODES]
        message = (
            f"Here and more than {MAX_REPEATS} times below, a value is repeated from elsewhere by & and *."
        )
        self.report_at(
            self.repeats[0], "front-matter.alias", message, "Write each value out where it belongs."
        )
        raise _TooMuchError

    def take_alias(self, event: yaml.AliasEvent) -> None:
        self.note_repeat(event)
        self.report_at(
            event,
            "front-matter.alias",
            f'"*{event.anchor}" repeats a value from elsewhere, which is not allowed here.',
            "Write the value out, or put a text that begins with * in quotes.",
        )
        if self.expects_key():
            self.discard_next()
            return
        self.add(None, event, broken=True)

    def take_scalar(self, event: yaml.ScalarEvent) -> None:
        broken = self.refuse_extras(event)
        if self.expects_key():
            self.take_key(event)
            return
        if found := FORBIDDEN.search(event.value):
            self.report_at(
                event, "front-matter.control-character", describe_character(found[0]), "Take it out."
            )
            broken = True
        self.add(resolve_scalar(event), event, broken=broken)

    def take_key(self, event: yaml.ScalarEvent) -> None:
        frame = self.frames[-1]
        name = event.value
        if name == "<<" and not event.style:
            self.report_at(
                event,
                "front-matter.merge-key",
                '"<<" copies fields from elsewhere, which is not allowed here.',
            )
            self.discard_next()
        elif name in frame.value:
            first = self.key_places.get(_join(frame.steps, name))
            where = f" It stands on line {first[0]} already." if first else ""
            self.report_at(
                event,
                "front-matter.duplicate-field",
                f'The field "{name}" is given twice.{where}',
                "Keep one of the two.",
            )
            self.discard_next()
        else:
            frame.key = name
            if frame.steps is not None:
                self.key_places[_join(frame.steps, name)] = self.place(event)

    def open(self, event: yaml.CollectionStartEvent, value: dict[str, Value] | list[Value]) -> None:
        if len(self.frames) >= MAX_DEPTH:
            self.report_at(
                event, "front-matter.too-deep", f"Values stand more than {MAX_DEPTH} deep in one another."
            )
            raise _TooMuchError
        broken = self.refuse_extras(event)
        if self.expects_key():
            self.report_at(
                event, "front-matter.name-not-text", "The name of a field is a word, not a list or a group."
            )
            self.discard_next()
            self.frames.append(_Frame(value, None))
            return
        steps = self.add(value, event, broken=broken)
        self.frames.append(_Frame(value, steps))

    def refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> bool:
        if event.anchor:
            self.note_repeat(event)
            self.report_at(
                event,
                "front-matter.anchor",
                f'"&{event.anchor}" names a value for use elsewhere, which is not allowed here.',
                "Take it away, or put a text that begins with & in quotes.",
            )
        if event.tag:
            self.report_at(
                event,
                "front-matter.tag",
                f'"{event.tag}" gives the kind of a value, which is not allowed here.',
                "Take it away, or put a text that begins with ! in quotes.",
            )
        return bool(event.anchor or event.tag)

    def expects_key(self) -> bool:
        return bool(self.frames) and self.frames[-1].expects_key

    def discard_next(self) -> None:
        self.frames[-1].discards_next = True

    def add(self, value: Value, event: yaml.Event, *, broken: bool) -> str | None:
        """Put a value into the mapping or list it belongs to; its steps, unless it is thrown away."""
        if not self.frames:
            self.root = value
            self.places[""] = self.place(event)
            return ""
        frame = self.frames[-1]
        if frame.discards_next:
            frame.discards_next = False
            return None
        if isinstance(frame.value, list):
            name = str(len(frame.value))
            frame.value.append(value)
        else:
            name = frame.key or ""
            frame.value[name] = value
            frame.key = None
        if frame.steps is None:
            return None
        steps = _join(frame.steps, name)
        self.places[steps] = self.place(event)
        if broken:
            self.broken.add(steps)
        return steps

    def close(self) -> YamlText:
        if self.root is not None and not isinstance(self.root, dict):
            line, column = self.places[""]
            message = "This is not a list of fields."
            self.report(
                line - self.first_line,
                column - 1,
                "front-matter.no-fields",
                message,
                "Write each field as name: value, on its own line.",
            )
            self.is_unreadable = True
        data = self.root if isinstance(self.root, dict) else {}
        broken, problems = frozenset(self.broken), tuple(self.problems)
        return YamlText(data, self.places, self.key_places, broken, problems, self.is_unreadable)


def _spot(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _join(steps: str | None, name: str) -> str:
    return f"{steps}.{name}" if steps else name
