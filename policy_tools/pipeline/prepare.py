"""From content to an edition that is ready to be written: the pipeline as a list.

Nothing is written here but the cache. What stands in the way of publishing is returned, and the caller
decides what to do with it.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from policy_tools.clear.clearance import Clearance, clear
from policy_tools.clear.preview import clear_for_preview
from policy_tools.edition.dated import PublicPacks
from policy_tools.edition.documents import DocumentSummary, Download, summarise
from policy_tools.edition.edition import Edition, build_edition
from policy_tools.edition.files import OutputFile
from policy_tools.edition.records import build_records
from policy_tools.edition.theme import build_theme
from policy_tools.load.library import load_library
from policy_tools.model.document import Document, DocumentRequest, Format, RecommendationBox
from policy_tools.model.library import PublicLibrary
from policy_tools.model.paper import Asset, Paper
from policy_tools.model.problem import Problem, has_errors
from policy_tools.model.site import Site
from policy_tools.pipeline.ahead import RenderedAhead, find_new_texts, note_texts
from policy_tools.pipeline.check import check_library
from policy_tools.pipeline.downloads import (
    READY_FORMATS,
    MadeDownload,
    build_job,
    formats_needed,
    make_download,
    name_download,
    reload_pdf,
    typeset_papers,
)
from policy_tools.pipeline.machine import open_machine_store
from policy_tools.pipeline.memory import MadeFile, MadePaper, Memory, describe_file
from policy_tools.pipeline.photos import clean_photos
from policy_tools.pipeline.search import SearchMaker
from policy_tools.pipeline.track import Track, track_silently
from policy_tools.places import THEME
from policy_tools.processes import Processes
from policy_tools.render.assets import clean_request
from policy_tools.render.documents import recall_document, render_documents
from policy_tools.render.pool import Pool
from policy_tools.render.references import convert_references
from policy_tools.render.requests import build_request
from policy_tools.store import Store, digest_of
from policy_tools.typeset.documents import TypesettingJob


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edition ready to be written, or the problems that stand in its way.

    `edition` is None when the content has errors, except in a preview, which shows what it can.
    """

    site: Site
    edition: Edition | None
    problems: tuple[Problem, ...]
    clearance: Clearance


