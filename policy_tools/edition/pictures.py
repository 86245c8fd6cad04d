"""What does the phase grid look like? Columns of phases, rows of departments, a tile for each recommendation.

Lengths are in CSS pixels, so that the words in a picture are as large as those around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from policy_tools.edition.bank import AskLink, DepartmentName
from policy_tools.edition.wording import shorten_word

_HEAD_WIDTH = 78
_COLUMN_WIDTH = 116
_HEAD_HEIGHT = 40
_TILE_HEIGHT = 28
_TILE_GAP = 6
_PADDING = 8
_LETTERS = 12
_DEPARTMENT_LETTERS = 9


@dataclass(frozen=True, slots=True)
class Tile:
    """A recommendation, by its id, at a place."""

    label: str
    title: str
    address: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand at a place."""

    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class GridPicture:
    """The whole picture: `rules` are the lines between rows, `columns` those between columns."""

    width: int
    height: int
    tile_width: int
    tile_height: int
    phases: tuple[Words, ...]
    departments: tuple[Words, ...]
    rules: tuple[int, ...]
    columns: tuple[int, ...]
    tiles: tuple[Tile, ...]


def draw_grid(
    phases: Sequence[str], rows: Sequence[tuple[DepartmentName, tuple[tuple[AskLink, ...], ...]]]
) -> GridPicture:
    """The grid of rows, each a department with what it begins in each of the phases."""
    tiles: list[Tile] = []
    departments: list[Words] = []
    rules = [_HEAD_HEIGHT]
    top = _HEAD_HEIGHT
    for department, cells in rows:
        departments.append(
            Words(
                shorten_word(department.abbreviation, _DEPARTMENT_LETTERS),
                0,
                top + _PADDING + _TILE_HEIGHT // 2,
            )
        )
        for column, asks in enumerate(cells):
            left = _HEAD_WIDTH + column * _COLUMN_WIDTH + _PADDING
            tiles += (
                Tile(
                    shorten_word(ask.id, _LETTERS),
                    ask.title,
                    ask.address,
                    left,
                    top + _PADDING + place * (_TILE_HEIGHT + _TILE_GAP),
                )
                for place, ask in enumerate(asks)
            )
        deepest = max((len(asks) for asks in cells), default=1)
        top += 2 * _PADDING + deepest * (_TILE_HEIGHT + _TILE_GAP) - _TILE_GAP
        rules.append(top)
    return GridPicture(
        width=_HEAD_WIDTH + len(phases) * _COLUMN_WIDTH,
        height=top + 1,
        tile_width=_COLUMN_WIDTH - 2 * _PADDING,
        tile_height=_TILE_HEIGHT,
        phases=tuple(
            Words(phase, _HEAD_WIDTH + column * _COLUMN_WIDTH + _PADDING, _HEAD_HEIGHT // 2)
            for column, phase in enumerate(phases)
        ),
        departments=tuple(departments),
        rules=tuple(rules),
        columns=tuple(_HEAD_WIDTH + column * _COLUMN_WIDTH for column in range(len(phases))),
        tiles=tuple(tiles),
    )
