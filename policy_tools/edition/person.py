"""People and teams: who they are, what they have written, what interests they declare."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.files import OutputFile
from policy_tools.edition.listing import CardPage, cut_into_pages, title_of_page
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.prose import Prose
from policy_tools.edition.wording import format_count
from policy_tools.model.person import Person
from policy_tools.store import digest_of

PEOPLE = Link("People", "people/")


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody in the list of people."""

    name: str
    address: str
    role: str
    programme: str
    count: str
    photo: str


@dataclass(frozen=True, slots=True)
class PeopleView:
    """Everybody, people before teams, each in their own order."""

    people: tuple[PersonCard, ...]
    teams: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person or team; the biography in Markdown stands here so that the digest knows it."""

    name: str
    is_team: bool
    role: str
    programme: Link | None
    orcid: str
    email: str
    interests: tuple[str, ...]
    biography: str
    photo: str
    page: CardPage


def photo_address(person: Person) -> str:
    """Where the photograph stands in the site, or nothing."""
    if person.photo is None or person.photo_path is None:
        return ""
    return f"people/{person.id}/{PurePosixPath(person.photo).name}"


def build_photo(person: Person) -> OutputFile | None:
    """The photograph as a file of the site, cleaned of what was hidden in it before it came here."""
    if person.photo_path is None:
        return None
    digest = digest_of(person.photo_path.read_bytes())
    return OutputFile(photo_address(person), person.photo_path, digest, person.path)


def build_people(catalogue: Catalogue) -> Iterator[PageView]:
    """The list of people and a page for each, continued where their papers need it."""
    cards: dict[bool, list[PersonCard]] = {True: [], False: []}
    for person in catalogue.library.people.values():
        cards[person.kind == "team"].append(_build_card(catalogue, person))
        yield from _build_person(catalogue, person)
    if not catalogue.library.people:
        return
    head = build_head(
        catalogue.chrome,
        PEOPLE.address,
        PEOPLE.label,
        f"Who writes for {catalogue.site.name}.",
        section=PEOPLE.address,
        records=catalogue.describe(PEOPLE.address),
    )
    view = PeopleView(tuple(cards[False]), tuple(cards[True]))
    yield build_page_view(catalogue.chrome, "people.html", head, view)


def _build_card(catalogue: Catalogue, person: Person) -> PersonCard:
    programme = catalogue.library.programmes.get(person.programme or "")
    papers = catalogue.by_person.get(person.id, ())
    return PersonCard(
        name=person.name,
        address=f"people/{person.id}/",
        role=person.role or "",
        programme=programme.title if programme else "",
        count=format_count(len(papers), "paper", "papers"),
        photo=photo_address(person),
    )


def _build_person(catalogue: Catalogue, person: Person) -> Iterator[PageView]:
    programme = catalogue.library.programmes.get(person.programme or "")
    cards = catalogue.cards_of(catalogue.by_person.get(person.id, ()))
    for page in cut_into_pages(f"people/{person.id}/", cards, catalogue.site.page_size):
        is_first = page.pagination.number == 1
        view = PersonView(
            name=person.name,
            is_team=person.kind == "team",
            role=person.role or "",
            programme=Link(programme.title, f"programmes/{programme.id}/") if programme else None,
            orcid=person.orcid or "",
            email=person.email or "",
            interests=person.interests,
            biography=person.bio if is_first else "",
            photo=photo_address(person),
            page=page,
        )
        head = build_head(
            catalogue.chrome,
            page.address,
            title_of_page(person.name, page),
            f"{person.name}: {person.role}." if person.role else f"Papers by {person.name}.",
            section=PEOPLE.address,
            breadcrumb=(PEOPLE,),
            records=catalogue.describe(page.address),
        )
        root = "../" * page.address.count("/")
        yield build_page_view(
            catalogue.chrome, "person.html", head, view, load_text=Prose(view.biography, root).render
        )
