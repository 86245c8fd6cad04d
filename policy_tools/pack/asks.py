"""What does a pack say of one recommendation? All is as printed; an author's words are plain text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from policy_tools.model.costing import YearTotal, total_by_year
from policy_tools.model.document import RecommendationBox
from policy_tools.model.library import Shelves
from policy_tools.model.printing import format_british_date, format_names
from policy_tools.model.recommendation import (
    ConsentMotion,
    Cost,
    CostLine,
    Milestone,
    NationsAffected,
    Objection,
    Precedent,
    Question,
    Recommendation,
    RecommendationNotes,
    RecommendationRecord,
    RecommendationStatus,
    StatusEntry,
)
from policy_tools.model.record import Nation
from policy_tools.model.terms import (
    ACCOUNTING_OFFICER_TESTS,
    ASK_TYPES,
    BUDGETS,
    COMPETENCES,
    CONSENT_STATES,
    GROUNDS,
    NATIONS,
    OBJECTORS,
    PHASES,
    RATINGS,
    STATES,
    STRENGTHS,
    VEHICLES,
)
from policy_tools.pack.wording import clean_ask, end_sentence, format_effects, format_figure

Boxes = Mapping[str, tuple[RecommendationBox, ...]]
"""The recommendations of each paper as they were rendered, by the paper's id."""


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """An objection and the answer; `is_test` tells that it is on one of the Accounting Officer's grounds."""

    ground: str
    raised_by: str
    claim: str
    response: str
    needs_direction: bool
    source: str
    is_test: bool


@dataclass(frozen=True, slots=True)
class CostRow:
    """A line of a table of costings: figures in £ million, as printed; `is_sum` of those of all kinds."""

    year: str
    kind: str
    low: str
    central: str
    high: str
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Costing:
    """A costing as it is shown: its lines, and in `central` a sentence with the central estimates by year."""

    rows: tuple[CostRow, ...]
    totals: tuple[CostRow, ...]
    central: str
    price_base: str
    method: str
    source: str
    ratings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PrivateNotes:
    """What is for those who make the case, and for nobody else."""

    concede: str
    fallback: str
    do_not_say: tuple[str, ...]
    if_pressed: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One recommendation as packs show it: `words` as printed in the paper, `number` its label there."""

    id: str
    number: str
    title: str
    paper: str
    programme: str
    words: Markup
    kind: str
    department: str
    department_name: str
    minister: str
    accounting_officer: str
    others: str
    bodies: str
    vehicle_kind: str
    vehicle: str
    power: str
    bill: str
    nations: str
    extent: str
    application: str
    consent: str
    consent_note: str
    why_now: str
    phase: str
    phase_name: str
    start: str
    milestones: tuple[tuple[str, str], ...]
    cost: Costing | None
    depends_on: tuple[str, ...]
    blocks: tuple[str, ...]
    strength: str
    basis: tuple[str, ...]
    precedents: tuple[str, ...]
    gaps: str
    objections: tuple[ObjectionLine, ...]
    lines: tuple[str, ...]
    qa: tuple[Question, ...]
    questions: tuple[str, ...]
    winners: str
    losers: str
    regional: str
    equality: str
    status: str
    history: tuple[str, ...]
    notes: PrivateNotes | None = None

    @property
    def means(self) -> str:
        """Instrument, Bill and power in a line; a Bill that is called like the instrument is named once."""
        bill = f", {self.bill}" if self.bill and self.bill.casefold() != self.vehicle.casefold() else ""
        return f"{self.vehicle}{bill}" + (f" ({self.power})" if self.power else "")

    @property
    def tests(self) -> tuple[ObjectionLine, ...]:
        """The objections on the Accounting Officer's grounds."""
        return tuple(line for line in self.objections if line.is_test)

    @property
    def other_objections(self) -> tuple[ObjectionLine, ...]:
        """Those on any other ground."""
        return tuple(line for line in self.objections if not line.is_test)

    @property
    def needs_direction(self) -> bool:
        """Whether only a ministerial direction would answer one of the objections."""
        return any(line.needs_direction for line in self.objections)


