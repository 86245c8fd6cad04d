"""How is one copy of a private pack issued to the one who is to have it?

The register is held from the beginning to the end, and written last: a copy stands in it when all its files
are safely there, and when anything fails there is neither.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from policy_tools.load.library import load_library
from policy_tools.model.library import Library
from policy_tools.model.pack import Pack
from policy_tools.model.problem import CannotRunError, Problem, has_errors
from policy_tools.model.secondment import Secondment
from policy_tools.model.site import DOWNLOADS, Site
from policy_tools.pack.archive import digest_files
from policy_tools.pack.change import Change
from policy_tools.pack.changes import compare
from policy_tools.pack.changes_part import FIRST_COPY, ChangesView, build_changes
from policy_tools.pack.copies import IssuedCopy, Register, hold_register, load_snapshot
from policy_tools.pack.request import CopyMarks, build_pack_request, list_embargoes
from policy_tools.pack.snapshot import Snapshot
from policy_tools.pack.view import find_publisher
from policy_tools.pipeline.check import check_library
from policy_tools.pipeline.pack_files import FinishedPack, PackWork, make_archive, make_pack_files
from policy_tools.pipeline.pack_sources import PackSources, find_pack, gather_pack
from policy_tools.places import PLUGINS, THEME
from policy_tools.release.private_root import open_private_root
from policy_tools.render.pool import Pool
from policy_tools.store import PassingStore, Store
from policy_tools.typeset.protect import protect_pdf


@dataclass(frozen=True, slots=True)
class CopyOrder:
    """What is to be issued, to whom, why and on which day.

    What is not said of the recipient is taken from the secondment. With a password the PDF alone is made, and
    encrypted; the password goes nowhere else.
    """

    pack: str
    secondment: str
    issued_at: date
    copy_id: str | None = None
    reason: str | None = None
    recipient: str | None = None
    organisation: str | None = None
    role: str | None = None
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class IssueResult:
    """The copy as it was registered, where its files stand, and what is different from the last one.

    `copy` is None when `problems` stood in the way: then nothing was written. `changes` is None in a first
    copy. `embargoes` are what its reader has to keep to.
    """

    copy: IssuedCopy | None
    folder: Path | None
    changes: tuple[Change, ...] | None
    problems: tuple[Problem, ...]
    embargoes: tuple[str, ...] = ()


def issue_copy(site: Site, store: Store, order: CopyOrder, *, now: datetime) -> IssueResult:
    """Make, write and register one copy. What the reader may see is judged as at the order's day.

    The store is read; nothing of the copy stays in it.
    """
    with hold_register(site.content, site.root) as register:
        root = open_private_root(site, apart_from=(THEME, PLUGINS))
        library = load_library(site, store)
        pack = _find_private_pack(library, order)
        _check_day(order, library.secondments[order.secondment], register, site, now)
        copy_id = register.choose_id(pack.id, order.secondment, order.copy_id)
        problems = check_library(library, site, now=now)
        if has_errors(problems):
            return IssueResult(None, None, None, problems)
        moment = _judge_at(order.issued_at, site, now)
        issuing = _Issuing(site, PassingStore(store), library, register, order, pack, copy_id)
        made = issuing.make(moment, site.day_of(now))
        if has_errors(made.problems):
            return IssueResult(None, None, None, tuple(sorted({*problems, *made.problems})))
        address = f"{order.secondment}/{copy_id}"
        folder = root.write_folder(address, made.files)
        try:
            register.add(made.copy, made.snapshot)
        except BaseException:
            if not register.holds(made.copy):
                root.remove_folder(address)
            raise
        problems = tuple(sorted({*problems, *made.problems}))
        return IssueResult(made.copy, folder, made.changes, problems, made.embargoes)


def read_password(file: Path) -> str:
    """The first line of a file. It is read here and stands on no command line."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"The password file {file} cannot be read as text.") from error
    if not lines or not lines[0].strip() or not lines[0].isprintable():
        raise CannotRunError(f"The password file {file} has no password that can be typed in its first line.")
    return lines[0]


