"""What does a YAML text say, and where does each of its values stand?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from policy_tools.model.problem import Position, Problem

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"


@dataclass(frozen=True, slots=True)
class YamlText:
    """The values of one YAML text, and where they stand.

    `places` and `key_places` map a value's steps, joined with dots (`embargo.until`, `authors.0`), to line
    and column in the file. `broken` names the values that `problems` speak of already. A text that
    `is_unreadable` gave no values at all.
    `head` is where fields that are missing would belong.
    """

    data: Mapping[str, Value] = field(default_factory=dict)
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    key_places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    is_unreadable: bool = False
    head: tuple[int, int] = (1, 1)

    def place(self, *steps: str | int) -> Position:
        """Where a value stands; for one that is not there, where its parent stands."""
        names = [str(step) for step in steps]
        while names:
            if found := self.places.get(".".join(names)):
                return Position(*found)
            names.pop()
        return Position(*self.head)

    def below(self, name: str) -> "YamlText":
        """The fields of one of the fields, as if they were a text of their own."""
        value = self.data.get(name)
        head = f"{name}."
        return YamlText(
            value if isinstance(value, dict) else {},
            _without_head(self.places, head),
            _without_head(self.key_places, head),
            frozenset(steps.removeprefix(head) for steps in self.broken if steps.startswith(head)),
            head=self.key_places.get(name, self.head),
        )

    def key_place(self, *steps: str | int) -> Position:
        """Where the name of a field stands."""
        found = self.key_places.get(".".join(str(step) for step in steps))
        return Position(*found) if found else self.place(*steps)


def _without_head(places: Mapping[str, tuple[int, int]], head: str) -> dict[str, tuple[int, int]]:
    return {steps.removeprefix(head): place for steps, place in places.items() if steps.startswith(head)}
