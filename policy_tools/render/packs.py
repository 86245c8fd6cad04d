"""How does a pack become Typst, Word and EPUB: parts of our own and whole papers, each with its own names?

The papers' trees come from `render_documents`, kept from when they were rendered for themselves. What is
made of a pack is kept by the digest of all that goes into it.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, Final

from lxml.etree import XMLSyntaxError

from policy_tools.model.document import Annex, Document, Format, PackPart, PackRequest
from policy_tools.model.problem import Problem
from policy_tools.render.documents import (
    describe_assets,
    part_digests,
    place_qr_code,
    render_documents,
    tools_digest,
    write_once,
)
from policy_tools.render.epub import finish_pack_epub
from policy_tools.render.html import count_words
from policy_tools.render.pool import Pool
from policy_tools.render.word import build_reference_docx, finish_pack_docx
from policy_tools.render.worker import WorkerError, WorkerTimeoutError
from policy_tools.store import Store, digest_of

PACK_FORMATS: Final = (Format.TYPST, Format.DOCX, Format.EPUB)
"""What a pack can become."""

_KIND = "pack-part"
_FACTS = "facts"
_REFERENCE_DOCX = "reference.docx"


def render_packs(
    requests: Iterable[PackRequest],
    formats: Iterable[Format],
    *,
    store: Store,
    workers: int | Pool,
    seconds: float = 300.0,
) -> Iterator[Document]:
    """Each pack in the formats asked for (of `PACK_FORMATS`), in the order of the requests.

    A pack with a paper that cannot be rendered has that paper's problems and no format. `seconds` is what one
    pack, or one of its papers, may take.
    """
    with ExitStack() as stack:
        pool = workers if isinstance(workers, Pool) else stack.enter_context(Pool(workers))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="packs-")))
        renderer = _PackRenderer(tuple(sorted(set(formats))), store, pool, folder, seconds)
        yield from _join(pool.map(renderer.render, renderer.prepare(requests)))


def gather_assets(request: PackRequest) -> Mapping[str, Path]:
    """The files of every annex under the names by which the pack's Typst knows them."""
    found = {
        _asset_name(annex, name): path
        for annex in _annexes(request)
        for name, path in annex.request.assets.items()
    }
    return MappingProxyType(found)


def gather_asset_digests(request: PackRequest) -> tuple[tuple[str, str], ...]:
    """The digests of `gather_assets`, by the same names."""
    return tuple(
        (_asset_name(annex, name), digest)
        for annex in _annexes(request)
        for name, digest in annex.request.asset_digests
    )


def _asset_name(annex: Annex, name: str) -> str:
    """As filters/pack_names.lua calls it."""
    return f"{annex.prefix}/{name.removeprefix('./')}"


def _annexes(request: PackRequest) -> tuple[Annex, ...]:
    return tuple(piece for piece in request.pieces if isinstance(piece, Annex))


@dataclass(frozen=True, slots=True)
class _Job:
    """A pack with what is kept of it and, where something is to be made, the files of its papers' trees.

    `formats` are to be made now, and `rest` is how many more jobs make others of the same pack.
    """

    request: PackRequest
    digests: Mapping[str, str]
    kept: Mapping[str, bytes]
    formats: tuple[Format, ...] = ()
    rest: int = 0
    trees: tuple[Path, ...] = ()
    words: int = 0
    problems: tuple[Problem, ...] = ()


