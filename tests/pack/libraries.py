"""Small libraries for packs, and a recommendation that says everything."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from policy_tools.model.document import RecommendationBox
from policy_tools.model.library import PackLibrary
from policy_tools.model.paper import Paper
from policy_tools.model.recommendation import Recommendation, RecommendationNotes
from policy_tools.model.secondment import SecondmentNotes
from policy_tools.model.site import Site
from tests.clear.shelves import make_paper
from tests.small_records import (
    make_department,
    make_institute,
    make_programme,
    make_recommendation,
    make_secondment,
    make_series,
    make_statistic,
    make_team,
)

SITE = Site(
    root=Path("/site"),
    content=Path("/site/content"),
    output=Path("/site/output"),
    cache=Path("/site/.cache"),
    name="Trivet",
    tagline="",
    url="https://trivet.example",
    institute="trivet",
    timezone="Europe/London",
)
FULL: dict[str, Any] = {
    "title": "Settle the ownership",
    "owner": {
        "lead_department": "hmt",
        "minister": "Chancellor",
        "others": ["dbt"],
        "bodies": ["National Wealth Fund"],
    },
    "vehicle": {"kind": "primary", "power": "Act of 2023, s. 1", "bill": "Bank Bill"},
    "nations": {"england": "reserved", "scotland": "devolved", "wales": "devolved"},
    "extent": ["england", "wales"],
    "application": ["scotland"],
    "consent_motion": {"legislatures": ["scotland"], "note": "Ask before the Bill."},
    "why_now": "The word is discounted.",
    "cost": {
        "price_base": "2025-26 prices",
        "lines": [
            {"year": "2027-28", "kind": "rdel", "low": -1300, "central": -1250, "high": -1200},
            {"year": "2028-29", "kind": "revenue", "low": 1, "central": 20, "high": 30},
        ],
        "method": "By hand.",
        "source": "Our sums",
        "uncertainty": {"data": "low", "modelling": "medium", "behaviour": "high", "overall": "medium-high"},
    },
    "timeline": {
        "phase": "first-session",
        "start": "2027-01-11",
        "milestones": [{"title": "Bill", "day": 90}],
    },
    "depends_on": ["nib-02"],
    "blocks": ["nib-03"],
    "evidence": {
        "strength": "strong",
        "basis": ["Studies find it."],
        "precedents": [{"where": "Germany", "when": "1948", "result": "It stayed.", "source": "KfW"}],
        "gaps": "Nobody has measured it.",
    },
    "objections": [
        {"raised_by": "party", "ground": "precedent", "claim": "Others will ask.", "response": "Let them."},
        {
            "raised_by": "treasury",
            "ground": "value-for-money",
            "claim": "It is dear.",
            "response": "It is not.",
            "direction_needed": True,
            "source": "A letter",
        },
    ],
    "lines_to_take": ["A promise is a promise."],
    "qa": [{"q": "Why?", "a": "Because.", "follow_up": "Still because."}],
    "questions": ["Will the Minister say so?"],
    "winners": "Lenders.",
    "losers": "Buyers.",
    "regional": "The North.",
    "equality": "No effect.",
    "statistics": ["turnout"],
    "status": {
        "state": "announced",
        "date": "2026-03-04",
        "source": "A speech",
        "log": [{"state": "proposed", "date": "2026-02-01"}],
    },
}
NOTES = RecommendationNotes(
    concede="The date.", fallback="A resolution.", do_not_say=("Never say so.",), if_pressed="Read it aloud."
)


def make_full_ask(id_: str = "nib-01", **fields: Any) -> Recommendation:  # noqa: ANN401
    return make_recommendation(id_, **(FULL | fields))


def make_shelves(
    papers: Iterable[Paper] | None = None,
    asks: Iterable[Recommendation] | None = None,
    *,
    earlier: Iterable[Paper] = (),
    notes: Mapping[str, RecommendationNotes] | None = None,
    secondment_note: SecondmentNotes | None = None,
    **records: Any,  # noqa: ANN401
) -> PackLibrary:
    """What one pack may be made of: a paper on a bank, and what it recommends."""
    chosen = (make_full_ask(), make_recommendation("nib-02"), make_recommendation("nib-03"))
    return PackLibrary(
        papers=tuple(papers if papers is not None else (make_paper(title="A bank"),)),
        earlier_versions=tuple(earlier),
        people={"economy-team": make_team(email="team@trivet.example")},
        programmes={"economy": make_programme(lead="economy-team")},
        institutes={"trivet": make_institute()},
        series={"paper": make_series()},
        departments={
            "hmt": make_department(accounting_officer="Permanent Secretary", minister="Chancellor"),
            "dbt": make_department(id="dbt", name="Business", abbreviation="DBT"),
        },
        recommendations={ask.id: ask for ask in (asks if asks is not None else chosen)},
        secondments={"leader": make_secondment()},
        recommendation_notes=notes or {},
        secondment_note=secondment_note,
        **({"statistics": {"turnout": make_statistic()}} | records),
    )


def make_boxes(*ids: str, paper: str = "nib") -> dict[str, tuple[RecommendationBox, ...]]:
    """The words of asks as a paper prints them."""
    return {
        paper: tuple(
            RecommendationBox(
                id_, number, f"<p><strong>Do {id_}.</strong> At once.</p>", f"Do {id_}. At once."
            )
            for number, id_ in enumerate(ids, start=1)
        )
    }
