"""What is wrong with one paper, by itself and beside everything else that was loaded?"""

from collections.abc import Callable, Iterator

from policy_tools.load.checking.citations import check_citations, check_cross_references
from policy_tools.load.checking.links import (
    check_anchors_exist,
    check_link_schemes,
    check_link_words,
    check_pages_exist,
)
from policy_tools.load.checking.pictures import check_alternative_texts, check_remote_images
from policy_tools.load.checking.record import (
    check_corrections,
    check_dates,
    check_key_points,
    check_language,
    check_repeated_names,
    check_repeated_words,
    check_summary,
)
from policy_tools.load.checking.structure import (
    check_anchors,
    check_heading_levels,
    check_heading_words,
    check_notes,
    check_recommendation_ids,
    check_title_repeated,
)
from policy_tools.load.checking.text import check_text
from policy_tools.model.library import Library
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem

CheckAlone = Callable[[Paper], Iterator[Problem]]
CheckBeside = Callable[[Paper, Library], Iterator[Problem]]

CHECKS_ALONE: tuple[CheckAlone, ...] = (
    check_dates,
    check_corrections,
    check_repeated_words,
    check_repeated_names,
    check_language,
    check_text,
    check_heading_levels,
    check_heading_words,
    check_title_repeated,
    check_notes,
    check_anchors,
    check_recommendation_ids,
    check_cross_references,
    check_alternative_texts,
    check_remote_images,
    check_link_schemes,
    check_link_words,
    check_anchors_exist,
)
"""What looks at nothing but the paper's own file, and so at each text once."""

CHECKS_BESIDE: tuple[CheckBeside, ...] = (
    check_summary,
    check_key_points,
    check_citations,
    check_pages_exist,
)


def check_alone(paper: Paper) -> tuple[Problem, ...]:
    """Everything a careful editor would say of this paper who has nothing else before them."""
    return tuple(sorted(problem for check in CHECKS_ALONE for problem in check(paper)))


def check_beside(paper: Paper, library: Library) -> tuple[Problem, ...]:
    """What they would say besides who know the rest of the library."""
    return tuple(sorted(problem for check in CHECKS_BESIDE for problem in check(paper, library)))
