"""What has happened to the things in a pack, and when? As at the newest of these days the pack is true."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from policy_tools.model.library import Shelves, WithdrawnPaper
from policy_tools.model.pack import Pack
from policy_tools.model.paper import Correction, Paper
from policy_tools.model.recommendation import Recommendation, RecommendationStatus, StatusEntry
from policy_tools.model.terms import STATES
from policy_tools.pack.selection import Selected


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something dated; `subject` is the paper's or recommendation's title, `text` a sentence of its own."""

    date: date
    subject: str
    text: str


def list_events(selected: Selected, library: Shelves) -> tuple[Event, ...]:
    """Everything dated in the selection, newest first, each once."""
    events = {
        *(event for paper in selected.papers for event in _paper_events(paper, library)),
        *(event for ask in selected.recommendations for event in _status_events(ask)),
    }
    return tuple(sorted(events, key=lambda event: (-event.date.toordinal(), event.subject, event.text)))


def find_as_at(
    pack: Pack, events: Iterable[Event], held: tuple[date, ...] = (), today: date = date.max
) -> date | None:
    """The day as at which a pack is true: the recipe's own, or the newest event's; None for an empty pack.

    It is never earlier than a day of what the pack once held. What happens after `today`, such as the
    publication of a paper under embargo, does not count; a pack of such things alone is true as at today.
    """
    days = [event.date for event in events]
    newest = max((day for day in days if day <= today), default=today if days else None)
    return pack.record.as_at or (max(newest, *held) if newest and held else newest)


def list_held_days(pack: Pack, withdrawn: Iterable[WithdrawnPaper]) -> tuple[date, ...]:
    """The days of those withdrawn papers that the pack names, or whose programme it selects."""
    chosen = pack.record.select
    named = {pin.partition("@")[0] for pin in chosen.papers}
    held = (
        paper
        for paper in withdrawn
        if paper.slug in named
        or set(paper.programmes) & set(chosen.programmes)
        or set(paper.recommendations) & set(chosen.recommendations)
    )
    return tuple(sorted({day for paper in held for day in paper.days}))


def _paper_events(paper: Paper, library: Shelves) -> Iterator[Event]:
    title = paper.record.title
    for version in (paper, *_other_versions(paper, library)):
        record = version.record
        yield Event(record.published, title, "Published.")
        if record.updated and record.updated != record.published:
            yield Event(record.updated, title, f"Version {record.version} was published.")
        for correction in record.corrections:
            yield Event(correction.date, title, format_change(correction))
    successor = next((item for item in library.papers if item.slug == paper.record.superseded_by), None)
    if successor:
        yield Event(successor.record.published, title, f"Superseded by “{successor.record.title}”.")


def _other_versions(paper: Paper, library: Shelves) -> Iterator[Paper]:
    """Earlier ones always; the current one where an earlier one is shown."""
    return (other for other in library.all_papers if other.slug == paper.slug and other.id != paper.id)


def format_change(correction: Correction) -> str:
    """A correction in a sentence or two: where, and what it does to the conclusions."""
    effect = "the conclusions change" if correction.affects_conclusions else "the conclusions do not change"
    return f"Corrected at {correction.where.strip().rstrip('.')}; {effect}."


def _status_events(ask: Recommendation) -> Iterator[Event]:
    status = ask.record.status
    entries: tuple[StatusEntry | RecommendationStatus, ...] = (*status.log, status)
    for entry in entries:
        source = f" ({entry.source.strip().rstrip('.')})" if entry.source else ""
        yield Event(entry.date, ask.record.title, f"{STATES[entry.state]}{source}.")
