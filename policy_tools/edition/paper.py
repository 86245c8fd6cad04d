"""A paper's page: what stands before, beside and after its text; and the pages of its earlier versions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from policy_tools.edition.catalogue import SUMMARY_LENGTH, Catalogue, PaperCard
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.colophon import Colophon, build_colophon
from policy_tools.edition.contents import ContentsItem, nest_contents
from policy_tools.edition.documents import DocumentSummary, DownloadLine, RecommendationLine, list_downloads
from policy_tools.edition.listing import PAPERS
from policy_tools.edition.notices import Notice, build_notices, build_version_notice
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.wording import (
    PrintedDate,
    excerpt,
    first_sentence,
    format_count,
    format_date,
    reading_minutes,
    split_paragraphs,
)
from policy_tools.model.description import CitationFile
from policy_tools.model.paper import InlineAuthor, Paper
from policy_tools.render.site_links import lead_from

_RECOMMENDATION = 320


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """An author as the title block prints them."""

    name: str
    address: str
    orcid: str
    affiliation: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list of them; the address of the one in hand is empty."""

    number: int
    date: PrintedDate
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PaperView:
    """Everything a paper's page shows but what the renderer made, which `document_digest` stands for.

    `asks` are the addresses of its recommendations' own pages, by their ids.
    """

    title: str
    subtitle: str
    language: str
    series: Link
    series_line: str
    authors: tuple[AuthorLine, ...]
    programmes: tuple[Link, ...]
    topics: tuple[Link, ...]
    published: PrintedDate
    updated: PrintedDate | None
    version: int
    words: str
    minutes: int
    notices: tuple[Notice, ...]
    summary: tuple[str, ...]
    key_points: tuple[str, ...]
    downloads: tuple[DownloadLine, ...]
    cite_as: str
    citation_files: tuple[CitationFile, ...]
    versions: tuple[VersionLine, ...]
    colophon: Colophon
    cites: tuple[Link, ...]
    cited_by: tuple[Link, ...]
    related: tuple[PaperCard, ...]
    asks: Mapping[str, str]
    document_digest: str


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """One work of the reference list."""

    anchor: str
    html: Markup


@dataclass(frozen=True, slots=True)
class PaperText:
    """What the renderer made of a paper: its long text, sanitised, and the lists that lead into it."""

    contents: tuple[ContentsItem, ...]
    recommendations: tuple[RecommendationLine, ...]
    html: Markup
    notes: Markup
    references: tuple[ReferenceEntry, ...]
    back_matter: tuple[Link, ...]


def load_paper_text(document: DocumentSummary, root: str) -> PaperText:
    """Fetch the text for a page at `root` ("../../"); called only for a page that is really written."""
    whole = document.load()
    parts = (
        (whole.notes_html, Link("Notes", "#page-notes")),
        (whole.references, Link("References", "#page-references")),
        (True, Link("About this paper", "#page-about")),
    )
    return PaperText(
        contents=nest_contents(document.contents),
        recommendations=tuple(
            replace(line, text=first_sentence(line.text, _RECOMMENDATION))
            for line in document.recommendations
        ),
        html=Markup(lead_from(root, whole.html)),  # noqa: S704
        notes=Markup(lead_from(root, whole.notes_html)),  # noqa: S704
        references=tuple(
            ReferenceEntry(item.anchor, Markup(lead_from(root, item.html)))  # noqa: S704
            for item in whole.references
        ),
        back_matter=tuple(link for stands, link in parts if stands),
    )


def build_papers(catalogue: Catalogue) -> Iterator[PageView]:
    """A page for each paper and for each of its earlier versions."""
    for paper in catalogue.library.all_papers:
        yield build_paper(catalogue, paper)


