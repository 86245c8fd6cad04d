"""What does a catalogue need to know of a paper? The facts that every record format then writes down."""

from dataclasses import dataclass
from datetime import date

from policy_tools.model.library import Shelves
from policy_tools.model.paper import Correction, Funding, InlineAuthor, Paper
from policy_tools.model.person import Person
from policy_tools.model.site import Site


@dataclass(frozen=True, slots=True)
class Creator:
    """An author as CSL has it: a person with given and family name, or a body with a literal name."""

    literal: str = ""
    given: str = ""
    family: str = ""
    orcid: str = ""

    @property
    def name(self) -> str:
        """As printed, given name first."""
        return self.literal or f"{self.given} {self.family}".strip()

    @property
    def name_inverted(self) -> str:
        """As filed, family name first."""
        return self.literal or ", ".join(part for part in (self.family, self.given) if part)


@dataclass(frozen=True, slots=True)
class CatalogueRecord:
    """One paper in the terms of Dublin Core and CSL. Addresses are absolute, or empty without a SITEURL."""

    key: str
    title: str
    creators: tuple[Creator, ...]
    publisher: str
    publisher_place: str
    series: str
    number: str
    issued: date
    modified: date
    version: int
    abstract: str
    keywords: tuple[str, ...]
    language: str
    licence: str
    doi: str
    isbn: str
    url: str
    pdf_url: str
    funding: tuple[Funding, ...]
    corrections: tuple[Correction, ...]


def build_catalogue_record(paper: Paper, library: Shelves, site: Site) -> CatalogueRecord:
    """Gather a paper's facts from its record and the records that it names."""
    record = paper.record
    publisher = library.publisher_of(paper, site.institute)
    institute = library.institutes.get(publisher)  # None only in a preview, where INSTITUTE may be wrong
    series = library.series.get(record.series)
    page = f"{site.url}/{paper.address}" if site.url else ""
    subtitle = f": {record.subtitle}" if record.subtitle else ""
    return CatalogueRecord(
        key=f"{publisher}-{paper.slug}-{record.published.year}",
        title=record.title + subtitle,
        creators=tuple(_creator(author, library) for author in record.authors),
        publisher=institute.name if institute else site.name,
        publisher_place=institute.publisher_place if institute else "",
        series=series.title if series else record.series,
        number=str(record.number) if record.number else "",
        issued=record.published,
        modified=record.updated or record.published,
        version=record.version,
        abstract=" ".join(record.summary.split()),
        keywords=record.keywords,
        language=record.language,
        licence=record.licence,
        doi=record.doi or "",
        isbn=record.isbn or "",
        url=page,
        pdf_url=f"{page}{paper.slug}.pdf" if page and "pdf" in site.formats else "",
        funding=record.funding,
        corrections=record.corrections,
    )


def _creator(author: str | InlineAuthor, library: Shelves) -> Creator:
    if isinstance(author, InlineAuthor):
        return Creator(given=author.given, family=author.family, orcid=author.orcid or "")
    person = library.people.get(author)
    return _creator_of_person(person) if person else Creator(literal=author)


def _creator_of_person(person: Person) -> Creator:
    if person.kind == "person" and person.family:
        return Creator(given=person.given or "", family=person.family, orcid=person.orcid or "")
    return Creator(literal=person.name, orcid=person.orcid or "")
