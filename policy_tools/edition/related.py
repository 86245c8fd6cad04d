"""Which papers should a reader of this one be shown next?"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from policy_tools.model.paper import Paper

SHOWN = 4
_TOPIC, _PROGRAMME = 3, 2  # where a work that both cite counts one
_NEIGHBOURS = 60  # of a topic or programme only its newest papers are weighed: the rest would never be shown
_RARE = 8  # a work that more papers cite than this says nothing about any two of them

_Profile = tuple[tuple[str, ...], tuple[str, ...]]


def rank_related(papers: Sequence[Paper]) -> dict[str, tuple[str, ...]]:
    """For each paper the names of the most related ones, best first, newest first among equals.

    Shared topics weigh most, then programmes, then works that both cite and few others do. Superseded
    papers are never suggested. The papers must be newest first.
    """
    open_papers = [index for index, paper in enumerate(papers) if not paper.record.superseded_by]
    topics = _index(open_papers, [paper.record.topics for paper in papers])
    programmes = _index(open_papers, [paper.record.programmes for paper in papers])
    works = {
        key: sharers
        for key, sharers in _index(open_papers, [paper.body.cited_keys for paper in papers]).items()
        if 1 < len(sharers) <= _RARE
    }
    profiles: dict[_Profile, tuple[Counter[int], list[int]]] = {}
    related: dict[str, tuple[str, ...]] = {}
    for index, paper in enumerate(papers):
        profile = (paper.record.topics, paper.record.programmes)
        if profile not in profiles:
            profiles[profile] = _score_profile(profile, topics, programmes)
        common, best = profiles[profile]
        # Of the papers that share no work, none below the profile's own best can be shown.
        scores = _score_works(paper, works)
        for other in scores.keys() & common.keys() | set(best):
            scores[other] += common[other]
        scores.pop(index, None)
        related[paper.slug] = tuple(papers[other].slug for other in _best_of(scores, SHOWN))
    return related


def _index(chosen: Iterable[int], names: Sequence[Iterable[str]]) -> Mapping[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index in chosen:
        for name in names[index]:
            places[name].append(index)
    return places


def _best_of(scores: Counter[int], number: int) -> list[int]:
    """The highest scores, the newest paper first among equals."""
    ranked = heapq.nsmallest(number, [(-score, other) for other, score in scores.items()])
    return [other for _, other in ranked]


def _score_profile(
    profile: _Profile, topics: Mapping[str, list[int]], programmes: Mapping[str, list[int]]
) -> tuple[Counter[int], list[int]]:
    """What topics and programmes alone give each paper, and the best of them, with one to spare."""
    scores: Counter[int] = Counter()
    for names, places, weight in ((profile[0], topics, _TOPIC), (profile[1], programmes, _PROGRAMME)):
        for name in names:
            for other in places.get(name, ())[:_NEIGHBOURS]:
                scores[other] += weight
    return scores, _best_of(scores, SHOWN + 1)


def _score_works(paper: Paper, works: Mapping[str, list[int]]) -> Counter[int]:
    return Counter(chain.from_iterable(works.get(key, ()) for key in paper.body.cited_keys))
