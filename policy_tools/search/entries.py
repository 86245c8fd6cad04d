"""What is found by a search: sections of papers, and everything else that has a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

FIELDS = ("title", "summary", "headings", "keywords", "authors", "references", "body")
"""The fields of an entry, in the order in which shards hold them."""

BOOSTS: Mapping[str, float] = MappingProxyType(
    {
        "title": 3.0,
        "summary": 1.5,
        "headings": 1.5,
        "keywords": 1.5,
        "authors": 1.5,
        "references": 0.5,
        "body": 1.0,
    }
)


@dataclass(frozen=True, slots=True)
class SearchSection:
    """A part of a document under one heading; `anchor` is empty for what stands before the first."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A paper, recommendation, person, programme, pack or page as it is searched.

    `address` is relative to the site's root; `kind` is one of the words that the first facet shows; `label`
    is printed above the title ("Paper 3", "22 November 2026"); `facets` maps names of facets to the
    document's values; `language` is a code of two or three letters.
    """

    id: str
    kind: str
    address: str
    title: str
    label: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sections: tuple[SearchSection, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    language: str = "en"

    @property
    def entries(self) -> tuple[Mapping[str, str], ...]:
        """What is indexed: the document's own words as its first entry, then each section."""
        first = {
            "title": self.title,
            "summary": self.summary,
            "keywords": " · ".join(self.keywords),
            "authors": " · ".join(self.authors),
            "references": " · ".join(self.references),
        }
        sections = ({"headings": section.heading, "body": section.text} for section in self.sections)
        return (first, *sections)
