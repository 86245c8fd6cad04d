"""What is left of papers that were public and have been taken back, for those who hold a copy?

Their names, those of their recommendations, and days: no word of theirs.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from policy_tools.clear.naming import names_in_recommendation, take_stock
from policy_tools.model.library import Library, PublicLibrary, WithdrawnPaper
from policy_tools.model.paper import Paper
from policy_tools.model.recommendation import Recommendation


def reduce_withdrawn(
    papers: Iterable[Paper], library: Library, public: PublicLibrary, today: date
) -> tuple[WithdrawnPaper, ...]:
    """The papers, of which no day after today is told, and no recommendation that was never public."""
    return tuple(_reduce(paper, library, public, today) for paper in papers)


def _reduce(paper: Paper, library: Library, public: PublicLibrary, today: date) -> WithdrawnPaper:
    asks = tuple(_list_asks(paper, library, public))
    days = {*_list_days(paper, library, public), *(day for ask in asks for day in _list_status_days(ask))}
    figures = {
        public.statistics[name].record.date
        for ask in asks
        for name in ask.record.statistics
        if public.statistics[name].record.date > paper.record.published
    }
    return WithdrawnPaper(
        paper.slug,
        paper.record.version,
        programmes=paper.record.programmes,
        days=tuple(sorted(day for day in days if day <= today)),
        days_of_figures=tuple(sorted(day for day in figures if day <= today)),
        recommendations=tuple(ask.id for ask in asks),
    )


def _list_asks(paper: Paper, library: Library, public: PublicLibrary) -> Iterator[Recommendation]:
    """Those that name nothing private: they were public with the paper."""
    shown = take_stock(public)
    for ask in library.recommendations.values():
        names = names_in_recommendation(ask)
        if (
            ask.paper == paper.slug
            and not ask.is_private
            and all(name.shelf == "papers" or name in shown for name in names)
        ):
            yield ask


def _list_days(paper: Paper, library: Library, public: PublicLibrary) -> Iterator[date]:
    earlier = (other for other in library.earlier_versions if other.slug == paper.slug)
    for version in (paper, *earlier):
        yield version.record.published
        if version.record.updated:
            yield version.record.updated
        yield from (correction.date for correction in version.record.corrections)
    successors = (other for other in public.papers if other.slug == paper.record.superseded_by)
    yield from (other.record.published for other in successors)


def _list_status_days(ask: Recommendation) -> Iterator[date]:
    yield ask.record.status.date
    yield from (entry.date for entry in ask.record.status.log)
