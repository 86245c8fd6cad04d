"""Does a costing add up to something that can be defended?"""

from collections.abc import Iterator

from policy_tools.load.checking.fields import Loaded, report_field, warn_of_field
from policy_tools.model.problem import Problem
from policy_tools.model.recommendation import CostLine, RecommendationRecord


def check_costing(loaded: Loaded, record: RecommendationRecord) -> Iterator[Problem]:
    """Lines without a price base or a source, in the wrong order of size, or given twice."""
    cost = record.cost
    if cost is None or not cost.lines:
        return
    if not cost.price_base:
        message = "The lines of this costing do not say in whose pounds they are."
        hint = "Write price_base: 2025-26 prices, or price_base: cash."
        yield report_field(loaded, ("cost", "lines"), "costing.no-price-base", message, hint)
    if not (cost.method or cost.source):
        message = "Nobody can check this costing: it has neither a method nor a source."
        hint = "Say how it was worked out (method), or from what (source)."
        yield warn_of_field(loaded, ("cost", "lines"), "costing.no-source", message, hint)
    seen: dict[tuple[str, str], int] = {}
    for index, line in enumerate(cost.lines):
        yield from _check_order(loaded, index, line)
        first = seen.setdefault((line.year, line.kind), index)
        if first != index:
            message = (
                f"The year {line.year} has a line of {line.kind} already, the {_ordinal(first)} one here."
            )
            hint = "Make one line of the two."
            yield report_field(loaded, ("cost", "lines", index), "costing.repeated-line", message, hint)


def _check_order(loaded: Loaded, index: int, line: CostLine) -> Iterator[Problem]:
    if line.low <= line.central <= line.high:
        return
    name = "central" if line.low <= line.high else "low"
    message = f"Low, central and high do not rise: {line.low}, {line.central}, {line.high}."
    hint = (
        "Plus improves the public finances, so that the dearest figure is the lowest: low: -300, high: -100."
    )
    yield report_field(loaded, ("cost", "lines", index, name), "costing.wrong-order", message, hint)


def _ordinal(index: int) -> str:
    names = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    return names[index] if index < len(names) else f"{index + 1}th"
