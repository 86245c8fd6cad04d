"""Snapshots made by hand, for comparing."""

import json
from typing import Any

from policy_tools.pack.printed_words import Sentence
from policy_tools.pack.snapshot import Snapshot

ASK: dict[str, Any] = {
    "title": "Give the bank a statutory footing",
    "ask_type": "legislate",
    "owner": {"lead_department": "hmt", "minister": "Chancellor of the Exchequer"},
    "vehicle": {"kind": "primary", "power": "UK Infrastructure Bank Act 2023, s. 4"},
    "nations": {"england": "reserved", "scotland": "reserved", "wales": "n/a", "northern_ireland": "n/a"},
    "cost": {
        "price_base": "2025-26 prices",
        "lines": [
            {"year": "2027-28", "kind": "cdel", "low": "-300", "central": "-250", "high": "-200"},
            {"year": "2028-29", "kind": "cdel", "low": "-600", "central": "-500", "high": "-400"},
            {"year": "2028-29", "kind": "rdel", "low": "-30", "central": "-20", "high": "-10"},
        ],
        "method": "Ten equal parts.",
    },
    "timeline": {"phase": "100-days", "milestones": [{"title": "Bill introduced", "day": 90}]},
    "evidence": {"strength": "moderate", "basis": ["KfW.", "The Scottish bank."]},
    "objections": [
        {"raised_by": "treasury", "ground": "precedent", "claim": "It binds us.", "response": "It should."},
        {"raised_by": "ons", "ground": "classification", "claim": "It counts.", "response": "As an asset."},
    ],
    "lines_to_take": ["It lends.", "It earns.", "It stays."],
    "qa": [{"q": "Who pays?", "a": "Nobody yet."}],
    "winners": "Regions.",
    "status": {
        "state": "announced",
        "date": "2026-03-03",
        "source": "Spring Statement",
        "log": [{"state": "proposed", "date": "2026-01-15"}],
    },
}
PAPER: dict[str, Any] = {
    "title": "A National Investment Bank",
    "series": "paper",
    "programmes": ["economy"],
    "authors": ["economy-team", {"given": "Ada", "family": "Lovelace"}],
    "published": "2026-01-15",
    "version": 1,
    "status": "published",
    "summary": "A bank.",
    "key_points": ["One.", "Two.", "Three."],
    "corrections": [
        {
            "date": "2026-02-01",
            "severity": "minor",
            "where": "paragraph 2.1",
            "was": "£2 billion",
            "now": "£3 billion",
            "affects_conclusions": False,
        }
    ],
}
SENTENCES = (
    "It would lend.",
    "It would not be sold.",
    "It would lend.",
    "Section 4 of the Act allows it.",
    "Losses are charged at once.",
)


def make_snapshot() -> dict[str, Any]:
    """A pack of one paper with two recommendations, as JSON that a test may change."""
    sentences = [
        {"text": text, "section": "2 The bank", "paragraph": f"2.{number}"}
        for number, text in enumerate(SENTENCES, start=1)
    ]
    asks = {
        id_: {
            "paper": "nib",
            "fields": ASK,
            "words": [{"text": f"Found {id_}."}, {"text": "Do it soon."}],
            "notes": {"fallback": "Half of it.", "do_not_say": ["It is free.", "It is safe."]},
        }
        for id_ in ("nib-01", "nib-02")
    }
    values = {
        "pack": "day-one",
        "as_at": "2026-03-03",
        "recipe": {
            "title": "Day one",
            "summary": "For a Chancellor.",
            "audience": "secondment:treasury",
            "select": {"papers": ["nib"]},
            "parts": ["cover", "asks", "changes"],
            "stakeholders": [{"name": "The Bank", "interest": "Its independence."}],
        },
        "papers": {
            "nib": {
                "fields": PAPER,
                "sentences": sentences,
                "references": {"keynes1936": "Keynes, J. M. (1936) The General Theory."},
                "files": {"figures/growth.svg": {"size": 1234, "digest": "ab" * 32}},
            }
        },
        "recommendations": asks,
        "records": {"department hmt": {"name": "HM Treasury", "abbreviation": "HMT"}},
    }
    copy: dict[str, Any] = json.loads(json.dumps(values))  # of which no two parts are the same object
    return copy


def read(values: dict[str, Any]) -> Snapshot:
    return Snapshot.model_validate(values)


def sentence(text: str, **fields: str) -> Sentence:
    return Sentence.model_validate({"text": text, **fields})
