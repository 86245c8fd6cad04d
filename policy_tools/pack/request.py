"""What is asked of the renderer for a pack or a brief: its cover, its marks, its parts and its annexes?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from policy_tools.describe.publisher import DEMONSTRATION, list_publisher
from policy_tools.model.document import Annex, Cover, DocumentRequest, Marks, PackPart, PackRequest
from policy_tools.model.library import PackLibrary, Shelves
from policy_tools.model.pack import Pack
from policy_tools.model.paper import Paper
from policy_tools.model.printing import format_british_date, format_embargo, format_moment_of_embargo
from policy_tools.model.programme import Institute
from policy_tools.model.site import Site
from policy_tools.pack.asks import Boxes
from policy_tools.pack.changes_part import ChangesView
from policy_tools.pack.edition_mark import bear_edition, find_edition
from policy_tools.pack.parts import HAS_NO_PART, render_part
from policy_tools.pack.selection import Selected
from policy_tools.pack.view import build_view, find_publisher, format_paper_line
from policy_tools.pack.wording import curl_quotes, end_sentence, lower_first

SERIES_LINE = "Briefing pack"
DISCLAIMER = "Not government advice"
IN_CONFIDENCE = "In confidence"
NOT_ISSUED = "Not issued"
PRIVATE_CHECK = "check/copy/"
PUBLIC_RIGHTS = "Each paper in this pack names the licence under which it may be used."
PRIVATE_RIGHTS = (
    "This pack is private: all rights reserved. Each paper in it that is published names the licence under "
    "which it may be used."
)
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class CopyMarks:
    """What tells one copy of a private pack from every other."""

    copy_id: str = ""
    watermark: str = NOT_ISSUED
    issued_at: date | None = None


def build_pack_request(
    pack: Pack,
    selected: Selected,
    library: Shelves,
    site: Site,
    requests: Mapping[str, DocumentRequest],
    boxes: Boxes,
    *,
    as_at: date,
    changes: ChangesView | None = None,
    copy: CopyMarks | None = None,
) -> PackRequest:
    """A pack as work for the renderer.

    `requests` are those of its papers and `boxes` their recommendations as rendered, by the paper's id;
    `changes` and `copy` are for private packs.
    """
    view = build_view(pack, selected, library, site, boxes, changes)
    kinds = {part.part for part in pack.parts}
    pieces: list[PackPart | Annex] = []
    for part in pack.parts:
        if part.part not in HAS_NO_PART and (part.part != "annexes" or part.title or part.note):
            pieces += render_part(part, view)
        if part.part == "annexes":
            pieces += _list_annexes(selected.papers, requests, site)
    request = PackRequest(
        id=pack.id,
        path=pack.path,
        layout="pack",
        cover=_build_cover(pack, selected, library, site, as_at),
        marks=_build_marks(pack, as_at, copy),
        pieces=tuple(pieces),
        has_cover="cover" in kinds,
        has_contents=len(pieces) > ("cover" not in kinds),
        has_colophon="colophon" in kinds,
        language=site.language,
    )
    return bear_edition(request, find_edition(request, site)) if pack.is_public else request


def list_part_titles(request: PackRequest) -> tuple[str, ...]:
    """The titles of what a pack holds, in order, as its contents have them."""
    return tuple(
        f"{piece.label}: {piece.title}" if isinstance(piece, Annex) else piece.title
        for piece in request.pieces
    )


def label_annex(place: int) -> str:
    """The letters of an annex by its place from 0: A to Z, then AA, AB and so on."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def format_as_at(as_at: date) -> str:
    """The date line of every page."""
    return f"As at {format_british_date(as_at)}"


def check_address_of(name: str, as_at: date, site: Site) -> str:
    """Where a copy of a public pack or brief is answered for; empty without the site's address."""
    return f"{site.url}/check/{name}/{as_at.isoformat()}/" if site.url else ""


def _list_annexes(
    papers: Iterable[Paper], requests: Mapping[str, DocumentRequest], site: Site
) -> Iterator[Annex]:
    for place, paper in enumerate(papers):
        letters = label_annex(place)
        yield Annex(
            f"Annex {letters}",
            f"annex-{letters.lower()}",
            curl_quotes(paper.record.title),
            requests[paper.id],
            f"{site.url}/papers/{paper.slug}/" if site.url else "",
        )


