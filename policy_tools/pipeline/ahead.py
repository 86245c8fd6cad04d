"""Which papers are rendered while it is still being found out which of the others have to be?

Whether a paper's files are at hand is known when all is gathered that they hang on (`memory.py`). A paper
with words that no build has seen has to be rendered in any case: pandoc begins with it while the rest is
gathered, so that after an edit nobody waits for pandoc.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from policy_tools.model.document import Document, DocumentRequest
from policy_tools.model.paper import Paper
from policy_tools.render.documents import tools_digest
from policy_tools.store import Store

_KIND = "texts"


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
