"""The policy bank for machines: every recommendation as JSON, as two CSV tables, and as JSON-LD.

Figures are in £ million, plus improving the public finances; departments stand by id, with their names
beside. A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from policy_tools.describe.licences import LICENCE_ADDRESSES
from policy_tools.model.costing import total_by_year
from policy_tools.model.library import Shelves
from policy_tools.model.recommendation import Recommendation, RecommendationRecord
from policy_tools.model.site import Site

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    "id title ask paper paper_title programmes ask_type lead_department lead_department_name minister "
    "other_departments bodies vehicle power bill england scotland wales northern_ireland extent application "
    "phase start evidence status status_date status_source price_base low central high depends_on blocks url"
).split()
_COSTING_COLUMNS = ("id", "title", "year", "kind", "low", "central", "high", "price_base")


def format_bank_json(
    recommendations: Sequence[Recommendation], library: Shelves, site: Site, asks: Mapping[str, str]
) -> str:
    """The whole bank; `asks` are the words of each recommendation, by its id."""
    bank = {
        "name": f"Recommendations of {site.name}",
        "url": f"{site.url}/recommendations/" if site.url else "",
        "unit": "£ million; plus improves the public finances",
        "departments": {
            id_: {"name": item.name, "abbreviation": item.abbreviation}
            for id_, item in library.departments.items()
        },
        "recommendations": [
            _describe(item, library, site, asks.get(item.id, "")) for item in recommendations
        ],
        "totals": [
            {"year": year.year, "low": year.low, "central": year.central, "high": year.high}
            for year in total_by_year(recommendations)
        ],
    }
    return json.dumps(_plain(bank), ensure_ascii=False, indent=1) + "\n"


def format_bank_csv(
    recommendations: Iterable[Recommendation], library: Shelves, site: Site, asks: Mapping[str, str]
) -> str:
    """A row for each recommendation."""
    rows = (_row(item, library, site, asks.get(item.id, "")) for item in recommendations)
    return _format_table(_COLUMNS, ([row[column] for column in _COLUMNS] for row in rows))


def format_costings_csv(recommendations: Iterable[Recommendation]) -> str:
    """A row for each line of each costing."""
    return _format_table(
        _COSTING_COLUMNS,
        (
            [
                item.id,
                item.record.title,
                line.year,
                line.kind,
                line.low,
                line.central,
                line.high,
                cost.price_base or "",
            ]
            for item in recommendations
            if (cost := item.record.cost)
            for line in cost.lines
        ),
    )


def build_recommendation_json_ld(
    recommendation: Recommendation, library: Shelves, site: Site, ask: str
) -> dict[str, Any]:
    """A recommendation as a creative work that is part of its paper; schema.org has nothing nearer."""
    paper = next(paper for paper in library.papers if paper.slug == recommendation.paper)
    institute = library.institutes.get(library.publisher_of(paper, site.institute))
    work = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": recommendation.record.title,
        "identifier": recommendation.id,
        "text": ask,
        "creativeWorkStatus": recommendation.record.status.state,
        "datePublished": paper.record.published.isoformat(),
        "dateModified": max(recommendation.record.status.date, paper.record.published).isoformat(),
        "inLanguage": paper.record.language,
        "license": LICENCE_ADDRESSES.get(paper.record.licence, paper.record.licence),
        "publisher": {"@type": "Organization", "name": institute.name if institute else site.name},
        "isPartOf": {
            "@type": "Report",
            "name": paper.record.title,
            **({"url": f"{site.url}/{paper.address}"} if site.url else {}),
        },
        "url": f"{site.url}/{recommendation.address}" if site.url else "",
    }
    return {name: value for name, value in work.items() if value}


def _describe(item: Recommendation, library: Shelves, site: Site, ask: str) -> dict[str, Any]:
    low, central, high = item.total
    return {
        "id": item.id,
        "url": f"{site.url}/{item.address}" if site.url else "",
        "paper": item.paper,
        "paper_title": _title_of_paper(item, library),
        "programmes": item.programmes,
        "topics": item.topics,
        "ask": ask,
        **item.record.model_dump(exclude_none=True),
        "total": {"low": low, "central": central, "high": high} if _is_costed(item.record) else None,
    }


def _row(item: Recommendation, library: Shelves, site: Site, ask: str) -> dict[str, Any]:
    record = item.record
    department = library.departments.get(record.owner.lead_department)
    low, central, high = item.total if _is_costed(record) else ("", "", "")
    return {
        "id": item.id,
        "title": record.title,
        "ask": ask,
        "paper": item.paper,
        "paper_title": _title_of_paper(item, library),
        "programmes": item.programmes,
        "ask_type": record.ask_type,
        "lead_department": record.owner.lead_department,
        "lead_department_name": department.name if department else "",
        "minister": record.owner.minister or (department.minister if department else None),
        "other_departments": record.owner.others,
        "bodies": record.owner.bodies,
        "vehicle": record.vehicle.kind,
        "power": record.vehicle.power,
        "bill": record.vehicle.bill,
        **record.nations.model_dump(),
        "extent": record.extent,
        "application": record.application,
        "phase": record.timeline.phase,
        "start": record.timeline.start,
        "evidence": record.evidence.strength,
        "status": record.status.state,
        "status_date": record.status.date,
        "status_source": record.status.source,
        "price_base": record.cost.price_base if record.cost else None,
        "low": low,
        "central": central,
        "high": high,
        "depends_on": record.depends_on,
        "blocks": record.blocks,
        "url": f"{site.url}/{item.address}" if site.url else "",
    }


def _title_of_paper(item: Recommendation, library: Shelves) -> str:
    return next((paper.record.title for paper in library.papers if paper.slug == item.paper), "")


def _is_costed(record: RecommendationRecord) -> bool:
    return bool(record.cost and record.cost.lines)


def _format_table(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """As RFC 4180 has it, with a byte-order mark, without which spreadsheets misread the pound sign."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" + target.getvalue()


def _cell(value: object) -> str:
    """Lists are joined by semicolons; figures stand as they are, words never as a formula."""
    if isinstance(value, Decimal):
        return str(value)
    text = "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Figures as numbers, dates as text, nothing that is empty."""
    if isinstance(value, Mapping):
        return {
            name: _plain(item) for name, item in value.items() if item is not None and item not in ("", ())
        }
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, str | int | float) else str(value)
