"""Everything loaded, and the part of it that an audience may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from policy_tools.model.department import Department
from policy_tools.model.glossary import GlossaryEntry
from policy_tools.model.pack import Pack
from policy_tools.model.page import Page
from policy_tools.model.paper import InlineAuthor, Paper
from policy_tools.model.person import Person
from policy_tools.model.problem import Problem
from policy_tools.model.programme import Institute, Programme, Series, Topic
from policy_tools.model.recommendation import Recommendation, RecommendationNotes
from policy_tools.model.reference import Reference
from policy_tools.model.seat import Seat, Statistic
from policy_tools.model.secondment import Secondment, SecondmentNotes


@dataclass(frozen=True, slots=True)
class Shelves:
    """The records of a library, each kind in its own order: papers newest first, the rest as listed.

    `papers` holds current papers; `earlier_versions` the frozen ones. Mappings are keyed by id.
    """

    papers: tuple[Paper, ...] = ()
    earlier_versions: tuple[Paper, ...] = ()
    pages: tuple[Page, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    institutes: Mapping[str, Institute] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    glossary: Mapping[str, GlossaryEntry] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    departments: Mapping[str, Department] = field(default_factory=dict)
    recommendations: Mapping[str, Recommendation] = field(default_factory=dict)
    packs: Mapping[str, Pack] = field(default_factory=dict)
    secondments: Mapping[str, Secondment] = field(default_factory=dict)
    statistics: Mapping[str, Statistic] = field(default_factory=dict)
    seats: Mapping[str, Seat] = field(default_factory=dict)

    @property
    def all_papers(self) -> tuple[Paper, ...]:
        """Current papers, then earlier versions."""
        return self.papers + self.earlier_versions

    def author_names(self, paper: Paper) -> tuple[str, ...]:
        """Its authors as printed; one whose record is missing stands as the paper has it."""
        return tuple(
            author.name
            if isinstance(author, InlineAuthor)
            else self.people[author].name
            if author in self.people
            else author
            for author in paper.record.authors
        )

    def series_line(self, paper: Paper) -> str:
        """Series and number, "Briefing 4", or the series alone while the paper has no number."""
        series = self.series.get(paper.record.series)
        title = series.title if series else paper.record.series
        return f"{title} {paper.record.number}" if paper.record.number else title

    def publisher_of(self, paper: Paper, otherwise: str) -> str:
        """The id of the institute that publishes a paper: its first programme's, or else the site's own."""
        for name in paper.record.programmes:
            programme = self.programmes.get(name)
            if programme and programme.institute in self.institutes:
                return programme.institute
        return otherwise


@dataclass(frozen=True, slots=True)
class Library(Shelves):
    """Everything loaded, secrets included: only `clear` and the checks may hold one.

    `withheld_paths` names files that could not be read well enough to know who may see them. The notes are
    keyed by the id of what they belong to.
    """

    recommendation_notes: Mapping[str, RecommendationNotes] = field(default_factory=dict)
    secondment_notes: Mapping[str, SecondmentNotes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    withheld_paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawnPaper:
    """A paper that was public and has been taken back: all that may be told of it.

    On `days` it or one of its recommendations changed; `days_of_figures` are those of the statistics from
    which briefs were made; `recommendations` are ids.
    """

    slug: str
    version: int
    programmes: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    days_of_figures: tuple[date, ...] = ()
    recommendations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicLibrary(Shelves):
    """What the public may see at one moment. Made by `policy_tools.clear` and by nothing else.

    `withdrawn` is for those who hold a copy of what is no longer published.
    """

    withdrawn: tuple[WithdrawnPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class PackLibrary(Shelves):
    """What one pack may be made of: what the public may see, and for a secondment what is meant for it.

    Made by `policy_tools.clear.audience` and by nothing else. `papers` and `earlier_versions` hold also those
    private papers that the recipe names; the notes are those that this recipient may have. `unpublished` is
    the slugs of papers that the public may not see, each with the moment until which it is embargoed, by the
    site's clock; None where no moment is set. `withdrawn` is for public packs, copies of which
    may hold those papers.
    """

    recommendation_notes: Mapping[str, RecommendationNotes] = field(default_factory=dict)
    secondment_note: SecondmentNotes | None = None
    unpublished: Mapping[str, datetime | None] = field(default_factory=dict)
    withdrawn: tuple[WithdrawnPaper, ...] = ()
