"""How far is long work? The caller shows it; the pipeline only passes its work through."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Track(Protocol):
    """Passes work through and shows how much of it is done."""

    def __call__(self, what: str, work: Iterable[Item], total: int) -> Iterable[Item]:
        """The same items; `what` is said to people, `total` is how many there are."""


def track_silently(what: str, work: Iterable[Item], total: int) -> Iterable[Item]:
    """Show nothing."""
    del what, total
    return work
