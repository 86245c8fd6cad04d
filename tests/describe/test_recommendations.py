"""The bank for machines: whole, with figures as numbers, and nothing that a spreadsheet would run."""

import csv
import io
import json
from dataclasses import replace

from policy_tools.describe.recommendations import (
    build_recommendation_json_ld,
    format_bank_csv,
    format_bank_json,
    format_costings_csv,
)
from policy_tools.model.site import Site
from tests.edition.asks import make_recommendation
from tests.edition.sample import HERE, make_library

SITE = Site(
    root=HERE,
    content=HERE,
    output=HERE,
    cache=HERE,
    name="The Example Institute",
    tagline="",
    url="https://tank.example",
    institute="tank",
    timezone="Europe/London",
)
LIBRARY = make_library()
ITEMS = tuple(LIBRARY.recommendations.values())
ASKS = {"nib-01": "The Treasury should found a bank."}


def read_table(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_json_holds_the_whole_record_with_figures_as_numbers() -> None:
    bank = json.loads(format_bank_json(ITEMS, LIBRARY, SITE, ASKS))
    first = bank["recommendations"][0]
    assert first["url"] == "https://tank.example/recommendations/nib-01/"
    assert first["ask"] == ASKS["nib-01"]
    assert first["objections"][0]["direction_needed"] is True
    assert first["timeline"]["milestones"][1] == {"title": "First loan made", "date": "2028-03-01"}
    assert first["total"] == {"low": -1500, "central": -1250, "high": -1000}
    assert "total" not in bank["recommendations"][2]
    assert "cost" not in bank["recommendations"][2]
    assert bank["departments"]["hmt"] == {"name": "HM Treasury", "abbreviation": "HMT"}
    assert bank["unit"].startswith("£ million")


def test_csv_has_a_row_each_and_ends_its_lines_as_the_standard_says() -> None:
    text = format_bank_csv(ITEMS, LIBRARY, SITE, ASKS)
    assert text.count("\r\n") == len(ITEMS) + 1
    rows = read_table(text)
    assert rows[0]["other_departments"] == "dbt"
    assert rows[0]["bodies"] == "UK Government Investments; Office for National Statistics"
    assert rows[0]["scotland"] == "devolved"
    assert rows[2]["low"] == ""
    assert rows[1]["minister"] == "Chancellor of the Exchequer"  # who heads the department that leads


def test_words_never_become_a_formula_and_figures_stay_figures() -> None:
    nasty = make_recommendation(
        "nib-01", title="=cmd|' /C calc'!A0", why_now="-1+2", cost=ITEMS[0].record.cost
    )
    rows = read_table(format_bank_csv((nasty,), LIBRARY, SITE, {"nib-01": "@SUM(A1)"}))
    assert rows[0]["title"] == "'=cmd|' /C calc'!A0"
    assert rows[0]["ask"] == "'@SUM(A1)"
    assert rows[0]["central"] == "-1250"
    lines = read_table(format_costings_csv((nasty,)))
    assert lines[0]["title"].startswith("'=")
    assert lines[0]["central"] == "-250"


def test_json_ld_names_the_paper_it_is_part_of() -> None:
    work = build_recommendation_json_ld(ITEMS[0], LIBRARY, SITE, ASKS["nib-01"])
    assert work["@context"] == "https://schema.org"
    assert work["isPartOf"]["url"] == "https://tank.example/papers/national-investment-bank/"
    assert work["dateModified"] == "2026-12-01"
    assert work["publisher"]["name"] == "The Example Institute"


def test_a_site_without_an_address_claims_none() -> None:
    site = replace(SITE, url="")
    assert "url" not in build_recommendation_json_ld(ITEMS[0], LIBRARY, site, "")
    assert read_table(format_bank_csv(ITEMS, LIBRARY, site, {}))[0]["url"] == ""
    assert "url" not in json.loads(format_bank_json(ITEMS, LIBRARY, site, {}))["recommendations"][0]
