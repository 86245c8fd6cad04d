"""What stands on one side of A4? Of one ask nearly all that matters; of several the titles and some more."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.pack.asks import Ask
from policy_tools.pack.sentences import cut_sentences

_MOST_ASKS = 12
_MOST_REASONS = 3
_MOST_AFFECTED = 3
_MOST_QUESTIONS = 4
_LETTERS_OF_ONE = 900
_LETTERS_OF_MANY = 320


@dataclass(frozen=True, slots=True)
class Point:
    """A line with what it is about before it; `subject` may be empty."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a one-page brief shows; `more` is how many asks it has no room for.

    `more_why` and `more_affected` tell that there are reasons, and people affected, that it does not name.
    """

    why_now: tuple[Point, ...]
    affected: tuple[Point, ...]
    asks: tuple[Ask, ...]
    more: int
    questions: tuple[str, ...]
    more_why: bool = False
    more_affected: bool = False

    @property
    def single(self) -> Ask | None:
        """The ask, where there is but one."""
        return self.asks[0] if len(self.asks) == 1 else None


def build_sheet(asks: tuple[Ask, ...]) -> Sheet:
    """Choose what fits."""
    if len(asks) == 1:
        (ask,) = asks
        why_now = (Point("", cut_to_length(ask.why_now, _LETTERS_OF_ONE)),) if ask.why_now else ()
        return Sheet(why_now, tuple(_say_of_one(ask)), asks, 0, ask.questions[:_MOST_QUESTIONS])
    reasons = {ask.id: ask.why_now for ask in asks}
    affected = {ask.id: " ".join(text for text in (ask.winners, ask.losers) if text) for ask in asks}
    return Sheet(
        why_now=tuple(_choose(asks, reasons, _MOST_REASONS)),
        affected=tuple(_choose(asks, affected, _MOST_AFFECTED)),
        asks=asks[:_MOST_ASKS],
        more=max(0, len(asks) - _MOST_ASKS),
        questions=tuple(_take_in_turn(asks))[:_MOST_QUESTIONS],
        more_why=sum(1 for text in reasons.values() if text) > _MOST_REASONS,
        more_affected=sum(1 for text in affected.values() if text) > _MOST_AFFECTED,
    )


def cut_to_length(text: str, letters: int) -> str:
    """As many whole sentences as there are letters for, but one at least; "…" tells of those left out."""
    text = " ".join(text.split())
    ends = [end for _, end in cut_sentences(text)]
    fitting = [end for end in ends if end <= letters] or ends[:1]
    if not ends or fitting[-1] == ends[-1]:
        return text
    return f"{text[: fitting[-1]]} …"


def _say_of_one(ask: Ask) -> Iterator[Point]:
    for subject, text in (
        ("Who gains", ask.winners),
        ("Who loses", ask.losers),
        ("Regions", ask.regional),
        ("Equality", ask.equality),
        ("Nations", ask.nations),
    ):
        if text:
            yield Point(subject, cut_to_length(text, _LETTERS_OF_MANY))


def _choose(asks: tuple[Ask, ...], texts: dict[str, str], most: int) -> Iterator[Point]:
    """What is said of some, one from each paper in turn, in the order of the asks."""
    chosen = {ask.id for ask in _spread([ask for ask in asks if texts[ask.id]], most)}
    for ask in asks:
        if ask.id in chosen:
            yield Point(ask.title, cut_to_length(texts[ask.id], _LETTERS_OF_MANY))


def _spread(asks: list[Ask], most: int) -> list[Ask]:
    """Each from the programme, and in it the paper, of which there are fewest so far."""
    chosen: list[Ask] = []

    def count(ask: Ask) -> tuple[int, int]:
        return (
            sum(each.programme == ask.programme for each in chosen),
            sum(each.paper == ask.paper for each in chosen),
        )

    while len(chosen) < min(most, len(asks)):
        chosen.append(min((ask for ask in asks if ask not in chosen), key=count))
    return chosen


def _take_in_turn(asks: tuple[Ask, ...]) -> Iterator[str]:
    """The first question of each ask, then the second of each, and so on."""
    for place in range(max((len(ask.questions) for ask in asks), default=0)):
        for ask in asks:
            if place < len(ask.questions):
                yield ask.questions[place]
