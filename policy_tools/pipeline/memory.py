"""What is known of a paper all of whose files were made before, so that none of them is loaded again?

A paper's files stay in the store. What pages say of them is kept beside them in a few lines, by the digest of
all that they were made from: after one edit in a thousand papers, one paper is rendered and no other is read.
Which digests those are is kept as well, by what can be told of a paper without gathering its request.
"""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policy_tools.edition.documents import DocumentSummary, RecommendationLine
from policy_tools.load.made_by import digest_of_code
from policy_tools.model.document import ContentsEntry, Document, DocumentRequest, Format, RecommendationBox
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem, has_errors
from policy_tools.model.site import Site
from policy_tools.pipeline.downloads import MadeDownload, build_job
from policy_tools.pipeline.formats import formats_needed
from policy_tools.pipeline.frame import MAKING_CODE
from policy_tools.pipeline.requests import PaperRequests
from policy_tools.render.documents import PARTS_KIND, part_digests
from policy_tools.store import Store, digest_of
from policy_tools.typeset.documents import STORE_KIND as PDF_KIND
from policy_tools.typeset.documents import digest_job, digest_press

_KIND = "made-paper"
_LAST_KIND = "gathered"
_NOTHING = pickle.dumps(("", {}))


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


class Gathered(NamedTuple):
    """What is known of a paper once its request is gathered.

    `key` is that of what was made of it, `parts` are the digests of its formats, `cite_as` is plain text.
    """

    key: str
    parts: tuple[str, ...]
    cite_as: str


class Memory:
    """Remembers the papers of one site, but none that has errors or lacks a file."""

    def __init__(self, site: Site, store: Store, requests: PaperRequests) -> None:
        self._site = site
        self._store = store
        self._requests = requests
        self._formats = frozenset({Format.HTML, *formats_needed(site)})
        self._gathered: dict[str, Gathered] = {}

    def recall(self, papers: Sequence[Paper]) -> dict[str, MadePaper]:
        """Those of the papers that were made before from the same inputs, by id."""
        self._gather(papers)
        keys = {id_: gathered.key for id_, gathered in self._gathered.items()}
        kept = self._store.get_many(_KIND, keys.values())
        recalled = {id_: _unpack(id_, kept[key]) for id_, key in keys.items() if key in kept}
        self._note_use(recalled)
        return recalled

    def cite_as(self, paper_id: str) -> str:
        """How a paper that was asked for is cited, in plain text."""
        return self._gathered[paper_id].cite_as

    def keep(self, made: Iterable[MadePaper]) -> None:
        """Remember papers that were asked for with `recall`."""
        whole = (paper for paper in made if self._is_whole(paper))
        self._store.put_many(_KIND, {self._gathered[paper.summary.id].key: _pack(paper) for paper in whole})

    def _gather(self, papers: Iterable[Paper]) -> None:
        """Fill `_gathered`: as it was at the last build, as far as what it hangs on is as it was."""
        place, shared = digest_of(str(self._site.output)), self._digest_shared()
        before, last = pickle.loads(self._store.get(_LAST_KIND, place) or _NOTHING)  # noqa: S301 - our own
        known: Mapping[str, Gathered] = last if before == shared else {}
        now: dict[str, Gathered] = {}
        for paper in papers:
            digest = self._requests.digest(paper)
            gathered = known.get(digest) or self._gather_one(paper)
            self._gathered[paper.id] = gathered
            if digest:
                now[digest] = gathered
        if now != known:
            self._store.put(_LAST_KIND, place, pickle.dumps((shared, now), protocol=5))

    def _digest_shared(self) -> str:
        """That of what the files of all papers hang on beside their own requests."""
        press = digest_press(self._site.fonts) if "pdf" in self._site.formats else ""
        return digest_of(self._requests.shared_digest, digest_of_code(*MAKING_CODE), press)

    def _gather_one(self, paper: Paper) -> Gathered:
        """The key covers all that the paper's files are made from, and the place its problems are told at."""
        request = self._requests[paper.id]
        parts = tuple(part_digests(request, sorted(self._formats)).values())
        key = digest_of(
            digest_of_code(*MAKING_CODE),
            *parts,
            self._digest_pdf(paper, request),
            ",".join(self._site.formats),
            request.path,
            str(request.first_line),
        )
        return Gathered(key, parts, request.cover.how_to_cite)

    def _digest_pdf(self, paper: Paper, request: DocumentRequest) -> str:
        """What a PDF is made from beside its Typst, which has a digest of its own."""
        if "pdf" not in self._site.formats:
            return ""
        job = build_job(paper, request, Document(id=paper.id), self._requests.shelves, self._site)
        return digest_job(job)

    def _note_use(self, recalled: Mapping[str, MadePaper]) -> None:
        """What pages may still fetch of these papers, unless all of it stands in the output already."""
        self._store.note_use(PARTS_KIND, (digest for id_ in recalled for digest in self._gathered[id_].parts))
        jobs = (file.job for made in recalled.values() for file in made.files if file.job)
        self._store.note_use(PDF_KIND, jobs)

    def _is_whole(self, paper: MadePaper) -> bool:
        has_files = {file.name for file in paper.files} == set(self._site.formats)
        return has_files and not has_errors(paper.problems)


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
