"""What of a public library is searched: papers by their sections, and whatever else has a page of its own.

Papers come last, the oldest first: a new one is added at the end, and the files of the rest stay as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from policy_tools.model.document import Document
from policy_tools.model.library import PublicLibrary
from policy_tools.model.pack import Pack
from policy_tools.model.paper import Paper
from policy_tools.model.person import Person
from policy_tools.model.printing import format_british_date
from policy_tools.model.programme import Programme, Topic
from policy_tools.model.recommendation import Recommendation
from policy_tools.model.terms import NATIONS, PHASES
from policy_tools.search.entries import SearchDocument, SearchSection
from policy_tools.search.sections import cut_into_sections, read_words
from policy_tools.store import digest_of


@dataclass(frozen=True, slots=True)
class Source:
    """Something that will be searched: `make` reads its words, and is called only when `digest` is new.

    `paper` is the id of the paper that it is, if it is one.
    """

    digest: str
    make: Callable[[], SearchDocument]
    paper: str = ""


def list_sources(
    library: PublicLibrary,
    documents: Mapping[str, tuple[str, Callable[[], Document]]],
    language: str,
) -> Iterator[Source]:
    """Everything that is searched, in order.

    `documents` gives for each paper the digest of its rendering, and what fetches it; whatever does not say
    its language is in the site's own.
    """
    for record in _list_records(library):
        record = replace(record, language=_code(language))  # noqa: PLW2901
        yield Source(digest_of("record", repr(record)), partial(_as_it_is, record))
    leading = _find_departments(library)
    for paper in sorted(library.papers, key=lambda paper: (paper.record.published, paper.slug)):
        digest, load = documents[paper.id]
        outline = _describe_paper(paper, library, leading.get(paper.slug, ()))
        yield Source(digest_of("paper", digest, repr(outline)), partial(_add_text, outline, load), paper.id)


def _code(language: str) -> str:
    return language.partition("-")[0].lower()


def _as_it_is(record: SearchDocument) -> SearchDocument:
    return record


def _list_records(library: PublicLibrary) -> Iterator[SearchDocument]:
    """Whatever is short enough to stand in memory."""
    for programme in library.programmes.values():
        yield _describe_programme(programme)
    for person in library.people.values():
        yield _describe_person(person, library)
    for page in library.pages:
        yield SearchDocument(
            id=f"page:{page.slug}",
            kind="Page",
            address=page.address,
            title=page.record.title,
            summary=page.record.summary,
            sections=(SearchSection("", "", _strip_markdown(page.text)),),
            facets={"type": ("Page",)},
        )
    for pack in library.packs.values():
        yield _describe_pack(pack)
    for recommendation in library.recommendations.values():
        yield _describe_recommendation(recommendation, library)


def _describe_programme(programme: Programme) -> SearchDocument:
    return SearchDocument(
        id=f"programme:{programme.id}",
        kind="Programme",
        address=f"programmes/{programme.id}/",
        title=programme.title,
        summary=f"{programme.question} {programme.summary}",
        sections=(SearchSection("", "", _strip_markdown(programme.description)),),
        facets={"type": ("Programme",), "programme": (programme.title,)},
    )


def _describe_person(person: Person, library: PublicLibrary) -> SearchDocument:
    programme = library.programmes.get(person.programme or "")
    facets: dict[str, tuple[str, ...]] = {"type": ("Person",)}
    if programme:
        facets["programme"] = (programme.title,)
    return SearchDocument(
        id=f"person:{person.id}",
        kind="Person",
        address=f"people/{person.id}/",
        title=person.name,
        label=person.role or "",
        sections=(SearchSection("", "", _strip_markdown(person.bio)),),
        facets=facets,
    )


def _describe_pack(pack: Pack) -> SearchDocument:
    return SearchDocument(
        id=f"pack:{pack.id}",
        kind="Pack",
        address=pack.address,
        title=pack.record.title,
        label=pack.record.subtitle or "",
        summary=pack.record.summary,
        facets={"type": ("Pack",)},
    )


def _describe_recommendation(item: Recommendation, library: PublicLibrary) -> SearchDocument:
    record = item.record
    departments = [record.owner.lead_department, *record.owner.others]
    answers = (f"{objection.claim} {objection.response}" for objection in record.objections)
    questions = (f"{question.q} {question.a}" for question in record.qa)
    texts = (record.why_now or "", *record.lines_to_take, *answers, *questions)
    return SearchDocument(
        id=f"recommendation:{item.id}",
        kind="Recommendation",
        address=item.address,
        title=record.title,
        label=f"{item.id} · {PHASES[record.timeline.phase]}",
        keywords=(item.id, record.vehicle.power or "", record.vehicle.bill or ""),
        sections=(SearchSection("", "", " ".join(text for text in texts if text)),),
        facets={
            "type": ("Recommendation",),
            "programme": _titles(library.programmes, item.programmes),
            "department": tuple(
                library.departments[name].name for name in departments if name in library.departments
            ),
            "nation": tuple(NATIONS[nation] for nation in record.nations.affected),
            "year": (str(record.status.date.year),),
        },
    )


def _find_departments(library: PublicLibrary) -> dict[str, tuple[str, ...]]:
    """By paper, the departments that its recommendations ask to act."""
    found: dict[str, dict[str, None]] = {}
    for item in library.recommendations.values():
        department = library.departments.get(item.record.owner.lead_department)
        if department:
            found.setdefault(item.paper, {})[department.name] = None
    return {paper: tuple(names) for paper, names in found.items()}


def _describe_paper(paper: Paper, library: PublicLibrary, departments: tuple[str, ...]) -> SearchDocument:
    """A paper without its text."""
    record = paper.record
    series = library.series.get(record.series)
    names = library.author_names(paper)
    return SearchDocument(
        id=paper.slug,
        kind=series.title if series else record.series,
        address=paper.address,
        title=f"{record.title}: {record.subtitle}" if record.subtitle else record.title,
        label=f"{library.series_line(paper)} · {format_british_date(record.published)}",
        summary=record.summary,
        keywords=(*record.keywords, *_titles(library.topics, record.topics)),
        authors=names,
        facets={
            "type": ("Paper",),
            "programme": _titles(library.programmes, record.programmes),
            "series": (series.plural,) if series else (),
            "year": (str(record.published.year),),
            "author": names,
            "nation": tuple(NATIONS[nation] for nation in record.nations),
            "department": departments,
        },
        language=_code(record.language),
    )


def _add_text(outline: SearchDocument, load: Callable[[], Document]) -> SearchDocument:
    """The paper with its sections, its notes and the works it cites."""
    document = load()
    sections = cut_into_sections(document.html)
    notes = read_words(document.notes_html)
    if notes:
        sections = (*sections, SearchSection("page-notes", "Notes", notes))
    references = tuple(reference.text for reference in document.references)
    return replace(outline, sections=sections, references=references)


def _titles(records: Mapping[str, Programme] | Mapping[str, Topic], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(records[name].title for name in names if name in records)


_MARKDOWN = re.compile(r"\]\([^)\s]*\)|^#+ |[*_`\[\]>|]", re.MULTILINE)


def _strip_markdown(text: str) -> str:
    """The words of Markdown: signs and addresses taken out, which is enough to be found by."""
    return " ".join(_MARKDOWN.sub(" ", text).split())
