"""The home page: who we are, what is new, what we work on."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.edition.catalogue import Catalogue, PaperCard
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.prose import Prose
from policy_tools.edition.wording import format_count

_LATEST = 6


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme with the question it works on."""

    title: str
    address: str
    question: str


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A kind of publication, or a place to find many of them."""

    title: str
    address: str
    description: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """`about` is the first paragraph of the publisher's description, in Markdown.

    `lead` is the newest paper, `latest` what came before it; `for_offices` leads to what those who have to
    decide need first.
    """

    about: str
    publisher: Link | None
    lead: PaperCard | None
    latest: tuple[PaperCard, ...]
    programmes: tuple[ProgrammeLine, ...]
    for_offices: tuple[SeriesLine, ...]
    series: tuple[SeriesLine, ...]
    topics: tuple[Link, ...]
    has_more: bool


def build_home(catalogue: Catalogue) -> PageView:
    """The home page; superseded papers do not stand on it."""
    library, chrome = catalogue.library, catalogue.chrome
    standing = [paper for paper in library.papers if not paper.record.superseded_by]
    chosen = catalogue.cards_of(standing[: _LATEST + 1])
    publisher = library.institutes.get(catalogue.site.institute)
    view = HomeView(
        about=publisher.description.strip().partition("\n\n")[0] if publisher else "",
        publisher=Link(publisher.name, f"institutes/{publisher.id}/") if publisher else None,
        lead=chosen[0] if chosen else None,
        latest=chosen[1:],
        programmes=tuple(
            ProgrammeLine(programme.title, f"programmes/{programme.id}/", programme.question)
            for programme in library.programmes.values()
            if programme.status == "active"
        ),
        for_offices=tuple(_list_for_offices(catalogue)),
        series=tuple(
            SeriesLine(series.plural, f"series/{series.id}/", series.description)
            for series in library.series.values()
            if series.id in catalogue.by_series
        ),
        topics=tuple(
            Link(topic.title, f"topics/{topic.id}/")
            for topic in library.topics.values()
            if topic.id in catalogue.by_topic
        ),
        has_more=len(library.papers) > len(chosen),
    )
    head = build_head(chrome, "", chrome.name, chrome.tagline, records=catalogue.describe(""))
    return build_page_view(chrome, "index.html", head, view, load_text=Prose(view.about, "./").render)


def _list_for_offices(catalogue: Catalogue) -> Iterator[SeriesLine]:
    """Recommendations and packs, where there are any."""
    recommendations, packs = catalogue.library.recommendations, catalogue.library.packs
    if recommendations:
        count = format_count(len(recommendations), "recommendation", "recommendations")
        yield SeriesLine(
            "Policy bank",
            "recommendations/",
            f"{count}, each with who has to act, by which power, when, at what cost, and what will be said "
            "against it.",
        )
    for pack in packs.values():
        yield SeriesLine(pack.record.title, pack.address, pack.record.summary)
