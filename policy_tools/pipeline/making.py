"""What is made of a cleared library, paper by paper and pack by pack?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from policy_tools.edition.dated import PublicPacks
from policy_tools.edition.documents import DocumentSummary, Download, summarise
from policy_tools.edition.files import OutputFile
from policy_tools.model.document import Document, Format, RecommendationBox
from policy_tools.model.library import PublicLibrary
from policy_tools.model.paper import Asset, Paper
from policy_tools.model.problem import Problem
from policy_tools.model.site import Site
from policy_tools.pipeline.ahead import BegunPapers, note_texts, render_papers
from policy_tools.pipeline.downloads import (
    MadeDownload,
    build_job,
    make_download,
    name_download,
    reload_pdf,
    typeset_papers,
)
from policy_tools.pipeline.formats import READY_FORMATS
from policy_tools.pipeline.made import Made
from policy_tools.pipeline.memory import MadeFile, MadePaper, Memory, describe_file
from policy_tools.pipeline.photos import clean_photos
from policy_tools.pipeline.search import SearchMaker
from policy_tools.pipeline.track import Track
from policy_tools.processes import Processes
from policy_tools.render.documents import recall_document, render_documents
from policy_tools.render.pool import Pool
from policy_tools.store import Store, digest_of
from policy_tools.typeset.documents import TypesettingJob


class Making:
    """Renders and typesets every paper and pack of one public library, of which some are begun."""

    def __init__(
        self,
        site: Site,
        store: Store,
        library: PublicLibrary,
        begun: BegunPapers,
        pool: Pool,
        processes: Processes,
    ) -> None:
        self._site = site
        self._store = store
        self._library = library
        self._requests = begun.requests
        self._ahead = begun.documents
        self._pool = pool
        self._memory = Memory(site, store, begun.requests)
        self._problems = [*begun.problems]
        self._fresh: list[Paper] = []
        self._documents: dict[str, DocumentSummary] = {}
        self._boxes: dict[str, tuple[RecommendationBox, ...]] = {}
        self._downloads: dict[str, list[Download]] = {}
        self._files: list[OutputFile] = []
        self._made_files: dict[str, list[MadeFile]] = {}
        self._told: dict[str, list[Problem]] = {}
        self._search = SearchMaker(site, library, store, processes)

    def recall(self) -> PublicLibrary:
        """Take over what was made before from the same inputs; give the library with cleaned photographs."""
        self._library, problems = clean_photos(self._library, self._site.cache, self._store)
        self._problems += problems
        recalled = self._memory.recall(self._library.all_papers)
        for paper in self._library.all_papers:
            if paper.id in recalled:
                self._take_over(paper, recalled[paper.id])
            else:
                self._fresh.append(paper)
        return self._library

    def make(self, track: Track) -> Made:
        """Everything that was not recalled, in the order of the papers; then the packs made of them."""
        papers = self._library.all_papers
        self._make_fresh(track)
        note_texts(papers, self._store)
        packs = self._make_packs(track)
        return Made(
            library=self._show_cleaned_pictures(),
            documents=self._documents,
            downloads={
                **{id_: self._in_order(downloads) for id_, downloads in self._downloads.items()},
                **packs.downloads,
            },
            files=(*self._files, *packs.files),
            search=self._search,
            cite_as={paper.id: self._memory.cite_as(paper.id) for paper in papers},
            packs=packs,
            shared_digest=self._requests.shared_digest,
            problems=(*self._problems, *self._requests.problems, *packs.problems),
        )

    def _make_packs(self, track: Track) -> PublicPacks:
        if not (self._library.packs or self._library.recommendations):
            return PublicPacks()
        from policy_tools.pipeline.public_packs import make_public_packs  # noqa: PLC0415 - takes long

        return make_public_packs(
            self._library, self._site, self._requests, self._boxes, self._store, self._pool, track
        )

    def _make_fresh(self, track: Track) -> None:
        jobs = self._render(self._fresh, track)
        if "pdf" in self._site.formats:
            for typeset in typeset_papers(jobs, self._site, self._store, self._pool.size):
                self._tell(typeset.id, typeset.problems)
                if typeset.made:
                    self._keep(typeset.id, typeset.made, typeset.job)
        else:
            for _ in jobs:
                pass
        self._memory.keep(self._describe(paper) for paper in self._fresh if paper.id in self._documents)

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

    def _render_all(self, papers: list[Paper]) -> Iterator[Document]:
        """The document of each paper, in their order."""
        requests = [self._requests[paper.id] for paper in papers if paper.id not in self._ahead]
        rest = render_papers(requests, self._site, self._store, self._pool)
        for paper in papers:
            yield self._ahead.take(paper.id) if paper.id in self._ahead else next(rest)

    def _render(self, papers: list[Paper], track: Track) -> Iterator[tuple[Paper, TypesettingJob]]:
        shown = track("Papers", self._render_all(papers), len(papers))
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
        store, seconds = self._store, self._site.render_seconds

        def reload() -> Document:
            request = self._requests[paper_id]
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
        if not paper.assets:
            return paper
        cleaned = self._requests[paper.id].assets
        assets = tuple(_clean(asset, cleaned) for asset in paper.assets if asset.name in cleaned)
        return replace(paper, assets=assets)


def _clean(asset: Asset, cleaned: Mapping[str, Path]) -> Asset:
    path = cleaned[asset.name]
    if path == asset.path:
        return asset
    content = path.read_bytes()
    return replace(asset, path=path, size=len(content), digest=digest_of(content))
