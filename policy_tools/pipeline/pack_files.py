"""How do packs and briefs become files: PDF, Word, EPUB and the ZIP that holds them?

What is made stays in the store, and is fetched again when a file is written. What is made for one reader is
given a store that forgets it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from types import MappingProxyType

from policy_tools.edition.colour import accent_pair
from policy_tools.model.document import Document, Format, PackRequest
from policy_tools.model.problem import CannotRunError, Problem, has_errors
from policy_tools.model.site import Site
from policy_tools.pack.archive import PackFacts, build_archive, digest_archive_code
from policy_tools.pipeline.downloads import hint_for
from policy_tools.pipeline.formats import READY_FORMATS
from policy_tools.pipeline.track import Track, track_silently
from policy_tools.render.packs import gather_asset_digests, gather_assets, render_packs
from policy_tools.render.pool import Pool
from policy_tools.store import Store, digest_of
from policy_tools.typeset.documents import (
    STORE_KIND,
    TypesettingJob,
    digest_job,
    typeset_documents,
)
from policy_tools.typeset.pdf import TypesettingError

BRIEF_FORMATS = ("pdf", "docx")
_ZIP_KIND = "pack-zip"
_TIMES_A_PAPER = 5  # what a pack may take, in the seconds of a paper
_TOO_LONG = "too long for one side of A4"
_HINT_TOO_LONG = "Shorten the ask, why_now, winners, losers or questions: a brief shows them whole."


@dataclass(frozen=True, slots=True)
class PackWork:
    """A pack or brief to be made: `line` of its `request.path` is where its problems are told.

    `colour` is the institute's own.
    """

    request: PackRequest
    line: int = 1
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A finished file by its size and the digest of its bytes, which `read` fetches."""

    size: int
    digest: str
    read: Callable[[], bytes] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class FinishedPack:
    """The files of one pack by format ("pdf"), or the problems that stand in their way."""

    request: PackRequest
    files: Mapping[str, ReadyFile] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Problem, ...] = ()


def make_pack_files(
    work: Iterable[PackWork],
    formats: Iterable[str],
    site: Site,
    store: Store,
    pool: Pool,
    track: Track = track_silently,
    what: str = "Packs",
) -> tuple[FinishedPack, ...]:
    """Each pack in those of the formats that the site wants, in the order of the work."""
    making = _Making(tuple(work), tuple(name for name in formats if name in site.formats), site, store)
    return making.make(pool, track, what)


