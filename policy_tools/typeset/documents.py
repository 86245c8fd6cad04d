"""How do many papers become PDFs at once, each at its own risk?

Typst holds Python's lock while it works, so documents are set in processes of their own. A document that
takes too long or too much memory ends its process and nothing else: it comes back with an error, and the
others go on.
"""

import os
import resource
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

from policy_tools.model.document import Cover, Marks
from policy_tools.store import Store, digest_of
from policy_tools.typeset.fonts import digest_fonts, digest_own_fonts
from policy_tools.typeset.pdf import (
    DEFAULT_ACCENT,
    TEMPLATE_FILES,
    TEMPLATES,
    Surroundings,
    TypesettingError,
    compile_pdf,
    format_cover,
)

STORE_KIND: Final = "pdf"
MEMORY_BYTES: Final = 2 * 1024**3
WAITING_PER_WORKER: Final = 3


@dataclass(frozen=True, slots=True)
class TypesettingJob:
    """One document to set; `asset_digests` gives the SHA-256 of each of `assets`.

    `fonts` is the site's own folder of typefaces. `marks` and what follows them are for the layouts of packs
    ("pack" and "brief").
    """

    id: str
    body: str
    cover: Cover
    layout: str
    language: str
    date: date
    assets: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    asset_digests: tuple[tuple[str, str], ...] = ()
    accent: str = DEFAULT_ACCENT
    fonts: Path | None = None
    marks: Marks | None = None
    has_cover: bool = True
    has_contents: bool = True
    has_colophon: bool = True

    @property
    def surroundings(self) -> Surroundings:
        """What stands around the text beside the words of the cover."""
        return Surroundings(self.marks, self.has_cover, self.has_contents, self.has_colophon)


@dataclass(frozen=True, slots=True)
class TypesettingResult:
    """What became of one job: its PDF, or why there is none."""

    id: str
    pdf: bytes = b""
    error: TypesettingError | None = None


@cache
def _digest_machinery() -> str:
    """Changes when a template, a font or Typst changes."""
    templates = (part for name in TEMPLATE_FILES for part in (name, (TEMPLATES / name).read_bytes()))
    return digest_of(version("typst"), version("segno"), digest_fonts(), *templates)


def digest_press(fonts: Path | None) -> str:
    """The digest of what sets every document, with a site's own folder of typefaces."""
    return digest_of(_digest_machinery(), digest_own_fonts(fonts))


def digest_job(job: TypesettingJob) -> str:
    """The digest of all that the PDF depends on."""
    cover = format_cover(job.cover, job.language, job.date, job.surroundings)
    assets = (part for pair in sorted(job.asset_digests) for part in pair)
    return digest_of(digest_press(job.fonts), job.layout, job.accent, cover, job.body, *assets)


def typeset_documents(
    jobs: Iterable[TypesettingJob], *, workers: int, store: Store, seconds: float
) -> Iterator[TypesettingResult]:
    """The results in the order of the jobs; `seconds` is what one document may take.

    Few jobs wait at a time, so that thousands can be handed over lazily. No process starts when everything
    is in the store.
    """
    with _Press(workers, seconds) as press:
        waiting: deque[tuple[TypesettingJob, str, Future[bytes] | bytes]] = deque()
        for job in jobs:
            digest = digest_job(job)
            waiting.append((job, digest, store.get(STORE_KIND, digest) or press.submit(job)))
            if len(waiting) > workers * WAITING_PER_WORKER:
                yield _finish(*waiting.popleft(), press, store)
        while waiting:
            yield _finish(*waiting.popleft(), press, store)


def _finish(
    job: TypesettingJob, digest: str, pending: Future[bytes] | bytes, press: "_Press", store: Store
) -> TypesettingResult:
    if isinstance(pending, bytes):
        return TypesettingResult(job.id, pending)
    try:
        pdf = press.result(job, pending)
    except TypesettingError as error:
        return TypesettingResult(job.id, error=error)
    store.put(STORE_KIND, digest, pdf)
    return TypesettingResult(job.id, pdf)


class _Press:
    """The processes at work. When one dies, what it may have worked on is set again, each alone."""

    def __init__(self, workers: int, seconds: float) -> None:
        self._workers = workers
        self._seconds = seconds
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def submit(self, job: TypesettingJob) -> Future[bytes]:
        """Start on a job."""
        job = replace(job, assets=dict(job.assets))  # a read-only mapping cannot be sent to a process
        if self._pool is not None:
            with suppress(BrokenProcessPool):
                return self._pool.submit(_set_in_worker, job, self._seconds)
        self._pool = _open_pool(self._workers)
        return self._pool.submit(_set_in_worker, job, self._seconds)

    def result(self, job: TypesettingJob, pending: Future[bytes]) -> bytes:
        """The PDF, or `TypesettingError`."""
        try:
            return pending.result()
        except BrokenProcessPool:
            return _set_alone(replace(job, assets=dict(job.assets)), self._seconds)


def _open_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_limit_worker)


def _set_alone(job: TypesettingJob, seconds: float) -> bytes:
    with _open_pool(1) as pool:
        try:
            return pool.submit(_set_in_worker, job, seconds).result()
        except BrokenProcessPool:
            raise TypesettingError(
                f"Setting this document took more than {seconds:g} seconds or too much memory.",
                "Look for a very large image or table, or for very deep nesting.",
            ) from None


def _limit_worker() -> None:
    """One thread and bounded memory for each process."""
    os.environ["RAYON_NUM_THREADS"] = "1"
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _set_in_worker(job: TypesettingJob, seconds: float) -> bytes:
    """Set one document; the alarm ends the whole process, since nothing can interrupt Typst within it."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return compile_pdf(
            job.body,
            job.cover,
            job.layout,
            job.assets,
            language=job.language,
            date=job.date,
            accent=job.accent,
            surroundings=job.surroundings,
            fonts=job.fonts,
        )
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
