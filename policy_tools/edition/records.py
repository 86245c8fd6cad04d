"""Which records for machines stand beside the pages, and where?

`describe` knows the formats; here they get their addresses: a paper's own records beside its page, a
feed for every list in `feeds/`, the sitemap at the root.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
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
from policy_tools.edition.on_demand import OnDemand
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


class Records:
    """Every record of a public library, each worked out when it is first asked for.

    Feeds need whole addresses: a site without SITEURL has none.
    """

    def __init__(
        self, site: Site, library: PublicLibrary, downloads: Mapping[str, tuple[Download, ...]]
    ) -> None:
        self._site = site
        self._library = library
        self._downloads = downloads
        self._records: dict[str, CatalogueRecord] = {}

    @cached_property
    def descriptions(self) -> Mapping[str, Description]:
        """What machines are told of each page that has a record or a feed, by its address."""
        papers = {paper.address: partial(self._describe_paper, paper) for paper in self._library.papers}
        lists = {address: partial(_describe_list, address, title) for address, title, _ in self._list_feeds()}
        return OnDemand({**papers, **lists})

    @cached_property
    def files(self) -> tuple[OutputFile, ...]:
        """The files that hold records."""
        files = [file for paper in self._library.papers for file in self._build_citations(paper)]
        for address, title, papers in self._list_feeds():
            newest = tuple(self._items[paper.id] for paper in papers[: self._site.feed_items])
            feed = _build_feed(self._site, title, address, _name_feed(address), newest)
            files += _feed_files(feed, _name_feed(address))
        return tuple(files)

    @cached_property
    def _items(self) -> Mapping[str, FeedItem]:
        return {
            paper.id: _build_item(paper, self._record(paper), self._library) for paper in self._library.papers
        }

    def _record(self, paper: Paper) -> CatalogueRecord:
        if paper.id not in self._records:
            self._records[paper.id] = build_catalogue_record(paper, self._library, self._site)
        return self._records[paper.id]

    def _list_feeds(self) -> Iterable[tuple[str, str, tuple[Paper, ...]]]:
        return _lists(self._site, self._library) if self._site.url else ()

    def _build_citations(self, paper: Paper) -> Iterator[OutputFile]:
        record = self._record(paper)
        said = repr(record)
        for (_, _, write), file in zip(_CITATION_FORMATS, _list_citation_files(paper), strict=True):
            yield _later(file.address, write, record, said)

    def _describe_paper(self, paper: Paper) -> Description:
        downloads = [item for item in self._downloads.get(paper.id, ()) if item.format in MEDIA_TYPES]
        encodings = [
            (MEDIA_TYPES[item.format], f"{self._site.url}/{item.address}")
            for item in downloads
            if self._site.url
        ]
        files = _list_citation_files(paper)
        return Description(
            meta=build_highwire_tags(self._record(paper)),
            json_ld=json.dumps(build_json_ld(self._record(paper), encodings), ensure_ascii=False),
            alternates=(
                *(
                    Alternate("alternate", item.address, MEDIA_TYPES[item.format], item.label)
                    for item in downloads
                ),
                *(Alternate("describedby", file.address, file.media_type) for file in files),
            ),
            citation_files=files,
        )


def _list_citation_files(paper: Paper) -> tuple[CitationFile, ...]:
    stem = f"{paper.address}{paper.slug}"
    return tuple(
        CitationFile(label, f"{stem}.{ending}", MEDIA_TYPES[ending]) for label, ending, _ in _CITATION_FORMATS
    )


def _name_feed(address: str) -> str:
    return f"feeds/{address.rstrip('/').replace('/', '-') or 'papers'}"


def _describe_list(address: str, title: str) -> Description:
    return Description(alternates=_feed_links(_name_feed(address), title))


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
