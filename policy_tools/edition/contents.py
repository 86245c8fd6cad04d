"""A paper's table of contents as lists within lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from policy_tools.model.document import ContentsEntry


@dataclass(frozen=True, slots=True)
class ContentsItem:
    """A section and the sections below it."""

    number: str
    title: str
    anchor: str
    children: tuple["ContentsItem", ...] = ()


def nest_contents(entries: Sequence[ContentsEntry], depth: int = 2) -> tuple[ContentsItem, ...]:
    """The entries down to `depth` levels; an entry that skips a level hangs below the one before it."""
    if not entries or depth == 0:
        return ()
    items: list[ContentsItem] = []
    top = entries[0].level
    start = 0
    for index in range(1, len(entries) + 1):
        if index < len(entries) and entries[index].level > top:
            continue
        first = entries[start]
        children = nest_contents(entries[start + 1 : index], depth - 1)
        items.append(ContentsItem(first.number, first.title, first.anchor, children))
        start = index
    return tuple(items)
