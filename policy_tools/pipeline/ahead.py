"""Which papers are rendered while it is still being found out which of the others have to be?

A paper with words that no build has seen has to be rendered in any case: pandoc begins with it at once, so
that after an edit nobody waits for pandoc. Whether the files of the others are at hand (`memory.py`) is found
out in the meantime.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from policy_tools.model.document import Document, DocumentRequest, Format
from policy_tools.model.library import PublicLibrary
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem
from policy_tools.model.site import Site
from policy_tools.pipeline import search_index
from policy_tools.pipeline.formats import formats_needed
from policy_tools.pipeline.requests import PaperRequests
from policy_tools.processes import Processes
from policy_tools.render.documents import render_documents, tools_digest
from policy_tools.render.pool import Pool
from policy_tools.render.references import convert_references
from policy_tools.store import Store

_KIND = "texts"


def render_papers(
    requests: Iterable[DocumentRequest], site: Site, store: Store, pool: Pool
) -> Iterator[Document]:
    """Each paper in every format that the site needs, in the order of the requests."""
    formats = {Format.HTML, *formats_needed(site)}
    return render_documents(requests, formats, store=store, workers=pool, seconds=site.render_seconds)


def find_new_texts(papers: Iterable[Paper], store: Store) -> tuple[Paper, ...]:
    """The papers whose files are not those of the last build. No more than a guess at what is to be made."""
    seen = frozenset((store.get(_KIND, tools_digest()) or b"").decode().split())
    return tuple(paper for paper in papers if paper.digest not in seen)


def note_texts(papers: Iterable[Paper], store: Store) -> None:
    """Keep which files a build has seen, for the next one."""
    store.put(_KIND, tools_digest(), " ".join(sorted(paper.digest for paper in papers)).encode())


class RenderedAhead:
    """Documents that are being rendered by a thread of its own, each to be taken once."""

    def __init__(self, render: Callable[[Sequence[DocumentRequest]], Iterator[Document]]) -> None:
        self._render = render
        self._begun: dict[str, Future[Document]] = {}

    def begin(self, requests: Sequence[DocumentRequest]) -> None:
        """Begin to render these; their documents come in their order."""
        if not requests:
            return
        documents = self._render(requests)
        thread = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._begun = {request.id: thread.submit(next, documents) for request in requests}
        thread.shutdown(wait=False)

    def __contains__(self, paper_id: str) -> bool:
        return paper_id in self._begun

    def take(self, paper_id: str) -> Document:
        """The document of a paper that was begun, when it is ready."""
        return self._begun.pop(paper_id).result()


@dataclass(frozen=True, slots=True)
class BegunPapers:
    """What the papers of a library are made from, the documents that are begun, and what is wrong so far."""

    requests: PaperRequests
    documents: RenderedAhead
    problems: tuple[Problem, ...]


def begin_papers(
    library: PublicLibrary, site: Site, store: Store, pool: Pool, processes: Processes
) -> BegunPapers:
    """Let pandoc begin with a few papers whose words are new, as many as there are workers."""
    converted = convert_references(library.references.values(), store, pool)
    requests = PaperRequests(library, site, converted, store)
    documents = RenderedAhead(lambda requests: render_papers(requests, site, store, pool))
    new = find_new_texts(library.all_papers, store)[: pool.size]
    first = [requests[paper.id] for paper in new]
    if first and site.search != "pagefind":
        processes.begin(search_index.get_ready)  # before there are threads, beside which it may not begin
    documents.begin(first)
    return BegunPapers(requests, documents, converted.problems)
