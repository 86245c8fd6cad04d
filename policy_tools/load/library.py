"""Everything below content/, loaded and checked: what is there, and what is wrong with it?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from policy_tools.load.ask_checks import check_asks
from policy_tools.load.asks import (
    RECOMMENDATION_NOTES_FILE,
    SECONDMENT_NOTES_FILE,
    add_asks,
    load_asks,
)
from policy_tools.load.assets import AssetFinder, Mention, find_mentions
from policy_tools.load.bibliography import NOT_READ, begin_bibliography, load_bibliography
from policy_tools.load.checking.prose_links import check_prose_links
from policy_tools.load.checks import check_beside
from policy_tools.load.files import list_folder, name_below
from policy_tools.load.folders import LoadedFolder
from policy_tools.load.fonts import check_fonts
from policy_tools.load.glossary import load_glossary
from policy_tools.load.pages import load_pages
from policy_tools.load.papers import LoadedPaper, load_papers
from policy_tools.load.people import find_photos, load_people
from policy_tools.load.programmes import load_institutes, load_programmes, load_series, load_topics
from policy_tools.load.records import R
from policy_tools.load.relations import (
    KnownIds,
    check_institutes,
    check_papers,
    check_people,
    check_programmes,
)
from policy_tools.load.suggestion import suggest
from policy_tools.model.glossary import GlossaryEntry
from policy_tools.model.library import Library
from policy_tools.model.page import Page
from policy_tools.model.paper import Asset, Paper
from policy_tools.model.person import Person
from policy_tools.model.problem import Problem, Severity
from policy_tools.model.programme import Institute, Programme, Series, Topic
from policy_tools.model.reference import Reference
from policy_tools.model.site import Site
from policy_tools.processes import Processes
from policy_tools.store import Store

_NO_BIBLIOGRAPHY = NOT_READ | {"bibliography.binary"}
_FOLDERS = frozenset({"papers", "people", "programmes", "institutes", "pages", "packs", "statistics"})
_FILES = frozenset(
    {
        "series.yaml",
        "topics.yaml",
        "library.bib",
        "departments.yaml",
        "secondments.yaml",
        "glossary.yaml",
    }
)
_ONLY_PUBLIC = frozenset({"seats.csv"})
_ONLY_PRIVATE = frozenset({RECOMMENDATION_NOTES_FILE, SECONDMENT_NOTES_FILE, "copies.jsonl"})


@dataclass(frozen=True, slots=True)
class _Records:
    """The records that papers name, as loaded."""

    people: LoadedFolder[Person]
    programmes: LoadedFolder[Programme]
    institutes: LoadedFolder[Institute]
    series: LoadedFolder[Series]
    topics: LoadedFolder[Topic]
    glossary: LoadedFolder[GlossaryEntry]

    @property
    def with_prose(
        self,
    ) -> tuple[LoadedFolder[Person] | LoadedFolder[Programme] | LoadedFolder[Institute], ...]:
        """The records that end in a text of their own."""
        return self.people, self.programmes, self.institutes

    def list_problems(self) -> Iterator[Problem]:
        """Everything wrong with the records themselves."""
        yield from self.people.problems
        yield from self.programmes.problems
        yield from self.institutes.problems
        yield from self.series.problems
        yield from self.topics.problems
        yield from self.glossary.problems


def load_library(site: Site, store: Store) -> Library:
    """Read everything below the content folder. An author's mistake is a problem, never an exception."""
    records = _load_records(site)
    papers, folder_problems, references, reference_problems = _load_texts(site, store)
    pages, page_problems = load_pages(site)
    finder = AssetFinder(store, site.max_image_bytes)
    papers = _find_assets(papers, finder)
    people, photo_problems = find_photos(records.people, finder, site)
    finder.keep()

    asks = load_asks(papers, site, store)

    whole = add_asks(_fill_shelves(records, papers, pages, people, references), asks)
    known = _list_known(papers, records)
    problems = [
        *_check_content_folder(site),
        *check_fonts(site),
        *folder_problems,
        *chain.from_iterable(loaded.problems for loaded in papers),
        *records.list_problems(),
        *page_problems,
        *reference_problems,
        *photo_problems,
        *asks.problems,
        *_check_records(site, records, known),
    ]
    checked = chain(
        chain.from_iterable(loaded.found for loaded in papers),
        _check_papers(
            whole,
            known,
            has_bibliography=not any(problem.code in _NO_BIBLIOGRAPHY for problem in reference_problems),
        ),
    )
    problems.extend(_drop_repeated(checked, tuple(problems), whole))
    problems.extend(check_asks(asks, whole, known))
    problems.extend(check_prose_links(pages, records.with_prose, whole))
    return _withhold(whole, papers, problems)