def build_ask(
    recommendation: Recommendation,
    library: Shelves,
    boxes: Boxes,
    *,
    paper_id: str = "",
    notes: RecommendationNotes | None = None,
) -> Ask:
    """Gather what packs show of a recommendation; `paper_id` is the version whose words are printed."""
    record = recommendation.record
    box = _find_box(recommendation, boxes, paper_id)
    department = library.departments.get(record.owner.lead_department)
    paper = next((item for item in library.papers if item.slug == recommendation.paper), None)
    return Ask(
        id=recommendation.id,
        number=f"Recommendation {box.number}" if box else "Recommendation",
        title=record.title,
        paper=paper.record.title if paper else recommendation.paper,
        programme=recommendation.programmes[0] if recommendation.programmes else "",
        words=clean_ask(box.html) if box else Markup("<p>{}</p>").format(end_sentence(record.title)),
        kind=ASK_TYPES[record.ask_type],
        department=record.owner.lead_department,
        department_name=department.name if department else record.owner.lead_department,
        minister=record.owner.minister or (department.minister if department else None) or "",
        accounting_officer=(department.accounting_officer if department else None) or "",
        others=format_names([_department_name(name, library) for name in record.owner.others]),
        bodies=format_names(record.owner.bodies),
        vehicle_kind=record.vehicle.kind,
        vehicle=VEHICLES[record.vehicle.kind],
        power=record.vehicle.power or "",
        bill=record.vehicle.bill or "",
        nations=_format_nations(record.nations),
        extent=_name_nations(record.extent),
        application=_name_nations(record.application),
        consent=_format_consent(record.consent_motion),
        consent_note=(record.consent_motion and record.consent_motion.note) or "",
        why_now=record.why_now or "",
        phase=record.timeline.phase,
        phase_name=PHASES[record.timeline.phase],
        start=format_british_date(record.timeline.start) if record.timeline.start else "",
        milestones=tuple((_format_when(item), item.title) for item in record.timeline.milestones),
        cost=_build_costing(recommendation, record.cost),
        depends_on=_list_titles(record.depends_on, library),
        blocks=_list_titles(record.blocks, library),
        strength=STRENGTHS[record.evidence.strength],
        basis=record.evidence.basis,
        precedents=tuple(_format_precedent(item) for item in record.evidence.precedents),
        gaps=record.evidence.gaps or "",
        objections=tuple(_list_objections(record)),
        lines=record.lines_to_take,
        qa=record.qa,
        questions=record.questions,
        winners=record.winners or "",
        losers=record.losers or "",
        regional=record.regional or "",
        equality=record.equality or "",
        status=_format_state(record.status),
        history=tuple(_format_state(entry) for entry in reversed(record.status.log)),
        notes=_build_notes(notes),
    )


def format_rows(rows: Iterable[CostLine], kinds: Mapping[str, str] = BUDGETS) -> tuple[CostRow, ...]:
    """Lines of a costing as they are printed."""
    return tuple(
        CostRow(
            row.year,
            kinds[row.kind],
            format_figure(row.low),
            format_figure(row.central),
            format_figure(row.high),
        )
        for row in rows
    )


def format_totals(recommendations: Iterable[Recommendation]) -> tuple[CostRow, ...]:
    """The sums of each year as they are printed."""
    return tuple(
        CostRow(
            total.year, "", format_figure(total.low), format_figure(total.central), format_figure(total.high)
        )
        for total in total_by_year(recommendations)
    )


def format_sums(recommendations: Iterable[Recommendation]) -> tuple[CostRow, ...]:
    """Each year's sums by kind, and of all kinds together where a year has more than one."""
    recommendations = tuple(recommendations)
    by_kind = [
        (name, {total.year: total for total in total_by_year(recommendations, kind)})
        for kind, name in BUDGETS.items()
    ]
    rows: list[CostRow] = []
    for total in total_by_year(recommendations):
        kinds = [(name, sums[total.year]) for name, sums in by_kind if total.year in sums]
        rows += [_format_sum(each, name) for name, each in kinds]
        rows += [_format_sum(total, "All kinds", is_sum=True)] if len(kinds) > 1 else []
    return tuple(rows)


