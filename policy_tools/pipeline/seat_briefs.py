"""How are briefs of one recommendation made, for one constituency or for all of them?"""

import os
from dataclasses import dataclass, replace
from datetime import datetime

from policy_tools.clear.clearance import clear
from policy_tools.load.library import load_library
from policy_tools.load.suggestion import suggest
from policy_tools.model.library import Library, Shelves
from policy_tools.model.pack import Pack, PackRecord, Selection
from policy_tools.model.problem import CannotRunError, Problem, has_errors
from policy_tools.model.seat import Seat
from policy_tools.model.site import Site
from policy_tools.pack.brief import Brief, build_insert, build_recommendation_brief
from policy_tools.pipeline.check import check_library
from policy_tools.pipeline.pack_files import PackWork, ReadyFile, make_pack_files
from policy_tools.pipeline.pack_sources import gather_pack
from policy_tools.pipeline.track import Track, track_silently
from policy_tools.render.pool import Pool
from policy_tools.store import Store

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class SeatBriefs:
    """The PDFs by file name, and the seats of which no figure is valid: they are in none of these."""

    files: tuple[tuple[str, ReadyFile], ...]
    without_figure: tuple[Seat, ...]
    problems: tuple[Problem, ...]


def make_seat_briefs(
    site: Site,
    store: Store,
    recommendation: str,
    *,
    seat: str | None = None,
    every_seat: bool = False,
    now: datetime,
    track: Track = track_silently,
) -> SeatBriefs:
    """The brief of a public recommendation: plain, for one seat by its code, or for every seat.

    Seats without a figure share the plain brief. Nothing is made while the content has errors. Raises for a
    recommendation or a code that does not exist.
    """
    library = load_library(site, store)
    problems = check_library(library, site, now=now)
    if has_errors(problems):
        return SeatBriefs((), (), problems)
    recipe = _as_pack(recommendation, library, clear(library, now, site.timezone).library)
    seats = tuple(library.seats.values()) if every_seat else ()
    seats = (_find_seat(seat, library),) if seat else seats
    with Pool(os.cpu_count() or 1) as pool:
        sources = gather_pack(recipe, library, site, store, pool, now=now)
        (ask,) = sources.selected.recommendations
        inserts = {each: build_insert(ask, each, sources.library) for each in seats}
        missing = tuple(each for each, insert in inserts.items() if insert is None)
        made = [insert for insert in inserts.values() if insert]
        briefs = [
            build_recommendation_brief(ask, sources.library, site, sources.boxes, insert)
            for insert in (made if made and not missing else [*made, None])
        ]
        work = [_as_work(brief, sources.library) for brief in briefs]
        finished = make_pack_files(
            work, ["pdf"], replace(site, formats=("pdf",)), store, pool, track, "Briefs"
        )
    files = tuple(
        (f"{brief.subject.file_name}.pdf", made_pack.files["pdf"])
        for brief, made_pack in zip(briefs, finished, strict=True)
        if "pdf" in made_pack.files
    )
    found = (*sources.problems, *(problem for each in finished for problem in each.problems))
    return SeatBriefs(files, missing, tuple(sorted(set(found))))


def _find_seat(code: str, library: Library) -> Seat:
    seat = library.seats.get(code.upper())
    if seat:
        return seat
    words = code.casefold()
    named = [each for each in library.seats.values() if words in each.name.casefold()]
    if named:
        hint = "; ".join(f"{each.name} is {each.code}" for each in named[:_MOST_NAMED])
        hint = f"Seats are named by their codes: {hint}."
    elif not library.seats:
        hint = "content/seats.csv lists none."
    else:
        hint = suggest(code.upper(), library.seats)
    raise CannotRunError(f'There is no seat "{code}". {hint}'.rstrip())


def _as_pack(name: str, library: Library, public: Shelves) -> Pack:
    """A recipe for this recommendation alone, so that it is cleared and rendered like any other."""
    if name in library.recommendations and name not in public.recommendations:
        raise CannotRunError(f'The recommendation "{name}" is not public now, and a brief is for everyone.')
    ask = public.recommendations.get(name)
    if ask is None:
        hint = suggest(name, public.recommendations)
        raise CannotRunError(f'There is no recommendation "{name}". {hint}'.rstrip())
    record = PackRecord(
        title=ask.record.title,
        summary=ask.record.title,
        audience="public",
        select=Selection(recommendations=(name,)),
        parts=("brief",),
    )
    return Pack(f"brief-{name}", record, ask.path)


def _as_work(brief: Brief, library: Shelves) -> PackWork:
    institute = library.institutes.get(brief.institute)
    return PackWork(brief.request, brief.subject.line, institute.colour if institute else None)