def _load_texts(
    site: Site, store: Store
) -> tuple[tuple[LoadedPaper, ...], tuple[Problem, ...], Mapping[str, Reference], tuple[Problem, ...]]:
    """What takes long to read, at once: the papers and the works they cite, each with what is wrong."""
    files = _find_bibliographies(site)
    with Processes() as processes:
        bibliographies = [begin_bibliography(file, site, store, processes) for file in files]
        papers, folder_problems = load_papers(site, store, processes)
        references, problems = _gather_references(loaded() for loaded in bibliographies)
    if not files and any(loaded.paper and loaded.paper.body.cited_keys for loaded in papers):
        _, problems = load_bibliography(site.content / "library.bib", site, store)  # which tells its absence
    return papers, folder_problems, references, problems


def _load_records(site: Site) -> _Records:
    return _Records(
        people=load_people(site),
        programmes=load_programmes(site),
        institutes=load_institutes(site),
        series=load_series(site),
        topics=load_topics(site),
        glossary=load_glossary(site),
    )


def _fill_shelves(
    records: _Records,
    papers: Iterable[LoadedPaper],
    pages: tuple[Page, ...],
    people: Mapping[str, Person],
    references: Mapping[str, Reference],
) -> Library:
    """A library of everything that could be read, also of what has faults, so that all is checked."""
    readable = [loaded.paper for loaded in papers if loaded.paper]
    return Library(
        papers=_order(paper for paper in readable if paper.is_current),
        earlier_versions=_order(paper for paper in readable if not paper.is_current),
        pages=pages,
        people=MappingProxyType(dict(people)),
        programmes=_in_order(_by_id(records.programmes)),
        institutes=_by_id(records.institutes),
        series=_by_id(records.series),
        topics=_by_id(records.topics),
        glossary=_by_id(records.glossary),
        references=MappingProxyType(dict(references)),
    )


def _check_records(site: Site, records: _Records, known: KnownIds) -> Iterator[Problem]:
    yield from check_people(records.people, known)
    yield from check_programmes(records.programmes, known)
    yield from check_institutes(records.institutes, known)
    yield from _check_institute(site, known)


