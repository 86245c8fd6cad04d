"""Papers in lists, cut into pages: all of them, by series, topic and year; and the lists of those lists."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policy_tools.edition.catalogue import Catalogue, PaperCard
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.wording import format_count
from policy_tools.model.paper import Paper

PAPERS = Link("Papers", "papers/")
SERIES = Link("Series", "series/")
TOPICS = Link("Topics", "topics/")
YEARS = Link("Papers by year", "years/")


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where one page of a list stands among the others; addresses are empty at the ends."""

    number: int
    count: int
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class CardPage:
    """One page of a list: its address, its papers, its neighbours."""

    address: str
    cards: tuple[PaperCard, ...]
    pagination: Pagination
    total: str


@dataclass(frozen=True, slots=True)
class ListingView:
    """A list of papers. `label` says what kind of list it is; `facets` are other ways in."""

    label: str
    title: str
    introduction: str
    page: CardPage
    facets: tuple[tuple[str, tuple[Link, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One list in a list of lists."""

    title: str
    address: str
    text: str
    count: str


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """A list of lists: the series, the topics, the years."""

    title: str
    introduction: str
    entries: tuple[DirectoryEntry, ...]


def cut_into_pages(address: str, cards: Sequence[PaperCard], size: int) -> Iterator[CardPage]:
    """The pages of a list, always at least one: `papers/`, `papers/page/2/` and so on."""
    count = max(1, -(-len(cards) // size))
    addresses = [address, *(f"{address}page/{number}/" for number in range(2, count + 1))]
    for index, page_address in enumerate(addresses):
        newer = addresses[index - 1] if index else ""
        older = addresses[index + 1] if index + 1 < count else ""
        yield CardPage(
            page_address,
            tuple(cards[index * size : (index + 1) * size]),
            Pagination(index + 1, count, newer, older),
            format_count(len(cards), "paper", "papers"),
        )


def title_of_page(title: str, page: CardPage) -> str:
    """The title with the number of the page, from the second page on."""
    return title if page.pagination.number == 1 else f"{title}, page {page.pagination.number}"


def build_all_papers(catalogue: Catalogue) -> Iterator[PageView]:
    """Every paper, newest first, with the other ways in."""
    library = catalogue.library
    facets = (
        ("Programmes", _links("programmes", {key: item.title for key, item in library.programmes.items()})),
        ("Series", _links("series", {key: item.plural for key, item in library.series.items()})),
        ("Years", _links("years", {year: year for year in catalogue.by_year})),
    )
    yield from _build_list(
        catalogue,
        "papers/",
        ListingWords("", "Papers", "Everything we have published, newest first."),
        library.papers,
        facets=tuple(facet for facet in facets if facet[1]),
    )


def build_series(catalogue: Catalogue) -> Iterator[PageView]:
    """A page for each series, and the list of them."""
    entries = []
    for series in catalogue.library.series.values():
        papers = catalogue.by_series.get(series.id, ())
        address = f"series/{series.id}/"
        words = ListingWords("Series", series.plural, series.description, f"Series: {series.plural}")
        entries.append(_entry(series.plural, address, series.description, papers))
        yield from _build_list(catalogue, address, words, papers, parent=SERIES)
    if entries:
        yield _build_directory(catalogue, SERIES, "What kinds of document we publish.", entries)


def build_topics(catalogue: Catalogue) -> Iterator[PageView]:
    """A page for each topic that has papers, and the list of them."""
    entries = []
    for topic in catalogue.library.topics.values():
        papers = catalogue.by_topic.get(topic.id, ())
        if not papers:
            continue
        address = f"topics/{topic.id}/"
        words = ListingWords("Topic", topic.title, topic.description or "", f"Topic: {topic.title}")
        entries.append(_entry(topic.title, address, topic.description or "", papers))
        yield from _build_list(catalogue, address, words, papers, parent=TOPICS)
    if entries:
        yield _build_directory(catalogue, TOPICS, "Subjects that run across our programmes.", entries)


def build_years(catalogue: Catalogue) -> Iterator[PageView]:
    """A page for each year with papers, and the list of them."""
    entries = []
    for year, papers in catalogue.by_year.items():
        address = f"years/{year}/"
        words = ListingWords("Year", f"Papers of {year}", "")
        entries.append(_entry(year, address, "", papers))
        yield from _build_list(catalogue, address, words, papers, parent=YEARS)
    if entries:
        yield _build_directory(catalogue, YEARS, "By the year of first publication.", entries)


@dataclass(frozen=True, slots=True)
class ListingWords:
    """What stands above a list; `name` tells it from other pages of the same title, in tabs and search."""

    label: str
    title: str
    introduction: str
    name: str = ""


def _build_list(
    catalogue: Catalogue,
    address: str,
    words: ListingWords,
    papers: Sequence[Paper],
    *,
    parent: Link | None = None,
    facets: tuple[tuple[str, tuple[Link, ...]], ...] = (),
) -> Iterator[PageView]:
    description = words.introduction or f"{words.title} of {catalogue.site.name}."
    for page in cut_into_pages(address, catalogue.cards_of(papers), catalogue.site.page_size):
        head = build_head(
            catalogue.chrome,
            page.address,
            title_of_page(words.name or words.title, page),
            description,
            section=parent.address if parent else address,
            breadcrumb=(parent,) if parent else (),
            records=catalogue.describe(page.address),
        )
        view = ListingView(words.label, words.title, words.introduction, page, facets)
        yield build_page_view(catalogue.chrome, "listing.html", head, view)


def _build_directory(
    catalogue: Catalogue, link: Link, introduction: str, entries: Sequence[DirectoryEntry]
) -> PageView:
    head = build_head(
        catalogue.chrome,
        link.address,
        link.label,
        introduction,
        section=link.address,
        records=catalogue.describe(link.address),
    )
    view = DirectoryView(link.label, introduction, tuple(entries))
    return build_page_view(catalogue.chrome, "directory.html", head, view)


def _entry(title: str, address: str, text: str, papers: Sequence[Paper]) -> DirectoryEntry:
    return DirectoryEntry(title, address, text, format_count(len(papers), "paper", "papers"))


def _links(folder: str, titles: Mapping[str, str]) -> tuple[Link, ...]:
    return tuple(Link(title, f"{folder}/{key}/") for key, title in titles.items())
