"""Is there something in every pack, and is it as recent as the pack says?"""

from collections.abc import Iterator

from policy_tools.model.library import Library
from policy_tools.model.pack import Pack
from policy_tools.model.problem import Problem, Severity
from policy_tools.pack.events import list_events
from policy_tools.pack.selection import Selected, select

_RECORDS = "/recommendations.yaml"


def check_recipes(library: Library) -> Iterator[Problem]:
    """Recipes that select nothing, or that give an older day than something they select."""
    faulty = {problem.path for problem in library.problems if problem.severity is Severity.ERROR}
    for pack in library.packs.values():
        selected = select(pack, library)
        if selected.papers or selected.recommendations:
            yield from _check_date(pack, selected, library)
        elif not _follows_from(pack, library, faulty):
            place = pack.place("select")
            message = "No paper and no recommendation is selected, so that this pack would be empty."
            hint = "Something has to pass every list that is given: leave one out, or name papers."
            yield Problem(pack.path, place.line, place.column, "pack.selects-nothing", message, hint)


def _follows_from(pack: Pack, library: Library, faulty: set[str]) -> bool:
    """Whether the pack may be empty because of a mistake that is told already."""
    chosen = pack.record.select
    if pack.path in faulty:
        return True
    return any(
        f"{paper.path.rpartition('/')[0]}{_RECORDS}" in faulty
        for paper in library.papers
        if (not chosen.programmes or set(chosen.programmes) & set(paper.record.programmes))
        and (not chosen.topics or set(chosen.topics) & set(paper.record.topics))
    )


def _check_date(pack: Pack, selected: Selected, library: Library) -> Iterator[Problem]:
    if pack.record.as_at is None:
        return
    newer = [event for event in list_events(selected, library) if event.date > pack.record.as_at]
    if newer:
        newest = max(newer)
        place = pack.place("as_at")
        message = f"The pack is as at {pack.record.as_at}, and holds something of {newest.date}."
        hint = "Write that day, or take as_at away: it is then the newest day in the pack."
        yield Problem(pack.path, place.line, place.column, "pack.stale-date", message, hint, Severity.WARNING)