def _order(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Newest first, then by slug."""
    by_slug = sorted(papers, key=lambda paper: (paper.slug, -paper.record.version, paper.path))
    return tuple(sorted(by_slug, key=lambda paper: paper.record.published, reverse=True))


def _by_id(folder: LoadedFolder[R]) -> Mapping[str, R]:
    found: dict[str, R] = {}
    for loaded in folder.records:
        if loaded.record is not None:
            found.setdefault(loaded.id, loaded.record)
    return MappingProxyType(found)


def _in_order(programmes: Mapping[str, Programme]) -> Mapping[str, Programme]:
    """The programmes as they stand in lists: by `order`, then by id."""
    ordered = sorted(programmes.items(), key=lambda item: (item[1].order, item[0]))
    return MappingProxyType(dict(ordered))


def _list_known(papers: Iterable[LoadedPaper], records: _Records) -> KnownIds:
    """Every id that is there, also of what has faults."""
    listed = list(papers)
    current = {
        loaded.source.slug: loaded.paper
        for loaded in listed
        if loaded.paper and loaded.source.version is None
    }
    return KnownIds(
        people=_ids(records.people),
        programmes=_ids(records.programmes),
        institutes=_ids(records.institutes),
        series=_ids(records.series),
        topics=_ids(records.topics),
        papers=current,
        paper_slugs=frozenset(loaded.source.slug for loaded in listed if loaded.source.version is None),
        private={
            "person": _private_ids(records.people),
            "programme": _private_ids(records.programmes),
            "institute": _private_ids(records.institutes),
            "series": _private_ids(records.series),
            "topic": _private_ids(records.topics),
            "paper": frozenset(loaded.source.slug for loaded in listed if loaded.source.is_private),
        },
    )


def _private_ids(folder: LoadedFolder[R]) -> frozenset[str]:
    return frozenset(loaded.id for loaded in folder.records if loaded.is_private)


def _ids(folder: LoadedFolder[R]) -> frozenset[str]:
    return frozenset(loaded.id for loaded in folder.records)


def _gather_references(
    loaded: Iterable[tuple[Mapping[str, Reference], tuple[Problem, ...]]],
) -> tuple[Mapping[str, Reference], tuple[Problem, ...]]:
    """The entries of the .bib files of content/ and content/private/. The first of one key stays."""
    found: dict[str, Reference] = {}
    problems: list[Problem] = []
    for references, faults in loaded:
        problems.extend(faults)
        for key, reference in references.items():
            if key in found:
                problems.append(_report_double_reference(reference, found[key]))
            else:
                found[key] = reference
    return found, tuple(problems)


def _find_bibliographies(site: Site) -> list[Path]:
    """library.bib first, then the others by name, then the private ones."""
    files: list[Path] = []
    for folder in (site.content, site.content / "private"):
        found = (
            Path(entry.path) for entry in list_folder(folder, site.root, []) if entry.name.endswith(".bib")
        )
        files.extend(sorted(found, key=lambda file: (file.name != "library.bib", file.name)))
    return files


def _report_double_reference(reference: Reference, first: Reference) -> Problem:
    message = f'The key "{reference.key}" stands in {first.path} already, on line {first.line}.'
    hint = "Keep the entry in one of the two files."
    return Problem(reference.path, reference.line, 1, "record.double-reference", message, hint)


def _find_assets(papers: Iterable[LoadedPaper], finder: AssetFinder) -> tuple[LoadedPaper, ...]:
    """The papers with the files they show and offer."""
    mentions = {
        loaded.source.path: list(find_mentions(loaded.paper)) if loaded.paper else [] for loaded in papers
    }
    finder.foresee(
        (loaded.source.file.parent, mention) for loaded in papers for mention in mentions[loaded.source.path]
    )
    return tuple(_add_assets(loaded, mentions[loaded.source.path], finder) for loaded in papers)


def _add_assets(loaded: LoadedPaper, mentions: list[Mention], finder: AssetFinder) -> LoadedPaper:
    if loaded.paper is None or not mentions:
        return loaded
    found = list(finder.find_all(loaded.source.file.parent, mentions, loaded.source.path))
    assets = tuple(asset for asset in found if isinstance(asset, Asset))
    problems = tuple(problem for problem in found if isinstance(problem, Problem))
    return replace(loaded, paper=replace(loaded.paper, assets=assets), problems=(*loaded.problems, *problems))


def _check_papers(library: Library, known: KnownIds, *, has_bibliography: bool) -> Iterator[Problem]:
    yield from check_papers(library.all_papers, known)
    for paper in library.all_papers:
        for problem in check_beside(paper, library):
            if has_bibliography or problem.code != "citation.unknown-key":
                yield problem


def _drop_repeated(found: Iterable[Problem], told: Iterable[Problem], library: Library) -> Iterator[Problem]:
    """The problems that do not follow from a fault in the front matter that was told already."""
    unsound = {paper.path: paper for paper in library.all_papers if not paper.is_sound}
    places = {_place(problem) for problem in told}
    for problem in found:
        paper = unsound.get(problem.path)
        is_told = paper is not None and (not paper.places or _place(problem) in places)
        if paper is None or problem.line >= paper.body.first_line or not is_told:
            yield problem


def _place(problem: Problem) -> tuple[str, int, int]:
    return problem.path, problem.line, problem.column


def _check_content_folder(site: Site) -> Iterator[Problem]:
    """Files that no part of the system reads, and folders that are none."""
    places = (
        (site.content, _FOLDERS | {"private", "fonts"}, _FILES | _ONLY_PUBLIC),
        (site.content / "private", _FOLDERS | {"copies"}, _FILES | _ONLY_PRIVATE),
    )
    for folder, folders, files in places:
        problems: list[Problem] = []
        for entry in list_folder(folder, site.root, problems):
            path = name_below(Path(entry.path), site.root)
            if entry.name in folders:
                if not entry.is_dir():
                    message = "This is a file, and a folder belongs here."
                    yield Problem(path, 1, 1, "content.not-a-folder", message)
            elif entry.name in _ONLY_PRIVATE - files:
                message = "This is private, and stands in the public folder."
                hint = "Move it into content/private/, and out of the history of the public repository."
                yield Problem(path, 1, 1, "content.not-private", message, hint)
            elif entry.name not in files and not entry.name.endswith(".bib"):
                message = "Nothing reads this, so that it is not published."
                hint = suggest(entry.name, folders | files)
                yield Problem(path, 1, 1, "content.unknown-file", message, hint, Severity.WARNING)
        yield from problems


def _check_institute(site: Site, known: KnownIds) -> Iterator[Problem]:
    if site.institute in known.institutes:
        return
    path = "pelicanconf.py"
    lines = (
        (site.root / path).read_text("utf-8", "replace").split("\n") if (site.root / path).is_file() else []
    )
    line = next((number for number, text in enumerate(lines, 1) if text.startswith("INSTITUTE")), 1)
    message = f'There is no institute "{site.institute}" in content/institutes/.'
    yield Problem(
        path, line, 1, "record.unknown-institute", message, suggest(site.institute, known.institutes)
    )


def _withhold(library: Library, papers: Iterable[LoadedPaper], problems: Iterable[Problem]) -> Library:
    """The library without the papers of which nobody can say who may see them."""
    withheld = tuple(sorted(loaded.source.path for loaded in papers if loaded.is_withheld))
    hidden = frozenset(withheld)
    return replace(
        library,
        papers=tuple(paper for paper in library.papers if paper.path not in hidden),
        earlier_versions=tuple(paper for paper in library.earlier_versions if paper.path not in hidden),
        problems=tuple(sorted(set(problems))),
        withheld_paths=withheld,
    )
