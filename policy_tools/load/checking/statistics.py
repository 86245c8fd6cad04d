"""Can the sentence of a statistic be said of every seat that it has a figure for?"""

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter

from policy_tools.load.checking.fields import report_field, warn_of_field
from policy_tools.load.seats import LoadedStatistic
from policy_tools.load.suggestion import suggest
from policy_tools.model.problem import Problem
from policy_tools.model.seat import Seat, StatisticRecord
from policy_tools.model.terms import NATIONS

PLACEHOLDERS = ("seat", "value", "uk", "nation", "nation_value")
_CONSTITUENCY = "constituency-2024"


def check_statistics(statistics: Iterable[LoadedStatistic], seats: Mapping[str, Seat]) -> Iterator[Problem]:
    """Sentences that cannot be filled in, and figures of places that are not there."""
    for statistic in statistics:
        record = statistic.loaded.record
        if record is None:
            continue
        names = _find_placeholders(record.sentence)
        yield from _check_sentence(statistic, names)
        if record.geography == _CONSTITUENCY:
            yield from _check_codes(statistic, seats)
            if names and "nation_value" in names:
                yield from _check_comparators(statistic, record)


def _find_placeholders(sentence: str) -> list[str] | None:
    """What stands in braces; None where a brace has no other."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        return None
    return [
        name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
        for _, name, form, conversion in parts
        if name is not None
    ]


def _check_sentence(statistic: LoadedStatistic, names: list[str] | None) -> Iterator[Problem]:
    loaded, code = statistic.loaded, "statistic.unknown-placeholder"
    if names is None:
        message = "A brace in this sentence has no other."
        yield report_field(loaded, ("sentence",), code, message, "Write {value}; a brace itself is {{ or }}.")
        return
    for name in names:
        if name not in PLACEHOLDERS:
            hint = suggest(name, PLACEHOLDERS)
            yield report_field(loaded, ("sentence",), code, f"Nothing can stand for {{{name}}}.", hint)
    if "value" not in names:
        message = "This sentence never says the figure."
        hint = "Put {value} where it belongs, and {seat} for the name of the seat."
        yield warn_of_field(loaded, ("sentence",), "statistic.no-value", message, hint)


def _check_codes(statistic: LoadedStatistic, seats: Mapping[str, Seat]) -> Iterator[Problem]:
    if not seats:
        return
    for row in statistic.table.rows:
        if row.code not in seats:
            message = f"content/seats.csv has no seat {row.code}."
            hint = suggest(row.code, seats) or "Correct the code, or add the seat there."
            yield Problem(statistic.table.path, row.line, 1, "table.unknown-seat", message, hint)


def _check_comparators(statistic: LoadedStatistic, record: StatisticRecord) -> Iterator[Problem]:
    """Seats of a nation for which the sentence asks and the comparators have nothing."""
    nations = {Seat(row.code, "").nation for row in statistic.table.rows if row.code[0] in "EWSN"}
    for nation in NATIONS:
        field = nation.replace("-", "_")
        if nation in nations and getattr(record.comparators, field) is None:
            message = f"The sentence names {{nation_value}}, and there is none for {NATIONS[nation]}."
            hint = f"Add {field}: to comparators."
            yield report_field(statistic.loaded, ("comparators",), "statistic.no-comparator", message, hint)
