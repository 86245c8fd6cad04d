"""What does a small table of codes and words say, and on which line is it wrong?

A table is a CSV file with a header of two names and a row a line, in UTF-8. Nothing is guessed: a row with
too many cells, a code of another form or a second row of one code is a mistake, and is left out.
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from policy_tools.load.files import decode, name_below, read_text_file
from policy_tools.model.problem import Problem
from policy_tools.model.site import Site

MAX_ROWS = 5_000
MAX_PROBLEMS = 50


class Row(NamedTuple):
    """One line: a code, what stands beside it, and where that is."""

    code: str
    value: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class TableKind:
    """The form of a table: its two names, its codes, and what is wrong with a value (nothing: empty).

    `code_hint` says how a code is written.
    """

    header: tuple[str, str]
    code: re.Pattern[str]
    code_hint: str
    fault: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """The sound rows of a table, and what is wrong with the others."""

    path: str
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def load_table(kind: TableKind, file: Path, site: Site) -> LoadedTable:
    """The rows of a file that is there."""
    path = name_below(file, site.root)
    read = read_text_file(file, path, site.max_paper_bytes)
    if isinstance(read, Problem):
        return LoadedTable(path, problems=(read,))
    lines = decode(read).removesuffix("\n").split("\n")
    if [cell.strip() for cell in _split(lines[0]) or ()] != list(kind.header):
        message = f'The first line of this table is not "{",".join(kind.header)}".'
        hint = "Write these two names there, and below them a row a line."
        return LoadedTable(path, problems=(Problem(path, 1, 1, "table.header", message, hint),))
    return _read_rows(kind, lines, path)


def _read_rows(kind: TableKind, lines: list[str], path: str) -> LoadedTable:
    rows: dict[str, Row] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines[1:], start=2):
        if len(rows) >= MAX_ROWS or len(problems) >= MAX_PROBLEMS:
            message = (
                "The rest of this table is not read: it is longer, or has more faults, than can be meant."
            )
            hint = f"A table has at most {MAX_ROWS:,} rows; mend the faults above first."
            problems.append(Problem(path, number, 1, "table.too-long", message, hint))
            break
        row = _read_row(line, number)
        faults = list(_check_row(row, kind, rows, path)) if row else [_report_cells(path, number)]
        problems.extend(faults)
        if row and not faults:
            rows[row.code] = row
    return LoadedTable(path, tuple(rows.values()), tuple(problems))


def _split(line: str) -> list[str] | None:
    """The cells of a line, or None where its quotation marks do not pair."""
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return None


def _read_row(line: str, number: int) -> Row | None:
    cells = _split(line)
    if cells is None or len(cells) != 2:  # noqa: PLR2004  (a code and a value)
        return None
    code, value = cells[0].strip(), cells[1].strip()
    return Row(code, value, number, line.rfind(value) + 1 if value else len(line) + 1)


def _check_row(row: Row, kind: TableKind, known: dict[str, Row], path: str) -> Iterator[Problem]:
    if not kind.code.fullmatch(row.code):
        message = f'"{row.code[:40]}" is not a code of this kind.'
        yield Problem(path, row.line, 1, "table.bad-code", message, kind.code_hint)
    elif row.code in known:
        message = f"{row.code} stands on line {known[row.code].line} already."
        yield Problem(path, row.line, 1, "table.double-code", message, "Keep one of the two rows.")
    if fault := kind.fault(row.value):
        yield Problem(
            path, row.line, row.column, "table.bad-value", fault, "Mend the cell, or take the row out."
        )


def _report_cells(path: str, line: int) -> Problem:
    message = "This row does not have two cells."
    hint = "Write a code, a comma and a value; put a value with a comma in it in quotation marks."
    return Problem(path, line, 1, "table.cells", message, hint)
