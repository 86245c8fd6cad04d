"""A recommendation's page: the ask, who has to act, what it costs, what will be said against it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.describe.recommendations import build_recommendation_json_ld
from policy_tools.edition.answers import Answers, build_answers
from policy_tools.edition.ask_text import load_ask
from policy_tools.edition.bank import RECOMMENDATIONS, AskLink, DepartmentName, format_nations
from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Link, build_head
from policy_tools.edition.costs import Costing, CostWords, build_costing, word_cost
from policy_tools.edition.documents import DocumentSummary, DownloadLine, RecommendationLine, list_downloads
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.wording import PrintedDate, excerpt, format_date, format_sentence
from policy_tools.model.description import Description
from policy_tools.model.recommendation import Milestone, Precedent, Recommendation
from policy_tools.model.terms import (
    ASK_TYPES,
    COMPETENCES,
    CONSENT_STATES,
    NATIONS,
    PHASES,
    STATES,
    STRENGTHS,
    VEHICLES,
)

_DESCRIPTION = 280


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A state, since when, and how we know."""

    state: str
    date: PrintedDate
    source: str


@dataclass(frozen=True, slots=True)
class NationRow:
    """One nation: whose matter it is, whether the law becomes part of its own, whether it bites there."""

    nation: str
    competence: str
    extends: bool
    applies: bool


@dataclass(frozen=True, slots=True)
class Consent:
    """The legislative consent motion."""

    legislatures: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A step: on a date, or "Day 30"."""

    title: str
    date: PrintedDate | None
    day: int | None


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """How well it is known to work; `statistics` say what is counted, in what, by whom, and on what terms."""

    strength: str
    basis: tuple[str, ...]
    precedents: tuple[Precedent, ...]
    gaps: str
    statistics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Connections:
    """What comes before, what comes after, and what cannot happen as well."""

    depends_on: tuple[AskLink, ...]
    needed_by: tuple[AskLink, ...]
    blocks: tuple[AskLink, ...]
    ruled_out_by: tuple[AskLink, ...]


@dataclass(frozen=True, slots=True)
class RecommendationView:
    """Everything a recommendation's page shows but its words, which `words_digest` stands for.

    `law` tells whether the nations' table has to say whose law and where it applies.
    """

    id: str
    title: str
    number: int
    paper: Link
    place: str
    programmes: tuple[Link, ...]
    ask_type: str
    phase: str
    start: PrintedDate | None
    cost: CostWords | None
    status: StatusLine
    log: tuple[StatusLine, ...]
    downloads: tuple[DownloadLine, ...]
    department: DepartmentName
    minister: str
    others: tuple[DepartmentName, ...]
    bodies: tuple[str, ...]
    vehicle: str
    power: str
    bill: str
    nations: tuple[NationRow, ...]
    where: str
    law: bool
    consent: Consent | None
    why_now: str
    milestones: tuple[MilestoneLine, ...]
    costing: Costing | None
    evidence: EvidenceView
    answers: Answers
    effects: tuple[tuple[str, str], ...]
    connections: Connections
    cite_as: str
    permanent: str
    words_digest: str


def build_recommendations(catalogue: Catalogue) -> Iterator[PageView]:
    """A page for each recommendation."""
    for recommendation in catalogue.bank.recommendations.values():
        yield _build_page(catalogue, recommendation)


def _build_page(catalogue: Catalogue, recommendation: Recommendation) -> PageView:
    paper = catalogue.papers[recommendation.paper]
    document = catalogue.documents[paper.id]
    view = _build_view(catalogue, recommendation)
    brand = catalogue.library.publisher_of(paper, catalogue.site.institute)
    line = _find_line(document, recommendation.id)
    said = line.text if line else ""
    record = build_recommendation_json_ld(recommendation, catalogue.library, catalogue.site, said)
    head = build_head(
        catalogue.chrome,
        recommendation.address,
        f"{view.title} ({view.id})",
        excerpt(said or view.title, _DESCRIPTION),
        section=RECOMMENDATIONS.address,
        breadcrumb=(RECOMMENDATIONS,),
        brand=brand if brand != catalogue.site.institute else "",
        records=Description(json_ld=json.dumps(record, ensure_ascii=False)),
    )
    root = "../" * recommendation.address.count("/")
    return build_page_view(
        catalogue.chrome,
        "recommendation.html",
        head,
        view,
        load_text=load_ask(document, recommendation.id, paper.address, root),
        source=recommendation.path,
    )


def _build_view(catalogue: Catalogue, recommendation: Recommendation) -> RecommendationView:
    record, bank = recommendation.record, catalogue.bank
    paper = catalogue.papers[recommendation.paper]
    line = _find_line(catalogue.documents[paper.id], recommendation.id)
    lead = catalogue.library.departments.get(record.owner.lead_department)
    return RecommendationView(
        id=recommendation.id,
        title=record.title,
        number=line.number if line else 0,
        paper=Link(paper.record.title, paper.address),
        place=f"{paper.address}#{recommendation.id}",
        programmes=tuple(
            Link(catalogue.library.programmes[name].title, f"programmes/{name}/")
            for name in recommendation.programmes
            if name in catalogue.library.programmes
        ),
        ask_type=ASK_TYPES[record.ask_type],
        phase=PHASES[record.timeline.phase],
        start=format_date(record.timeline.start) if record.timeline.start else None,
        cost=word_cost(recommendation),
        status=StatusLine(
            STATES[record.status.state],
            format_date(record.status.date),
            format_sentence(record.status.source),
        ),
        log=tuple(
            StatusLine(STATES[entry.state], format_date(entry.date), format_sentence(entry.source))
            for entry in record.status.log
        ),
        downloads=list_downloads(catalogue.downloads.get(f"brief:{recommendation.id}", ())),
        department=bank.name_department(record.owner.lead_department),
        minister=record.owner.minister or (lead.minister if lead else None) or "",
        others=tuple(bank.name_department(name) for name in record.owner.others),
        bodies=record.owner.bodies,
        vehicle=VEHICLES[record.vehicle.kind],
        power=record.vehicle.power or "",
        bill=record.vehicle.bill or "",
        nations=_list_nations(recommendation),
        where=format_nations(record.nations.affected),
        law=bool(record.extent or record.application),
        consent=_build_consent(recommendation),
        why_now=record.why_now or "",
        milestones=tuple(_build_milestone(item) for item in record.timeline.milestones),
        costing=build_costing(recommendation),
        evidence=EvidenceView(
            STRENGTHS[record.evidence.strength],
            tuple(format_sentence(item) for item in record.evidence.basis),
            record.evidence.precedents,
            record.evidence.gaps or "",
            tuple(_list_statistics(catalogue, recommendation)),
        ),
        answers=build_answers(record),
        effects=_list_effects(recommendation),
        connections=_connect(catalogue, recommendation),
        cite_as=_cite(catalogue, recommendation),
        permanent=f"{catalogue.site.url}/{recommendation.address}" if catalogue.site.url else "",
        words_digest=line.digest if line else "",
    )


def _find_line(document: DocumentSummary, id_: str) -> RecommendationLine | None:
    """The recommendation in its paper's text; None in a preview of a paper whose text lacks it."""
    return next((line for line in document.recommendations if line.id == id_), None)


