"""Is my copy current? A page for each version of each paper, pack and brief, led to by the code on the copy.

A copy names its page by a short address: `check/nib/2/` for version 2 of a paper,
`check/pack-nib/2026-10-05/` for a pack as at that day. Old copies keep their answers.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.dated import DatedCopy
from policy_tools.edition.listing import PAPERS
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.wording import PrintedDate, format_date
from policy_tools.model.paper import Correction, Paper
from policy_tools.pack.events import list_held_days
from policy_tools.render.cover import format_correction

CHECK = Link("Is my copy current?", "check/")
PRIVATE_COPY = "check/copy/"
_LEAD = (
    "Every document of ours carries a short address and a code that lead to its own answer. Without them, "
    "find the document here and compare the version or the date."
)
_CURRENT, _OLD = "This copy is current", "This copy is out of date"
_WITHDRAWN = "This copy has been withdrawn"
_CORRECTED = "Corrected since: look at the date of your copy"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Something that happened to a document since the copy was made."""

    date: PrintedDate
    text: str


@dataclass(frozen=True, slots=True)
class CopyCheckView:
    """The answer for one copy.

    `edition` says which one it is and `answer` sums up the verdict; `current` leads to the one to use
    instead, `others` to the answers for other copies of the same document. `mark` is the newest edition
    where the date alone does not tell whether a copy is current: the address on a copy ends in its own.
    `notice` is a change of which no day is told.
    """

    title: str
    edition: str
    verdict: str
    answer: str
    explanation: str
    is_current: bool
    changes: tuple[ChangeLine, ...]
    current: Link
    others: tuple[Link, ...] = ()
    mark: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class CurrentEntry:
    """One document in the list: its current version or date."""

    document: Link
    kind: str
    edition: str
    check: str


@dataclass(frozen=True, slots=True)
class CopyIndexView:
    """Every document and what is current of it."""

    lead: str
    entries: tuple[CurrentEntry, ...]


@dataclass(frozen=True, slots=True)
class PrivateCopyView:
    """What every private copy leads to: it is the same for all, and says nothing of any."""

    press_email: str


def build_copy_checks(catalogue: Catalogue, dated: Iterable[DatedCopy]) -> Iterator[PageView]:
    """The list of documents, the page of private copies, and a page for each copy that was ever made."""
    copies = tuple(dated)
    yield _build_index(catalogue, copies)
    yield _build_private(catalogue)
    for paper in catalogue.library.papers:
        for version in range(1, paper.record.version + 1):
            yield _build_page(
                catalogue, check_address(paper.slug, version), _judge_paper(catalogue, paper, version)
            )
    for withdrawn in catalogue.library.withdrawn:
        for version in range(1, withdrawn.version + 1):
            view = _judge_withdrawn(version)
            yield _build_page(catalogue, check_address(withdrawn.slug, version), view)
    for copy in copies:
        for day in copy.days:
            view = _judge_dated(copy, day)
            yield _build_page(catalogue, f"check/{copy.id}/{day.isoformat()}/", view)
    for name, days in _list_gone(catalogue, {copy.id for copy in copies}).items():
        for day in sorted(days):
            yield _build_page(catalogue, f"check/{name}/{day.isoformat()}/", _judge_gone(name, day))


def check_address(slug: str, version: int) -> str:
    """Where a version of a paper is answered for, relative to the site's root."""
    return f"check/{slug}/{version}/"


def _build_page(catalogue: Catalogue, address: str, view: CopyCheckView) -> PageView:
    head = build_head(
        catalogue.chrome,
        address,
        f"{view.verdict}: {view.title}, {view.edition}",
        f"{view.title}, {view.edition}: {view.verdict.lower()}.",
        section=CHECK.address,
        breadcrumb=(CHECK,),
        noindex=True,
    )
    return build_page_view(catalogue.chrome, "copy_check.html", head, view)


def _judge_paper(catalogue: Catalogue, paper: Paper, version: int) -> CopyCheckView:
    newest = paper.record.version
    successor = catalogue.papers.get(paper.record.superseded_by or "")
    changes = tuple(
        ChangeLine(format_date(item.date), format_correction(item))
        for item in sorted(paper.record.corrections, key=lambda item: item.date)
        if _comes_after(item, version, paper)
    )
    current = Link(paper.record.title, paper.address)
    if successor:
        explanation = f"The paper has been superseded by “{successor.record.title}”."
        current = Link(successor.record.title, successor.address)
    elif version < newest:
        explanation = f"Version {newest} of {_since(paper)} has replaced version {version}."
    elif changes:
        explanation = (
            "It is the newest version, and was corrected without becoming another. A copy made before the "
            "date below lacks what was corrected then."
        )
    else:
        explanation = f"Version {newest} of {_since(paper)} is the newest there is."
    is_current = successor is None and version == newest
    return CopyCheckView(
        title=paper.record.title,
        edition=f"version {version}",
        verdict=_find_verdict(is_current=is_current, is_corrected=bool(changes)),
        answer="Only if it is newer" if is_current and changes else _answer(is_current=is_current),
        explanation=explanation,
        is_current=is_current,
        changes=changes,
        current=current,
        others=tuple(
            Link(f"Version {other}", check_address(paper.slug, other))
            for other in range(1, newest + 1)
            if other != version
        ),
    )


