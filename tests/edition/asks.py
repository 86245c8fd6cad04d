"""Recommendations and departments of the sample: one with everything, and others that hang on it."""

from datetime import date
from decimal import Decimal
from typing import Any

from policy_tools.model.department import Department
from policy_tools.model.recommendation import Recommendation, RecommendationRecord

PROPOSED = {"state": "proposed", "date": date(2026, 11, 22)}


def make_recommendation(
    id_: str,
    paper: str = "national-investment-bank",
    programmes: tuple[str, ...] = ("economy", "public-services"),
    **fields: Any,  # noqa: ANN401
) -> Recommendation:
    """A recommendation with everything that is required, and what the test says besides."""
    record: dict[str, Any] = {
        "title": f"Do what {id_} asks",
        "ask_type": "legislate",
        "owner": {"lead_department": "hmt"},
        "vehicle": {"kind": "primary"},
        "nations": {"england": "reserved"},
        "timeline": {"phase": "first-session"},
        "evidence": {"strength": "moderate"},
        "status": PROPOSED,
    }
    return Recommendation(
        id_,
        paper,
        RecommendationRecord(**(record | fields)),
        f"content/papers/{paper}/recommendations.yaml",
        1,
        programmes,
    )


def make_cost(base: str = "2025-26 prices", **years: int) -> dict[str, Any]:
    """A costing with a line for each year, `y2027=-250`, whose range is a fifth either way."""
    return {
        "price_base": base,
        "lines": tuple(
            {
                "year": f"{year[1:]}-{int(year[1:]) % 100 + 1:02}",
                "kind": "cdel",
                "low": Decimal(value) - Decimal(abs(value)) / 5,
                "central": Decimal(value),
                "high": Decimal(value) + Decimal(abs(value)) / 5,
            }
            for year, value in years.items()
        ),
    }


def make_full_recommendation() -> Recommendation:
    """Every field filled in."""
    return make_recommendation(
        "nib-01",
        title="Found the bank by direction",
        ask_type="institution",
        owner={
            "lead_department": "hmt",
            "minister": "Chancellor of the Exchequer",
            "others": ("dbt",),
            "bodies": ("UK Government Investments", "Office for National Statistics"),
        },
        vehicle={"kind": "direction", "power": "UK Infrastructure Bank Act 2023, s. 4", "bill": "Bank Bill"},
        nations={
            "england": "reserved",
            "scotland": "devolved",
            "wales": "reserved",
            "northern_ireland": "reserved",
        },
        extent=("england", "wales"),
        application=("england",),
        consent_motion={"legislatures": ("scotland",), "state": "sought", "note": "Laid in May"},
        why_now="The first Budget decides what can be built in this Parliament.",
        cost=make_cost(y2027=-250, y2028=-1000)
        | {
            "method": "Capital paid in, less dividends.",
            "source": "Our model of the balance sheet.",
            "uncertainty": {
                "data": "low",
                "modelling": "medium",
                "behaviour": "high",
                "overall": "medium-high",
            },
        },
        timeline={
            "phase": "100-days",
            "start": date(2027, 1, 4),
            "milestones": (
                {"title": "Direction given", "day": 30},
                {"title": "First loan made", "date": date(2028, 3, 1)},
            ),
        },
        blocks=("tax-02",),
        evidence={
            "strength": "moderate",
            "basis": ("Fourteen banks abroad.", "Two of our own"),
            "precedents": (
                {
                    "where": "Germany",
                    "when": "since 1948",
                    "result": "A profit in most years",
                    "source": "KfW",
                },
            ),
            "gaps": "How fast staff can be found.",
        },
        objections=(
            {
                "raised_by": "accounting-officer",
                "ground": "value-for-money",
                "claim": "The return is below what the Green Book asks.",
                "response": "It is above it once the whole life is counted.",
                "direction_needed": True,
                "source": "Treasury Minutes",
            },
            {
                "raised_by": "ons",
                "ground": "classification",
                "claim": "It will count as public debt.",
                "response": "It will, and so will what it owns.",
            },
        ),
        lines_to_take=("It lends beside private banks, never in place of them.",),
        qa=({"q": "Who pays?", "a": "The Treasury, once.", "follow_up": "Losses stay within the capital."},),
        questions=("When will the direction be given?",),
        winners="Places where nobody lends.",
        losers="None directly.",
        regional="Most in the North.",
        equality="No effect found.",
        status={
            "state": "announced",
            "date": date(2026, 12, 1),
            "source": "Autumn Statement",
            "log": ({"state": "proposed", "date": date(2026, 11, 22), "source": "The paper"},),
        },
    )


def make_recommendations() -> dict[str, Recommendation]:
    """Five: one with everything, one with nothing besides, and three that hang on them."""
    return {
        item.id: item
        for item in (
            make_full_recommendation(),
            make_recommendation(
                "nib-02",
                title="Give it a mandate in law",
                depends_on=("nib-01",),
                cost=make_cost("cash", y2028=40),
            ),
            make_recommendation("tax-01", "tax-gap", ("economy",), owner={"lead_department": "hmrc"}),
            make_recommendation(
                "tax-02",
                "tax-gap",
                ("economy",),
                owner={"lead_department": "hmt", "others": ("hmrc",)},
                vehicle={"kind": "finance-bill"},
                cost=make_cost(y2027=900, y2028=1200),
                depends_on=("tax-01",),
                timeline={"phase": "first-100-hours"},
            ),
            make_recommendation(
                "care-01",
                "care-at-home",
                ("public-services",),
                owner={"lead_department": "dhsc"},
                vehicle={"kind": "admin"},
                nations={"england": "devolved"},
                evidence={"strength": "strong"},
                timeline={"phase": "first-term"},
                depends_on=("nib-02", "tax-02"),
            ),
        )
    }


def make_departments() -> dict[str, Department]:
    """One with everything, two with a name alone; `dhsc` has no record."""
    return {
        item.id: item
        for item in (
            Department(
                id="hmt",
                name="HM Treasury",
                abbreviation="HMT",
                minister="Chancellor of the Exchequer",
                accounting_officer="Permanent Secretary to the Treasury",
                former_names=("Exchequer",),
                url="https://www.gov.uk/government/organisations/hm-treasury",
                path="content/departments.yaml",
            ),
            Department(id="dbt", name="Department for Business and Trade", abbreviation="DBT"),
            Department(id="hmrc", name="HM Revenue and Customs", abbreviation="HMRC"),
        )
    }
