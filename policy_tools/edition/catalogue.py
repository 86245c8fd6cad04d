"""Who wrote what, in which programme, and what belongs together? Looked up once, used by every page."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from policy_tools.edition.bank import Bank, build_bank
from policy_tools.edition.chrome import Chrome, Link, build_chrome
from policy_tools.edition.documents import DocumentSummary, Download
from policy_tools.edition.on_demand import OnDemand
from policy_tools.edition.related import rank_related
from policy_tools.edition.theme import Theme
from policy_tools.edition.wording import (
    PrintedDate,
    excerpt,
    format_date,
    reading_minutes,
)
from policy_tools.model.description import Description
from policy_tools.model.library import PublicLibrary
from policy_tools.model.paper import Paper
from policy_tools.model.printing import format_names
from policy_tools.model.reference import Reference
from policy_tools.model.site import Site

SUMMARY_LENGTH = 280
_NO_DESCRIPTION = Description()
_NO_DESCRIPTIONS: Mapping[str, Description] = MappingProxyType({})
_NO_CITATIONS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A paper as it stands in a list. `standing` is "Superseded" or "Corrected 3 May 2026", or empty."""

    title: str
    address: str
    series_line: str
    date: PrintedDate
    authors: str
    summary: str
    minutes: int
    standing: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the views look up. Papers are newest first wherever they stand in a tuple."""

    site: Site
    library: PublicLibrary
    chrome: Chrome
    documents: Mapping[str, DocumentSummary]
    downloads: Mapping[str, tuple[Download, ...]]
    descriptions: Mapping[str, Description]
    cite_as: Mapping[str, str]
    papers: Mapping[str, Paper]
    cards: Mapping[str, PaperCard]
    by_programme: Mapping[str, tuple[Paper, ...]]
    by_series: Mapping[str, tuple[Paper, ...]]
    by_topic: Mapping[str, tuple[Paper, ...]]
    by_person: Mapping[str, tuple[Paper, ...]]
    by_year: Mapping[str, tuple[Paper, ...]]
    versions: Mapping[str, tuple[Paper, ...]]
    cites: Mapping[str, tuple[str, ...]]
    cited_by: Mapping[str, tuple[str, ...]]
    related: Mapping[str, tuple[str, ...]]
    bank: Bank

    def describe(self, address: str) -> Description:
        """The records for machines of the page at an address."""
        return self.descriptions.get(address, _NO_DESCRIPTION)

    def cards_of(self, papers: Iterable[Paper]) -> tuple[PaperCard, ...]:
        """The papers as cards, in the same order."""
        return tuple(self.cards[paper.slug] for paper in papers)

    def links_to(self, slugs: Iterable[str]) -> tuple[Link, ...]:
        """The papers of these names as links."""
        return tuple(Link(self.cards[slug].title, self.cards[slug].address) for slug in slugs)


def build_catalogue(
    site: Site,
    library: PublicLibrary,
    theme: Theme,
    *,
    documents: Mapping[str, DocumentSummary],
    downloads: Mapping[str, tuple[Download, ...]],
    descriptions: Mapping[str, Description] = _NO_DESCRIPTIONS,
    cite_as: Mapping[str, str] = _NO_CITATIONS,
    related: Mapping[str, tuple[str, ...]] | None = None,
) -> Catalogue:
    """The catalogue of one public library.

    `documents`, `downloads` and `cite_as` (how to cite, plain text) are keyed by paper id, earlier versions
    included; `descriptions` by page address ("papers/nib/", "" for the home page). `related` is what
    `rank_related` gave for these papers, where that is known.
    """
    papers = {paper.slug: paper for paper in library.papers}
    cites = _find_citations(site, library)
    return Catalogue(
        site=site,
        library=library,
        chrome=build_chrome(site, library, theme, descriptions.get("", _NO_DESCRIPTION).alternates),
        documents=documents,
        downloads=downloads,
        descriptions=descriptions,
        cite_as=cite_as,
        papers=papers,
        cards=OnDemand(
            {slug: partial(_build_card, library, paper, documents[slug]) for slug, paper in papers.items()}
        ),
        by_programme=_group((name, paper) for paper in library.papers for name in paper.record.programmes),
        by_series=_group((paper.record.series, paper) for paper in library.papers),
        by_topic=_group((name, paper) for paper in library.papers for name in paper.record.topics),
        by_person=_group(
            (name, paper)
            for paper in library.papers
            for name in paper.record.authors
            if isinstance(name, str)
        ),
        by_year=_group((str(paper.record.published.year), paper) for paper in library.papers),
        versions=_group((paper.slug, paper) for paper in _newest_version_first(library)),
        cites=cites,
        cited_by=_turn_round(cites),
        related=rank_related(library.papers) if related is None else related,
        bank=build_bank(library),
    )


def _build_card(library: PublicLibrary, paper: Paper, document: DocumentSummary) -> PaperCard:
    record = paper.record
    return PaperCard(
        title=record.title,
        address=paper.address,
        series_line=library.series_line(paper),
        date=format_date(record.published),
        authors=format_names(library.author_names(paper)),
        summary=excerpt(record.summary, SUMMARY_LENGTH),
        minutes=reading_minutes(document.words),
        standing=_format_standing(paper),
    )


def _format_standing(paper: Paper) -> str:
    if paper.record.superseded_by:
        return "Superseded"
    weighty = [item.date for item in paper.record.corrections if item.severity != "minor"]
    return f"Corrected {format_date(max(weighty)).text}" if weighty else ""


def _newest_version_first(library: PublicLibrary) -> list[Paper]:
    return sorted(library.earlier_versions, key=lambda paper: (paper.slug, -paper.record.version))


def _group(pairs: Iterable[tuple[str, Paper]]) -> dict[str, tuple[Paper, ...]]:
    groups: defaultdict[str, list[Paper]] = defaultdict(list)
    for name, paper in pairs:
        groups[name].append(paper)
    return {name: tuple(papers) for name, papers in groups.items()}


def _turn_round(cites: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    cited: defaultdict[str, list[str]] = defaultdict(list)
    for slug, targets in cites.items():
        for target in targets:
            cited[target].append(slug)
    return {target: tuple(slugs) for target, slugs in cited.items()}


def _find_citations(site: Site, library: PublicLibrary) -> dict[str, tuple[str, ...]]:
    """Which of our papers each of our papers refers to: through a reference, or by a link in its text."""
    slugs = {paper.slug for paper in library.papers}
    dois = {paper.record.doi.lower(): paper.slug for paper in library.papers if paper.record.doi}
    ours = {
        key: slug
        for key, reference in library.references.items()
        if (slug := _slug_of_reference(reference, site.url, dois)) in slugs
    }
    found: dict[str, tuple[str, ...]] = {}
    for paper in library.papers:
        targets = [ours[key] for key in paper.body.cited_keys if key in ours] if ours else []
        targets += [slug for link in paper.body.links if (slug := _slug_of_link(paper, link.target)) in slugs]
        unique = tuple(slug for slug in dict.fromkeys(targets) if slug != paper.slug)
        if unique:
            found[paper.slug] = unique
    return found


def _slug_of_reference(reference: Reference, url: str, dois: Mapping[str, str]) -> str:
    doi = reference.fields.get("doi", "").lower().removeprefix("https://doi.org/")
    if doi in dois:
        return dois[doi]
    address = reference.fields.get("url", "")
    return _slug_of_address(address.removeprefix(url)) if url and address.startswith(url) else ""


def _slug_of_link(paper: Paper, target: str) -> str:
    """The paper that a link in a paper's text leads to: `../nib/`, `/papers/nib/#sec-2`."""
    path = target.partition("#")[0]
    if not path or "://" in path or path.startswith("mailto:"):
        return ""
    return _slug_of_address(posixpath.normpath(posixpath.join("/", paper.address, path)))


def _slug_of_address(path: str) -> str:
    parts = path.strip("/").split("/")
    return parts[1] if len(parts) > 1 and parts[0] == "papers" else ""