class _Making:
    """What is known of each pack while it is made; bytes are let go as soon as they are in the store."""

    def __init__(
        self, works: tuple[PackWork, ...], formats: tuple[str, ...], site: Site, store: Store
    ) -> None:
        self._works = works
        self._formats = formats
        self._site = site
        self._store = store
        self._seconds = site.render_seconds * _TIMES_A_PAPER
        self._files: dict[str, dict[str, ReadyFile]] = {work.request.id: {} for work in works}
        self._problems: dict[str, list[Problem]] = {work.request.id: [] for work in works}
        self._digests: dict[str, str] = {}

    def make(self, pool: Pool, track: Track, what: str) -> tuple[FinishedPack, ...]:
        """All of them."""
        if self._formats:
            self._typeset(self._render(pool, track, what), pool.size)
        self._refuse_missing()
        return tuple(
            FinishedPack(
                work.request,
                MappingProxyType(self._in_order(self._files[work.request.id])),
                tuple(self._problems[work.request.id]),
            )
            for work in self._works
        )

    def _refuse_missing(self) -> None:
        """A pack has every format that was asked for, or a problem that says why not."""
        for id_, files in self._files.items():
            missing = [name for name in self._formats if name not in files]
            if missing and not has_errors(self._problems[id_]):
                raise CannotRunError(f'"{id_}" was not made as {", ".join(missing)}, and nothing says why.')

    def _in_order(self, files: Mapping[str, ReadyFile]) -> dict[str, ReadyFile]:
        return {name: files[name] for name in self._formats if name in files}

    def _render(self, pool: Pool, track: Track, what: str) -> Iterator[TypesettingJob]:
        """Word and EPUB; what is left for the typesetter is passed on."""
        needed = {READY_FORMATS.get(name, Format.TYPST) for name in self._formats}
        requests = (work.request for work in self._works)
        rendered = render_packs(requests, needed, store=self._store, workers=pool, seconds=self._seconds)
        for work, document in zip(self._works, track(what, rendered, len(self._works)), strict=True):
            self._problems[work.request.id] += document.problems
            for name in READY_FORMATS:
                content: bytes = getattr(document, name)
                if content and name in self._formats:
                    read = partial(self._read_again, work.request, name)
                    self._files[work.request.id][name] = _ready(content, read)
            if "pdf" in self._formats and not has_errors(document.problems):
                job = _build_job(work, document, self._site)
                self._digests[job.id] = digest_job(job)
                yield job

    def _typeset(self, jobs: Iterator[TypesettingJob], workers: int) -> None:
        works = {work.request.id: work for work in self._works}
        made = typeset_documents(jobs, workers=workers, store=self._store, seconds=self._seconds)
        for result in made:
            if result.error is None:
                read = partial(_read_kept, self._store, STORE_KIND, self._digests[result.id])
                self._files[result.id]["pdf"] = _ready(result.pdf, read)
            else:
                self._problems[result.id].append(_explain(works[result.id], result.error, self._site))

    def _read_again(self, request: PackRequest, name: str) -> bytes:
        (document,) = render_packs(
            [request], {READY_FORMATS[name]}, store=self._store, workers=1, seconds=self._seconds
        )
        content: bytes = getattr(document, name)
        return content


def make_archive(
    finished: FinishedPack, file_name: str, as_at: date, store: Store, copy_id: str = ""
) -> ReadyFile:
    """The ZIP with all files of a pack, called `file_name` and the format, and their manifest."""
    title = finished.request.cover.title
    facts = PackFacts(finished.request.id, title, as_at.isoformat(), copy_id=copy_id)
    parts = (part for name, file in finished.files.items() for part in (name, file.digest))
    digest = digest_of(digest_archive_code(), repr(facts), file_name, *parts)
    content = store.get(_ZIP_KIND, digest)
    if content is None:
        files = {f"{file_name}.{name}": file.read() for name, file in finished.files.items()}
        content = build_archive(files, facts)
        store.put(_ZIP_KIND, digest, content)
    return _ready(content, partial(_read_kept, store, _ZIP_KIND, digest))


def _ready(content: bytes, read: Callable[[], bytes]) -> ReadyFile:
    return ReadyFile(len(content), digest_of(content), read)


def _read_kept(store: Store, kind: str, digest: str) -> bytes:
    content = store.get(kind, digest)
    if content is None:
        raise LookupError("A file that was just made is no longer in the store.")
    return content


def _build_job(work: PackWork, document: Document, site: Site) -> TypesettingJob:
    request = work.request
    return TypesettingJob(
        id=request.id,
        body=document.typst,
        cover=request.cover,
        layout=request.layout,
        language=request.language,
        date=date.fromisoformat(request.cover.date_iso),
        assets=gather_assets(request),
        asset_digests=gather_asset_digests(request),
        accent=accent_pair(work.colour)[0],
        fonts=site.fonts,
        marks=request.marks,
        has_cover=request.has_cover,
        has_contents=request.has_contents,
        has_colophon=request.has_colophon,
    )


def _explain(work: PackWork, error: TypesettingError, site: Site) -> Problem:
    path, words = work.request.path, str(error).removeprefix("Panicked with: ")
    if _TOO_LONG in words:
        return Problem(path, work.line, 1, "brief.too-long", words, _HINT_TOO_LONG)
    message = f"No accessible PDF can be made of this pack. {words}"
    return Problem(path, work.line, 1, "pdf.failed", message, hint_for(words, site))
