"""Which seats does the House of Commons have, and which figures are known of them?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from policy_tools.load.files import list_folder, name_below
from policy_tools.load.folders import FolderKind, LoadedRecord, load_folder
from policy_tools.load.records import RecordKind
from policy_tools.load.suggestion import suggest
from policy_tools.load.tables import LoadedTable, TableKind, load_table
from policy_tools.model.problem import Problem, Severity
from policy_tools.model.seat import Seat, Statistic, StatisticRecord
from policy_tools.model.site import Site

SEATS_FILE = "seats.csv"
NUMBER_OF_SEATS = 650
STATISTICS = FolderKind(RecordKind(StatisticRecord, "statistic"), "statistics", has_id=False, ending=".yaml")
_FIGURE = re.compile(r"[-+]?[0-9]{1,9}(\.[0-9]{1,3})?")


def _check_name(value: str) -> str:
    return "" if value else "This seat has no name."


def _check_figure(value: str) -> str:
    if _FIGURE.fullmatch(value):
        return ""
    return f'"{value[:40]}" is not a figure, such as -1250 or 0.5, without commas or signs of a unit.'


_SEATS = TableKind(
    ("code", "name"),
    re.compile(r"(?:E14|W07|S14|N05)[0-9]{6}"),
    "The seats of 2024 have codes such as E14001063, W07000082, S14000064 or N05000001.",
    _check_name,
)
_FIGURES = TableKind(
    ("code", "value"),
    re.compile(r"[EWSNK][0-9]{8}"),
    "A code of the Office for National Statistics is a letter and eight digits: E14001063.",
    _check_figure,
)


@dataclass(frozen=True, slots=True)
class LoadedStatistic:
    """A statistic as far as it could be read: its record, and the table of its figures."""

    loaded: LoadedRecord[StatisticRecord]
    table: LoadedTable


def load_seats(site: Site) -> tuple[Mapping[str, Seat], tuple[Problem, ...]]:
    """The seats of content/seats.csv by their codes, in its order. No file, no seats."""
    file = site.content / SEATS_FILE
    if not file.exists() and not file.is_symlink():
        return MappingProxyType({}), ()
    table = load_table(_SEATS, file, site)
    seats = {row.code: Seat(row.code, row.value) for row in table.rows}
    return MappingProxyType(seats), (*table.problems, *_check_number(table))


def _check_number(table: LoadedTable) -> Iterator[Problem]:
    if table.rows and not table.problems and len(table.rows) != NUMBER_OF_SEATS:
        message = f"There are {len(table.rows)} seats here, and the House of Commons has {NUMBER_OF_SEATS}."
        hint = "Briefs can be made only for the seats that are listed."
        yield Problem(table.path, 1, 1, "seats.number", message, hint, Severity.WARNING)


def load_statistics(site: Site) -> tuple[tuple[LoadedStatistic, ...], tuple[Problem, ...]]:
    """The statistics of content/statistics/ by name, each with its table, public ones first."""
    folder = load_folder(STATISTICS, site)
    statistics: list[LoadedStatistic] = []
    problems = [*folder.problems, *_find_stray(site, folder.records)]
    for loaded in folder.records:
        file = (site.root / loaded.path).with_suffix(".csv")
        if file.exists() or file.is_symlink():
            table = load_table(_FIGURES, file, site)
            problems.extend(table.problems)
        else:
            table = LoadedTable(name_below(file, site.root))
            message = f"There is no {file.name} beside this file, so that the statistic has no figures."
            hint = "Put the table there, with the columns code and value."
            problems.append(Problem(loaded.path, 1, 1, "statistic.no-figures", message, hint))
        statistics.append(LoadedStatistic(loaded, table))
    return tuple(statistics), tuple(problems)


def make_statistics(statistics: Iterable[LoadedStatistic]) -> Mapping[str, Statistic]:
    """The sound statistics, by id."""
    made: dict[str, Statistic] = {}
    for statistic in statistics:
        loaded = statistic.loaded
        if loaded.record and loaded.is_sound and not statistic.table.problems:
            values = {row.code: Decimal(row.value) for row in statistic.table.rows}
            found = Statistic(
                loaded.id, loaded.record, loaded.path, MappingProxyType(values), loaded.is_private
            )
            made.setdefault(loaded.id, found)
    return MappingProxyType(made)


def _find_stray(site: Site, records: Iterable[LoadedRecord[StatisticRecord]]) -> Iterator[Problem]:
    """Files of the folders that belong to no statistic."""
    known = {record.path.removesuffix(".yaml") for record in records}
    for base in (site.content, site.content / "private"):
        for entry in list_folder(base / STATISTICS.name, site.root, []):
            path = name_below(Path(entry.path), site.root)
            if path.endswith(".yaml") or (path.endswith(".csv") and path.removesuffix(".csv") in known):
                continue
            message = (
                "Nothing reads this: a statistic is a .yaml file, and its figures a .csv of the same name."
            )
            hint = suggest(entry.name, (f"{name.rpartition('/')[2]}.csv" for name in known))
            yield Problem(path, 1, 1, "content.unknown-file", message, hint, Severity.WARNING)
