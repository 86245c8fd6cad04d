"""Programmes: what each asks, who leads it, what it has published."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.edition.bank import AskCard
from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.documents import DownloadLine, list_downloads
from policy_tools.edition.listing import CardPage, cut_into_pages, title_of_page
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.prose import Prose
from policy_tools.edition.wording import format_count
from policy_tools.model.programme import Programme

PROGRAMMES = Link("Programmes", "programmes/")


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """A programme in the list of them."""

    title: str
    address: str
    question: str
    summary: str
    count: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class ProgrammesView:
    """Every programme, in their own order."""

    programmes: tuple[ProgrammeCard, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """One programme; the description in Markdown stands here so that the digest knows it.

    `asks` and `downloads` stand on the first page of its papers alone.
    """

    title: str
    question: str
    summary: str
    description: str
    lead: Link | None
    people: tuple[Link, ...]
    institute: Link | None
    is_closed: bool
    asks: tuple[AskCard, ...]
    count: str
    downloads: tuple[DownloadLine, ...]
    page: CardPage


def build_programmes(catalogue: Catalogue) -> Iterator[PageView]:
    """The list of programmes and a page for each, continued where its papers need it."""
    cards = []
    for programme in catalogue.library.programmes.values():
        papers = catalogue.by_programme.get(programme.id, ())
        cards.append(
            ProgrammeCard(
                programme.title,
                f"programmes/{programme.id}/",
                programme.question,
                programme.summary,
                format_count(len(papers), "paper", "papers"),
                programme.status == "closed",
            )
        )
        yield from _build_programme(catalogue, programme)
    if not cards:
        return
    head = build_head(
        catalogue.chrome,
        PROGRAMMES.address,
        PROGRAMMES.label,
        "The questions we work on.",
        section=PROGRAMMES.address,
        records=catalogue.describe(PROGRAMMES.address),
    )
    yield build_page_view(catalogue.chrome, "programmes.html", head, ProgrammesView(tuple(cards)))


def _build_programme(catalogue: Catalogue, programme: Programme) -> Iterator[PageView]:
    library = catalogue.library
    lead = library.people.get(programme.lead or "")
    institute = library.institutes.get(programme.institute)
    cards = catalogue.cards_of(catalogue.by_programme.get(programme.id, ()))
    asks = catalogue.bank.cards(catalogue.bank.by_programme.get(programme.id, ()))
    for page in cut_into_pages(f"programmes/{programme.id}/", cards, catalogue.site.page_size):
        is_first = page.pagination.number == 1
        view = ProgrammeView(
            title=programme.title,
            question=programme.question,
            summary=programme.summary,
            description=programme.description if is_first else "",
            lead=Link(lead.name, f"people/{lead.id}/") if lead else None,
            people=tuple(
                Link(person.name, f"people/{person.id}/")
                for person in library.people.values()
                if person.programme == programme.id and person != lead
            ),
            institute=Link(institute.name, f"institutes/{institute.id}/") if institute else None,
            is_closed=programme.status == "closed",
            asks=asks if is_first else (),
            count=format_count(len(asks), "recommendation", "recommendations") if is_first else "",
            downloads=list_downloads(
                catalogue.downloads.get(f"brief:{programme.id}", ()) if is_first else ()
            ),
            page=page,
        )
        head = build_head(
            catalogue.chrome,
            page.address,
            title_of_page(programme.title, page),
            programme.summary,
            section=PROGRAMMES.address,
            breadcrumb=(PROGRAMMES,),
            brand=programme.institute if programme.institute != catalogue.site.institute else "",
            records=catalogue.describe(page.address),
        )
        root = "../" * page.address.count("/")
        yield build_page_view(
            catalogue.chrome, "programme.html", head, view, load_text=Prose(view.description, root).render
        )
