"""Departments: what each was called before, who heads it, and what it is asked to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.edition.bank import DEPARTMENTS, RECOMMENDATIONS, AskCard
from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import build_head
from policy_tools.edition.listing import DirectoryEntry, DirectoryView
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.wording import format_count
from policy_tools.model.department import Department

_INTRODUCTION = "Who has to act: the departments of government, and what we ask of each."


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """One department."""

    name: str
    abbreviation: str
    former_names: tuple[str, ...]
    minister: str
    accounting_officer: str
    url: str
    leads: tuple[AskCard, ...]
    takes_part: tuple[AskCard, ...]


def build_departments(catalogue: Catalogue) -> Iterator[PageView]:
    """A page for each department, and the list of them."""
    departments = tuple(catalogue.library.departments.values())
    if not departments:
        return
    head = build_head(
        catalogue.chrome,
        DEPARTMENTS.address,
        DEPARTMENTS.label,
        _INTRODUCTION,
        section=DEPARTMENTS.address,
        breadcrumb=(RECOMMENDATIONS,) if catalogue.bank.recommendations else (),
    )
    view = DirectoryView(
        DEPARTMENTS.label, _INTRODUCTION, tuple(_build_entry(catalogue, item) for item in departments)
    )
    yield build_page_view(catalogue.chrome, "directory.html", head, view)
    for department in departments:
        yield _build_department(catalogue, department)


def _build_entry(catalogue: Catalogue, department: Department) -> DirectoryEntry:
    leads = len(catalogue.bank.led_by.get(department.id, ()))
    shares = len(catalogue.bank.shared_by.get(department.id, ()))
    text = f"{department.abbreviation}."
    if shares:
        text += f" It takes part in {format_count(shares, 'other', 'others')}."
    return DirectoryEntry(
        department.name,
        f"{DEPARTMENTS.address}{department.id}/",
        text,
        format_count(leads, "recommendation", "recommendations"),
    )


def _build_department(catalogue: Catalogue, department: Department) -> PageView:
    bank = catalogue.bank
    view = DepartmentView(
        name=department.name,
        abbreviation=department.abbreviation,
        former_names=department.former_names,
        minister=department.minister or "",
        accounting_officer=department.accounting_officer or "",
        url=department.url or "",
        leads=bank.cards(bank.led_by.get(department.id, ())),
        takes_part=bank.cards(bank.shared_by.get(department.id, ())),
    )
    head = build_head(
        catalogue.chrome,
        f"{DEPARTMENTS.address}{department.id}/",
        department.name,
        f"What we ask of {department.name}, and who answers for it.",
        section=DEPARTMENTS.address,
        breadcrumb=(DEPARTMENTS,),
    )
    return build_page_view(catalogue.chrome, "department.html", head, view, source=department.path)
