"""Which papers and recommendations go into a pack, and in which order?

What the recipe names outright comes first, as it is listed; then what passes every one of its lists, newest
papers first, recommendations as they stand beside their paper. A paper that another has superseded, or a
recommendation of such a paper, comes in only when it is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from policy_tools.model.library import Shelves
from policy_tools.model.pack import Pack, Selection
from policy_tools.model.paper import Paper
from policy_tools.model.recommendation import Recommendation


@dataclass(frozen=True, slots=True)
class Selected:
    """What one pack is made of, in the order in which it is shown."""

    papers: tuple[Paper, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()


def select(pack: Pack, library: Shelves) -> Selected:
    """The papers and recommendations of a pack. What the library does not hold is passed over.

    A named paper brings its recommendations; a named recommendation does not bring its paper.
    """
    chosen = pack.record.select
    named = tuple(_find_named(chosen, library))
    passing = tuple(paper for paper in library.papers if _passes(paper, chosen, library))
    papers = {paper.slug: paper for paper in (*passing, *named)} | {paper.slug: paper for paper in named}
    order = dict.fromkeys(paper.slug for paper in (*named, *passing))
    return Selected(
        tuple(papers[slug] for slug in order), tuple(_list_recommendations(chosen, named, library))
    )


def recommendations_of(paper: Paper, library: Shelves) -> tuple[Recommendation, ...]:
    """A paper's recommendations as they are listed beside it; they are those of all its versions."""
    return tuple(found for found in library.recommendations.values() if found.paper == paper.slug)


def _find_named(chosen: Selection, library: Shelves) -> Iterable[Paper]:
    """The papers that the recipe names, a pinned one in its version."""
    for pin in chosen.papers:
        slug, _, version = pin.partition("@")
        found = (
            paper
            for paper in library.all_papers
            if paper.slug == slug and (paper.record.version == int(version) if version else paper.is_current)
        )
        if paper := next(found, None):
            yield paper


def _list_recommendations(
    chosen: Selection, named: tuple[Paper, ...], library: Shelves
) -> Iterable[Recommendation]:
    wanted = {
        **{
            id_: library.recommendations[id_]
            for id_ in chosen.recommendations
            if id_ in library.recommendations
        },
        **{ask.id: ask for paper in named for ask in recommendations_of(paper, library)},
    }
    current = [paper.slug for paper in library.papers if not paper.record.superseded_by]
    passing = (
        ask for ask in library.recommendations.values() if _suits(ask, chosen) and ask.paper in current
    )
    newest_first = sorted(passing, key=lambda ask: current.index(ask.paper))
    return (wanted | {ask.id: ask for ask in newest_first}).values()


def _has_lists(chosen: Selection) -> bool:
    return any((chosen.programmes, chosen.departments, chosen.nations, chosen.phases, chosen.topics))


def _suits(ask: Recommendation, chosen: Selection) -> bool:
    """Whether a recommendation passes every list that is given."""
    record = ask.record
    return _has_lists(chosen) and all(
        not allowed or not set(allowed).isdisjoint(own)
        for allowed, own in (
            (chosen.programmes, ask.programmes),
            (chosen.departments, (record.owner.lead_department,)),
            (chosen.nations, record.nations.affected),
            (chosen.phases, (record.timeline.phase,)),
            (chosen.topics, ask.topics),
        )
    )


def _passes(paper: Paper, chosen: Selection, library: Shelves) -> bool:
    """Whether a paper passes: what it does not say itself, one of its recommendations has to."""
    if not _has_lists(chosen) or paper.record.superseded_by:
        return False
    record = paper.record
    if chosen.programmes and set(chosen.programmes).isdisjoint(record.programmes):
        return False
    if chosen.topics and set(chosen.topics).isdisjoint(record.topics):
        return False
    says_nation = not chosen.nations or not set(chosen.nations).isdisjoint(record.nations)
    if says_nation and not chosen.departments and not chosen.phases:
        return True
    if says_nation:
        chosen = chosen.model_copy(update={"nations": ()})
    return any(_suits(ask, chosen) for ask in recommendations_of(paper, library))
