"""Which files can be downloaded of each paper, and how are they made?

Word and EPUB come finished from the renderer; a PDF is typeset from its Typst source. Their bytes stay
in the store and are fetched again when a file is written, so that a thousand papers need no memory.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from policy_tools.edition.colour import accent_pair
from policy_tools.edition.documents import Download
from policy_tools.edition.files import OutputFile
from policy_tools.model.document import Document, DocumentRequest
from policy_tools.model.library import Shelves
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Position, Problem
from policy_tools.model.site import Site
from policy_tools.store import Store, digest_of
from policy_tools.typeset.documents import (
    STORE_KIND,
    TypesettingJob,
    TypesettingResult,
    digest_job,
    typeset_documents,
)

LABELS = {"pdf": "PDF", "docx": "Word", "epub": "EPUB"}
_MISSING_SIGN = re.compile(r"[Tt]he sign “(?:\\u\{([0-9a-f]+)\}|(.))[^”]*”")


@dataclass(frozen=True, slots=True)
class MadeDownload:
    """One finished file: what a page says of it, and how it is written."""

    download: Download
    file: OutputFile


def make_download(paper: Paper, name: str, content: bytes, reload: Callable[[], bytes]) -> MadeDownload:
    """The file of one format, beside the paper's page; its bytes are let go and fetched by `reload`."""
    return name_download(paper, name, len(content), digest_of(content), reload)


def name_download(
    paper: Paper, name: str, size: int, digest: str, reload: Callable[[], bytes]
) -> MadeDownload:
    """The same of a file whose size and digest are known already."""
    address = f"{paper.address}{paper.slug}.{name}"
    return MadeDownload(Download(name, address, size, LABELS[name]), OutputFile(address, reload, digest))


def build_job(
    paper: Paper, request: DocumentRequest, document: Document, library: Shelves, site: Site
) -> TypesettingJob:
    """The paper as work for the typesetter, in its institute's colour."""
    institute = library.institutes.get(library.publisher_of(paper, site.institute))
    return TypesettingJob(
        id=document.id,
        body=document.typst,
        cover=request.cover,
        layout=request.layout,
        language=request.language,
        date=paper.record.updated or paper.record.published,
        assets=request.assets,
        asset_digests=request.asset_digests,
        accent=accent_pair(institute.colour if institute else None)[0],
        fonts=site.fonts,
    )


@dataclass(frozen=True, slots=True)
class Typeset:
    """The PDF of one paper, or the problems that stand in its way; `job` is its job's digest."""

    id: str
    made: MadeDownload | None
    job: str
    problems: tuple[Problem, ...] = ()


def typeset_papers(
    work: Iterable[tuple[Paper, TypesettingJob]], site: Site, store: Store, workers: int
) -> Iterator[Typeset]:
    """The PDFs in the order of the work."""
    papers: dict[str, tuple[Paper, str]] = {}

    def jobs() -> Iterator[TypesettingJob]:
        for paper, job in work:
            papers[job.id] = (paper, digest_job(job))
            yield job

    for result in typeset_documents(jobs(), workers=workers, store=store, seconds=site.render_seconds):
        yield _finish(result, *papers.pop(result.id), site, store)


def _finish(result: TypesettingResult, paper: Paper, digest: str, site: Site, store: Store) -> Typeset:
    if result.error is None:
        made = make_download(paper, "pdf", result.pdf, partial(reload_pdf, store, digest))
        return Typeset(result.id, made, digest)
    place = _find_sign(paper, str(result.error))
    problem = Problem(
        paper.path,
        place.line,
        place.column,
        "pdf.failed",
        f"No accessible PDF can be made of this paper. {result.error}",
        hint_for(str(result.error), site),
    )
    return Typeset(result.id, None, digest, (problem,))


def hint_for(error: str, site: Site) -> str:
    """What an author can do when a document cannot be set."""
    if not _MISSING_SIGN.search(error):
        return "Change the passage that these words are about."
    folder = site.fonts.relative_to(site.root) if site.fonts.is_relative_to(site.root) else site.fonts
    return f"Put a typeface that has it (TTF or OTF) into {folder.as_posix()}/, or write it in another way."


def _find_sign(paper: Paper, error: str) -> Position:
    """Where the first sign stands that no typeface has; for any other fault, where the text begins."""
    named = _MISSING_SIGN.search(error)
    sign = (chr(int(named[1], 16)) if named[1] else named[2]) if named else "\n"
    for number, line in enumerate(paper.body.text.split("\n"), start=paper.body.first_line):
        if sign in line:
            return Position(number, line.index(sign) + 1)
    return Position(paper.body.first_line, 1)


def reload_pdf(store: Store, digest: str) -> bytes:
    """A PDF that was made before, by the digest of what it is made from."""
    pdf = store.get(STORE_KIND, digest)
    if pdf is None:
        raise LookupError("A PDF that was just made is no longer in the store.")
    return pdf
