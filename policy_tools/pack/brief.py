"""One side of A4 for each recommendation and each programme: what is asked of the renderer?

A brief is a pack that selects one thing and has one part.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from policy_tools.describe.publisher import DEMONSTRATION
from policy_tools.model.document import Cover, Marks, PackRequest
from policy_tools.model.library import PackLibrary, PublicLibrary, Shelves
from policy_tools.model.pack import Pack, PackRecord, Selection
from policy_tools.model.printing import format_british_date
from policy_tools.model.programme import Programme
from policy_tools.model.recommendation import Recommendation
from policy_tools.model.seat import Seat, Statistic
from policy_tools.model.site import Site
from policy_tools.pack.asks import Boxes
from policy_tools.pack.edition_mark import bear_edition, find_edition
from policy_tools.pack.events import Event, list_events, list_held_days
from policy_tools.pack.parts import render_sheet
from policy_tools.pack.request import DISCLAIMER, check_address_of, format_as_at, list_colophon
from policy_tools.pack.seat_figures import SeatFigure, list_seat_figures, list_statistics
from policy_tools.pack.selection import Selected, select
from policy_tools.pack.view import build_view, find_publisher
from policy_tools.pack.wording import curl_quotes

SERIES_LINE = "Brief"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a brief is about.

    `id` is that thing's own; `name` stands in short addresses ("brief-nib-01"). The files are called
    `file_name` and stand beside the page at `address`; `path` and `line` are where the record stands.
    """

    id: str
    name: str
    title: str
    subtitle: str
    summary: str
    address: str
    file_name: str
    path: str
    line: int
    selected: Selected


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief before it is rendered. Those of one recommendation for all the seats are of one edition."""

    subject: Subject
    as_at: date
    edition: str
    events: tuple[Event, ...]
    held: tuple[date, ...]
    request: PackRequest
    institute: str


@dataclass(frozen=True, slots=True)
class SeatInsert:
    """A seat, and what the statistics say of it: at least one figure."""

    seat: Seat
    figures: tuple[SeatFigure, ...]


def build_insert(ask: Recommendation, seat: Seat, library: Shelves) -> SeatInsert | None:
    """What a recommendation's brief can say of a seat; None when no figure is valid there."""
    figures = list_seat_figures(ask, seat, library)
    return SeatInsert(seat, figures) if figures else None


def build_recommendation_brief(
    ask: Recommendation, library: Shelves, site: Site, boxes: Boxes, insert: SeatInsert | None = None
) -> Brief:
    """The brief of a recommendation, with the constituency's figures if there are any."""
    paper = next((paper for paper in library.papers if paper.slug == ask.paper), None)
    subject = Subject(
        id=ask.id,
        name=f"brief-{ask.id}",
        title=ask.record.title,
        subtitle=f"From “{paper.record.title}”" if paper else "",
        summary="",
        address=ask.address,
        file_name=f"{ask.id}-brief",
        path=ask.path,
        line=ask.line,
        selected=Selected((paper,) if paper else (), (ask,)),
    )
    return _build(subject, library, site, boxes, list_statistics(ask, library), insert)


def build_programme_brief(
    programme: Programme, library: PublicLibrary | PackLibrary, site: Site, boxes: Boxes
) -> Brief | None:
    """The brief of a programme; None when it recommends nothing."""
    record = PackRecord(
        title=programme.title,
        summary=programme.summary,
        audience="public",
        select=Selection(programmes=(programme.id,)),
        parts=("brief",),
    )
    recipe = Pack(programme.id, record, programme.path)
    selected = select(recipe, library)
    if not selected.recommendations:
        return None
    subject = Subject(
        id=programme.id,
        name=f"brief-programme-{programme.id}",
        title=programme.title,
        subtitle=programme.question,
        summary="",
        address=f"programmes/{programme.id}/",
        file_name=f"{programme.id}-brief",
        path=programme.path,
        line=1,
        selected=selected,
    )
    return _build(subject, library, site, boxes, held=list_held_days(recipe, library.withdrawn))


def _build(
    subject: Subject,
    library: Shelves,
    site: Site,
    boxes: Boxes,
    statistics: tuple[Statistic, ...] = (),
    insert: SeatInsert | None = None,
    held: tuple[date, ...] = (),
) -> Brief:
    events = _add_figures(list_events(subject.selected, library), statistics)
    as_at = max((events[0].date, *held))
    plain = _build_request(subject, library, site, boxes, as_at)
    edition = find_edition(plain, site, statistics)
    request = plain
    if insert:
        subject = replace(
            subject,
            subtitle=f"For {insert.seat.name}",
            file_name=f"{subject.file_name}-{insert.seat.code}",
        )
        request = _build_request(subject, library, site, boxes, as_at, insert)
    institute = find_publisher(_as_pack(subject), subject.selected, library, site)
    return Brief(
        subject=subject,
        as_at=as_at,
        edition=edition,
        events=events,
        held=held,
        request=bear_edition(request, edition),
        institute=institute.id if institute else "",
    )


def _add_figures(events: tuple[Event, ...], statistics: Iterable[Statistic]) -> tuple[Event, ...]:
    """The events, newest first, with the days of figures that are newer than the oldest of them."""
    figures = (
        Event(each.record.date, each.record.title, "Figures of this day.")
        for each in statistics
        if each.record.date > events[-1].date
    )
    return tuple(sorted((*events, *figures), key=lambda event: event.date, reverse=True))


def _build_request(
    subject: Subject,
    library: Shelves,
    site: Site,
    boxes: Boxes,
    as_at: date,
    insert: SeatInsert | None = None,
) -> PackRequest:
    recipe = _as_pack(subject)
    view = build_view(recipe, subject.selected, library, site, boxes)
    return PackRequest(
        id=f"{subject.name}-{insert.seat.code}" if insert else subject.name,
        path=subject.path,
        layout="brief",
        cover=_build_cover(recipe, subject, library, site, as_at, insert.seat if insert else None),
        marks=Marks(as_at=format_as_at(as_at), disclaimer=DISCLAIMER),
        pieces=render_sheet(view, insert.figures, insert.seat.name) if insert else render_sheet(view),
        has_cover=False,
        has_contents=False,
        has_colophon=False,
        language=site.language,
    )


def _as_pack(subject: Subject) -> Pack:
    record = PackRecord(
        title=subject.title, summary=subject.title, audience="public", select=Selection(), parts=("brief",)
    )
    return Pack(subject.name, record, subject.path)


def _build_cover(
    recipe: Pack, subject: Subject, library: Shelves, site: Site, as_at: date, seat: Seat | None
) -> Cover:
    institute = find_publisher(recipe, subject.selected, library, site)
    address = f"{site.url}/{subject.address}" if site.url else ""
    return Cover(
        title=curl_quotes(subject.title),
        subtitle=curl_quotes(subject.subtitle),
        authors=(),
        publisher=institute.name if institute else site.name,
        series_line=SERIES_LINE,
        version_line="",
        date_line=format_british_date(as_at),
        date_iso=as_at.isoformat(),
        language=site.language,
        summary=subject.summary,
        key_points=(),
        keywords=(),
        corrections=(),
        notices=(DEMONSTRATION,) if site.demonstration else (),
        colophon=tuple(list_colophon(subject.selected, library, site, institute)),
        how_to_cite="",
        current_address=address,
        identifier=f"{address or subject.name}#{f'{seat.code}-' if seat else ''}{as_at.isoformat()}",
        rights="",
        check_address=check_address_of(subject.name, as_at, site),
    )
