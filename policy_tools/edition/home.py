"""The home page: who we are, what is new, what we work on."""

from dataclasses import dataclass

from policy_tools.edition.catalogue import Catalogue, PaperCard
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.prose import Prose

_LATEST = 6


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme with the question it works on."""

    title: str
    address: str
    question: str


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A kind of publication."""

    title: str
    address: str
    description: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """`about` is the first paragraph of the publisher's description, in Markdown.

    `lead` is the newest paper, `latest` what came before it.
    """

    about: str
    publisher: Link | None
    lead: PaperCard | None
    latest: tuple[PaperCard, ...]
    programmes: tuple[ProgrammeLine, ...]
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
