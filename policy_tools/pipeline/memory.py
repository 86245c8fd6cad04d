"""What is known of a paper all of whose files were made before, so that none of them is loaded again?

A paper's files stay in the store. What pages say of them is kept beside them in a few lines, by the digest of
all that they were made from: after one edit in a thousand papers, one paper is rendered and no other is read.
"""

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policy_tools.edition.documents import DocumentSummary, RecommendationLine
from policy_tools.load.made_by import digest_of_code
from policy_tools.model.document import ContentsEntry, Document, DocumentRequest, Format, RecommendationBox
from policy_tools.model.library import Shelves
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem, has_errors
from policy_tools.model.site import Site
from policy_tools.pipeline.downloads import MadeDownload, build_job, formats_needed
from policy_tools.render.documents import PARTS_KIND, part_digests
from policy_tools.store import Store, digest_of
from policy_tools.typeset.documents import STORE_KIND as PDF_KIND
from policy_tools.typeset.documents import digest_job

_KIND = "made-paper"
_CODE = ("edition", "model", "pipeline", "typeset")


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A download as it was made: its format's short name, its size and digest; for a PDF, its job's."""

    name: str
    size: int
    digest: str
    job: str = ""


@dataclass(frozen=True, slots=True)
class MadePaper:
    """What pages, packs and reports say of a paper; `summary.load` is for the caller to give."""

    summary: DocumentSummary
    boxes: tuple[RecommendationBox, ...]
    files: tuple[MadeFile, ...]
    problems: tuple[Problem, ...]


class Memory:
    """Remembers the papers of one site, but none that has errors or lacks a file."""

    def __init__(self, site: Site, store: Store, library: Shelves) -> None:
        self._site = site
        self._store = store
        self._library = library
        self._formats = frozenset({Format.HTML, *formats_needed(site)})
        self._keys: dict[str, str] = {}
        self._parts: dict[str, tuple[str, ...]] = {}

    def recall(
        self, papers: Iterable[Paper], requests: Mapping[str, DocumentRequest]
    ) -> dict[str, MadePaper]:
        """Those of the papers that were made before from the same inputs, by id."""
        for paper in papers:
            self._keys[paper.id] = self._digest(paper, requests[paper.id])
        kept = self._store.get_many(_KIND, self._keys.values())
        recalled = {id_: _unpack(id_, kept[key]) for id_, key in self._keys.items() if key in kept}
        self._note_use(recalled)
        return recalled

    def _note_use(self, recalled: Mapping[str, MadePaper]) -> None:
        """What pages may still fetch of these papers, unless all of it stands in the output already."""
        self._store.note_use(PARTS_KIND, (digest for id_ in recalled for digest in self._parts[id_]))
        jobs = (file.job for made in recalled.values() for file in made.files if file.job)
        self._store.note_use(PDF_KIND, jobs)

    def keep(self, made: Iterable[MadePaper]) -> None:
        """Remember papers that were asked for with `recall`."""
        whole = (paper for paper in made if self._is_whole(paper))
        self._store.put_many(_KIND, {self._keys[paper.summary.id]: _pack(paper) for paper in whole})

    def _is_whole(self, paper: MadePaper) -> bool:
        has_files = {file.name for file in paper.files} == set(self._site.formats)
        return has_files and not has_errors(paper.problems)

    def _digest(self, paper: Paper, request: DocumentRequest) -> str:
        """All that the paper's files are made from, and the place that its problems are told at."""
        parts = self._parts[paper.id] = tuple(part_digests(request, sorted(self._formats)).values())
        return digest_of(
            digest_of_code(*_CODE),
            *parts,
            self._digest_pdf(paper, request),
            ",".join(self._site.formats),
            request.path,
            str(request.first_line),
        )

    def _digest_pdf(self, paper: Paper, request: DocumentRequest) -> str:
        """What a PDF is made from beside its Typst, which has a digest of its own."""
        if "pdf" not in self._site.formats:
            return ""
        return digest_job(build_job(paper, request, Document(id=paper.id), self._library, self._site))


def describe_file(made: MadeDownload, job: str = "") -> MadeFile:
    """A file that was just made, in the few words that are kept of it."""
    return MadeFile(made.download.format, made.download.size, made.file.digest, job)


def _not_loaded() -> Document:
    raise LookupError("Whoever recalls a paper says how it is loaded.")


def _pack(paper: MadePaper) -> bytes:
    """As plain tuples, which are read several times as fast as objects."""
    summary = paper.summary
    return pickle.dumps(
        (
            (summary.digest, summary.words, summary.cited),
            [(entry.level, entry.number, entry.title, entry.anchor) for entry in summary.contents],
            [(line.id, line.number, line.text, line.digest) for line in summary.recommendations],
            [(box.id, box.number, box.html, box.text) for box in paper.boxes],
            [(file.name, file.size, file.digest, file.job) for file in paper.files],
            paper.problems,
        ),
        protocol=5,
    )


def _unpack(id_: str, kept: bytes) -> MadePaper:
    facts, contents, lines, boxes, files, problems = pickle.loads(kept)  # noqa: S301  (trusted like the code)
    summary = DocumentSummary(
        id=id_,
        digest=facts[0],
        words=facts[1],
        cited=facts[2],
        contents=tuple(ContentsEntry(*row) for row in contents),
        recommendations=tuple(RecommendationLine(*row) for row in lines),
        load=_not_loaded,
    )
    return MadePaper(
        summary,
        tuple(RecommendationBox(*row) for row in boxes),
        tuple(MadeFile(*row) for row in files),
        problems,
    )