def _format_sum(total: YearTotal, kind: str, *, is_sum: bool = False) -> CostRow:
    low, central, high = (format_figure(value) for value in (total.low, total.central, total.high))
    return CostRow(total.year, kind, low, central, high, is_sum)


def _find_box(recommendation: Recommendation, boxes: Boxes, paper_id: str) -> RecommendationBox | None:
    """As it stands in the paper's version in the pack, or else in the current one."""
    for name in (paper_id, recommendation.paper):
        for box in boxes.get(name, ()):
            if box.id == recommendation.id:
                return box
    return None


def _department_name(name: str, library: Shelves) -> str:
    department = library.departments.get(name)
    return department.name if department else name


def _list_titles(ids: Iterable[str], library: Shelves) -> tuple[str, ...]:
    """The titles of those recommendations that the reader may know of."""
    return tuple(library.recommendations[id_].record.title for id_ in ids if id_ in library.recommendations)


def _format_nations(nations: NationsAffected) -> str:
    """The nations affected, and how the matter lies there: "England (reserved); Wales (devolved)"."""
    competences = nations.model_dump()
    groups: dict[str, list[Nation]] = {}
    for nation in nations.affected:
        groups.setdefault(competences[nation.replace("-", "_")], []).append(nation)
    return "; ".join(
        f"{_name_nations(group)} ({COMPETENCES[name].lower()})" for name, group in groups.items()
    )


def _name_nations(nations: Sequence[Nation]) -> str:
    """Such as "England and Wales", or "United Kingdom" for all four."""
    if set(nations) == set(NATIONS):
        return "United Kingdom"
    return format_names([NATIONS[nation] for nation in nations])


def _format_consent(motion: ConsentMotion | None) -> str:
    """Such as "To be sought: Scotland and Wales"."""
    if motion is None:
        return ""
    return f"{CONSENT_STATES[motion.state]}: {format_names([NATIONS[name] for name in motion.legislatures])}"


def _format_when(milestone: Milestone) -> str:
    if milestone.date:
        return format_british_date(milestone.date)
    return f"Day {milestone.day}" if milestone.day else ""


def _build_costing(recommendation: Recommendation, cost: Cost | None) -> Costing | None:
    if cost is None or not (cost.lines or cost.method or cost.source):
        return None
    ratings = cost.uncertainty.model_dump() if cost.uncertainty else {}
    return Costing(
        rows=format_rows(cost.lines),
        totals=format_totals([recommendation]),
        central=format_effects(total_by_year([recommendation])),
        price_base=cost.price_base or "",
        method=cost.method or "",
        source=cost.source or "",
        ratings=tuple((name.capitalize(), RATINGS[rating]) for name, rating in ratings.items()),
    )


def _format_precedent(precedent: Precedent) -> str:
    source = f" {end_sentence(precedent.source)}" if precedent.source else ""
    return f"{precedent.where}, {precedent.when}: {end_sentence(precedent.result)}{source}"


def _list_objections(record: RecommendationRecord) -> Iterable[ObjectionLine]:
    """The Accounting Officer's four tests in their order, then the rest as listed."""
    tests = ACCOUNTING_OFFICER_TESTS

    def order(objection: Objection) -> int:
        return tests.index(objection.ground) if objection.ground in tests else len(tests)

    for objection in sorted(record.objections, key=order):
        yield ObjectionLine(
            ground=GROUNDS[objection.ground],
            raised_by=OBJECTORS[objection.raised_by],
            claim=objection.claim,
            response=objection.response,
            needs_direction=objection.direction_needed,
            source=objection.source or "",
            is_test=objection.ground in tests,
        )


def _format_state(entry: StatusEntry | RecommendationStatus) -> str:
    since = f"{STATES[entry.state]}, {format_british_date(entry.date)}"
    return f"{since}: {entry.source}" if entry.source else since


def _build_notes(notes: RecommendationNotes | None) -> PrivateNotes | None:
    if notes is None or not (notes.concede or notes.fallback or notes.do_not_say or notes.if_pressed):
        return None
    return PrivateNotes(notes.concede or "", notes.fallback or "", notes.do_not_say, notes.if_pressed or "")
