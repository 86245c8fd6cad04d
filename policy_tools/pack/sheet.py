"""What stands on one side of A4? Of one ask nearly all that matters; of several the titles and some more."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.pack.asks import Ask

_MOST_ASKS = 12
_MOST_REASONS = 3
_MOST_AFFECTED = 3
_MOST_QUESTIONS = 4


@dataclass(frozen=True, slots=True)
class Point:
    """A line with what it is about before it; `subject` may be empty."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a one-page brief shows; `more` is how many asks it has no room for."""

    why_now: tuple[Point, ...]
    affected: tuple[Point, ...]
    asks: tuple[Ask, ...]
    more: int
    questions: tuple[str, ...]

    @property
    def single(self) -> Ask | None:
        """The ask, where there is but one."""
        return self.asks[0] if len(self.asks) == 1 else None


def build_sheet(asks: tuple[Ask, ...]) -> Sheet:
    """Choose what fits."""
    if len(asks) == 1:
        (ask,) = asks
        why_now = (Point("", ask.why_now),) if ask.why_now else ()
        return Sheet(why_now, tuple(_say_of_one(ask)), asks, 0, ask.questions[:_MOST_QUESTIONS])
    return Sheet(
        why_now=tuple(Point(ask.title, ask.why_now) for ask in asks if ask.why_now)[:_MOST_REASONS],
        affected=tuple(_say_of_many(asks))[:_MOST_AFFECTED],
        asks=asks[:_MOST_ASKS],
        more=max(0, len(asks) - _MOST_ASKS),
        questions=tuple(_take_in_turn(asks))[:_MOST_QUESTIONS],
    )


def _say_of_one(ask: Ask) -> Iterator[Point]:
    for subject, text in (
        ("Who gains", ask.winners),
        ("Who loses", ask.losers),
        ("Regions", ask.regional),
        ("Equality", ask.equality),
        ("Nations", ask.nations),
    ):
        if text:
            yield Point(subject, text)


def _say_of_many(asks: tuple[Ask, ...]) -> Iterator[Point]:
    for ask in asks:
        if ask.winners or ask.losers:
            yield Point(ask.title, " ".join(text for text in (ask.winners, ask.losers) if text))


def _take_in_turn(asks: tuple[Ask, ...]) -> Iterator[str]:
    """The first question of each ask, then the second of each, and so on."""
    for place in range(max((len(ask.questions) for ask in asks), default=0)):
        for ask in asks:
            if place < len(ask.questions):
                yield ask.questions[place]
