"""What is made anew whenever something in it changes, and is told apart by its date: packs and briefs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from policy_tools.edition.documents import Download
from policy_tools.edition.files import OutputFile
from policy_tools.model.problem import Problem
from policy_tools.pack.events import Event


@dataclass(frozen=True, slots=True)
class DatedCopy:
    """A public pack or brief as it stands now, and everything dated that it is made of.

    `id` is its name in short addresses ("pack-nib", "brief-nib-01"); `kind` as printed ("Briefing pack");
    `address` its page; `edition` six digits that tell what it says now from what it said. As at each of its
    `days` a copy may have been made; on those `held`, something in it changed that was withdrawn since.
    """

    id: str
    kind: str
    title: str
    address: str
    as_at: date
    edition: str
    events: tuple[Event, ...] = ()
    held: tuple[date, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which something in it changed, up to the one as at which it is made."""
        days = {*(event.date for event in self.events), *self.held}
        return tuple(sorted({day for day in days if day < self.as_at} | {self.as_at}))


@dataclass(frozen=True, slots=True)
class MadePack:
    """A public pack as the site shows it. `parts` are titles; `papers` and `recommendations` are ids."""

    id: str
    copy: DatedCopy
    parts: tuple[str, ...]
    papers: tuple[str, ...]
    recommendations: tuple[str, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class PublicPacks:
    """All that was made; `downloads` of briefs are keyed "brief:" and the id of what they are about."""

    packs: tuple[MadePack, ...] = ()
    briefs: tuple[DatedCopy, ...] = ()
    downloads: Mapping[str, tuple[Download, ...]] = field(default_factory=lambda: MappingProxyType({}))
    files: tuple[OutputFile, ...] = ()
    problems: tuple[Problem, ...] = ()
