"""How does a paper become a Document, with everything made once?

Each format is kept in the store by the digest of what it was made from. When some formats are kept and others
are not, pandoc is asked for those alone.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, replace
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import get_ident
from typing import Any

from lxml.etree import XMLSyntaxError

from policy_tools.model.document import (
    ContentsEntry,
    Cover,
    Document,
    DocumentRequest,
    Format,
    RecommendationBox,
    RenderedReference,
)
from policy_tools.model.problem import Problem, Severity
from policy_tools.render.finish import finish
from policy_tools.render.html import Sanitiser, count_words, plain_text
from policy_tools.render.image_size import image_size
from policy_tools.render.places import check_nesting, locate
from policy_tools.render.pool import Pool
from policy_tools.render.qr_picture import draw_qr_picture, segno_version
from policy_tools.render.worker import FILTERS, Answer, WorkerError, WorkerTimeoutError, pandoc_version
from policy_tools.store import Store, digest_of

PARTS_KIND = "document-part"
_REFERENCE_DOCX = "reference.docx"
_WITH_COVER = frozenset({Format.DOCX, Format.EPUB})

Parts = dict[Format, bytes]
"""What was made of one paper: JSON for HTML (with the facts), the file's bytes for the others."""


def render_documents(
    requests: Iterable[DocumentRequest],
    formats: Iterable[Format],
    *,
    store: Store,
    workers: int | Pool,
    seconds: float = 60.0,
) -> Iterator[Document]:
    """Each paper in the formats asked for, in the order of the requests; what is wrong stands in `problems`.

    `workers` is a number of pandoc processes to start, or a pool that runs already. `seconds` is what one
    paper may take.
    """
    wanted = frozenset(formats)
    with ExitStack() as stack:
        pool = workers if isinstance(workers, Pool) else stack.enter_context(Pool(workers))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="render-")))
        if Format.DOCX in wanted:
            from policy_tools.render.word import build_reference_docx  # noqa: PLC0415 - only for Word

            (folder / _REFERENCE_DOCX).write_bytes(build_reference_docx())
        renderer = _Renderer(wanted, store, pool, folder, seconds)
        yield from pool.map(renderer.render, requests)


def recall_document(request: DocumentRequest, format_: Format, store: Store) -> Document | None:
    """A paper that was rendered before, in one format, without starting anything; None if it is not kept."""
    digests = part_digests(request, {format_, Format.HTML})
    parts = _find_kept(digests, store)
    return _assemble(request, parts, frozenset({format_})) if len(parts) == len(digests) else None


def _find_kept(digests: Mapping[Format, str], store: Store) -> Parts:
    kept = store.get_many(PARTS_KIND, digests.values())
    return {format_: kept[digest] for format_, digest in digests.items() if digest in kept}


class _Renderer:
    """Renders one paper at a time, from the store or with a worker; called from the pool's threads."""

    def __init__(
        self, wanted: frozenset[Format], store: Store, pool: Pool, folder: Path, seconds: float
    ) -> None:
        self._wanted = wanted
        self._store = store
        self._pool = pool
        self._folder = folder  # what pandoc only takes as files: styles, Word's reference file
        self._seconds = seconds

    def render(self, request: DocumentRequest) -> Document:
        nested = check_nesting(request)
        if nested is not None:
            return Document(id=request.id, problems=(nested,))
        formats = sorted(self._wanted | {Format.HTML})  # the facts of a paper are made with its HTML
        digests = part_digests(request, formats)
        parts = _find_kept(digests, self._store)
        missing = [format_ for format_ in formats if format_ not in parts]
        if missing:
            try:
                fresh = self._make(request, missing)
            except WorkerError as error:
                return Document(id=request.id, problems=(_failure(request, error),))
            self._store.put_many(PARTS_KIND, {digests[format_]: part for format_, part in fresh.items()})
            parts |= fresh
        return _assemble(request, parts, self._wanted)

    def _make(self, request: DocumentRequest, formats: list[Format]) -> Parts:
        answer = self._pool.ask(self._question(request, formats), self._seconds)
        made: Parts = {}
        for format_ in formats:
            part = answer["parts"][format_]
            made[format_] = (
                _pack_html(part, answer, request)
                if format_ is Format.HTML
                else _finish(format_, part, request)
            )
        return made

    def _question(self, request: DocumentRequest, formats: list[Format]) -> dict[str, Any]:
        return {
            "task": "render",
            "text": request.text,
            "references": request.references,
            "bibliography": str(self._bibliography_file(request)),
            "style": str(self._style_file(request.style)),
            "language": request.language,
            "layout": request.layout,
            "number_paragraphs": request.number_paragraphs,
            "cover": asdict(request.cover),
            "assets": describe_assets(request.assets),
            "qr_code": place_qr_code(request.cover, self._folder, formats),
            "reference_docx": str(self._folder / _REFERENCE_DOCX),
            "formats": formats,
        }

    def _bibliography_file(self, request: DocumentRequest) -> Path:
        """The works cited, for citeproc; each thread has one file, since it waits for each answer."""
        path = self._folder / f"references-{get_ident()}.json"
        path.write_text(f"[{','.join(request.references)}]", encoding="utf-8")
        return path

    def _style_file(self, style: str) -> Path:
        return write_once(self._folder / f"{_digest_of_style(style)}.csl", style.encode())


def describe_assets(assets: Mapping[str, Path]) -> dict[str, dict[str, str | int]]:
    """What the worker is told of each file, by name."""
    return {name: _asset(path) for name, path in sorted(assets.items())}


