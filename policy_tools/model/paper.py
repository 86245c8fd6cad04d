"""A paper: the record in its front matter, its words, and what it refers to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from policy_tools.model.body import Body
from policy_tools.model.embargo import Embargo
from policy_tools.model.problem import Position
from policy_tools.model.record import (
    Count,
    Email,
    Isbn,
    Nation,
    OneOrMore,
    Orcid,
    PlainDate,
    Record,
    Slug,
    Text,
    TrueOrFalse,
    WebAddress,
    choose_by_shape,
    matching,
)

__all__ = [
    "Asset",
    "Author",
    "Contact",
    "Correction",
    "DataFile",
    "Embargo",
    "Funding",
    "InlineAuthor",
    "Paper",
    "PaperRecord",
    "Status",
]


class Status(StrEnum):
    """What an author says of a paper. Only `published` can ever be seen by the public."""

    DRAFT = "draft"
    PRIVATE = "private"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class InlineAuthor(Record):
    """An author who has no record in content/people/."""

    given: Text
    family: Text
    orcid: Orcid | None = None
    affiliation: Text | None = None

    @property
    def name(self) -> str:
        """As printed."""
        return f"{self.given} {self.family}"


Author = Annotated[
    Annotated[Slug, Tag("id")] | Annotated[InlineAuthor, Tag("inline")],
    Discriminator(choose_by_shape("id", "inline")),
]
"""The id of a record in content/people/, or the name itself."""

JelCode = Annotated[
    str, matching(r"[A-Z][0-9]{0,2}", "A JEL code is a capital and up to two digits, such as H25.")
]
Language = Annotated[
    str, matching(r"[a-z]{2,3}(-[A-Z]{2})?", "A language is written as its code, such as en-GB or cy.")
]
Doi = Annotated[str, matching(r"10\.[0-9]{4,9}/\S+", "A DOI is written without its address: 10.1234/abc.")]


class Funding(Record):
    """Who paid for a paper, how much, and what part they played."""

    funder: Text
    ror: WebAddress | None = None
    amount: Annotated[int, Field(strict=True, ge=0)] | None = None
    band: Text | None = None
    role: Text | None = None
    statement: Text | None = None


class DataFile(Record):
    """A file of data published beside the paper; `path` is relative to the paper's folder."""

    path: Text
    title: Text
    source: Text
    licence: Text


class Correction(Record):
    """What was wrong, what it says now, and whether the conclusions change."""

    date: PlainDate
    version: Count | None = None
    severity: Literal["minor", "significant", "major"]
    where: Text
    was: Text
    now: Text
    affects_conclusions: TrueOrFalse


class Contact(Record):
    """Whom to ask about a paper."""

    press: Email | None = None
    research: Email | None = None


class PaperRecord(Record):
    """The front matter of `content/papers/<slug>/paper.md`. Field meanings: docs/records.md."""

    title: Text
    subtitle: Text | None = None
    series: Slug
    number: Count | None = None
    programmes: Annotated[tuple[Slug, ...], Field(min_length=1), OneOrMore]
    authors: Annotated[tuple[Author, ...], Field(min_length=1), OneOrMore]
    published: PlainDate
    updated: PlainDate | None = None
    version: Count = 1
    status: Status
    embargo: Embargo | None = None
    summary: Text
    key_points: tuple[Text, ...] = ()
    keywords: tuple[Text, ...] = ()
    nations: Annotated[tuple[Nation, ...], OneOrMore] = ()
    topics: Annotated[tuple[Slug, ...], OneOrMore] = ()
    jel: Annotated[tuple[JelCode, ...], OneOrMore] = ()
    language: Language = "en-GB"
    licence: Text = "CC-BY-4.0"
    doi: Doi | None = None
    isbn: Isbn | None = None
    funding: tuple[Funding, ...] = ()
    interests: tuple[Text, ...] = ()
    acknowledgements: Text | None = None
    reviewers: tuple[Text, ...] = ()
    data: tuple[DataFile, ...] = ()
    corrections: tuple[Correction, ...] = ()
    supersedes: Slug | None = None
    superseded_by: Slug | None = None
    contact: Contact | None = None
    imprint: Text | None = None
    csl: Text | None = None


MAX_PIXELS = 40_000_000
"""No page needs a picture of more, and decoding one could exhaust the machine."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of a paper's folder that the paper shows or offers.

    `name` is the address relative to the paper (forward slashes); `path` is the checked regular file,
    inside the paper's own folder; `digest` is the SHA-256 of its bytes, in hexadecimal.
    """

    name: str
    path: Path
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of one paper, as loaded.

    `path` is relative to the site's folder. `is_private` tells that it came from content/private/.
    `is_current` is false for a frozen earlier version (`content/papers/<slug>/v1/paper.md`).
    `digest` is the SHA-256 of the file's bytes, `record_digest` that of its front matter. `places` tells
    where each field's value stands, by its steps joined with dots (`authors.1.given`), as line and column.
    `is_sound` is false when the front matter has an error: such a paper is loaded only so that the rest of
    it can be checked, and is never shown to anyone.
    """

    slug: str
    path: str
    record: PaperRecord
    body: Body
    assets: tuple[Asset, ...]
    digest: str
    is_private: bool = False
    is_current: bool = True
    places: Mapping[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    is_sound: bool = True
    record_digest: str = ""

    def place(self, *steps: str | int) -> Position:
        """Where a field stands in the file; for one that is not written, where it would belong."""
        names = [str(step) for step in steps]
        while names:
            if found := self.places.get(".".join(names)):
                return Position(*found)
            names.pop()
        return Position()

    @property
    def is_published(self) -> bool:
        """Whether its author means it for the public, at once or when an embargo ends."""
        return self.record.status is Status.PUBLISHED

    @property
    def id(self) -> str:
        """The name that is unique over all versions: `nib` for the current one, `nib@1` for an old one."""
        return self.slug if self.is_current else f"{self.slug}@{self.record.version}"

    @property
    def address(self) -> str:
        """Where the page stands, relative to the site's root, with a closing slash."""
        return f"papers/{self.slug}/" if self.is_current else f"papers/{self.slug}/v{self.record.version}/"
