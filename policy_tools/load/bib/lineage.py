"""From which entries does an entry inherit by crossref and xdata, and does that ever end?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LONGEST_LINE = 8
"""No real book is part of a part of a part … this deep."""
MOST_ANCESTORS = 30
"""Nor does one take its fields from so many places."""


@dataclass(frozen=True, slots=True)
class Parent:
    """A mention of a parent: by which field, which key."""

    field: str
    key: str


Parents = Mapping[str, tuple[Parent, ...]]


def find_cycles(parents: Parents) -> tuple[tuple[str, ...], ...]:
    """Each circle of inheritance once, as keys in their order, beginning with the key that comes first."""
    order = {key: index for index, key in enumerate(parents)}
    done: set[str] = set()
    cycles: list[tuple[str, ...]] = []
    for root in parents:
        if root not in done:
            cycles.extend(_cycles_below(root, parents, done))
    rotated = (_rotate(cycle, order) for cycle in cycles)
    return tuple(dict.fromkeys(rotated))


def _cycles_below(root: str, parents: Parents, done: set[str]) -> Iterator[tuple[str, ...]]:
    """Walk without recursion, since a chain may be as long as the file."""
    path: list[str] = [root]
    place = {root: 0}
    stack = [iter(parents[root])]
    while stack:
        parent = next(stack[-1], None)
        if parent is None:
            stack.pop()
            finished = path.pop()
            del place[finished]
            done.add(finished)
        elif parent.key in place:
            yield tuple(path[place[parent.key] :])
        elif parent.key in parents and parent.key not in done:
            place[parent.key] = len(path)
            path.append(parent.key)
            stack.append(iter(parents[parent.key]))


def _rotate(cycle: tuple[str, ...], order: Mapping[str, int]) -> tuple[str, ...]:
    first = min(range(len(cycle)), key=lambda index: order[cycle[index]])
    return cycle[first:] + cycle[:first]


def ancestors(key: str, parents: Parents) -> tuple[str, ...]:
    """The entries that `key` inherits from, nearest first, each once, at most `LONGEST_LINE` generations."""
    found: dict[str, None] = {}
    generation = [key]
    for _ in range(LONGEST_LINE):
        generation = [
            parent.key
            for child in generation
            for parent in parents.get(child, ())
            if parent.key in parents and parent.key != key and parent.key not in found
        ]
        found.update(dict.fromkeys(generation))
        if not generation or len(found) > MOST_ANCESTORS:
            break
    return tuple(found)[:MOST_ANCESTORS]
