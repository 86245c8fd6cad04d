"""What is wrong with the content, as far as can be known without rendering it?"""

from datetime import datetime

from policy_tools.clear.clearance import check_leaks, clear
from policy_tools.load.library import load_library
from policy_tools.model.library import Library
from policy_tools.model.problem import Problem
from policy_tools.model.site import Site
from policy_tools.render.requests import check_style
from policy_tools.store import Store


def check_site(site: Site, store: Store, *, now: datetime) -> tuple[Problem, ...]:
    """Every problem of every file, sorted by place."""
    library = load_library(site, store)
    return check_library(library, site, now=now)


def check_library(library: Library, site: Site, *, now: datetime) -> tuple[Problem, ...]:
    """The loading's problems and those that only the whole library shows."""
    clearance = clear(library, now, site.timezone)
    styles = (problem for paper in library.all_papers for problem in check_style(paper, site))
    return tuple(sorted({*library.problems, *check_leaks(library, clearance), *styles}))
