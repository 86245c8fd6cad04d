"""How is a changed field of a record told to a reader? By what it is called in print, not in the file."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from policy_tools.model.terms import (
    ASK_TYPES,
    BUDGETS,
    COMPETENCES,
    CONSENT_STATES,
    GROUNDS,
    NATIONS,
    OBJECTORS,
    PHASES,
    RATINGS,
    STATES,
    STRENGTHS,
    VEHICLES,
)

_YEAR_AND_KIND = re.compile(r"\d{4}-\d{2}, ")
_ITEM = re.compile(r"(.+) (\d+)")
_SILENT = frozenset({"timeline", "owner"})
"""Groups of fields whose members are understood without them."""

_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "qa": "questions and answers",
        "q": "question",
        "a": "answer",
        "raised by": "who raises it",
        "direction needed": "whether a direction is needed",
        "select": "what is chosen",
        "depends on": "what must come before",
        "blocks": "what it cannot go with",
    }
)
_NATIONS: Mapping[str, str] = MappingProxyType({id_.replace("-", " "): name for id_, name in NATIONS.items()})
_ITEMS: Mapping[str, str] = MappingProxyType(
    {
        "basis": "evidence",
        "qa": "question and answer",
        "lines to take": "line to take",
        "others": "other department",
        "bodies": "body",
        "affected": "nation affected",
        "legislatures": "legislature",
        "depends on": "what must come before,",
        "blocks": "what it cannot go with,",
    }
)
_VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "phase": PHASES,
        "kind": {**VEHICLES, **BUDGETS},
        "ask type": ASK_TYPES,
        "strength": STRENGTHS,
        "ground": GROUNDS,
        "raised by": OBJECTORS,
        "state": {**STATES, **CONSENT_STATES},
        "affected": NATIONS,
        "extent": NATIONS,
        "application": NATIONS,
        "legislatures": NATIONS,
        **dict.fromkeys(_NATIONS, COMPETENCES),
        **dict.fromkeys(("data", "modelling", "behaviour", "overall"), RATINGS),
    }
)


def word_place(where: str) -> str:
    """Such as "milestone 4, day" for "timeline, milestones 4, day"; sums with their unit."""
    if _YEAR_AND_KIND.match(where):
        return f"{where}, £ million"
    first, *others = where.split(", ")
    steps = others if others and first in _SILENT else [first, *others]
    if len(steps) > 1 and _ITEM.fullmatch(steps[1]):
        steps = steps[1:]
    return ", ".join(_word_step(step) for step in steps)


def _word_step(step: str) -> str:
    item = _ITEM.fullmatch(step)
    if item is None:
        return _STEPS.get(step) or _NATIONS.get(step, step)
    name, number = item[1], item[2]
    return f"{_ITEMS.get(name) or name.removesuffix('s')} {number}"


def word_value(where: str, value: str, titles: Mapping[str, str]) -> str:
    """What stands in a field, with a term's name for its key and a title for a slug that has one."""
    field = re.sub(r" \d+$", "", where.rpartition(", ")[2])
    names = {**titles, **_VALUES.get(field, {})}
    return "; ".join(names.get(item, item) for item in value.split("; "))
