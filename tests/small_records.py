"""One record of each kind, as plain as the model allows, for libraries that tests make by hand."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from policy_tools.model.department import Department
from policy_tools.model.pack import Pack, PackRecord
from policy_tools.model.person import Person
from policy_tools.model.programme import Institute, Programme, Series
from policy_tools.model.recommendation import Recommendation, RecommendationRecord
from policy_tools.model.seat import Statistic, StatisticRecord
from policy_tools.model.secondment import Secondment


def make_institute(**fields: Any) -> Institute:  # noqa: ANN401 - fields are of every kind
    """Trivet, the publisher."""
    plain = {
        "id": "trivet",
        "name": "Trivet",
        "legal_form": "A charity",
        "address": ("1 Street", "London"),
        "publisher_place": "London",
    }
    return Institute.model_validate(plain | fields)


def make_programme(**fields: Any) -> Programme:  # noqa: ANN401
    """Its programme on the economy."""
    plain = {"id": "economy", "title": "Economy", "question": "Q?", "summary": "S", "institute": "trivet"}
    return Programme.model_validate(plain | fields)


def make_series(**fields: Any) -> Series:  # noqa: ANN401
    """Its papers."""
    return Series.model_validate(
        {"id": "paper", "title": "Paper", "plural": "Papers", "description": "D"} | fields
    )


def make_team(**fields: Any) -> Person:  # noqa: ANN401
    """Those who write them."""
    return Person.model_validate({"id": "economy-team", "name": "Economy team", "kind": "team"} | fields)


def make_department(**fields: Any) -> Department:  # noqa: ANN401
    """The Treasury, which leads."""
    return Department.model_validate({"id": "hmt", "name": "HM Treasury", "abbreviation": "HMT"} | fields)


def make_recommendation(
    id_: str = "nib-01",
    *,
    paper: str = "nib",
    is_private: bool = False,
    programmes: tuple[str, ...] = ("economy",),
    topics: tuple[str, ...] = (),
    **fields: Any,  # noqa: ANN401
) -> Recommendation:
    """What a paper asks of it."""
    plain = {
        "title": id_,
        "ask_type": "institution",
        "owner": {"lead_department": "hmt"},
        "vehicle": {"kind": "admin"},
        "nations": {"england": "reserved"},
        "timeline": {"phase": "100-days"},
        "evidence": {"strength": "moderate"},
        "status": {"state": "proposed", "date": "2026-01-15"},
    }
    record = RecommendationRecord.model_validate(plain | fields)
    folder = f"content/{'private/' if is_private else ''}papers/{paper}"
    return Recommendation(
        id_, paper, record, f"{folder}/recommendations.yaml", 3, programmes, topics, is_private=is_private
    )


def make_pack(
    id_: str = "day-one",
    *,
    is_private: bool = False,
    places: Mapping[str, tuple[int, int]] | None = None,
    **fields: Any,  # noqa: ANN401
) -> Pack:
    """A pack for everybody, of the whole programme."""
    plain = {
        "title": id_,
        "summary": "S",
        "audience": "public",
        "select": {"programmes": ["economy"]},
        "parts": ["cover", "asks", "annexes"],
    }
    path = f"content/{'private/' if is_private else ''}packs/{id_}.yaml"
    record = PackRecord.model_validate(plain | fields)
    return Pack(id_, record, path, is_private=is_private, places=places or {})


def make_secondment(**fields: Any) -> Secondment:  # noqa: ANN401
    """Somebody who is placed in an office."""
    plain = {
        "id": "leader",
        "person": "economy-team",
        "host": "An office",
        "host_kind": "committee",
        "role": "Adviser",
        "start": "2026-02-01",
        "programme": "economy",
        "seconded_by": "trivet",
        "basis": "commercial",
        "path": "content/secondments.yaml",
    }
    return Secondment.model_validate(plain | fields)


def make_statistic(id_: str = "turnout", *, is_private: bool = False, **fields: Any) -> Statistic:  # noqa: ANN401
    """A figure by seat."""
    plain = {
        "title": "Turnout",
        "unit": "per cent",
        "sentence": "In {seat}, it was {value}; in the United Kingdom, {uk}.",
        "source": "A library",
        "date": "2024-07-04",
        "licence": "A licence",
        "geography": "constituency-2024",
        "comparators": {"uk": "59.7"},
    }
    record = StatisticRecord.model_validate(plain | fields)
    path = f"content/{'private/' if is_private else ''}statistics/{id_}.yaml"
    return Statistic(id_, record, path, {"E14001063": Decimal("57.1")}, is_private=is_private)
