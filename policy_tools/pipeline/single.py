"""One format of one paper, whatever its status: for its author, on the author's machine."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from policy_tools.clear.audience import find_embargo
from policy_tools.load.library import load_library
from policy_tools.model.document import Document, DocumentRequest, Format
from policy_tools.model.library import Library
from policy_tools.model.paper import Paper
from policy_tools.model.printing import format_embargo
from policy_tools.model.problem import Problem, Severity
from policy_tools.model.site import Site
from policy_tools.pipeline.downloads import build_job, typeset_papers
from policy_tools.render.assets import clean_request
from policy_tools.render.documents import render_documents
from policy_tools.render.pool import Pool
from policy_tools.render.references import convert_references
from policy_tools.render.requests import build_request
from policy_tools.render.standalone import build_standalone_page
from policy_tools.store import Store
from policy_tools.typeset.documents import TypesettingJob

_FORMATS = {
    "pdf": Format.TYPST,
    "docx": Format.DOCX,
    "epub": Format.EPUB,
    "html": Format.HTML,
    "md": Format.MARKDOWN,
}


@dataclass(frozen=True, slots=True)
class SingleFile:
    """A finished file, empty when it could not be made; `name` is the paper's slug."""

    name: str
    content: bytes
    problems: tuple[Problem, ...]


def render_one(site: Site, store: Store, file: Path, target: str, *, now: datetime) -> SingleFile:
    """Make the format `target` (pdf, docx, epub, html, md) of the paper whose text stands in `file`.

    One that is under embargo at the aware moment `now` says so before its first line.
    """
    library = load_library(site, store)
    path = file.relative_to(site.root).as_posix() if file.is_relative_to(site.root) else str(file)
    paper = next((paper for paper in library.all_papers if paper.path == path), None)
    problems = tuple(problem for problem in library.problems if problem.path == path)
    if paper is None:
        return SingleFile("", b"", problems or (_no_paper(path),))
    with Pool(1) as pool:
        notices = _list_embargo(paper, now, ZoneInfo(site.timezone))
        request, document, found = _render(paper, library, site, store, pool, _FORMATS[target], notices)
    if target == "pdf":
        work = [(paper, build_job(paper, request, document, library, site))] if document.typst else []
        content, more = _typeset(work, site, store)
    else:
        content, more = _take_ready(document, request, target), ()
    lines = {problem.line for problem in problems if problem.severity is Severity.ERROR}
    late = (problem for problem in (*found, *document.problems, *more) if problem.line not in lines)
    return SingleFile(paper.slug, content, tuple(sorted({*problems, *late})))


def _list_embargo(paper: Paper, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    until = find_embargo(paper, now, zone) if paper.is_published else None
    return (format_embargo(until, paper.record.embargo),) if until else ()


def _render(
    paper: Paper,
    library: Library,
    site: Site,
    store: Store,
    pool: Pool,
    format_: Format,
    notices: tuple[str, ...],
) -> tuple[DocumentRequest, Document, tuple[Problem, ...]]:
    cited = [library.references[key] for key in paper.body.cited_keys if key in library.references]
    converted = convert_references(cited, store, pool)
    request = build_request(paper, library, site, converted.items)
    cover = replace(request.cover, notices=(*notices, *request.cover.notices))
    request = replace(request, cover=cover)
    request, problems = clean_request(request, site.cache / "images", store)
    (document,) = render_documents(
        [request], {format_}, store=store, workers=pool, seconds=site.render_seconds
    )
    return request, document, (*converted.problems, *problems)


def _typeset(
    work: list[tuple[Paper, TypesettingJob]], site: Site, store: Store
) -> tuple[bytes, tuple[Problem, ...]]:
    for typeset in typeset_papers(work, site, store, 1):
        return (typeset.made.file.read() if typeset.made else b""), typeset.problems
    return b"", ()


def _take_ready(document: Document, request: DocumentRequest, target: str) -> bytes:
    if target == "html":
        return build_standalone_page(document, request.cover).encode() if document.html else b""
    return {"docx": document.docx, "epub": document.epub, "md": document.markdown.encode()}[target]


def _no_paper(path: str) -> Problem:
    return Problem(
        path,
        1,
        1,
        "render.no-paper",
        "This file is not a paper of the site.",
        "Name a paper.md below content/papers/ or content/private/papers/.",
    )
