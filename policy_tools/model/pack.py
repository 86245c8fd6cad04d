"""A pack: a recipe over papers and recommendations, for the public or for one secondment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from policy_tools.model.problem import Position
from policy_tools.model.recommendation import Phase
from policy_tools.model.record import (
    Email,
    Nation,
    OneOrMore,
    PlainDate,
    Record,
    Slug,
    Text,
    choose_by_shape,
    matching,
)

PartName: TypeAlias = Literal[
    "cover",
    "brief",
    "briefs",
    "introduction",
    "asks",
    "grid",
    "bills",
    "submission",
    "objections",
    "lines",
    "costings",
    "annexes",
    "stakeholders",
    "contacts",
    "changes",
    "colophon",
]
"""The kinds of part that a pack can have; each has a template of its own."""

_AUDIENCE = re.compile(r"public|secondment:[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")

Audience = Annotated[
    str,
    matching(_AUDIENCE, 'An audience is written "public", or "secondment:" and the id of a secondment.'),
]

PaperPin = Annotated[
    str,
    matching(
        r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?(?:@[1-9][0-9]{0,3})?",
        "A paper is named by its folder, and pinned to a version with @: nib@2.",
    ),
]
"""A paper by its slug, current or pinned to a version: `nib`, `nib@2`."""


class Selection(Record):
    """What a pack is made of: what passes every list that is given, and what is named outright."""

    programmes: Annotated[tuple[Slug, ...], OneOrMore] = ()
    departments: Annotated[tuple[Slug, ...], OneOrMore] = ()
    nations: Annotated[tuple[Nation, ...], OneOrMore] = ()
    phases: Annotated[tuple[Phase, ...], OneOrMore] = ()
    topics: Annotated[tuple[Slug, ...], OneOrMore] = ()
    papers: Annotated[tuple[PaperPin, ...], OneOrMore] = ()
    recommendations: Annotated[tuple[Slug, ...], OneOrMore] = ()


class PartRecord(Record):
    """One part with words of its own: another title, or a note set before it."""

    part: PartName
    title: Text | None = None
    note: Text | None = None


PartChoice = Annotated[
    Annotated[PartName, Tag("name")] | Annotated[PartRecord, Tag("record")],
    Discriminator(choose_by_shape("name", "record")),
]


class Stakeholder(Record):
    """Who has a say or an interest, what it is, and where they stand."""

    name: Text
    interest: Text
    position: Text | None = None
    source: Text | None = None


class PackContact(Record):
    """Whom to ask about a pack."""

    name: Text
    role: Text | None = None
    email: Email | None = None


class PackRecord(Record):
    """`content/packs/<id>.yaml`. Field meanings: docs/records.md."""

    title: Text
    subtitle: Text | None = None
    summary: Text
    audience: Audience
    handling: Text | None = None
    as_at: PlainDate | None = None
    select: Selection
    parts: Annotated[tuple[PartChoice, ...], Field(min_length=1)]
    stakeholders: tuple[Stakeholder, ...] = ()
    contacts: tuple[PackContact, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A recipe as loaded; `is_private` tells that it lies in content/private/.

    `places` tells where its values stand, by their steps joined with dots (`select.papers.0`).
    """

    id: str
    record: PackRecord
    path: str
    is_private: bool = False
    places: Mapping[str, tuple[int, int]] = field(
        default_factory=lambda: MappingProxyType({}), hash=False, compare=False, repr=False
    )

    def place(self, *steps: str) -> Position:
        """Where a value stands in the file; for one that is not written, where its parent stands."""
        for length in range(len(steps), 0, -1):
            if found := self.places.get(".".join(steps[:length])):
                return Position(*found)
        return Position()

    @property
    def is_public(self) -> bool:
        """Whether it is made for the site."""
        return self.record.audience == "public" and not self.is_private

    @property
    def secondment(self) -> str:
        """The id of the secondment that it is for; empty for a public pack."""
        return self.record.audience.partition(":")[2]

    @property
    def parts(self) -> tuple[PartRecord, ...]:
        """Its parts, each as a record."""
        return tuple(
            PartRecord(part=choice) if isinstance(choice, str) else choice for choice in self.record.parts
        )

    @property
    def address(self) -> str:
        """Where a public pack's page stands, relative to the site's root, with a closing slash."""
        return f"packs/{self.id}/"