def place_qr_code(cover: Cover, folder: Path, formats: Iterable[Format]) -> str | None:
    """The file with the picture of the cover's `check_address`, where a format shows one."""
    if not cover.check_address or _WITH_COVER.isdisjoint(formats):
        return None
    path = folder / f"{digest_of(cover.check_address)}.png"
    return str(write_once(path, draw_qr_picture(cover.check_address)))


def write_once(path: Path, content: bytes) -> Path:
    """The file with this content, which several threads may be writing at once."""
    if not path.exists():
        partial = path.with_suffix(f".{get_ident()}")
        partial.write_bytes(content)
        partial.replace(path)
    return path


def _finish(format_: Format, written: str, request: DocumentRequest) -> bytes:
    """What pandoc wrote as a file for readers. What is nested beyond reason is refused."""
    try:
        return finish(format_, written, request)
    except (XMLSyntaxError, RecursionError) as error:
        raise WorkerError("Something in it is nested too deeply to be laid out.") from error


def part_digests(request: DocumentRequest, formats: Iterable[Format]) -> dict[Format, str]:
    """What each format depends on: neither the paper's place in its file nor, but for some, its cover.

    A cover is taken as the repr of a frozen dataclass of strings, and so are names and digests: complete, and
    many times as fast as JSON.
    """
    shared = digest_of(
        tools_digest(),
        request.text,
        digest_of(*request.references),
        _digest_of_style(request.style),
        request.language,
        request.layout,
        str(request.number_paragraphs),
        request.cover.current_address,
        repr(sorted(request.asset_digests)),
        repr(sorted(request.assets)),
    )
    return {
        format_: digest_of(shared, format_, repr(request.cover) if format_ in _WITH_COVER else "")
        for format_ in formats
    }


@lru_cache(maxsize=100)
def _digest_of_style(style: str) -> str:
    """That of a long text that nearly all papers of a site have in common."""
    return digest_of(style)


@cache
def tools_digest() -> str:
    """The versions of pandoc and segno and our own code, so that a new release renders everything anew."""
    folder = FILTERS.parent
    code = sorted([*folder.glob("*.py"), *folder.glob("*.lua"), *FILTERS.iterdir()])
    return digest_of(
        pandoc_version(), segno_version(), *(path.read_bytes() for path in code if path.is_file())
    )


def _asset(path: Path) -> dict[str, str | int]:
    size = image_size(path)
    place: dict[str, str | int] = {"path": str(path)}
    return place | ({"width": size[0], "height": size[1]} if size else {})


def _failure(request: DocumentRequest, error: WorkerError) -> Problem:
    is_timeout = isinstance(error, WorkerTimeoutError)
    return Problem(
        path=request.path,
        line=request.first_line,
        column=1,
        code="render.timeout" if is_timeout else "render.failed",
        message=f"This paper cannot be rendered. {error}",
        hint="Look for something nested very deeply, such as lists within lists, and simplify it.",
    )


def _pack_html(part: dict[str, Any], answer: Answer, request: DocumentRequest) -> bytes:
    """The sanitised fragments and the facts, with problems placed by line of the body."""
    sanitiser = Sanitiser(request.assets.keys())
    body = sanitiser.clean(part["body"])
    notes = sanitiser.clean(part["notes"])
    references = [_clean_entry(entry, sanitiser) for entry in part["references"]]
    boxes = Sanitiser(request.assets.keys())  # they stand on other pages
    packed = {
        "html": body,
        "notes": notes,
        "contents": part["contents"],
        "references": references,
        "recommendations": [_clean_entry(entry, boxes) for entry in part["recommendations"]],
        "cited": answer["cited"],
        "words": count_words(body) + count_words(notes),
        "problems": sorted(
            (_place_problem(problem, request.text) for problem in answer["problems"]),
            key=lambda problem: (problem["line"], problem["column"], problem["code"]),
        ),
    }
    return json.dumps(packed, ensure_ascii=False).encode()


def _clean_entry(entry: dict[str, Any], sanitiser: Sanitiser) -> dict[str, Any]:
    html = sanitiser.clean(entry["html"])
    return entry | {"html": html, "text": plain_text(html)}


def _place_problem(problem: dict[str, Any], text: str) -> dict[str, str | int]:
    place = locate(problem.get("near", ""), text, problem.get("occurrence", 1))
    return {
        "code": problem["code"],
        "message": problem["message"],
        "hint": problem.get("hint", ""),
        "severity": problem.get("severity", "error"),
        "line": place.line,
        "column": place.column,
    }


def _assemble(request: DocumentRequest, parts: Parts, wanted: frozenset[Format]) -> Document:
    facts = json.loads(parts[Format.HTML])
    document = Document(
        id=request.id,
        contents=tuple(ContentsEntry(**entry) for entry in facts["contents"]),
        references=tuple(RenderedReference(**entry) for entry in facts["references"]),
        recommendations=tuple(RecommendationBox(**entry) for entry in facts["recommendations"]),
        cited=tuple(facts["cited"]),
        words=facts["words"],
        typst=parts.get(Format.TYPST, b"").decode(),
        tree=parts.get(Format.TREE, b"").decode(),
        plain=parts.get(Format.PLAIN, b"").decode(),
        markdown=parts.get(Format.MARKDOWN, b"").decode(),
        docx=parts.get(Format.DOCX, b""),
        epub=parts.get(Format.EPUB, b""),
        problems=tuple(_problem(request, fields) for fields in facts["problems"]),
    )
    if Format.HTML in wanted:
        return replace(document, html=facts["html"], notes_html=facts["notes"])
    return document


def _problem(request: DocumentRequest, fields: dict[str, Any]) -> Problem:
    return Problem(
        path=request.path,
        line=fields["line"] + request.first_line - 1,
        column=fields["column"],
        code=fields["code"],
        message=fields["message"],
        hint=fields["hint"],
        severity=Severity(fields["severity"]),
    )
