"""The page of search, and everything from A to Z for those who look without a script."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.describe.opensearch import format_opensearch, format_search_json
from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.files import OutputFile
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.wording import format_sentence
from policy_tools.model.site import Site
from policy_tools.store import digest_of

SEARCH = Link("Search", "search/")
INDEX = Link("A to Z", "search/a-z/")
_OTHER = "#"


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page of search; `lists` are other ways to find something."""

    lists: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One thing in the index, and what kind of thing it is."""

    title: str
    address: str
    kind: str


@dataclass(frozen=True, slots=True)
class IndexLetter:
    """Everything whose title begins with a letter."""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class TermLine:
    """A short form or a common word, what else it is called, and what it is."""

    short: str
    phrases: str
    meaning: str


@dataclass(frozen=True, slots=True)
class IndexView:
    """Everything that has a page, from A to Z; `terms` are the glossary."""

    letters: tuple[IndexLetter, ...]
    terms: tuple[TermLine, ...]


def build_search_files(site: Site) -> Iterator[OutputFile]:
    """For a site with an address, what browsers and programs are told of its search."""
    if not site.url:
        return
    description = f"Search {site.name}: {site.tagline}" if site.tagline else f"Search {site.name}"
    index = "search/pagefind/pagefind-entry.json" if site.search == "pagefind" else "search/current.bin"
    for address, content in (
        ("search.xml", format_opensearch(site.name, description, site.url, site.language)),
        ("search.json", format_search_json(site.name, description, site.url, index)),
    ):
        yield OutputFile(address, content, digest_of(content))


def build_search_pages(catalogue: Catalogue) -> Iterator[PageView]:
    """The page of search and the index."""
    lead = "Find a paper, a recommendation, a person or a page by its words."
    head = build_head(catalogue.chrome, SEARCH.address, SEARCH.label, lead, section=SEARCH.address)
    lists = (INDEX, *catalogue.chrome.navigation)
    yield build_page_view(catalogue.chrome, "search.html", head, SearchView(lists))
    head = build_head(
        catalogue.chrome,
        INDEX.address,
        "Everything from A to Z",
        "Every paper, recommendation, pack, programme, person and page, by title.",
        section=SEARCH.address,
        breadcrumb=(SEARCH,),
    )
    yield build_page_view(catalogue.chrome, "search_index.html", head, _build_index(catalogue))


def _build_index(catalogue: Catalogue) -> IndexView:
    terms = (
        TermLine(entry.short, "; ".join(entry.phrases), format_sentence(entry.meaning))
        for entry in catalogue.library.glossary.values()
    )
    return IndexView(_sort(catalogue), tuple(sorted(terms, key=lambda term: term.short.casefold())))


def _sort(catalogue: Catalogue) -> tuple[IndexLetter, ...]:
    letters: dict[str, list[IndexEntry]] = {}
    for entry in sorted(_list(catalogue), key=lambda entry: (entry.title.casefold(), entry.address)):
        first = entry.title[:1].upper()
        letters.setdefault(first if first.isalpha() else _OTHER, []).append(entry)
    return tuple(IndexLetter(letter, tuple(entries)) for letter, entries in sorted(letters.items()))


def _list(catalogue: Catalogue) -> Iterator[IndexEntry]:
    library = catalogue.library
    for paper in library.papers:
        yield IndexEntry(paper.record.title, paper.address, library.series_line(paper))
    for recommendation in library.recommendations.values():
        yield IndexEntry(recommendation.record.title, recommendation.address, "Recommendation")
    for pack in library.packs.values():
        yield IndexEntry(pack.record.title, pack.address, "Pack")
    for programme in library.programmes.values():
        yield IndexEntry(programme.title, f"programmes/{programme.id}/", "Programme")
    for person in library.people.values():
        yield IndexEntry(person.name, f"people/{person.id}/", "Person")
    for page in library.pages:
        yield IndexEntry(page.record.title, page.address, "Page")
