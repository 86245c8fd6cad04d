"""The register of secondments: who is placed in whose office, on what terms, and where that was declared."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.wording import PrintedDate, format_date
from policy_tools.model.secondment import Declaration, Secondment
from policy_tools.model.terms import HOST_KINDS

SECONDMENTS = Link("Secondments", "secondments/")
_LEAD = (
    "Everyone whom we place in somebody else’s office: where, as what, from which day, on what terms, and "
    "where its value was declared."
)


@dataclass(frozen=True, slots=True)
class DeclarationLine:
    """Where the value was declared; `reference` may be a web address."""

    to: str
    date: PrintedDate
    reference: Link | None


@dataclass(frozen=True, slots=True)
class SecondmentEntry:
    """One placement as the register prints it; `id` is its anchor."""

    id: str
    person: Link
    role: str
    host: str
    host_kind: str
    office_of: str
    start: PrintedDate
    end: PrintedDate | None
    programme: Link
    seconded_by: Link
    basis: str
    value: str
    declared: DeclarationLine | None


@dataclass(frozen=True, slots=True)
class SecondmentsView:
    """The register, newest placement first."""

    lead: str
    entries: tuple[SecondmentEntry, ...]


def build_secondments(catalogue: Catalogue) -> Iterator[PageView]:
    """The register's page, when there is anything to register."""
    placements = sorted(catalogue.library.secondments.values(), key=lambda item: item.id)
    placements.sort(key=lambda item: item.start, reverse=True)
    if not placements:
        return
    view = SecondmentsView(_LEAD, tuple(_build_entry(catalogue, placement) for placement in placements))
    head = build_head(
        catalogue.chrome,
        SECONDMENTS.address,
        "Register of secondments",
        _LEAD,
        section=SECONDMENTS.address,
        records=catalogue.describe(SECONDMENTS.address),
    )
    yield build_page_view(catalogue.chrome, "secondments.html", head, view)


def _build_entry(catalogue: Catalogue, placement: Secondment) -> SecondmentEntry:
    library = catalogue.library
    return SecondmentEntry(
        id=placement.id,
        person=Link(library.people[placement.person].name, f"people/{placement.person}/"),
        role=placement.role,
        host=placement.host,
        host_kind=HOST_KINDS[placement.host_kind],
        office_of=placement.office_of or "",
        start=format_date(placement.start),
        end=format_date(placement.end) if placement.end else None,
        programme=Link(library.programmes[placement.programme].title, f"programmes/{placement.programme}/"),
        seconded_by=Link(
            library.institutes[placement.seconded_by].name, f"institutes/{placement.seconded_by}/"
        ),
        basis=placement.basis.capitalize(),
        value=f"£{placement.value:,}" if placement.value is not None else "",
        declared=_build_declaration(placement.declared) if placement.declared else None,
    )


def _build_declaration(declared: Declaration) -> DeclarationLine:
    reference = declared.reference or ""
    address = reference if reference.startswith(("https://", "http://")) else ""
    return DeclarationLine(
        declared.to, format_date(declared.date), Link(reference, address) if reference else None
    )