def _build_marks(pack: Pack, as_at: date, copy: CopyMarks | None) -> Marks:
    handling = pack.record.handling or ("" if pack.is_public else IN_CONFIDENCE)
    if pack.is_public:
        return Marks(handling=handling, as_at=format_as_at(as_at), disclaimer=DISCLAIMER)
    copy = copy or CopyMarks()
    issued = f" · Issued {format_british_date(copy.issued_at)}" if copy.issued_at else ""
    return Marks(handling, f"{format_as_at(as_at)}{issued}", copy.copy_id, copy.watermark, DISCLAIMER)


def _build_cover(pack: Pack, selected: Selected, library: Shelves, site: Site, as_at: date) -> Cover:
    institute = find_publisher(pack, selected, library, site)
    publisher = institute.name if institute else site.name
    address = f"{site.url}/{pack.address}" if site.url and pack.is_public else ""
    private_check = f"{site.url}/{PRIVATE_CHECK}" if site.url else ""
    return Cover(
        title=curl_quotes(pack.record.title),
        subtitle=curl_quotes(pack.record.subtitle or ""),
        authors=(),
        publisher=publisher,
        series_line=SERIES_LINE,
        version_line="",
        date_line=format_british_date(as_at),
        date_iso=as_at.isoformat(),
        language=site.language,
        summary=curl_quotes(pack.record.summary),
        key_points=(),
        keywords=(),
        corrections=(),
        notices=tuple(curl_quotes(notice) for notice in _list_notices(pack, selected, library, site)),
        colophon=tuple(list_colophon(selected, library, site, institute)),
        how_to_cite=_how_to_cite(pack, institute, publisher, as_at, address) if pack.is_public else "",
        current_address=address,
        identifier=_identify(pack, site, as_at, address),
        rights=PUBLIC_RIGHTS if pack.is_public else PRIVATE_RIGHTS,
        check_address=check_address_of(f"pack-{pack.id}", as_at, site) if pack.is_public else private_check,
    )


def list_embargoes(selected: Selected, library: Shelves) -> tuple[str, ...]:
    """What a reader has to keep to who is shown papers, or recommendations of papers, before their day."""
    unpublished = library.unpublished if isinstance(library, PackLibrary) else {}
    slugs = {paper.slug for paper in selected.papers} | {ask.paper for ask in selected.recommendations}
    return tuple(
        f"“{paper.record.title}”: {lower_first(format_embargo(until, paper.record.embargo))}"
        for paper in library.papers
        if paper.slug in slugs and (until := unpublished.get(paper.slug))
    )


def _list_notices(pack: Pack, selected: Selected, library: Shelves, site: Site) -> Iterator[str]:
    """What the reader is told before all else."""
    yield from list_embargoes(selected, library)
    if pack.record.note:
        yield pack.record.note
    note = library.secondment_note if isinstance(library, PackLibrary) else None
    if note and note.note:
        yield note.note
    if site.demonstration:
        yield DEMONSTRATION


def list_colophon(
    selected: Selected, library: Shelves, site: Site, institute: Institute | None
) -> Iterator[tuple[str, str]]:
    """Who answers for it, and the papers that it is made of: label and value of each line."""
    yield from ((label, value) for label, value in list_publisher(institute, site) if value)
    papers = "; ".join(f"{paper.record.title} ({_tell_of(paper, library)})" for paper in selected.papers)
    if papers:
        yield "Made of", end_sentence(papers)
    if site.press_email:
        yield "Contact", site.press_email


def _tell_of(paper: Paper, library: Shelves) -> str:
    """The paper's line, and that it is not public where it is not."""
    unpublished = library.unpublished if isinstance(library, PackLibrary) else {}
    line = format_paper_line(paper, library)
    if paper.slug not in unpublished:
        return line
    until = unpublished[paper.slug]
    return f"{line}, {lower_first(format_moment_of_embargo(until))}" if until else f"{line}, private"


def _how_to_cite(pack: Pack, institute: Institute | None, publisher: str, as_at: date, address: str) -> str:
    place = f"{institute.publisher_place}: {institute.name}" if institute else publisher
    available = f" Available at: {address}" if address else ""
    edition = f"{SERIES_LINE}, as at {format_british_date(as_at)}"
    return f"{publisher} ({as_at.year}) {end_sentence(pack.record.title)} {edition}. {place}.{available}"


def _identify(pack: Pack, site: Site, as_at: date, address: str) -> str:
    """What names this pack as at this day and no other."""
    return (
        f"{address}#{as_at.isoformat()}"
        if address
        else f"{site.institute}:pack-{pack.id}:{as_at.isoformat()}"
    )
