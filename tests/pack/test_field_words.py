"""A changed field is told by what it is called in print."""

import pytest

from policy_tools.pack.field_words import word_place, word_value


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("timeline, milestones 4, day", "milestone 4, day"),
        ("owner, lead department", "lead department"),
        ("evidence, strength", "evidence, strength"),
        ("evidence, precedents 2, result", "precedent 2, result"),
        ("qa 2, follow up", "question and answer 2, follow up"),
        ("title", "title"),
        ("nations, northern ireland", "nations, Northern Ireland"),
        ("2027-28, Resource DEL", "2027-28, Resource DEL, £ million"),
    ],
)
def test_a_place_is_worded(where: str, said: str) -> None:
    assert word_place(where) == said


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        ("timeline, phase", "first-session", "First session"),
        ("paper", "bank", "A bank"),
        ("paper", "house", "house"),
        ("application 2", "scotland", "Scotland"),
        ("why now", "Because; of that.", "Because; of that."),
    ],
)
def test_a_value_is_named(where: str, value: str, said: str) -> None:
    assert word_value(where, value, {"bank": "A bank"}) == said
