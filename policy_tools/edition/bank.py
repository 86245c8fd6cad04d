"""Which recommendations belong to which programme, paper and department, and what hangs on what?

`Bank` is to recommendations what the catalogue is to papers: looked up once, used by every page.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policy_tools.edition.chrome import Link
from policy_tools.edition.costs import word_cost
from policy_tools.model.library import PublicLibrary
from policy_tools.model.recommendation import Recommendation
from policy_tools.model.record import Nation
from policy_tools.model.terms import NATIONS, PHASES, STATES

RECOMMENDATIONS = Link("Recommendations", "recommendations/")
DEPARTMENTS = Link("Departments", "departments/")


@dataclass(frozen=True, slots=True)
class DepartmentName:
    """A department in running text: in full, in short, and where its page stands."""

    name: str
    abbreviation: str
    address: str


@dataclass(frozen=True, slots=True)
class AskLink:
    """A recommendation by its name."""

    id: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class AskCard:
    """A recommendation as it stands in a short list; `cost` is "Costs £1.2 billion", or empty."""

    id: str
    title: str
    address: str
    department: DepartmentName
    phase: str
    status: str
    cost: str


@dataclass(frozen=True, slots=True)
class Bank:
    """The recommendations that the public may see, in the library's order wherever they stand in a tuple.

    `by_programme` has each under every programme of its paper, `by_home` under the first of them alone, or
    under "" where none can be read. `needed_by` and `ruled_out_by` turn `depends_on` and `blocks` round.
    """

    recommendations: Mapping[str, Recommendation]
    departments: Mapping[str, DepartmentName]
    by_programme: Mapping[str, tuple[Recommendation, ...]]
    by_home: Mapping[str, tuple[Recommendation, ...]]
    by_paper: Mapping[str, tuple[Recommendation, ...]]
    led_by: Mapping[str, tuple[Recommendation, ...]]
    shared_by: Mapping[str, tuple[Recommendation, ...]]
    needed_by: Mapping[str, tuple[Recommendation, ...]]
    ruled_out_by: Mapping[str, tuple[Recommendation, ...]]

    def name_department(self, id_: str) -> DepartmentName:
        """A department by its id, which stands for itself where there is no record of it."""
        return self.departments.get(id_) or DepartmentName(id_, id_, "")

    def find(self, ids: Iterable[str]) -> tuple[Recommendation, ...]:
        """Those of the named recommendations that the public may see."""
        return tuple(self.recommendations[id_] for id_ in ids if id_ in self.recommendations)

    def links(self, recommendations: Iterable[Recommendation]) -> tuple[AskLink, ...]:
        """Several of them by name, in the same order."""
        return tuple(AskLink(item.id, item.record.title, item.address) for item in recommendations)

    def card(self, recommendation: Recommendation) -> AskCard:
        """The recommendation as a line of a list."""
        record, cost = recommendation.record, word_cost(recommendation)
        return AskCard(
            id=recommendation.id,
            title=record.title,
            address=recommendation.address,
            department=self.name_department(record.owner.lead_department),
            phase=PHASES[record.timeline.phase],
            status=STATES[record.status.state],
            cost=cost.central if cost else "",
        )

    def cards(self, recommendations: Iterable[Recommendation]) -> tuple[AskCard, ...]:
        """Several of them, in the same order."""
        return tuple(self.card(recommendation) for recommendation in recommendations)


def build_bank(library: PublicLibrary) -> Bank:
    """The bank of a public library: recommendations of current papers only."""
    papers = {paper.slug for paper in library.papers}
    everything = {id_: item for id_, item in library.recommendations.items() if item.paper in papers}
    items = tuple(everything.values())
    return Bank(
        recommendations=everything,
        departments={
            id_: DepartmentName(item.name, item.abbreviation, f"{DEPARTMENTS.address}{id_}/")
            for id_, item in library.departments.items()
        },
        by_programme=_group((name, item) for item in items for name in _programmes_of(item, library)),
        by_home=_group((next(iter(_programmes_of(item, library)), ""), item) for item in items),
        by_paper=_group((item.paper, item) for item in items),
        led_by=_group((item.record.owner.lead_department, item) for item in items),
        shared_by=_group(
            (name, item)
            for item in items
            for name in dict.fromkeys(item.record.owner.others)
            if name != item.record.owner.lead_department
        ),
        needed_by=_group((name, item) for item in items for name in dict.fromkeys(item.record.depends_on)),
        ruled_out_by=_group((name, item) for item in items for name in dict.fromkeys(item.record.blocks)),
    )


def format_nations(nations: Iterable[Nation]) -> str:
    """Nations as said: "England and Wales", and all four as the United Kingdom."""
    names = [NATIONS[nation] for nation in nations]
    if len(names) == len(NATIONS):
        return "United Kingdom"
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _programmes_of(item: Recommendation, library: PublicLibrary) -> tuple[str, ...]:
    return tuple(name for name in item.programmes if name in library.programmes)


def _group(pairs: Iterable[tuple[str, Recommendation]]) -> dict[str, tuple[Recommendation, ...]]:
    groups: defaultdict[str, list[Recommendation]] = defaultdict(list)
    for name, item in pairs:
        groups[name].append(item)
    return {name: tuple(items) for name, items in groups.items()}
