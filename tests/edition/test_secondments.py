"""What does the register of secondments print?"""

from dataclasses import replace
from datetime import date
from typing import Any

from lxml import html

from policy_tools.model.secondment import Secondment
from tests.edition.sample import Render, Sample


def make_secondment(name: str = "leader-office", **fields: Any) -> Secondment:  # noqa: ANN401
    record: dict[str, Any] = {
        "person": "jo-marsh",
        "host": "Office of the Leader",
        "host_kind": "party",
        "role": "Policy adviser",
        "start": date(2026, 9, 1),
        "programme": "economy",
        "seconded_by": "tank",
        "basis": "non-commercial",
    }
    return Secondment(id=name, **(record | fields))


def read(sample: Sample, render: Render, *placements: Secondment) -> list[str]:
    """The words of each placement."""
    library = replace(sample.library, secondments={placement.id: placement for placement in placements})
    edition = replace(sample, library=library).build()
    page = next(page for page in edition.pages if page.address == "secondments/index.html")
    sections = html.document_fromstring(render(page)).xpath("//main/section")
    return [" ".join(" ".join(section.itertext()).split()) for section in sections]


def test_a_placement_says_who_where_on_what_terms_and_where_it_was_declared(
    sample: Sample, render: Render
) -> None:
    declared = {"to": "Electoral Commission", "date": date(2026, 10, 1), "reference": "https://example.org/1"}
    (words,) = read(sample, render, make_secondment(value=18500, declared=declared, end=date(2027, 8, 31)))
    assert words.startswith("Office of the Leader Party office")
    assert "From 1 September 2026 to 31 August 2027" in words
    assert "Placed by The Example Institute" in words
    assert "Value £18,500" in words
    assert "To Electoral Commission, 1 October 2026 : https://example.org/1" in words


def test_what_is_not_declared_is_said_to_be_missing(sample: Sample, render: Render) -> None:
    (words,) = read(sample, render, make_secondment())
    assert "Value Not stated" in words
    assert "Declared Not yet" in words


def test_the_newest_placement_stands_first(sample: Sample, render: Render) -> None:
    older = make_secondment("older", host="A council", host_kind="council", start=date(2025, 1, 1))
    first, second = read(sample, render, older, make_secondment())
    assert first.startswith("Office of the Leader")
    assert second.startswith("A council")


def test_without_placements_there_is_no_page(sample: Sample) -> None:
    addresses = {page.address for page in sample.build().pages}
    assert "secondments/index.html" not in addresses