def build_paper(catalogue: Catalogue, paper: Paper) -> PageView:
    """The page of one version of a paper."""
    document = catalogue.documents[paper.id]
    view = _build_view(catalogue, paper, document)
    if not paper.is_current:
        view = _freeze(catalogue, paper, view)
    brand = catalogue.library.publisher_of(paper, catalogue.site.institute)
    head = build_head(
        catalogue.chrome,
        paper.address,
        paper.record.title if paper.is_current else f"{paper.record.title} (version {paper.record.version})",
        excerpt(paper.record.summary, SUMMARY_LENGTH),
        section=PAPERS.address,
        breadcrumb=(PAPERS,) if view.series.label == PAPERS.label else (PAPERS, view.series),
        noindex=not paper.is_current,
        brand=brand if brand != catalogue.site.institute else "",
        records=catalogue.describe(paper.address),
    )
    return build_page_view(
        catalogue.chrome,
        "paper.html" if paper.is_current else "paper_version.html",
        head,
        view,
        load_text=lambda: load_paper_text(document, "../" * paper.address.count("/")),
        source=paper.path,
    )


def _build_view(catalogue: Catalogue, paper: Paper, document: DocumentSummary) -> PaperView:
    record, library = paper.record, catalogue.library
    series = library.series.get(record.series)
    return PaperView(
        title=record.title,
        subtitle=record.subtitle or "",
        language=record.language,
        series=Link(series.plural if series else record.series, f"series/{record.series}/"),
        series_line=library.series_line(paper),
        authors=tuple(_build_author(catalogue, author) for author in record.authors),
        programmes=tuple(
            Link(library.programmes[name].title, f"programmes/{name}/")
            for name in record.programmes
            if name in library.programmes
        ),
        topics=tuple(
            Link(library.topics[name].title, f"topics/{name}/")
            for name in record.topics
            if name in library.topics
        ),
        published=format_date(record.published),
        updated=format_date(record.updated) if record.updated else None,
        version=record.version,
        words=format_count(document.words, "word", "words"),
        minutes=reading_minutes(document.words),
        notices=build_notices(catalogue, paper),
        summary=split_paragraphs(record.summary),
        key_points=record.key_points,
        downloads=list_downloads(catalogue.downloads.get(paper.id, ())),
        cite_as=catalogue.cite_as.get(paper.id, ""),
        citation_files=catalogue.describe(paper.address).citation_files,
        versions=_build_versions(catalogue, paper),
        colophon=build_colophon(catalogue, paper),
        cites=catalogue.links_to(catalogue.cites.get(paper.slug, ())),
        cited_by=catalogue.links_to(catalogue.cited_by.get(paper.slug, ())),
        related=tuple(catalogue.cards[slug] for slug in catalogue.related.get(paper.slug, ())),
        asks={item.id: item.address for item in catalogue.bank.by_paper.get(paper.slug, ())},
        document_digest=document.digest,
    )


def _freeze(catalogue: Catalogue, paper: Paper, view: PaperView) -> PaperView:
    """An earlier version: it tells of its successor, and of nothing that came after it."""
    notices = (build_version_notice(catalogue, paper), *view.notices)
    return replace(view, notices=notices, versions=(), cites=(), cited_by=(), related=(), asks={})


def _build_author(catalogue: Catalogue, author: str | InlineAuthor) -> AuthorLine:
    if isinstance(author, InlineAuthor):
        return AuthorLine(author.name, "", author.orcid or "", author.affiliation or "")
    person = catalogue.library.people.get(author)
    if person is None:
        return AuthorLine(author, "", "", "")
    return AuthorLine(person.name, f"people/{person.id}/", person.orcid or "", "")


def _build_versions(catalogue: Catalogue, paper: Paper) -> tuple[VersionLine, ...]:
    earlier = catalogue.versions.get(paper.slug, ())
    if not earlier:
        return ()
    return tuple(
        VersionLine(
            version.record.version,
            format_date(version.record.updated or version.record.published),
            "" if version is paper else version.address,
            version.is_current,
        )
        for version in (paper, *earlier)
    )
