"""What is wrong with the content, as far as can be known without rendering it?"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from policy_tools.clear.clearance import Clearance, check_leaks, clear
from policy_tools.load.library import load_library
from policy_tools.model.library import Library
from policy_tools.model.problem import Problem
from policy_tools.model.site import Site
from policy_tools.pack.future import check_days
from policy_tools.pack.recipes import check_recipes
from policy_tools.render.requests import check_style
from policy_tools.store import Store

_OFTEN_ENOUGH = 5


def check_site(site: Site, store: Store, *, now: datetime) -> tuple[Problem, ...]:
    """Every problem of every file, sorted by place; also of the register of copies, which no build reads."""
    from policy_tools.pack.copies import load_register  # noqa: PLC0415 - takes long, and no build needs it

    library = load_library(site, store)
    register = load_register(site.content, site.root)
    return tuple(sorted({*check_library(library, site, now=now), *register.problems}))


def check_library(
    library: Library, site: Site, *, now: datetime, public: Clearance | None = None
) -> tuple[Problem, ...]:
    """The loading's problems and those that only the whole library shows.

    `public` is what `clear` gave for that moment, where it is known.
    """
    clearance = public or clear(library, now, site.timezone)
    styles = (problem for paper in library.all_papers for problem in check_style(paper, site))
    problems = {
        *library.problems,
        *check_leaks(library, clearance),
        *check_recipes(library, site.day_of(now)),
        *check_days(library, now, site.timezone),
        *styles,
    }
    return tuple(_say_once(sorted(problems)))


def _say_once(problems: list[Problem]) -> Iterator[Problem]:
    """Without what is said of one line over and over, as of a line of three thousand tags."""
    times = Counter(_sentence_of(problem) for problem in problems)
    said: set[tuple[str, int, str, str]] = set()
    for problem in problems:
        sentence = _sentence_of(problem)
        if times[sentence] <= _OFTEN_ENOUGH or sentence not in said:
            said.add(sentence)
            yield problem


def _sentence_of(problem: Problem) -> tuple[str, int, str, str]:
    return problem.path, problem.line, problem.code, problem.message