def _list_gone(catalogue: Catalogue, shown: Collection[str]) -> dict[str, set[date]]:
    """The packs and briefs of which all was withdrawn, by name, and the days as at which they were made."""
    library = catalogue.library
    gone: dict[str, set[date]] = {}
    for pack in library.packs.values():
        gone[f"pack-{pack.id}"] = set(list_held_days(pack, library.withdrawn))
    for programme in library.programmes:
        held = [paper for paper in library.withdrawn if programme in paper.programmes]
        if any(paper.recommendations for paper in held):
            gone[f"brief-programme-{programme}"] = {day for paper in held for day in paper.days}
    for paper in library.withdrawn:
        for ask in paper.recommendations:
            gone[f"brief-{ask}"] = {*paper.days, *paper.days_of_figures}
    return {name: days for name, days in gone.items() if name not in shown}


def _judge_gone(name: str, day: date) -> CopyCheckView:
    """All that may be said of a pack or a brief that was made of what was taken back."""
    kind = "pack" if name.startswith("pack-") else "brief"
    return CopyCheckView(
        title=f"A {kind} of ours",
        edition=f"as at {format_date(day).text}",
        verdict=_WITHDRAWN,
        answer=_answer(is_current=False),
        explanation=f"What this {kind} was made of was taken back. It should not be used or cited any more.",
        is_current=False,
        changes=(),
        current=PAPERS,
    )


def _judge_withdrawn(version: int) -> CopyCheckView:
    """All that may be said of a paper that was taken back."""
    return CopyCheckView(
        title="A paper of ours",
        edition=f"version {version}",
        verdict=_WITHDRAWN,
        answer=_answer(is_current=False),
        explanation="The paper was taken back, and should not be used or cited any more.",
        is_current=False,
        changes=(),
        current=PAPERS,
    )


def _find_verdict(*, is_current: bool, is_corrected: bool) -> str:
    if not is_current:
        return _OLD
    return _CORRECTED if is_corrected else _CURRENT


def _answer(*, is_current: bool) -> str:
    return "Yes" if is_current else "No"


def _since(paper: Paper) -> str:
    return format_date(paper.record.updated or paper.record.published).text


def _comes_after(correction: Correction, version: int, paper: Paper) -> bool:
    """Whether a copy of the version may lack the correction, which may have come without a new version."""
    record = paper.record
    if correction.version is None:
        return True
    if correction.version == version == record.version:
        return correction.date > (record.updated or record.published)
    return version < record.version and correction.version > version


def _judge_dated(copy: DatedCopy, day: date) -> CopyCheckView:
    is_current = day == copy.as_at
    changes = tuple(
        ChangeLine(format_date(event.date), f"{event.subject}: {event.text}")
        for event in sorted(copy.events, key=lambda event: (event.date, event.subject, event.text))
        if event.date > day
    )
    newest = format_date(copy.as_at).text
    explanation = (
        f"The newest copy is as at {newest}, edition {copy.edition}. If yours bears another edition, or "
        "none, it was changed since, and this should be used instead."
        if is_current
        else f"It is now made as at {newest}. What has changed since your copy stands below."
    )
    return CopyCheckView(
        title=f"{copy.title} ({copy.kind.lower()})",
        edition=f"as at {format_date(day).text}",
        verdict=f"Current if it is edition {copy.edition}" if is_current else _OLD,
        answer="Compare the edition" if is_current else _answer(is_current=False),
        explanation=explanation,
        is_current=is_current,
        changes=() if is_current else changes,
        notice="A paper in it has been withdrawn." if copy.held and day >= copy.held[0] else "",
        current=Link(copy.title, copy.address),
        others=tuple(
            Link(f"As at {format_date(other).text}", f"check/{copy.id}/{other.isoformat()}/")
            for other in copy.days
            if other != day
        ),
        mark=copy.edition if is_current else "",
    )


def _build_index(catalogue: Catalogue, copies: tuple[DatedCopy, ...]) -> PageView:
    papers = (
        CurrentEntry(
            Link(paper.record.title, paper.address),
            catalogue.library.series_line(paper),
            f"Version {paper.record.version}, {_since(paper)}",
            check_address(paper.slug, paper.record.version),
        )
        for paper in catalogue.library.papers
    )
    others = (
        CurrentEntry(
            Link(copy.title, copy.address),
            copy.kind,
            f"As at {format_date(copy.as_at).text}, edition {copy.edition}",
            f"check/{copy.id}/{copy.as_at.isoformat()}/",
        )
        for copy in copies
    )
    entries = sorted((*papers, *others), key=lambda entry: (entry.document.label.casefold(), entry.check))
    head = build_head(
        catalogue.chrome, CHECK.address, CHECK.label, _LEAD, section=CHECK.address, records=None
    )
    return build_page_view(
        catalogue.chrome, "copy_check_index.html", head, CopyIndexView(_LEAD, tuple(entries))
    )


def _build_private(catalogue: Catalogue) -> PageView:
    head = build_head(
        catalogue.chrome,
        PRIVATE_COPY,
        "Copies made for one reader",
        "How to learn whether a copy made for one reader is current.",
        section=CHECK.address,
        breadcrumb=(CHECK,),
        noindex=True,
    )
    view = PrivateCopyView(catalogue.site.press_email or "")
    return build_page_view(catalogue.chrome, "copy_check_private.html", head, view)
