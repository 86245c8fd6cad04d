"""Which records does a recommendation, a pack or a secondment name, and may the same readers see those?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from policy_tools.model.library import Shelves
from policy_tools.model.pack import Pack
from policy_tools.model.recommendation import Recommendation, RecommendationRecord
from policy_tools.model.secondment import Secondment

Shelf: TypeAlias = Literal[
    "departments",
    "institutes",
    "papers",
    "people",
    "programmes",
    "recommendations",
    "secondments",
    "statistics",
    "topics",
]


@dataclass(frozen=True, slots=True)
class Name:
    """A use of an id: the shelf it belongs to, and the field that holds it, by its steps.

    The id of a paper can have a version: `nib@2`.
    """

    shelf: Shelf
    id: str
    field: tuple[str, ...]


def names_in_recommendation(recommendation: Recommendation) -> Iterator[Name]:
    """What a recommendation cannot do without: its paper, its departments, its statistics."""
    record = recommendation.record
    yield Name("papers", recommendation.paper, ())
    yield Name("departments", record.owner.lead_department, ("owner", "lead_department"))
    yield from (Name("departments", other, ("owner", "others")) for other in record.owner.others)
    yield from (Name("statistics", statistic, ("statistics",)) for statistic in record.statistics)


def names_of_relations(record: RecommendationRecord) -> Iterator[Name]:
    """The other recommendations of which one speaks: it can be shown without them."""
    yield from (Name("recommendations", other, ("depends_on",)) for other in record.depends_on)
    yield from (Name("recommendations", other, ("blocks",)) for other in record.blocks)


def names_in_secondment(secondment: Secondment) -> Iterator[Name]:
    """Who is seconded, from which programme, by whom."""
    yield Name("people", secondment.person, ("person",))
    yield Name("programmes", secondment.programme, ("programme",))
    yield Name("institutes", secondment.seconded_by, ("seconded_by",))


def names_in_pack(pack: Pack) -> Iterator[Name]:
    """All that a recipe names."""
    if pack.secondment:
        yield Name("secondments", pack.secondment, ("audience",))
    lists: tuple[tuple[Shelf, str], ...] = (
        ("programmes", "programmes"),
        ("departments", "departments"),
        ("topics", "topics"),
        ("papers", "papers"),
        ("recommendations", "recommendations"),
    )
    for shelf, name in lists:
        for index, found in enumerate(getattr(pack.record.select, name)):
            yield Name(shelf, found, ("select", name, str(index)))


@dataclass(frozen=True, slots=True)
class Holdings:
    """The records of some shelves, to be asked for by name; `papers` holds `nib`, `nib@1`, `nib@2`."""

    shelves: Shelves
    papers: frozenset[str]

    def __contains__(self, name: Name) -> bool:
        """Whether what is named stands on its shelf."""
        if name.shelf == "papers":
            return name.id in self.papers
        shelf: Mapping[str, object] = getattr(self.shelves, name.shelf)
        return name.id in shelf


def take_stock(shelves: Shelves) -> Holdings:
    """What is there."""
    versions = (f"{paper.slug}@{paper.record.version}" for paper in shelves.all_papers)
    return Holdings(shelves, frozenset((*versions, *(paper.slug for paper in shelves.papers))))


def is_held_back(name: Name, everything: Holdings, public: Holdings) -> bool:
    """Whether what is named is there, and not for these readers by choice.

    What is hidden by a fault is told elsewhere.
    """
    if name in public or name not in everything:
        return False
    shelves = everything.shelves
    if name.shelf == "recommendations":
        return is_held_back(Name("papers", shelves.recommendations[name.id].paper, ()), everything, public)
    if name.shelf == "papers":
        slug = name.id.partition("@")[0]
        return all(paper.is_sound for paper in shelves.all_papers if paper.slug == slug)
    if name.shelf == "programmes":
        institute = Name("institutes", shelves.programmes[name.id].institute, ())
        return shelves.programmes[name.id].is_private or is_held_back(institute, everything, public)
    return bool(getattr(shelves, name.shelf)[name.id].is_private)
