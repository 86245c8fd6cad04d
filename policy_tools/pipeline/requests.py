"""What is each paper rendered from, and what can be told of that without gathering it?

Gathering it takes longer than finding what was made of it before, and after an edit is needed of one paper in
a thousand: so it is done when it is asked for. What the papers have in common has one digest.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import repeat

from policy_tools.model.document import DocumentRequest
from policy_tools.model.library import Shelves
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem
from policy_tools.model.site import Site
from policy_tools.render.assets import clean_request
from policy_tools.render.documents import tools_digest
from policy_tools.render.references import ConvertedReferences
from policy_tools.render.requests import build_request
from policy_tools.render.styles import StyleError, load_style
from policy_tools.store import Store, digest_of


class PaperRequests(Mapping[str, DocumentRequest]):
    """The request of every paper of a library by its id, with cleaned pictures, each gathered once.

    `problems` are those of the pictures in the requests that were gathered.
    """

    def __init__(self, library: Shelves, site: Site, references: ConvertedReferences, store: Store) -> None:
        self._papers = {paper.id: paper for paper in library.all_papers}
        self.shelves = _take_what_is_said(library)
        self._site = site
        self._references = references
        self._store = store
        self._gathered: dict[str, DocumentRequest] = {}
        self.problems: list[Problem] = []

    def __getitem__(self, id_: str) -> DocumentRequest:
        if id_ not in self._gathered:
            paper = self._papers[id_]
            request = build_request(paper, self.shelves, self._site, self._references.items)
            request, problems = clean_request(request, self._site.cache / "images", self._store)
            self._gathered[id_] = request
            self.problems += problems
        return self._gathered[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)

    @cached_property
    def shared_digest(self) -> str:
        """That of all a request may hold beside the paper itself and the works it cites."""
        shelves = self.shelves
        records = (shelves.people, shelves.programmes, shelves.institutes, shelves.series)
        return digest_of(
            tools_digest(),
            repr(self._site),
            *self._list_styles(),
            *(repr(tuple(shelf.items())) for shelf in records),
            *(f"{paper.id} {paper.record_digest}" for paper in shelves.all_papers),
        )

    def _list_styles(self) -> Iterator[str]:
        """The texts of all citation styles that the papers are set in, without those that do not exist."""
        for name in sorted({paper.record.csl or self._site.csl for paper in self._papers.values()}):
            with suppress(StyleError):
                yield load_style(name)

    def digest(self, paper: Paper) -> str:
        """That of one paper's request, taken before it is gathered: equal digests, equal requests.

        A paper with pictures has none, since they are cleaned in other files: "" stands for that.
        """
        if paper.assets:
            return ""
        works = self._references.digests
        cited = "".join(map(works.get, paper.body.cited_keys, repeat("")))
        return digest_of(self.shared_digest, paper.id, paper.path, paper.digest, cited)


def _take_what_is_said(library: Shelves) -> Shelves:
    """The records that stand on covers and decide on the lay-out: a request sees no others."""
    return Shelves(
        papers=library.papers,
        earlier_versions=library.earlier_versions,
        people=library.people,
        programmes=library.programmes,
        institutes=library.institutes,
        series=library.series,
    )