@dataclass(frozen=True, slots=True)
class _MadeCopy:
    """A whole copy before it is written."""

    copy: IssuedCopy
    files: Mapping[str, bytes]
    snapshot: Snapshot
    changes: tuple[Change, ...] | None
    problems: tuple[Problem, ...]
    embargoes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Issuing:
    """The making of one copy."""

    site: Site
    store: Store
    library: Library
    register: Register
    order: CopyOrder
    pack: Pack
    copy_id: str

    def make(self, moment: datetime, today: date) -> _MadeCopy:
        """Everything that will be written, as its reader may see it at the moment."""
        with Pool(os.cpu_count() or 1) as pool:
            sources = gather_pack(
                self.pack, self.library, self.site, self.store, pool, now=moment, today=today
            )
            _refuse_before(self.order.issued_at, sources.as_at, "the pack is as at")
            snapshot = sources.describe(self.copy_id)
            changes, view = self._compare(snapshot)
            copy = self._describe(sources)
            finished = self._render(sources, copy, view, pool)
        files = self._collect(finished, sources.as_at) if not has_errors(finished.problems) else {}
        copy = copy.model_copy(update={"digest": digest_files(files)})
        problems = (*sources.problems, *finished.problems)
        embargoes = list_embargoes(sources.selected, sources.library)
        return _MadeCopy(copy, files, snapshot, changes, problems, embargoes)

    def _compare(self, snapshot: Snapshot) -> tuple[tuple[Change, ...] | None, ChangesView]:
        """What has changed since the last copy of this pack that this secondment was given."""
        last = self.register.find_last(self.pack.id, self.order.secondment)
        if last is None:
            return None, FIRST_COPY
        before = load_snapshot(self.site.content, last.copy_id)
        changes = compare(before, snapshot)
        titles = {slug: str(paper.fields.get("title", slug)) for slug, paper in snapshot.papers.items()}
        return changes, build_changes(last.issued_at, last.copy_id, changes, titles)

    def _describe(self, sources: PackSources) -> IssuedCopy:
        """The copy's line in the register, but for the digests of its files."""
        secondment = self.library.secondments[self.order.secondment]
        person = self.library.people.get(secondment.person)
        return IssuedCopy(
            copy_id=self.copy_id,
            pack=self.pack.id,
            secondment=secondment.id,
            recipient=_clean(self.order.recipient) or (person.name if person else secondment.person),
            organisation=_clean(self.order.organisation) or secondment.host,
            role=_clean(self.order.role) or secondment.role,
            reason=_clean(self.order.reason),
            issued_at=self.order.issued_at,
            as_at=sources.as_at,
            digest={},
        )

    def _render(
        self, sources: PackSources, copy: IssuedCopy, changes: ChangesView, pool: Pool
    ) -> FinishedPack:
        request = build_pack_request(
            self.pack,
            sources.selected,
            sources.library,
            self.site,
            sources.requests,
            sources.boxes,
            as_at=sources.as_at,
            changes=changes,
            copy=CopyMarks(copy.copy_id, f"Copy {copy.copy_id} · {copy.recipient}", copy.issued_at),
        )
        institute = find_publisher(self.pack, sources.selected, sources.library, self.site)
        work = PackWork(request, colour=institute.colour if institute else None)
        site = replace(self.site, formats=DOWNLOADS)
        formats = ("pdf",) if self.order.password else DOWNLOADS
        (finished,) = make_pack_files([work], formats, site, self.store, pool)
        return finished

    def _collect(self, finished: FinishedPack, as_at: date) -> dict[str, bytes]:
        """The files by name: all of them and their ZIP, or the encrypted PDF alone."""
        if self.order.password:
            pdf = protect_pdf(finished.files["pdf"].read(), self.order.password)
            return {f"{self.pack.id}.pdf": pdf}
        readers: dict[str, Callable[[], bytes]] = {name: file.read for name, file in finished.files.items()}
        readers["zip"] = make_archive(finished, self.pack.id, as_at, self.store, self.copy_id).read
        return {f"{self.pack.id}.{name}": read() for name, read in readers.items()}


def _find_private_pack(library: Library, order: CopyOrder) -> Pack:
    """The pack, if it is for that secondment and for nobody else."""
    pack = find_pack(library, order.pack)
    if order.secondment not in library.secondments:
        known = ", ".join(sorted(library.secondments)) or "none"
        raise CannotRunError(f'There is no secondment "{order.secondment}". There are: {known}.')
    if pack.secondment != order.secondment:
        raise CannotRunError(
            f'The pack "{pack.id}" is for "{pack.record.audience}" and not for the secondment '
            f'"{order.secondment}". Copies are issued to those whom the recipe names.'
        )
    return pack


def _check_day(
    order: CopyOrder, secondment: Secondment, register: Register, site: Site, now: datetime
) -> None:
    """Raise for a day on which this copy cannot have been issued."""
    day, today = order.issued_at, site.day_of(now)
    if day > today:
        raise CannotRunError(f"A copy cannot be issued on {day}: today is {today}.")
    if secondment.end and day > secondment.end:
        raise CannotRunError(
            f'A copy cannot be issued on {day}: the secondment "{secondment.id}" ended on {secondment.end}.'
        )
    _refuse_before(day, secondment.start, f'the secondment "{secondment.id}" starts on')
    last = register.find_last(order.pack, order.secondment)
    if last:
        _refuse_before(day, last.issued_at, f'the last copy, "{last.copy_id}", was issued on')


def _refuse_before(day: date, first: date, words: str) -> None:
    if day < first:
        raise CannotRunError(f"A copy cannot be issued on {day}: {words} {first}.")


def _clean(words: str | None) -> str | None:
    """In one line, of signs that can be printed; None for nothing."""
    printable = "".join(sign if sign.isprintable() else " " for sign in words or "")
    return " ".join(printable.split()) or None


def _judge_at(day: date, site: Site, now: datetime) -> datetime:
    """The end of the day of issue, unless that is still to come."""
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(site.timezone)) - timedelta(seconds=1)
    return min(end.astimezone(UTC), now.astimezone(UTC))
