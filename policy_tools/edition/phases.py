"""Which department has to begin what, when? The phases of a government, as a picture and as a table."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.edition.bank import RECOMMENDATIONS, AskLink, DepartmentName
from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import build_head
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.pictures import GridPicture, draw_grid
from policy_tools.model.recommendation import Recommendation
from policy_tools.model.terms import PHASES

_TITLE = "By phase and department"
_INTRODUCTION = (
    "What a new government would begin, department by department, from its first hundred hours to the end "
    "of its term."
)


@dataclass(frozen=True, slots=True)
class PhaseGroup:
    """What one department begins in one phase."""

    department: DepartmentName
    asks: tuple[AskLink, ...]


@dataclass(frozen=True, slots=True)
class PhaseRows:
    """One phase: what each department begins in it; `number` is how many rows of a table that makes."""

    phase: str
    number: int
    groups: tuple[PhaseGroup, ...]


@dataclass(frozen=True, slots=True)
class GridView:
    """The picture, and the table that says the same."""

    title: str
    introduction: str
    picture: GridPicture
    phases: tuple[PhaseRows, ...]


def build_grid(catalogue: Catalogue) -> Iterator[PageView]:
    """The page of the grid, where there is anything in the bank."""
    bank = catalogue.bank
    if not bank.recommendations:
        return
    cells: defaultdict[tuple[str, str], list[Recommendation]] = defaultdict(list)
    for item in bank.recommendations.values():
        cells[item.record.timeline.phase, item.record.owner.lead_department].append(item)
    departments = _order_departments(catalogue)
    phases = {phase: label for phase, label in PHASES.items() if any(cell[0] == phase for cell in cells)}
    view = GridView(
        title=_TITLE,
        introduction=_INTRODUCTION,
        picture=draw_grid(
            tuple(phases.values()),
            tuple(
                (
                    bank.name_department(name),
                    tuple(bank.links(cells.get((phase, name), ())) for phase in phases),
                )
                for name in departments
            ),
        ),
        phases=tuple(
            _build_phase(
                label,
                tuple(
                    PhaseGroup(bank.name_department(name), bank.links(cells[phase, name]))
                    for name in departments
                    if (phase, name) in cells
                ),
            )
            for phase, label in phases.items()
        ),
    )
    head = build_head(
        catalogue.chrome,
        f"{RECOMMENDATIONS.address}grid/",
        f"Recommendations: {_TITLE.lower()}",
        _INTRODUCTION,
        section=RECOMMENDATIONS.address,
        breadcrumb=(RECOMMENDATIONS,),
    )
    yield build_page_view(catalogue.chrome, "grid.html", head, view)


def _build_phase(label: str, groups: tuple[PhaseGroup, ...]) -> PhaseRows:
    return PhaseRows(label, sum(len(group.asks) for group in groups), groups)


def _order_departments(catalogue: Catalogue) -> tuple[str, ...]:
    """Departments that lead on anything, in the order of their records."""
    leading = catalogue.bank.led_by
    known = [name for name in catalogue.bank.departments if name in leading]
    return (*known, *(name for name in leading if name not in catalogue.bank.departments))
