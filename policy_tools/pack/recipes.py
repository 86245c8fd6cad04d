"""Is there something in every pack, and is it as recent as the pack says?"""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from policy_tools.model.library import Library
from policy_tools.model.pack import Pack
from policy_tools.model.problem import Problem, Severity
from policy_tools.pack.events import list_events
from policy_tools.pack.selection import Selected, select

_RECORDS = "/recommendations.yaml"
_NO_RECOMMENDATION = "The pack has no recommendation."
_MISSING: Mapping[str, str] = MappingProxyType(
    {
        "annexes": "The pack has no whole paper: name papers in select, or lists that they pass.",
        "asks": _NO_RECOMMENDATION,
        "bills": _NO_RECOMMENDATION,
        "briefs": _NO_RECOMMENDATION,
        "contacts": "Nobody is listed under contacts:, and no programme of its papers has a lead.",
        "costings": "No recommendation in it is costed.",
        "grid": _NO_RECOMMENDATION,
        "lines": "No recommendation in it has lines_to_take or qa.",
        "objections": "No recommendation in it has objections.",
        "submission": _NO_RECOMMENDATION,
    }
)
"""Parts that can turn out empty, and why each would. Stakeholders are looked for as the recipe is read."""


def check_recipes(library: Library, today: date = date.max) -> Iterator[Problem]:
    """Recipes that select nothing, have parts with nothing to show, or give a day too old as at today."""
    faulty = {problem.path for problem in library.problems if problem.severity is Severity.ERROR}
    for pack in library.packs.values():
        selected = select(pack, library)
        if selected.papers or selected.recommendations:
            yield from _check_date(pack, selected, library, today)
            if not _follows_from(pack, library, faulty):
                yield from _check_parts(pack, selected, library)
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


def _check_date(pack: Pack, selected: Selected, library: Library, today: date) -> Iterator[Problem]:
    if pack.record.as_at is None:
        return
    newer = [event for event in list_events(selected, library) if pack.record.as_at < event.date <= today]
    if newer:
        newest = max(newer)
        place = pack.place("as_at")
        message = f"The pack is as at {pack.record.as_at}, and holds something of {newest.date}."
        hint = "Write that day, or take as_at away: it is then the newest day in the pack."
        yield Problem(pack.path, place.line, place.column, "pack.stale-date", message, hint, Severity.WARNING)


def _check_parts(pack: Pack, selected: Selected, library: Library) -> Iterator[Problem]:
    """Parts that will show nothing, whoever reads them and whenever."""
    filled = _list_filled(pack, selected, library)
    for index, part in enumerate(pack.parts):
        if part.part in _MISSING and part.part not in filled:
            place = pack.place("parts", str(index))
            message = f'The part "{part.part}" has nothing to show. {_MISSING[part.part]}'
            hint = "Take the part out, or give it something."
            yield Problem(
                pack.path, place.line, place.column, "pack.empty-part", message, hint, Severity.WARNING
            )


def _list_filled(pack: Pack, selected: Selected, library: Library) -> frozenset[str]:
    """Those of the parts that can turn out empty which have something to show."""
    records = [ask.record for ask in selected.recommendations]
    has_notes = not pack.is_public and any(
        ask.id in library.recommendation_notes for ask in selected.recommendations
    )
    whether = {
        "annexes": selected.papers,
        **dict.fromkeys(("asks", "bills", "briefs", "grid", "submission"), records),
        "contacts": pack.record.contacts or _has_leads(pack, selected, library),
        "costings": any(
            cost.lines or cost.method or cost.source for record in records if (cost := record.cost)
        ),
        "lines": has_notes or any(record.lines_to_take or record.qa for record in records),
        "objections": any(record.objections for record in records),
    }
    return frozenset(part for part, content in whether.items() if content)


def _has_leads(pack: Pack, selected: Selected, library: Library) -> bool:
    """Whether there is somebody to ask whom the recipe need not name."""
    programmes = (
        library.programmes.get(name) for paper in selected.papers for name in paper.record.programmes
    )
    note = library.secondment_notes.get(pack.secondment)
    return bool(note and (note.email or note.host_contact)) or any(
        programme and programme.lead for programme in programmes
    )
