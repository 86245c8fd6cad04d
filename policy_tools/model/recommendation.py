"""A recommendation: a numbered, permanent ask, and all that is needed to make it and to answer for it.

The words of the ask stand in the paper, in its `::: {.recommendation #id}`; the record beside the paper says
who has to do what, by which power, at what cost, in what order, and what will be said against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from policy_tools.model.record import (
    Count,
    FinancialYear,
    Millions,
    Nation,
    OneOrMore,
    PlainDate,
    Record,
    Slug,
    Text,
    TrueOrFalse,
)

AskType: TypeAlias = Literal[
    "legislate",
    "tax",
    "spend",
    "borrow",
    "regulate",
    "institution",
    "appoint",
    "guidance",
    "treaty",
    "review",
]
VehicleKind: TypeAlias = Literal[
    "primary",
    "finance-bill",
    "si-affirmative",
    "si-negative",
    "order-in-council",
    "prerogative",
    "estimate",
    "direction",
    "admin",
    "none",
]
Competence: TypeAlias = Literal["reserved", "devolved", "n/a"]
BudgetKind: TypeAlias = Literal["rdel", "cdel", "ame", "revenue", "fin-transaction"]
Rating: TypeAlias = Literal["low", "medium-low", "medium", "medium-high", "high", "very-high"]
Phase: TypeAlias = Literal[
    "first-100-hours", "four-weeks", "100-days", "first-session", "first-year", "first-term", "later"
]
Strength: TypeAlias = Literal["strong", "moderate", "limited", "contested", "untested"]
Objector: TypeAlias = Literal[
    "treasury",
    "department",
    "accounting-officer",
    "regulator",
    "ons",
    "markets",
    "industry",
    "union",
    "devolved-government",
    "press",
    "party",
]
Ground: TypeAlias = Literal[
    "regularity",
    "propriety",
    "value-for-money",
    "feasibility",
    "legality",
    "classification",
    "subsidy-control",
    "capacity",
    "precedent",
    "distribution",
]
State: TypeAlias = Literal[
    "proposed",
    "adopted",
    "in-manifesto",
    "announced",
    "consulted",
    "bill",
    "act",
    "commenced",
    "delivered",
    "dropped",
    "cannot-be-rated",
]
DevolvedNation: TypeAlias = Literal["scotland", "wales", "northern-ireland"]


class Owner(Record):
    """Who has to act: departments by their ids; `minister` is an office, not a name."""

    lead_department: Slug
    minister: Text | None = None
    others: Annotated[tuple[Slug, ...], OneOrMore] = ()
    bodies: Annotated[tuple[Text, ...], OneOrMore] = ()


class Vehicle(Record):
    """By what instrument: `power` names the enactment relied on, `bill` the Bill that would carry it."""

    kind: VehicleKind
    power: Text | None = None
    bill: Text | None = None


class NationsAffected(Record):
    """For each nation whether the matter is reserved to Westminster or devolved there, or does not arise."""

    england: Competence = "n/a"
    scotland: Competence = "n/a"
    wales: Competence = "n/a"
    northern_ireland: Competence = "n/a"

    @property
    def affected(self) -> tuple[Nation, ...]:
        """The nations in which it bites."""
        answers: tuple[tuple[Nation, Competence], ...] = (
            ("england", self.england),
            ("scotland", self.scotland),
            ("wales", self.wales),
            ("northern-ireland", self.northern_ireland),
        )
        return tuple(nation for nation, competence in answers if competence != "n/a")


class ConsentMotion(Record):
    """The legislative consent motion by which a devolved legislature agrees to an Act of Parliament."""

    legislatures: Annotated[tuple[DevolvedNation, ...], Field(min_length=1), OneOrMore]
    state: Literal["to-seek", "sought", "given", "refused"] = "to-seek"
    note: Text | None = None


class CostLine(Record):
    """One financial year, in £ million: plus improves the public finances, minus worsens them.

    `low`, `central` and `high` rise in that order; `central` is the mean estimate.
    """

    year: FinancialYear
    kind: BudgetKind
    low: Millions
    central: Millions
    high: Millions


class Uncertainty(Record):
    """How sure a costing is, in the ratings that the Office for Budget Responsibility uses."""

    data: Rating
    modelling: Rating
    behaviour: Rating
    overall: Rating


class Cost(Record):
    """The costing: `price_base` says whose pounds the lines are in, such as "2025-26 prices" or "cash"."""

    price_base: Text | None = None
    lines: tuple[CostLine, ...] = ()
    method: Text | None = None
    source: Text | None = None
    uncertainty: Uncertainty | None = None


class Milestone(Record):
    """A step on the way: on a `date`, or on a `day` counted from the day the government takes office."""

    title: Text
    date: PlainDate | None = None
    day: Count | None = None


class Timeline(Record):
    """When it is done: the phase of a government in which it begins, and its steps in order."""

    phase: Phase
    start: PlainDate | None = None
    milestones: tuple[Milestone, ...] = ()


class Precedent(Record):
    """Where it has been tried, when, and what came of it."""

    where: Text
    when: Text
    result: Text
    source: Text | None = None


class Evidence(Record):
    """How well it is known to work, on what ground, and what is not known."""

    strength: Strength
    basis: Annotated[tuple[Text, ...], OneOrMore] = ()
    precedents: tuple[Precedent, ...] = ()
    gaps: Text | None = None


class Objection(Record):
    """What will be said against it, by whom, on which ground, and the answer.

    Regularity, propriety, value for money and feasibility are the Accounting Officer's four tests; the formal
    reply to one that stands is a ministerial direction (`direction_needed`).
    """

    raised_by: Objector
    ground: Ground
    claim: Text
    response: Text
    direction_needed: TrueOrFalse = False
    source: Text | None = None


class Question(Record):
    """A question that will be put, the answer, and what to say to the next one."""

    q: Text
    a: Text
    follow_up: Text | None = None


class StatusEntry(Record):
    """A state it was in before, from which day, and by what source we know."""

    state: State
    date: PlainDate
    source: Text | None = None


class RecommendationStatus(Record):
    """What has become of it; `log` holds its earlier states, oldest first."""

    state: State
    date: PlainDate
    source: Text | None = None
    log: tuple[StatusEntry, ...] = ()


class RecommendationRecord(Record):
    """One of a paper's `recommendations.yaml`, under the id of its div. Fields: docs/records.md."""

    title: Text
    ask_type: AskType
    owner: Owner
    vehicle: Vehicle
    nations: NationsAffected
    extent: Annotated[tuple[Nation, ...], OneOrMore] = ()
    application: Annotated[tuple[Nation, ...], OneOrMore] = ()
    consent_motion: ConsentMotion | None = None
    why_now: Text | None = None
    cost: Cost | None = None
    timeline: Timeline
    depends_on: Annotated[tuple[Slug, ...], OneOrMore] = ()
    blocks: Annotated[tuple[Slug, ...], OneOrMore] = ()
    evidence: Evidence
    objections: tuple[Objection, ...] = ()
    lines_to_take: Annotated[tuple[Text, ...], OneOrMore] = ()
    qa: tuple[Question, ...] = ()
    questions: Annotated[tuple[Text, ...], OneOrMore] = ()
    winners: Text | None = None
    losers: Text | None = None
    regional: Text | None = None
    equality: Text | None = None
    statistics: Annotated[tuple[Slug, ...], OneOrMore] = ()
    status: RecommendationStatus


