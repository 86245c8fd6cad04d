"""A paper: the record in its front matter, its words, and what it refers to."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from policy_tools.model.body import Body
from policy_tools.model.record import Email, Nation, Orcid, Record, Slug, Text, WebAddress

Count = Annotated[int, Field(ge=1)]
PlainDate = date


class Status(StrEnum):
    """What an author says of a paper. Only `published` can ever be seen by the public."""

    DRAFT = "draft"
    PRIVATE = "private"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Embargo(Record):
    """Nothing of the paper is public before `until`: an aware time, by offset or by named `zone`."""

    until: datetime
    zone: Text | None = None
    label: Text | None = None


class InlineAuthor(Record):
    """An author who has no record in content/people/."""

    given: Text
    family: Text
    orcid: Orcid | None = None
    affiliation: Text | None = None


class Funding(Record):
    """Who paid for a paper, how much, and what part they played."""

    funder: Text
    ror: WebAddress | None = None
    amount: Annotated[int, Field(ge=0)] | None = None
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
    affects_conclusions: bool


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
    programmes: Annotated[tuple[Slug, ...], Field(min_length=1)]
    authors: Annotated[tuple[Slug | InlineAuthor, ...], Field(min_length=1)]
    published: PlainDate
    updated: PlainDate | None = None
    version: Count = 1
    status: Status
    embargo: Embargo | None = None
    summary: Text
    key_points: tuple[Text, ...] = ()
    keywords: tuple[Text, ...] = ()
    nations: tuple[Nation, ...] = ()
    topics: tuple[Slug, ...] = ()
    jel: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{0,2}$")], ...] = ()
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = "en-GB"
    licence: Text = "CC-BY-4.0"
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    isbn: Annotated[str, StringConstraints(pattern=r"^(?:\d[- ]?){12}\d$")] | None = None
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
    `digest` is the SHA-256 of the file's bytes.
    """

    slug: str
    path: str
    record: PaperRecord
    body: Body
    assets: tuple[Asset, ...]
    digest: str
    is_private: bool = False
    is_current: bool = True

    @property
    def id(self) -> str:
        """The name that is unique over all versions: `nib` for the current one, `nib@1` for an old one."""
        return self.slug if self.is_current else f"{self.slug}@{self.record.version}"

    @property
    def address(self) -> str:
        """Where the page stands, relative to the site's root, with a closing slash."""
        return f"papers/{self.slug}/" if self.is_current else f"papers/{self.slug}/v{self.record.version}/"
