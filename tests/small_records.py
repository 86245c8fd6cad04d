"""One record of each kind, as plain as the model allows, for libraries that tests make by hand."""

from typing import Any

from policy_tools.model.person import Person
from policy_tools.model.programme import Institute, Programme, Series


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
