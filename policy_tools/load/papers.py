"""Which papers are there, in which versions, and what do they say?"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

from policy_tools.load.body import scan_body
from policy_tools.load.checks import check_alone
from policy_tools.load.files import TextFile, decode, list_folder, name_below, printable, read_text_file
from policy_tools.load.front_matter import parse_front_matter
from policy_tools.load.kept_body import PackedBody, pack_body, unpack_body
from policy_tools.load.readings import recall_readings
from policy_tools.load.records import RecordKind, StandIn, check_record
from policy_tools.load.suggestion import suggest_slug
from policy_tools.model.paper import Paper, PaperRecord, Status
from policy_tools.model.problem import Problem, has_errors
from policy_tools.model.site import Site
from policy_tools.model.slug import SLUG
from policy_tools.processes import Processes
from policy_tools.store import Store, digest_of

VISIBILITY_FIELDS = frozenset({"status", "embargo", "published", "version"})
"""A fault in one of these leaves open who may see the paper, so that nobody may."""

PAPER = RecordKind(
    PaperRecord,
    "paper",
    never_empty=frozenset({"embargo"}),
    stand_ins={
        "title": StandIn("Untitled", ""),
        "series": StandIn("none", ""),
        "programmes": StandIn(["none"], ()),
        "authors": StandIn(["none"], ()),
        "published": StandIn("1970-01-01", date(1970, 1, 1)),
        "status": StandIn("draft", Status.DRAFT),
        "summary": StandIn("None.", ""),
    },
    lists=frozenset({"authors", "programmes", "topics", "data", "corrections"}),
)
_VERSION = re.compile(r"v([1-9][0-9]{0,3})")
_KIND = "paper"


@dataclass(frozen=True, slots=True)
class PaperSource:
    """Where one version of a paper stands. `version` is None for the current one."""

    slug: str
    file: Path
    path: str
    is_private: bool
    version: int | None = None


@dataclass(frozen=True, slots=True)
class LoadedPaper:
    """A paper as far as it could be read, and what is wrong with it.

    `is_withheld` tells that nobody can know who may see it. `paper` is None when there is nothing to
    check further. `found` are the problems that a reader of this paper alone finds, of which some may only
    follow from `problems`.
    """

    source: PaperSource
    paper: Paper | None
    problems: tuple[Problem, ...]
    is_withheld: bool
    found: tuple[Problem, ...] = ()


Places: TypeAlias = Mapping[str, tuple[int, int]]


class _Reading(NamedTuple):
    """What is kept of a file: all that can be told of it without looking elsewhere.

    `problems` are those of reading it, `found` those of reading what it says.
    """

    record: PaperRecord | None
    record_digest: str
    places: dict[str, tuple[int, int]]
    body: PackedBody
    problems: tuple[Problem, ...]
    is_withheld: bool
    is_sound: bool
    found: tuple[Problem, ...]


def load_papers(
    site: Site, store: Store, processes: Processes | None = None
) -> tuple[tuple[LoadedPaper, ...], tuple[Problem, ...]]:
    """Every version of every paper below content/ and content/private/, and the problems with the folders."""
    problems: list[Problem] = []
    sources = [
        source
        for folder, is_private in (
            (site.content / "papers", False),
            (site.content / "private" / "papers", True),
        )
        for source in _find_sources(folder, site.root, problems, is_private=is_private)
    ]
    files = [read_text_file(source.file, source.path, site.max_paper_bytes) for source in sources]
    texts = (file for file in files if isinstance(file, TextFile))
    readings = recall_readings(_KIND, texts, _read_paper, store, processes)
    loaded = [
        LoadedPaper(source, None, (file,), is_withheld=True)
        if isinstance(file, Problem)
        else _make_paper(source, file, readings[file.path])
        for source, file in zip(sources, files, strict=True)
    ]
    return tuple(_refuse_doubles(loaded)), tuple(problems)


def _refuse_doubles(papers: list[LoadedPaper]) -> Iterator[LoadedPaper]:
    """The papers; a private one under the name of a public one is withheld, and the fault is told in it."""
    public = {loaded.source.slug for loaded in papers if not loaded.source.is_private}
    for loaded in papers:
        source = loaded.source
        if source.is_private and source.slug in public:
            message = f'There is a public paper called "{source.slug}" already.'
            problem = Problem(source.path, 1, 1, "content.same-name", message, "Rename one of the two.")
            yield LoadedPaper(source, None, (*loaded.problems, problem), is_withheld=True)
        else:
            yield loaded


def _find_sources(
    folder: Path, root: Path, problems: list[Problem], *, is_private: bool
) -> Iterator[PaperSource]:
    base = name_below(folder, root)
    for entry in list_folder(folder, root, problems):
        place = Path(entry.path)
        path = f"{base}/{printable(entry.name)}"
        if not entry.is_dir():
            problems.append(_report_stray(path))
        elif entry.is_symlink() and not Path(os.path.realpath(place)).is_relative_to(
            os.path.realpath(folder)
        ):
            message = "This folder is a link to a place outside, and is not read."
            problems.append(
                Problem(
                    f"{path}/paper.md", 1, 1, "content.leaves-folder", message, "Put the folder itself there."
                )
            )
        elif not SLUG.fullmatch(entry.name):
            problems.append(_report_name(path))
        else:
            yield from _find_versions(place, path, root, problems, is_private=is_private)


def _find_versions(
    place: Path, path: str, root: Path, problems: list[Problem], *, is_private: bool
) -> Iterator[PaperSource]:
    slug = place.name
    names = [entry.name for entry in list_folder(place, root, problems)]
    if "paper.md" in names:
        yield PaperSource(slug, place / "paper.md", f"{path}/paper.md", is_private)
    else:
        problems.append(_report_no_paper(path, names))
    versions = [int(found[1]) for name in names if (found := _VERSION.fullmatch(name))]
    for version in sorted(versions):
        file = place / f"v{version}" / "paper.md"
        if os.path.lexists(file):
            yield PaperSource(slug, file, f"{path}/v{version}/paper.md", is_private, version)


def _report_stray(path: str) -> Problem:
    return Problem(
        path, 1, 1, "content.stray-file", "A file stands here, and each paper is a folder.",
        "Put it in a folder of its own as paper.md, or take it away.",
    )  # fmt: skip


def _report_name(path: str) -> Problem:
    name = path.rpartition("/")[2]
    message = (
        f'The folder "{name}" cannot be the address of a paper: 1 to 80 small letters, digits and hyphens.'
    )
    return Problem(f"{path}/paper.md", 1, 1, "content.bad-name", message, suggest_slug(name))


def _report_no_paper(path: str, names: list[str]) -> Problem:
    other = next((name for name in names if name.lower().endswith((".md", ".markdown"))), None)
    hint = f"Rename {other} to paper.md." if other else "Write it, or take the folder away."
    return Problem(f"{path}/paper.md", 1, 1, "content.no-paper", "There is no paper.md in this folder.", hint)


def _read_paper(file: TextFile) -> _Reading:
    path = file.path
    text = decode(file)
    front_matter = parse_front_matter(text, path)
    fields = front_matter.fields
    checked = check_record(PAPER, fields, path)
    body, body_problems = scan_body(front_matter.body, front_matter.body_line, path)
    # Of fields that cannot be read at all, it does not help to hear that each is missing.
    field_problems = () if fields.is_unreadable else checked.problems
    problems = (*front_matter.problems, *field_problems, *body_problems)
    places = _move_up(fields.places, checked.dropped)
    is_sound = not has_errors(problem for problem in problems if problem.line < body.first_line)
    found: tuple[Problem, ...] = ()
    if checked.record:
        alone = Paper("", path, checked.record, body, (), file.digest, places=places, is_sound=is_sound)
        found = check_alone(alone)
    return _Reading(
        checked.record,
        digest_of(text.removesuffix(front_matter.body)),
        places,
        pack_body(body, front_matter.body),
        problems,
        has_errors(front_matter.problems) or bool(checked.faulty & VISIBILITY_FIELDS),
        is_sound,
        found,
    )


def _move_up(places: Places, dropped: frozenset[tuple[str, int]]) -> dict[str, tuple[int, int]]:
    """The places of fields, with the items of lists counted as if the dropped ones had not been written."""
    moved: dict[str, tuple[int, int]] = {}
    for steps, place in places.items():
        name, _, rest = steps.partition(".")
        index, _, deeper = rest.partition(".")
        if not index.isdigit():
            moved[steps] = place
        elif (name, int(index)) not in dropped:
            left = int(index) - sum(other == name and gone < int(index) for other, gone in dropped)
            moved[".".join(part for part in (name, str(left), deeper) if part)] = place
    return moved


def _make_paper(source: PaperSource, file: TextFile, reading: _Reading) -> LoadedPaper:
    record, problems = reading.record, reading.problems
    if record is None:
        return LoadedPaper(source, None, problems, is_withheld=True)
    paper = Paper(
        slug=source.slug,
        path=source.path,
        record=record,
        body=unpack_body(reading.body, file),
        assets=(),
        digest=file.digest,
        is_private=source.is_private,
        is_current=source.version is None,
        places=reading.places,
        is_sound=reading.is_sound,
        record_digest=reading.record_digest,
    )
    is_withheld = reading.is_withheld
    if source.version is not None and record.version != source.version:
        problems, is_withheld = (*problems, _report_version(paper, source.version)), True
    return LoadedPaper(source, paper, problems, is_withheld, reading.found)


def _report_version(paper: Paper, version: int) -> Problem:
    place = paper.place("version")
    message = f"This paper says it is version {paper.record.version}, and its folder says v{version}."
    hint = f"Write version: {version}, or rename the folder."
    return Problem(paper.path, place.line, place.column, "content.version-differs", message, hint)
