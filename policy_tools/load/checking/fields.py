"""How does a check of a record report a fault in one of its fields, or a name that belongs to nothing?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from policy_tools.load.folders import LoadedRecord
from policy_tools.load.sentences import Steps, name_value
from policy_tools.load.suggestion import suggest
from policy_tools.model.problem import Problem, Severity

Loaded: TypeAlias = LoadedRecord[Any]

_WHERE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "department": ("record.unknown-department", "Departments are listed in content/departments.yaml."),
        "institute": (
            "record.unknown-institute",
            "An institute is named like its file in content/institutes/.",
        ),
        "paper": ("record.unknown-paper", "A paper is named like its folder in content/papers/."),
        "person": ("record.unknown-person", "A person is named like the file in content/people/."),
        "programme": (
            "record.unknown-programme",
            "A programme is named like its file in content/programmes/.",
        ),
        "recommendation": (
            "record.unknown-recommendation",
            "A recommendation is named like its box in a paper: ::: {.recommendation #id}.",
        ),
        "secondment": ("record.unknown-secondment", "Secondments are listed in content/secondments.yaml."),
        "statistic": (
            "record.unknown-statistic",
            "A statistic is named like its file in content/statistics/.",
        ),
        "topic": ("record.unknown-topic", "Topics are listed in content/topics.yaml."),
    }
)


def report_field(loaded: Loaded, steps: Steps, code: str, message: str, hint: str = "") -> Problem:
    """An error, which stops publishing."""
    place = loaded.fields.place(*steps)
    return Problem(loaded.path, place.line, place.column, code, message, hint)


def warn_of_field(loaded: Loaded, steps: Steps, code: str, message: str, hint: str = "") -> Problem:
    """A warning, which does not."""
    place = loaded.fields.place(*steps)
    return Problem(loaded.path, place.line, place.column, code, message, hint, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that may be named, by the kind of record, and those of them that a public file may be told."""

    everything: Mapping[str, frozenset[str]]
    public: Mapping[str, frozenset[str]]

    def suggest(self, loaded: Loaded, kind: str, name: str) -> str:
        """What the author of a record may have meant: of a private id, a public file learns nothing."""
        ids = self.everything if loaded.is_private else self.public
        return suggest(name, ids[kind])


def check_name(loaded: Loaded, steps: Steps, kind: str, name: str, known: Known) -> Iterator[Problem]:
    """A name that no record of its kind has. One that could not be read is empty, and told elsewhere."""
    if name and name not in known.everything[kind]:
        code, where = _WHERE[kind]
        hint = known.suggest(loaded, kind, name) or where
        yield report_field(loaded, steps, code, f'There is no {kind} "{name}".', hint)


def check_names(
    loaded: Loaded, steps: Steps, kind: str, names: Iterable[str], known: Known
) -> Iterator[Problem]:
    """The same for a list, of which each name may also stand there once only."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        yield from check_name(loaded, (*steps, index), kind, name, known)
        if name in seen:
            yield _report_repeated((*steps, index), loaded, name)
        seen.add(name)


def check_repeated(loaded: Loaded, steps: Steps, values: Iterable[str]) -> Iterator[Problem]:
    """A value that stands twice in a list."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield _report_repeated((*steps, index), loaded, value)
        seen.add(value)


def _report_repeated(steps: Steps, loaded: Loaded, value: str) -> Problem:
    message = f'"{value}" stands twice in {name_value(steps[:-1])}.'
    return report_field(loaded, steps, "record.repeated", message, "Remove one.")
