"""Which records for machines stand beside the pages, and where?

`describe` knows the formats; here they get their addresses: a paper's own records beside its page, a
feed for every list in `feeds/`, the sitemap at the root.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from policy_tools import describe
from policy_tools.describe.bibtex import format_bibtex
from policy_tools.describe.catalogue import CatalogueRecord, build_catalogue_record
from policy_tools.describe.csl_json import format_csl_json
from policy_tools.describe.feeds import Feed, FeedItem, format_atom, format_json_feed
from policy_tools.describe.highwire import build_highwire_tags
from policy_tools.describe.json_ld import build_json_ld
from policy_tools.describe.ris import format_ris
from policy_tools.edition.documents import Download
from policy_tools.edition.files import OutputFile
from policy_tools.model.description import Alternate, CitationFile, Description
from policy_tools.model.library import PublicLibrary
from policy_tools.model.paper import Paper
from policy_tools.model.site import Site
from policy_tools.render.cover import format_correction
from policy_tools.store import digest_of

Fact = TypeVar("Fact")

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}

_CITATION_FORMATS: tuple[tuple[str, str, Callable[[CatalogueRecord], str]], ...] = (
    ("BibTeX", "bib", format_bibtex),
    ("RIS", "ris", format_ris),
    ("CSL-JSON", "csl.json", format_csl_json),
)


@dataclass(frozen=True, slots=True)
class Records:
    """Descriptions by the address of the page they belong to, and the files that hold records."""

    descriptions: Mapping[str, Description]
    files: tuple[OutputFile, ...]


def build_records(
    site: Site, library: PublicLibrary, downloads: Mapping[str, tuple[Download, ...]]
) -> Records:
    """Every record of a public library. Feeds need whole addresses: a site without SITEURL has none."""
    catalogue = {paper.id: build_catalogue_record(paper, library, site) for paper in library.papers}
    descriptions: dict[str, Description] = {}
    files: list[OutputFile] = []
    for paper in library.papers:
        description, records = _describe_paper(paper, catalogue[paper.id], site, downloads.get(paper.id, ()))
        descriptions[paper.address] = description
        files += records
    if not site.url:
        return Records(descriptions, tuple(files))
    items = {paper.id: _build_item(paper, catalogue[paper.id], library) for paper in library.papers}
    for address, title, papers in _lists(site, library):
        feed_address = f"feeds/{address.rstrip('/').replace('/', '-') or 'papers'}"
        newest = tuple(items[paper.id] for paper in papers[: site.feed_items])
        feed = _build_feed(site, title, address, feed_address, newest)
        files += _feed_files(feed, feed_address)
        descriptions[address] = Description(alternates=_feed_links(feed_address, title))
    return Records(descriptions, tuple(files))


def _describe_paper(
    paper: Paper, record: CatalogueRecord, site: Site, downloads: Iterable[Download]
) -> tuple[Description, list[OutputFile]]:
    files, citation_files = [], []
    said = repr(record)
    for label, ending, write in _CITATION_FORMATS:
        address = f"{paper.address}{paper.slug}.{ending}"
        files.append(_later(address, write, record, said))
        citation_files.append(CitationFile(label, address, MEDIA_TYPES[ending]))
    downloads = tuple(downloads)
    encodings = [
        (MEDIA_TYPES[download.format], f"{site.url}/{download.address}")
        for download in downloads
        if site.url and download.format in MEDIA_TYPES
    ]
    alternates = [
        Alternate("alternate", download.address, MEDIA_TYPES[download.format], download.label)
        for download in downloads
        if download.format in MEDIA_TYPES
    ]
    alternates += [Alternate("describedby", file.address, file.media_type) for file in citation_files]
    description = Description(
        meta=build_highwire_tags(record),
        json_ld=json.dumps(build_json_ld(record, encodings), ensure_ascii=False),
        alternates=tuple(alternates),
        citation_files=tuple(citation_files),
    )
    return description, files


def _lists(site: Site, library: PublicLibrary) -> Iterable[tuple[str, str, tuple[Paper, ...]]]:
    """Address, title and papers of every list that has a feed."""
    yield "", site.name, library.papers
    by_programme = _group(library.papers, lambda paper: paper.record.programmes)
    for programme in library.programmes.values():
        papers = by_programme.get(programme.id, ())
        yield f"programmes/{programme.id}/", f"{programme.title} – {site.name}", tuple(papers)
    by_series = _group(library.papers, lambda paper: (paper.record.series,))
    for series in library.series.values():
        papers = by_series.get(series.id, ())
        yield f"series/{series.id}/", f"{series.plural} – {site.name}", tuple(papers)
    by_author = _group(library.papers, _named_authors)
    for person in library.people.values():
        papers = by_author.get(person.id, ())
        yield f"people/{person.id}/", f"{person.name} – {site.name}", tuple(papers)


def _named_authors(paper: Paper) -> Iterable[str]:
    return (author for author in paper.record.authors if isinstance(author, str))


def _group(papers: Iterable[Paper], names: Callable[[Paper], Iterable[str]]) -> Mapping[str, Sequence[Paper]]:
    """The papers by each name that they bear, in their order."""
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        for name in dict.fromkeys(names(paper)):
            groups.setdefault(name, []).append(paper)
    return groups


def _build_item(paper: Paper, record: CatalogueRecord, library: PublicLibrary) -> FeedItem:
    return FeedItem(
        url=record.url,
        title=record.title,
        summary=record.abstract,
        authors=library.author_names(paper),
        published=record.issued,
        updated=record.modified,
        categories=tuple(
            library.topics[topic].title for topic in paper.record.topics if topic in library.topics
        ),
        corrections=tuple(
            format_correction(item)
            for item in sorted(paper.record.corrections, key=lambda item: item.date, reverse=True)
        ),
    )


def _build_feed(site: Site, title: str, address: str, feed: str, items: tuple[FeedItem, ...]) -> Feed:
    return Feed(
        title=title,
        subtitle=site.tagline,
        page_url=f"{site.url}/{address}",
        atom_url=f"{site.url}/{feed}.atom",
        json_url=f"{site.url}/{feed}.json",
        language=site.language,
        items=items,
    )


def _feed_files(feed: Feed, address: str) -> list[OutputFile]:
    said = repr(feed)
    return [
        _later(f"{address}.atom", format_atom, feed, said),
        _later(f"{address}.json", format_json_feed, feed, said),
    ]


def _feed_links(address: str, title: str) -> tuple[Alternate, ...]:
    return (
        Alternate("alternate", f"{address}.atom", MEDIA_TYPES["atom"], f"{title} (Atom)"),
        Alternate("alternate", f"{address}.json", MEDIA_TYPES["json"], f"{title} (JSON Feed)"),
    )


def _later(address: str, write: Callable[[Fact], str | bytes], fact: Fact, said: str) -> OutputFile:
    """A file made when it is written; its digest is that of what it says and of the code that says it.

    `said` is the fact's repr, which several files have in common.
    """
    digest = digest_of(_digest_of_code(), address, said)
    return OutputFile(address, partial(_encode, write, fact), digest)


def _encode(write: Callable[[Fact], str | bytes], fact: Fact) -> bytes:
    text = write(fact)
    return text.encode() if isinstance(text, str) else text


@cache
def _digest_of_code() -> str:
    folder = Path(describe.__file__).parent
    return digest_of(*(path.read_bytes() for path in sorted(folder.glob("*.py"))))
