"""The policy bank: every recommendation in a table by programme, their sums, and the ways to sift them.

Without a script the page holds everything. `theme/static/js/bank.js` makes filters of the facets, sifts the
rows by the values they bear, and adds up anew what is left.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policy_tools.describe.recommendations import format_bank_csv, format_bank_json, format_costings_csv
from policy_tools.edition.bank import RECOMMENDATIONS, DepartmentName, format_nations
from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.costs import (
    EFFECTS,
    SIZES,
    CostWords,
    SumRow,
    YearTotals,
    add_up,
    classify_effect,
    classify_size,
    word_cost,
)
from policy_tools.edition.files import OutputFile
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.wording import PrintedDate, format_count, format_date
from policy_tools.model.description import Alternate, Description
from policy_tools.model.recommendation import Recommendation
from policy_tools.model.terms import NATIONS, PHASES, STATES, STRENGTHS, VEHICLES
from policy_tools.store import digest_of

GRID = Link("By phase and department", "recommendations/grid/")
DEPENDENCIES = Link("What depends on what", "recommendations/dependencies/")
JSON_FILE = Alternate("alternate", "recommendations/recommendations.json", "application/json", "JSON")
CSV_FILE = Alternate("alternate", "recommendations/recommendations.csv", "text/csv", "CSV")
COSTINGS_FILE = Alternate("alternate", "recommendations/costings.csv", "text/csv", "CSV of the costings")
_THOUSAND = 1000
_INTRODUCTION = (
    "Everything we ask of government, each with who has to act, by which power, when, at what cost and on "
    "what evidence."
)


@dataclass(frozen=True, slots=True)
class BankRow:
    """A recommendation in the table.

    `values` are what the filters go by: the ids of each facet, separated by spaces. `costs` are the costing's
    lines in whole thousands of pounds, "2027-28 -1500 -1200 -900", separated by commas, for exact sums.
    """

    id: str
    title: str
    address: str
    where: str
    department: DepartmentName
    others: tuple[DepartmentName, ...]
    phase: str
    vehicle: str
    evidence: str
    status: str
    status_date: PrintedDate
    cost: CostWords | None
    values: tuple[tuple[str, str], ...]
    costs: str


@dataclass(frozen=True, slots=True)
class BankGroup:
    """The recommendations of one programme."""

    id: str
    title: str
    address: str
    count: str
    rows: tuple[BankRow, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeSums:
    """What a programme's costings add up to over all years; without a costing there are no sums."""

    title: str
    number: int
    costed: int
    sums: SumRow | None


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet, and how many recommendations have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to sift: its name in the address, its title, its options in the order of the field."""

    name: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class BankView:
    """The whole page."""

    introduction: str
    count: int
    costed: int
    groups: tuple[BankGroup, ...]
    programmes: tuple[ProgrammeSums, ...]
    totals: YearTotals | None
    facets: tuple[Facet, ...]
    others: tuple[Link, ...]
    files: tuple[Alternate, ...]


def build_bank_page(catalogue: Catalogue) -> Iterator[PageView]:
    """The bank, where there is anything in it."""
    bank = catalogue.bank
    if not bank.recommendations:
        return
    items = tuple(bank.recommendations.values())
    groups = tuple(_build_groups(catalogue))
    view = BankView(
        introduction=_INTRODUCTION,
        count=len(items),
        costed=_count_costed(items),
        groups=groups,
        programmes=tuple(
            _build_sums(group.title, bank.by_home[group.id]) for group in groups if group.id in bank.by_home
        ),
        totals=add_up(items),
        facets=_build_facets(catalogue, [row for group in groups for row in group.rows]),
        others=(GRID, DEPENDENCIES) if _hang_together(items) else (GRID,),
        files=(CSV_FILE, COSTINGS_FILE, JSON_FILE) if _count_costed(items) else (CSV_FILE, JSON_FILE),
    )
    head = build_head(
        catalogue.chrome,
        RECOMMENDATIONS.address,
        RECOMMENDATIONS.label,
        _INTRODUCTION,
        section=RECOMMENDATIONS.address,
        records=Description(alternates=view.files),
    )
    yield build_page_view(catalogue.chrome, "bank.html", head, view)


def build_bank_files(catalogue: Catalogue) -> Iterator[OutputFile]:
    """The same as CSV and JSON."""
    items = tuple(catalogue.bank.recommendations.values())
    if not items:
        return
    asks = {
        line.id: line.text
        for slug in catalogue.bank.by_paper
        for line in catalogue.documents[catalogue.papers[slug].id].recommendations
    }
    library, site = catalogue.library, catalogue.site
    yield _file(JSON_FILE, format_bank_json(items, library, site, asks))
    yield _file(CSV_FILE, format_bank_csv(items, library, site, asks))
    if _count_costed(items):
        yield _file(COSTINGS_FILE, format_costings_csv(items))


def _file(alternate: Alternate, text: str) -> OutputFile:
    content = text.encode()
    return OutputFile(alternate.address, content, digest_of(content))


def _hang_together(items: Iterable[Recommendation]) -> bool:
    return any(item.record.depends_on or item.record.blocks for item in items)


def _count_costed(items: Iterable[Recommendation]) -> int:
    return sum(bool(item.record.cost and item.record.cost.lines) for item in items)


def _build_groups(catalogue: Catalogue) -> Iterator[BankGroup]:
    """A group for each programme in its own order, then what belongs to none that can be read."""
    programmes = {id_: item.title for id_, item in catalogue.library.programmes.items()} | {"": "Others"}
    for id_, title in programmes.items():
        items = catalogue.bank.by_home.get(id_, ())
        if items:
            yield BankGroup(
                id_,
                title,
                f"programmes/{id_}/" if id_ else "",
                format_count(len(items), "recommendation", "recommendations"),
                tuple(_build_row(catalogue, item) for item in items),
            )


def _build_row(catalogue: Catalogue, item: Recommendation) -> BankRow:
    record, bank = item.record, catalogue.bank
    departments = dict.fromkeys((record.owner.lead_department, *record.owner.others))
    values = (
        ("programme", tuple(name for name in item.programmes if name in catalogue.library.programmes)),
        ("department", tuple(departments)),
        ("phase", (record.timeline.phase,)),
        ("vehicle", (record.vehicle.kind,)),
        ("nation", record.nations.affected),
        ("evidence", (record.evidence.strength,)),
        ("status", (record.status.state,)),
        ("cost", (classify_effect(item),)),
        ("size", (classify_size(item),)),
    )
    return BankRow(
        id=item.id,
        title=record.title,
        address=item.address,
        where=format_nations(record.nations.affected),
        department=bank.name_department(record.owner.lead_department),
        others=tuple(bank.name_department(name) for name in departments if name != next(iter(departments))),
        phase=PHASES[record.timeline.phase],
        vehicle=VEHICLES[record.vehicle.kind],
        evidence=STRENGTHS[record.evidence.strength],
        status=STATES[record.status.state],
        status_date=format_date(record.status.date),
        cost=word_cost(item),
        values=tuple((name, " ".join(ids)) for name, ids in values),
        costs=_list_costs(item),
    )


def _list_costs(item: Recommendation) -> str:
    lines = item.record.cost.lines if item.record.cost else ()
    return ",".join(
        " ".join((line.year, *(str(int(value * _THOUSAND)) for value in (line.low, line.central, line.high))))
        for line in lines
    )


def _build_sums(title: str, items: Sequence[Recommendation]) -> ProgrammeSums:
    totals = add_up(items)
    return ProgrammeSums(title, len(items), _count_costed(items), totals.total if totals else None)


def _build_facets(catalogue: Catalogue, rows: Iterable[BankRow]) -> tuple[Facet, ...]:
    """The facets that tell anything apart, each with the options that occur."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        for name, ids in row.values:
            counts.setdefault(name, Counter()).update(ids.split())
    facets = (
        _build_facet(name, title, labels, counts.get(name, Counter()))
        for name, title, labels in _list_labels(catalogue)
    )
    return tuple(facet for facet in facets if len(facet.options) > 1)


def _list_labels(catalogue: Catalogue) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    programmes = {id_: item.title for id_, item in catalogue.library.programmes.items()}
    departments = {
        name: catalogue.bank.name_department(name).name
        for name in (*catalogue.bank.departments, *catalogue.bank.led_by, *catalogue.bank.shared_by)
    }
    by_name = dict(sorted(departments.items(), key=lambda pair: (pair[1].casefold(), pair[0])))
    yield "programme", "Programme", programmes
    yield "department", "Department", by_name
    yield "phase", "When it begins", PHASES
    yield "vehicle", "Instrument", VEHICLES
    yield "nation", "Nation", NATIONS
    yield "evidence", "Evidence", STRENGTHS
    yield "status", "Status", STATES
    yield "cost", "Public finances", EFFECTS
    yield "size", "Size of the costing", SIZES


def _build_facet(name: str, title: str, labels: Mapping[str, str], counts: Counter[str]) -> Facet:
    return Facet(
        name,
        title,
        tuple(Option(value, label, counts[value]) for value, label in labels.items() if counts[value]),
    )