def _list_nations(recommendation: Recommendation) -> tuple[NationRow, ...]:
    record = recommendation.record
    competences = record.nations.model_dump()
    return tuple(
        NationRow(
            name,
            COMPETENCES[competences[nation.replace("-", "_")]],
            nation in record.extent,
            nation in record.application,
        )
        for nation, name in NATIONS.items()
    )


def _build_consent(recommendation: Recommendation) -> Consent | None:
    motion = recommendation.record.consent_motion
    if motion is None:
        return None
    return Consent(
        format_nations(motion.legislatures), CONSENT_STATES[motion.state], format_sentence(motion.note)
    )


def _build_milestone(milestone: Milestone) -> MilestoneLine:
    return MilestoneLine(
        milestone.title, format_date(milestone.date) if milestone.date else None, milestone.day
    )


def _list_statistics(catalogue: Catalogue, recommendation: Recommendation) -> Iterator[str]:
    for name in recommendation.record.statistics:
        if statistic := catalogue.library.statistics.get(name):
            record = statistic.record
            source = format_sentence(f"{record.source.rstrip('.')}, {format_date(record.date).text}")
            yield f"{record.title} ({record.unit}). {source} {format_sentence(record.licence)}"


def _list_effects(recommendation: Recommendation) -> tuple[tuple[str, str], ...]:
    record = recommendation.record
    effects = (
        ("Who gains", record.winners),
        ("Who loses", record.losers),
        ("Regions", record.regional),
        ("Equality", record.equality),
    )
    return tuple((label, text) for label, text in effects if text)


def _connect(catalogue: Catalogue, recommendation: Recommendation) -> Connections:
    bank, record = catalogue.bank, recommendation.record
    return Connections(
        depends_on=bank.links(bank.find(record.depends_on)),
        needed_by=bank.links(bank.needed_by.get(recommendation.id, ())),
        blocks=bank.links(bank.find(record.blocks)),
        ruled_out_by=bank.links(bank.ruled_out_by.get(recommendation.id, ())),
    )


def _cite(catalogue: Catalogue, recommendation: Recommendation) -> str:
    """The recommendation, in the paper as that is cited, and its own address."""
    paper = catalogue.papers[recommendation.paper]
    cited = catalogue.cite_as.get(paper.id, "") or f"{paper.record.title}."
    address = f" {catalogue.site.url}/{recommendation.address}" if catalogue.site.url else ""
    return f"“{recommendation.record.title}” (recommendation {recommendation.id}), in {cited}{address}"
