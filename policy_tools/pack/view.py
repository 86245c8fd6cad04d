"""What do the parts of a pack show? All as it is printed, gathered from records and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from policy_tools.model.costing import list_price_bases
from policy_tools.model.library import PackLibrary, Shelves
from policy_tools.model.pack import Pack, Stakeholder
from policy_tools.model.paper import Paper
from policy_tools.model.printing import format_british_date
from policy_tools.model.programme import Institute
from policy_tools.model.recommendation import RecommendationNotes
from policy_tools.model.site import Site
from policy_tools.model.terms import PHASES
from policy_tools.pack.asks import Ask, Boxes, CostRow, ObjectionLine, build_ask, format_sums
from policy_tools.pack.changes_part import ChangesView, name_records
from policy_tools.pack.selection import Selected
from policy_tools.pack.wording import first_sentences, split_paragraphs

_NO_NOTES: Mapping[str, RecommendationNotes] = MappingProxyType({})
_WITHOUT_BILL = frozenset({"admin", "none"})
_MOST_WHOLE_SUMMARIES = 3
_SENTENCES_OF_MANY = 2
_PHASES_A_TABLE = 4
_MOST_ISSUES = 5
_STRONGEST = 2


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper as the introduction tells of it."""

    title: str
    line: str
    summary: tuple[str, ...]
    key_points: tuple[str, ...]
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """What is hardest about one recommendation: the strongest objections, and what is not known."""

    ask: Ask
    objections: tuple[ObjectionLine, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """A department that leads, and what is asked of it."""

    name: str
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """What one department does in each of a grid's phases."""

    department: str
    cells: tuple[tuple[Ask, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Departments by phases; as many phases as a page is wide."""

    phases: tuple[str, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Bill:
    """A Bill or kind of instrument, and what it carries."""

    title: str
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Costings:
    """All costings together. `bases` are more than one when the sums are of unlike things."""

    totals: tuple[CostRow, ...]
    bases: tuple[str, ...]
    costed: tuple[Ask, ...]
    uncosted: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Somebody to ask, and about what."""

    name: str
    role: str
    email: str


@dataclass(frozen=True, slots=True)
class Question:
    """The question that a programme works on."""

    programme: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who we are: the institute, in what form, and the questions it works on."""

    name: str
    legal_form: str
    place: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class PackView:
    """A pack as its parts show it: `kinds` are its parts, `linked` the ids of asks whose box stands in it."""

    title: str
    publisher: Publisher
    papers: tuple[PaperLine, ...]
    asks: tuple[Ask, ...]
    departments: tuple[Department, ...]
    grids: tuple[Grid, ...]
    bills: tuple[Bill, ...]
    without_bill: tuple[Ask, ...]
    costings: Costings
    issues: tuple[Issue, ...]
    stakeholders: tuple[Stakeholder, ...]
    contacts: tuple[ContactLine, ...]
    host_contact: str
    changes: ChangesView | None = None
    kinds: frozenset[str] = frozenset()
    linked: frozenset[str] = field(default=frozenset())


def build_view(
    pack: Pack,
    selected: Selected,
    library: Shelves,
    site: Site,
    boxes: Boxes,
    changes: ChangesView | None = None,
) -> PackView:
    """Gather everything that the parts of a pack show. Only a `PackLibrary` has private notes to give."""
    notes = library.recommendation_notes if isinstance(library, PackLibrary) else _NO_NOTES
    versions = {paper.slug: paper.id for paper in selected.papers}
    asks = tuple(
        build_ask(
            found,
            library,
            boxes,
            paper_id=versions.get(found.paper, found.paper),
            notes=notes.get(found.id),
        )
        for found in selected.recommendations
    )
    has_boxes = any(part.part == "asks" for part in pack.parts)
    return PackView(
        title=pack.record.title,
        publisher=build_publisher(find_publisher(pack, selected, library, site), selected, library, site),
        papers=tuple(_list_papers(selected, asks, library)),
        asks=asks,
        departments=group_by_department(asks),
        grids=tuple(_build_grids(asks)),
        bills=_group_by_bill(asks),
        without_bill=tuple(ask for ask in asks if ask.vehicle_kind in _WITHOUT_BILL and not ask.bill),
        costings=_build_costings(selected, asks),
        issues=tuple(_list_issues(asks)),
        stakeholders=pack.record.stakeholders,
        contacts=tuple(_list_contacts(pack, selected, library)),
        host_contact=_host_contact(library),
        changes=name_records(changes, _list_titles(library)) if changes else None,
        kinds=frozenset(part.part for part in pack.parts),
        linked=frozenset(ask.id for ask in asks) if has_boxes else frozenset(),
    )


def _list_titles(library: Shelves) -> dict[str, str]:
    """What departments, programmes and recommendations are called, by id."""
    return {
        **{id_: department.name for id_, department in library.departments.items()},
        **{id_: programme.title for id_, programme in library.programmes.items()},
        **{id_: recommendation.record.title for id_, recommendation in library.recommendations.items()},
    }


def find_publisher(pack: Pack, selected: Selected, library: Shelves, site: Site) -> Institute | None:
    """Whose pack it is: the secondment's institute, the first programme's, the first paper's, the site's."""
    secondment = library.secondments.get(pack.secondment)
    programmes = (library.programmes.get(name) for name in pack.record.select.programmes)
    names = [
        *([secondment.seconded_by] if secondment else []),
        *(programme.institute for programme in programmes if programme),
        *(library.publisher_of(paper, site.institute) for paper in selected.papers),
        *(
            library.programmes[name].institute
            for ask in selected.recommendations
            for name in ask.programmes[:1]
            if name in library.programmes
        ),
        site.institute,
    ]
    return next((library.institutes[name] for name in names if name in library.institutes), None)


def build_publisher(
    institute: Institute | None, selected: Selected, library: Shelves, site: Site
) -> Publisher:
    """Who we are, with the questions of the programmes that the selection comes from."""
    names = dict.fromkeys(
        name
        for programmes in (
            *(paper.record.programmes for paper in selected.papers),
            *(ask.programmes for ask in selected.recommendations),
        )
        for name in programmes[:1]
    )
    questions = tuple(
        Question(name, library.programmes[name].title, library.programmes[name].question)
        for name in names
        if name in library.programmes
    )
    if institute is None:
        return Publisher(site.name, "", "", questions)
    return Publisher(institute.name, institute.legal_form, institute.publisher_place, questions)


def group_by_department(asks: Iterable[Ask]) -> tuple[Department, ...]:
    """The departments in the order in which they first lead."""
    groups: dict[str, list[Ask]] = {}
    for ask in asks:
        groups.setdefault(ask.department, []).append(ask)
    return tuple(Department(found[0].department_name, tuple(found)) for found in groups.values())


def _list_papers(selected: Selected, asks: tuple[Ask, ...], library: Shelves) -> Iterator[PaperLine]:
    """With their whole summaries, or of many papers only how these begin."""
    places = {ask.id: found.paper for ask, found in zip(asks, selected.recommendations, strict=True)}
    is_short = len(selected.papers) <= _MOST_WHOLE_SUMMARIES
    for paper in selected.papers:
        summary = paper.record.summary
        yield PaperLine(
            title=paper.record.title,
            line=format_paper_line(paper, library),
            summary=split_paragraphs(summary)
            if is_short
            else (first_sentences(summary, _SENTENCES_OF_MANY),),
            key_points=paper.record.key_points if is_short else (),
            asks=tuple(ask for ask in asks if places[ask.id] == paper.slug),
        )


def format_paper_line(paper: Paper, library: Shelves) -> str:
    """Such as "Paper 4, version 2, 12 May 2026"."""
    date = format_british_date(paper.record.updated or paper.record.published)
    return f"{library.series_line(paper)}, version {paper.record.version}, {date}"


def _build_grids(asks: tuple[Ask, ...]) -> Iterator[Grid]:
    used = [phase for phase in PHASES if any(ask.phase == phase for ask in asks)]
    for start in range(0, len(used), _PHASES_A_TABLE):
        phases = used[start : start + _PHASES_A_TABLE]
        rows = (
            GridRow(
                department.name,
                tuple(tuple(ask for ask in department.asks if ask.phase == phase) for phase in phases),
            )
            for department in group_by_department(asks)
        )
        yield Grid(tuple(PHASES[phase] for phase in phases), tuple(row for row in rows if any(row.cells)))


def _group_by_bill(asks: tuple[Ask, ...]) -> tuple[Bill, ...]:
    """Bills by name, then instruments by kind, each in the order in which it first comes up."""
    bills: dict[str, list[Ask]] = {}
    instruments: dict[str, list[Ask]] = {}
    for ask in asks:
        if ask.bill:
            bills.setdefault(ask.bill, []).append(ask)
        elif ask.vehicle_kind not in _WITHOUT_BILL:
            instruments.setdefault(ask.vehicle, []).append(ask)
    return tuple(Bill(title, tuple(found)) for title, found in (*bills.items(), *instruments.items()))


def _build_costings(selected: Selected, asks: tuple[Ask, ...]) -> Costings:
    costed = tuple(ask for ask in asks if ask.cost)
    return Costings(
        totals=format_sums(selected.recommendations),
        bases=list_price_bases(selected.recommendations),
        costed=costed,
        uncosted=tuple(ask for ask in asks if not ask.cost),
    )


def _list_issues(asks: tuple[Ask, ...]) -> Iterator[Issue]:
    """What needs a direction first, then the Accounting Officer's tests, then the rest; of many only some."""
    is_short = len(asks) <= _MOST_ISSUES
    hardest = sorted(
        (ask for ask in asks if ask.objections or ask.gaps),
        key=lambda ask: (not ask.needs_direction, not ask.tests, not ask.objections),
    )
    for ask in hardest[:_MOST_ISSUES]:
        ranked = sorted(ask.objections, key=lambda line: (not line.needs_direction, not line.is_test))
        yield Issue(ask, tuple(ranked[: _STRONGEST if is_short else 1]))


def _list_contacts(pack: Pack, selected: Selected, library: Shelves) -> Iterator[ContactLine]:
    """The recipe's own, then who leads the programmes that the pack draws on."""
    for contact in pack.record.contacts:
        yield ContactLine(contact.name, contact.role or "", contact.email or "")
    leads: dict[str, list[str]] = {}
    for paper in selected.papers:
        for name in paper.record.programmes:
            programme = library.programmes.get(name)
            if programme and programme.lead:
                titles = leads.setdefault(programme.lead, [])
                titles += [programme.title] if programme.title not in titles else []
    named = {contact.name for contact in pack.record.contacts}
    for lead, titles in leads.items():
        person = library.people.get(lead)
        if person and person.name not in named:
            yield ContactLine(person.name, "; ".join(titles), person.email or "")
    note = library.secondment_note if isinstance(library, PackLibrary) else None
    if note and note.email:
        secondment = library.secondments.get(pack.secondment)
        person = library.people.get(secondment.person) if secondment else None
        yield ContactLine(person.name if person else "The secondee", "Seconded to this office", note.email)


def _host_contact(library: Shelves) -> str:
    note = library.secondment_note if isinstance(library, PackLibrary) else None
    return (note.host_contact if note else None) or ""
