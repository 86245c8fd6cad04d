"""Which items of two lists differ, and which old one became which new one?"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_ALIKE = 0.5
_MOST_COMPARED = 2_500
"""Of so many pairs is the likest found; a longer stretch was written anew, and is paired in its order."""

Pair = tuple[int | None, int | None]
"""Places in the old and in the new list; None where it has no counterpart."""


def align(old: Sequence[str], new: Sequence[str]) -> tuple[Pair, ...]:
    """The items that differ, in order: changed in place, gone, or new. What is equal is not named."""
    start = _count_equal(old, new)
    end = _count_equal(old[start:][::-1], new[start:][::-1])
    olds, news = old[start : len(old) - end], new[start : len(new) - end]
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    return tuple(
        (None if before is None else before + start, None if after is None else after + start)
        for kind, *bounds in matcher.get_opcodes()
        if kind != "equal"
        for before, after in _pair(olds, news, *bounds)
    )


def _count_equal(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items are the same from the beginning."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _pair(
    old: Sequence[str], new: Sequence[str], old_from: int, old_to: int, new_from: int, new_to: int
) -> Iterator[Pair]:
    """The items of one stretch that differs, each with the one it most likely became."""
    olds, news = range(old_from, old_to), range(new_from, new_to)
    if len(olds) == len(news) == 1 or len(olds) * len(news) > _MOST_COMPARED:
        partners = dict(zip(olds, news, strict=False))
    else:
        partners = _find_partners(old, new, olds, news)
    yield from _in_order(partners, olds, news)


def _find_partners(old: Sequence[str], new: Sequence[str], olds: range, news: range) -> dict[int, int]:
    """The pairs that are most alike in all and do not cross."""
    best: dict[tuple[int, int], tuple[float, dict[int, int]]] = {}
    nothing: tuple[float, dict[int, int]] = (0.0, {})
    for i in reversed(olds):
        for j in reversed(news):
            choices = [best.get((i + 1, j), nothing), best.get((i, j + 1), nothing)]
            likeness = SequenceMatcher(None, old[i], new[j], autojunk=False).ratio()
            if likeness >= _ALIKE:
                score, partners = best.get((i + 1, j + 1), nothing)
                choices.append((score + likeness, {i: j, **partners}))
            best[i, j] = max(choices, key=lambda choice: choice[0])
    return best.get((olds.start, news.start), nothing)[1]


def _in_order(partners: dict[int, int], olds: range, news: range) -> Iterator[Pair]:
    """All items of a stretch; between two pairs, as many gone as new are taken to be the same rewritten."""
    place, other = olds.start, news.start
    for i, j in [*partners.items(), (olds.stop, news.stop)]:
        gone, fresh = range(place, i), range(other, j)
        if len(gone) == len(fresh):
            yield from zip(gone, fresh, strict=True)
        else:
            yield from ((item, None) for item in gone)
            yield from ((None, item) for item in fresh)
        if i < olds.stop:
            yield i, j
        place, other = i + 1, j + 1
