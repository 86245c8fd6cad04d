"""Which papers should a reader of this one be shown next?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from policy_tools.model.paper import Paper

SHOWN = 4
_TOPIC, _PROGRAMME, _REFERENCE = 3, 2, 1
_NEIGHBOURS = 60  # of a topic or programme only its newest papers are weighed: the rest would never be shown
_RARE = 8  # a work that more papers cite than this says nothing about any two of them


def rank_related(papers: Sequence[Paper]) -> dict[str, tuple[str, ...]]:
    """For each paper the names of the most related ones, best first, newest first among equals.

    Shared topics weigh most, then programmes, then works that both cite and few others do. Superseded
    papers are never suggested. The papers must be newest first.
    """
    open_papers = [index for index, paper in enumerate(papers) if not paper.record.superseded_by]
    topics = _index(open_papers, [paper.record.topics for paper in papers])
    programmes = _index(open_papers, [paper.record.programmes for paper in papers])
    works = _index(open_papers, [paper.body.cited_keys for paper in papers])
    common: dict[tuple[tuple[str, ...], tuple[str, ...]], Counter[int]] = {}
    related: dict[str, tuple[str, ...]] = {}
    for index, paper in enumerate(papers):
        profile = (paper.record.topics, paper.record.programmes)
        if profile not in common:
            common[profile] = _score_profile(profile, topics, programmes)
        scores = common[profile] + _score_works(paper, works)
        scores.pop(index, None)
        best = sorted(scores, key=lambda other: (-scores[other], other))[:SHOWN]
        related[paper.slug] = tuple(papers[other].slug for other in best)
    return related


def _index(chosen: Iterable[int], names: Sequence[Iterable[str]]) -> Mapping[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index in chosen:
        for name in names[index]:
            places[name].append(index)
    return places


def _score_profile(
    profile: tuple[tuple[str, ...], tuple[str, ...]],
    topics: Mapping[str, list[int]],
    programmes: Mapping[str, list[int]],
) -> Counter[int]:
    scores: Counter[int] = Counter()
    for names, places, weight in ((profile[0], topics, _TOPIC), (profile[1], programmes, _PROGRAMME)):
        for name in names:
            for other in places.get(name, ())[:_NEIGHBOURS]:
                scores[other] += weight
    return scores


def _score_works(paper: Paper, works: Mapping[str, list[int]]) -> Counter[int]:
    scores: Counter[int] = Counter()
    for key in paper.body.cited_keys:
        sharers = works.get(key, ())
        if 1 < len(sharers) <= _RARE:
            for other in sharers:
                scores[other] += _REFERENCE
    return scores