def prepare_edition(
    site: Site,
    store: Store,
    *,
    now: datetime,
    preview: bool = False,
    workers: int | None = None,
    track: Track = track_silently,
    meanwhile: Callable[[], object] = lambda: None,
) -> Prepared:
    """Load, check, clear, render, typeset, and lay out the whole site as at `now` (aware).

    A preview shows drafts, and the rest of the site where there are errors. `meanwhile` is done while pandoc
    works, if it has to: what the caller will need afterwards.
    """
    library = load_library(site, store)
    problems = check_library(library, site, now=now)
    clearance = (
        clear_for_preview(library, now, site.timezone) if preview else clear(library, now, site.timezone)
    )
    if has_errors(problems) and not preview:
        return Prepared(site, None, problems, clearance)
    with Processes(1) as processes:
        with Pool(workers or os.cpu_count() or 1) as pool:
            making = _Making(site, store, clearance.library, pool, processes, track, meanwhile)
            made = making.make()
        problems = tuple(sorted({*problems, *made.problems}))
        if has_errors(problems) and not preview:
            return Prepared(site, None, problems, clearance)
        edition = _lay_out(site, made)
    problems = tuple(sorted({*problems, *edition.problems}))
    return Prepared(site, edition, problems, clearance)


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made of a public library; its papers show cleaned pictures only.

    `search_files` waits for the index, which is being made while pages are laid out.
    """

    library: PublicLibrary
    documents: Mapping[str, DocumentSummary]
    downloads: Mapping[str, tuple[Download, ...]]
    files: tuple[OutputFile, ...]
    search_files: Callable[[], tuple[OutputFile, ...]]
    cite_as: Mapping[str, str]
    packs: PublicPacks
    problems: tuple[Problem, ...]


class _Making:
    """Renders and typesets every paper and pack of one public library."""

    def __init__(
        self,
        site: Site,
        store: Store,
        library: PublicLibrary,
        pool: Pool,
        processes: Processes,
        track: Track,
        meanwhile: Callable[[], object],
    ) -> None:
        self._site = site
        self._store = store
        self._library = library
        self._pool = pool
        self._track = track
        self._meanwhile = meanwhile
        self._formats = formats_needed(site)
        self._problems: list[Problem] = []
        self._requests: dict[str, DocumentRequest] = {}
        self._documents: dict[str, DocumentSummary] = {}
        self._boxes: dict[str, tuple[RecommendationBox, ...]] = {}
        self._downloads: dict[str, list[Download]] = {}
        self._files: list[OutputFile] = []
        self._made_files: dict[str, list[MadeFile]] = {}
        self._told: dict[str, list[Problem]] = {}
        self._search = SearchMaker(site, library, store, processes)
        self._ahead = RenderedAhead(self._render_documents)

    def make(self) -> _Made:
        """Everything, in the order of the papers; then the packs that are made of them."""
        papers = self._library.all_papers
        self._library, problems = clean_photos(self._library, self._site.cache, self._store)
        self._problems += problems
        self._build_requests(papers)
        self._make_papers(papers)
        packs = self._make_packs()
        return _Made(
            library=self._show_cleaned_pictures(),
            documents=self._documents,
            downloads={
                **{id_: self._in_order(downloads) for id_, downloads in self._downloads.items()},
                **packs.downloads,
            },
            files=(*self._files, *packs.files),
            search_files=self._search.begin_files(self._documents),
            cite_as={id_: request.cover.how_to_cite for id_, request in self._requests.items()},
            packs=packs,
            problems=(*self._problems, *packs.problems),
        )

    def _make_packs(self) -> PublicPacks:
        if not (self._library.packs or self._library.recommendations):
            return PublicPacks()
        from policy_tools.pipeline.public_packs import make_public_packs  # noqa: PLC0415 - takes long

        return make_public_packs(
            self._library, self._site, self._requests, self._boxes, self._store, self._pool, self._track
        )

    def _make_papers(self, papers: tuple[Paper, ...]) -> None:
        """What was made before from the same inputs is only named."""
        memory = Memory(self._site, self._store, self._library)
        recalled = memory.recall(papers, self._requests)
        for paper in papers:
            if paper.id in recalled:
                self._take_over(paper, recalled[paper.id])
        fresh = tuple(paper for paper in papers if paper.id not in recalled)
        if fresh:
            self._meanwhile()
        self._make_fresh(fresh)
        memory.keep(self._describe(paper) for paper in fresh if paper.id in self._documents)
        note_texts(papers, self._store)

    def _make_fresh(self, papers: tuple[Paper, ...]) -> None:
        jobs = self._render(papers)
        if "pdf" in self._site.formats:
            for typeset in typeset_papers(jobs, self._site, self._store, self._pool.size):
                self._tell(typeset.id, typeset.problems)
                if typeset.made:
                    self._keep(typeset.id, typeset.made, typeset.job)
        else:
            for _ in jobs:
                pass

    def _take_over(self, paper: Paper, made: MadePaper) -> None:
        self._tell(paper.id, made.problems)
        self._boxes[paper.id] = made.boxes
        self._documents[paper.id] = replace(made.summary, load=self._reloader(paper.id, Format.HTML))
        for file in made.files:
            reload = (
                partial(reload_pdf, self._store, file.job) if file.job else self._ready(paper.id, file.name)
            )
            self._keep(paper.id, name_download(paper, file.name, file.size, file.digest, reload), file.job)

    def _describe(self, paper: Paper) -> MadePaper:
        return MadePaper(
            self._documents[paper.id],
            self._boxes[paper.id],
            tuple(self._made_files.get(paper.id, ())),
            tuple(self._told.get(paper.id, ())),
        )

    def _tell(self, paper_id: str, problems: tuple[Problem, ...]) -> None:
        self._problems += problems
        self._told.setdefault(paper_id, []).extend(problems)

    def _build_requests(self, papers: tuple[Paper, ...]) -> None:
        """Gather what each paper is made from. Pandoc begins with a few that are new in the meantime."""
        converted = convert_references(self._library.references.values(), self._store, self._pool)
        self._problems += converted.problems
        first = find_new_texts(papers, self._store)[: self._pool.size]
        for paper in first:
            self._build_request(paper, converted.items)
        if first:
            self._search.get_ready()
        self._ahead.begin([self._requests[paper.id] for paper in first])
        for paper in papers:
            if paper.id not in self._requests:
                self._build_request(paper, converted.items)

    def _build_request(self, paper: Paper, references: Mapping[str, str]) -> None:
        request = build_request(paper, self._library, self._site, references)
        request, problems = clean_request(request, self._site.cache / "images", self._store)
        self._problems += problems
        self._requests[paper.id] = request

    def _render_documents(self, requests: Sequence[DocumentRequest]) -> Iterator[Document]:
        return render_documents(
            requests,
            {Format.HTML, *self._formats},
            store=self._store,
            workers=self._pool,
            seconds=self._site.render_seconds,
        )

    def _render_all(self, papers: tuple[Paper, ...]) -> Iterator[Document]:
        """The document of each paper, in their order."""
        rest = self._render_documents(
            [self._requests[paper.id] for paper in papers if paper.id not in self._ahead]
        )
        for paper in papers:
            yield self._ahead.take(paper.id) if paper.id in self._ahead else next(rest)

    def _render(self, papers: tuple[Paper, ...]) -> Iterator[tuple[Paper, TypesettingJob]]:
        shown = self._track("Papers", self._render_all(papers), len(papers))
        for paper, document in zip(papers, shown, strict=True):
            self._tell(paper.id, document.problems)
            self._boxes[paper.id] = document.recommendations
            summary = summarise(document, self._reloader(paper.id, Format.HTML))
            self._documents[paper.id] = summary
            self._search.analyse_paper(paper, summary, document)  # while pandoc works on the next ones
            self._keep_ready_downloads(paper, document)
            if document.typst:
                yield paper, build_job(paper, self._requests[paper.id], document, self._library, self._site)

    def _keep_ready_downloads(self, paper: Paper, document: Document) -> None:
        for name in READY_FORMATS:
            content: bytes = getattr(document, name)
            if content and name in self._site.formats:
                self._keep(paper.id, make_download(paper, name, content, self._ready(paper.id, name)))

    def _keep(self, paper_id: str, made: MadeDownload, job: str = "") -> None:
        self._downloads.setdefault(paper_id, []).append(made.download)
        self._files.append(made.file)
        self._made_files.setdefault(paper_id, []).append(describe_file(made, job))

    def _ready(self, paper_id: str, name: str) -> Callable[[], bytes]:
        """What fetches a file again that the renderer finishes: Word or EPUB."""
        reload = self._reloader(paper_id, READY_FORMATS[name])
        return lambda: getattr(reload(), name)

    def _in_order(self, downloads: list[Download]) -> tuple[Download, ...]:
        return tuple(sorted(downloads, key=lambda download: self._site.formats.index(download.format)))

    def _reloader(self, paper_id: str, format_: Format) -> Callable[[], Document]:
        request, store, seconds = self._requests[paper_id], self._store, self._site.render_seconds

        def reload() -> Document:
            return recall_document(request, format_, store) or next(
                render_documents([request], {format_}, store=store, workers=1, seconds=seconds)
            )

        return reload

    def _show_cleaned_pictures(self) -> PublicLibrary:
        return replace(
            self._library,
            papers=tuple(self._with_cleaned_assets(paper) for paper in self._library.papers),
            earlier_versions=tuple(
                self._with_cleaned_assets(paper) for paper in self._library.earlier_versions
            ),
        )

    def _with_cleaned_assets(self, paper: Paper) -> Paper:
        """The paper with the files that may be published in place of its author's; refused ones are gone."""
        cleaned = self._requests[paper.id].assets
        assets = tuple(_clean(asset, cleaned) for asset in paper.assets if asset.name in cleaned)
        return replace(paper, assets=assets)


def _clean(asset: Asset, cleaned: Mapping[str, Path]) -> Asset:
    path = cleaned[asset.name]
    if path == asset.path:
        return asset
    content = path.read_bytes()
    return replace(asset, path=path, size=len(content), digest=digest_of(content))


def _lay_out(site: Site, made: _Made) -> Edition:
    with open_machine_store(site) as fonts:
        theme = build_theme(THEME, made.library.institutes, site.institute, fonts)
    records = build_records(site, made.library, made.downloads)
    return build_edition(
        site,
        made.library,
        made.documents,
        made.downloads,
        theme,
        cite_as=made.cite_as,
        descriptions=records.descriptions,
        packs=made.packs.packs,
        briefs=made.packs.briefs,
        more_files=chain(made.files, records.files, _wait_for(made.search_files)),
    )


def _wait_for(files: Callable[[], tuple[OutputFile, ...]]) -> Iterator[OutputFile]:
    """The files when they are made, which nobody asks for before the pages are laid out."""
    yield from files()