class _PackRenderer:
    """Prepares packs in one thread, and makes them in the pool's."""

    def __init__(
        self, wanted: tuple[Format, ...], store: Store, pool: Pool, folder: Path, seconds: float
    ) -> None:
        self._wanted = wanted
        self._store = store
        self._pool = pool
        self._folder = folder
        self._seconds = seconds

    def prepare(self, requests: Iterable[PackRequest]) -> Iterator[_Job]:
        """What is kept of each pack; the trees of its papers where something is missing."""
        if Format.DOCX in self._wanted:
            (self._folder / _REFERENCE_DOCX).write_bytes(build_reference_docx())
        for request in requests:
            digests = _digests(request, self._wanted)
            found = self._store.get_many(_KIND, digests.values())
            kept = {name: found[digest] for name, digest in digests.items() if digest in found}
            yield from self._jobs(_Job(request, digests, kept))

    def _jobs(self, job: _Job) -> Iterator[_Job]:
        """The pack in one go; one with whole papers a format at a time, so that several workers share it."""
        if len(job.kept) == len(job.digests):
            yield job
            return
        papers = self._render_annexes(job.request)
        failed = tuple(problem for paper in papers if not paper.tree for problem in paper.problems)
        if failed:
            yield replace(job, problems=failed)
            return
        words = sum(paper.words for paper in papers) + _count_part_words(job.request)
        job = replace(job, trees=tuple(self._tree_file(paper) for paper in papers), words=words)
        missing = tuple(format_ for format_ in self._wanted if format_ not in job.kept)
        shares = [(format_,) for format_ in missing] if papers and missing else [missing]
        for number, formats in enumerate(shares, start=1):
            yield replace(job, formats=formats, rest=len(shares) - number)

    def _render_annexes(self, request: PackRequest) -> list[Document]:
        papers = [annex.request for annex in _annexes(request)]
        if not papers:
            return []
        made = render_documents(
            papers, [Format.TREE], store=self._store, workers=self._pool, seconds=self._seconds
        )
        return list(made)

    def _tree_file(self, paper: Document) -> Path:
        return write_once(self._folder / f"{digest_of(paper.tree)}.json", paper.tree.encode())

    def render(self, job: _Job) -> tuple[Document, int]:
        """The pack in the job's formats and those that are kept; how many jobs of it are still to come."""
        request, parts = job.request, dict(job.kept)
        if job.problems:
            return Document(id=request.id, problems=job.problems), job.rest
        if job.formats or _FACTS not in parts:
            try:
                fresh = self._make(job)
            except WorkerError as error:
                return Document(id=request.id, problems=(_failure(request, error),)), job.rest
            self._store.put_many(_KIND, {job.digests[name]: part for name, part in fresh.items()})
            parts |= fresh
        document = Document(
            id=request.id,
            words=json.loads(parts[_FACTS])["words"],
            typst=parts.get(Format.TYPST, b"").decode(),
            docx=parts.get(Format.DOCX, b""),
            epub=parts.get(Format.EPUB, b""),
        )
        return document, job.rest

    def _make(self, job: _Job) -> dict[str, bytes]:
        made = {_FACTS: json.dumps({"words": job.words}).encode()}
        if job.formats:
            answer = self._pool.ask(self._question(job), self._seconds)
            made |= {name: _finish(name, answer["parts"][name], job.request) for name in job.formats}
        return made

    def _question(self, job: _Job) -> dict[str, Any]:
        request, trees = job.request, iter(job.trees)
        return {
            "task": "pack",
            "pieces": [
                _describe_part(piece) if isinstance(piece, PackPart) else _describe_annex(piece, next(trees))
                for piece in request.pieces
            ],
            "cover": asdict(request.cover),
            "marks": asdict(request.marks),
            "layout": request.layout,
            "language": request.language,
            "has_cover": request.has_cover,
            "has_contents": request.has_contents,
            "has_colophon": request.has_colophon,
            "qr_code": place_qr_code(request.cover, self._folder, job.formats),
            "reference_docx": str(self._folder / _REFERENCE_DOCX),
            "formats": job.formats,
        }


def _join(made: Iterable[tuple[Document, int]]) -> Iterator[Document]:
    """Each pack once, with what several jobs made of it; without formats where one of them failed."""
    shares: list[Document] = []
    for document, rest in made:
        shares.append(document)
        if rest:
            continue
        problems = tuple(dict.fromkeys(problem for share in shares for problem in share.problems))
        if problems:
            yield Document(id=document.id, problems=problems)
        else:
            yield replace(
                document,
                typst="".join(dict.fromkeys(share.typst for share in shares)),
                docx=b"".join(dict.fromkeys(share.docx for share in shares)),
                epub=b"".join(dict.fromkeys(share.epub for share in shares)),
            )
        shares = []


def _describe_part(part: PackPart) -> dict[str, Any]:
    return {"kind": "part", **asdict(part)}


def _describe_annex(annex: Annex, tree: Path) -> dict[str, Any]:
    return {
        "kind": "annex",
        "prefix": annex.prefix,
        "label": annex.label,
        "title": annex.title,
        "page": annex.page or annex.request.cover.current_address,
        "tree": str(tree),
        "cover": asdict(annex.request.cover),
        "language": annex.request.language,
        "assets": describe_assets(annex.request.assets),
    }


def _finish(format_: Format, written: str, request: PackRequest) -> bytes:
    """What pandoc wrote as a file for readers."""
    try:
        if format_ is Format.DOCX:
            return finish_pack_docx(base64.b64decode(written), request)
        if format_ is Format.EPUB:
            return finish_pack_epub(base64.b64decode(written), request)
    except (XMLSyntaxError, RecursionError) as error:
        raise WorkerError("Something in it is nested too deeply to be laid out.") from error
    return written.encode()


def _digests(request: PackRequest, formats: Iterable[Format]) -> dict[str, str]:
    """The digest of each format, and of the facts: all that the request holds, and the tools."""
    frame = asdict(request.cover), asdict(request.marks), request.layout, request.language
    switches = request.has_cover, request.has_contents, request.has_colophon
    pieces = [
        asdict(piece) if isinstance(piece, PackPart) else _identify_annex(piece) for piece in request.pieces
    ]
    shared = digest_of(tools_digest(), json.dumps([frame, switches, pieces], sort_keys=True))
    return {name: digest_of(shared, name) for name in (*formats, _FACTS)}


def _identify_annex(annex: Annex) -> list[Any]:
    request = annex.request
    tree = part_digests(request, [Format.TREE])[Format.TREE]
    return [annex.prefix, annex.label, annex.title, annex.page, tree, asdict(request.cover)]


def _count_part_words(request: PackRequest) -> int:
    return sum(count_words(piece.html) for piece in request.pieces if isinstance(piece, PackPart))


def _failure(request: PackRequest, error: WorkerError) -> Problem:
    return Problem(
        path=request.path,
        line=1,
        column=1,
        code="render.timeout" if isinstance(error, WorkerTimeoutError) else "render.failed",
        message=f"This pack cannot be rendered. {error}",
        hint="Select less, or make two packs of it.",
    )
