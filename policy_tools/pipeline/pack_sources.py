"""What is one pack made of, rendered as far as its parts and its snapshot need it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from policy_tools.clear.audience import clear_for_pack
from policy_tools.model.document import Document, DocumentRequest, Format
from policy_tools.model.library import Library, PackLibrary
from policy_tools.model.pack import Pack
from policy_tools.model.paper import Paper, Status
from policy_tools.model.problem import CannotRunError, Problem
from policy_tools.model.site import Site
from policy_tools.pack.asks import Boxes
from policy_tools.pack.events import find_as_at, list_events, list_held_days
from policy_tools.pack.selection import Selected, select
from policy_tools.pack.snapshot import Snapshot, build_snapshot
from policy_tools.render.assets import clean_request
from policy_tools.render.documents import render_documents
from policy_tools.render.pool import Pool
from policy_tools.render.references import convert_references
from policy_tools.render.requests import build_request
from policy_tools.store import Store


class EmptyPackError(CannotRunError):
    """Its readers may see nothing of what a pack selects."""


@dataclass(frozen=True, slots=True)
class PackSources:
    """A pack's own library, what it selects, and its papers as they are rendered, by the paper's id.

    Papers of which it only shows recommendations are among them.
    """

    pack: Pack
    library: PackLibrary
    selected: Selected
    as_at: date
    requests: Mapping[str, DocumentRequest] = field(default_factory=lambda: MappingProxyType({}))
    documents: Mapping[str, Document] = field(default_factory=lambda: MappingProxyType({}))
    withdrawn: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def boxes(self) -> Boxes:
        """The recommendations of each paper as they were rendered."""
        return {id_: document.recommendations for id_, document in self.documents.items()}

    def describe(self, copy_id: str = "") -> Snapshot:
        """What the pack says."""
        return build_snapshot(
            self.pack,
            self.selected,
            self.library,
            self.documents,
            as_at=self.as_at,
            copy_id=copy_id,
            withdrawn=self.withdrawn,
        )


def gather_pack(
    pack: Pack,
    library: Library,
    site: Site,
    store: Store,
    pool: Pool,
    *,
    now: datetime,
    today: date | None = None,
) -> PackSources:
    """Clear, select and render. Raises where the pack would be empty.

    `today` is another day than that of `now` for a copy that is issued as at an earlier one.
    """
    cleared = clear_for_pack(library, pack, now, site.timezone)
    selected = select(pack, cleared)
    events = list_events(selected, cleared)
    today = today or site.day_of(now)
    as_at = find_as_at(pack, events, list_held_days(pack, cleared.withdrawn), today)
    if as_at is None or not events:
        raise EmptyPackError(f'The pack "{pack.id}" is empty: its readers may see nothing that it selects.')
    requests, documents, problems = _render(_list_papers(selected, cleared), cleared, site, store, pool)
    withdrawn = (paper.slug for paper in library.papers if paper.record.status is Status.WITHDRAWN)
    return PackSources(
        pack, cleared, selected, as_at, requests, documents, tuple(withdrawn), tuple(sorted(set(problems)))
    )


def find_pack(library: Library, pack_id: str) -> Pack:
    """The pack of that id. Raises with the ids that there are."""
    pack = library.packs.get(pack_id)
    if pack is None:
        known = ", ".join(sorted(library.packs)) or "none"
        raise CannotRunError(f'There is no pack "{pack_id}". There are: {known}.')
    return pack


def _list_papers(selected: Selected, library: PackLibrary) -> tuple[Paper, ...]:
    """The selected papers, and the current ones of which only recommendations are shown."""
    shown = {paper.slug for paper in selected.papers}
    others = {ask.paper for ask in selected.recommendations} - shown
    return (*selected.papers, *(paper for paper in library.papers if paper.slug in others))


def _render(
    papers: tuple[Paper, ...], library: PackLibrary, site: Site, store: Store, pool: Pool
) -> tuple[Mapping[str, DocumentRequest], Mapping[str, Document], list[Problem]]:
    keys = {key for paper in papers for key in paper.body.cited_keys}
    cited = (reference for key, reference in library.references.items() if key in keys)
    converted = convert_references(cited, store, pool)
    problems = list(converted.problems)
    requests: dict[str, DocumentRequest] = {}
    for paper in papers:
        request = build_request(paper, library, site, converted.items)
        requests[paper.id], found = clean_request(request, site.cache / "images", store)
        problems += found
    documents: dict[str, Document] = {}
    for document in render_documents(
        requests.values(), {Format.HTML}, store=store, workers=pool, seconds=site.render_seconds
    ):
        documents[document.id] = document
        problems += document.problems
    return MappingProxyType(requests), MappingProxyType(documents), problems