class RecommendationNotes(Record):
    """One of `content/private/recommendation-notes.yaml`: for those who make the case and nobody else.

    They go into the private packs that select the recommendation; with `only_for`, into those of the named
    secondments alone.
    """

    concede: Text | None = None
    fallback: Text | None = None
    do_not_say: Annotated[tuple[Text, ...], OneOrMore] = ()
    if_pressed: Text | None = None
    only_for: Annotated[tuple[Slug, ...], OneOrMore] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation as loaded: its record, and the paper in whose text it stands.

    `paper` is the paper's slug; `path` and `line` are where the record stands, and `places` where its values
    do, by their steps joined with dots (`status.date`). `programmes` and `topics` are its paper's.
    `is_private` tells that the record came from content/private/.
    """

    id: str
    paper: str
    record: RecommendationRecord
    path: str
    line: int
    programmes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    is_private: bool = False
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, hash=False, compare=False, repr=False)

    @property
    def address(self) -> str:
        """Where its page stands, relative to the site's root, with a closing slash. Never reused."""
        return f"recommendations/{self.id}/"

    @property
    def total(self) -> tuple[Decimal, Decimal, Decimal]:
        """Low, central and high over all years and kinds, in £ million; zeros without a costing."""
        lines = self.record.cost.lines if self.record.cost else ()
        return (
            sum((line.low for line in lines), Decimal()),
            sum((line.central for line in lines), Decimal()),
            sum((line.high for line in lines), Decimal()),
        )
