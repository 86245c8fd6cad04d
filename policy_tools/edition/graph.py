"""Where does each recommendation stand in a picture of what depends on what, and how do the lines run?

What comes first stands to the left. Each set of recommendations that hang together is a picture of its own,
laid out in columns by Sugiyama's method: columns by the longest way there, long lines led through the columns
between, the order within a column by the middle of the neighbours. Same records, same picture. Lengths are in
CSS pixels, so that the words in a picture are as large as those around it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from policy_tools.edition.bank import AskLink
from policy_tools.edition.wording import shorten_word

_WIDTH = 216
_LINE = 18
_PADDING = 10
_COLUMN_GAP = 64
_ROW_GAP = 22
_BEND_HEIGHT = 8
_MARGIN = 4
_LETTERS = 27
_LINES = 3
_SWEEPS = 8
_HEAD = 7  # of an arrow


@dataclass(frozen=True, slots=True)
class Edge:
    """From what comes first to what needs it; or between two that exclude one another, in no order."""

    start: str
    end: str
    is_order: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """A recommendation: its id, its title in lines, and where it stands."""

    id: str
    label: str
    title: str
    lines: tuple[str, ...]
    address: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line as an SVG path; `head` is the path of its arrow's head, empty where there is no order."""

    path: str
    head: str


@dataclass(frozen=True, slots=True)
class GraphPicture:
    """Boxes in reading order, column by column, and the lines between them."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(slots=True)
class _Place:
    """A box, or a bend in a line that passes a column, while it is being placed."""

    name: str
    column: int
    height: int
    is_bend: bool = False
    top: float = 0.0

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(slots=True)
class _Layout:
    """Columns of places, and the way of each edge through them."""

    columns: list[list[_Place]]
    ways: list[tuple[Edge, list[_Place]]]


def draw_graphs(asks: Mapping[str, AskLink], edges: Sequence[Edge]) -> tuple[GraphPicture, ...]:
    """A picture for each set of recommendations that hang together, the largest first."""
    pictures = [
        _draw({name: asks[name] for name in names}, [edge for edge in edges if edge.start in names])
        for names in _find_components(asks, edges)
    ]
    return tuple(sorted(pictures, key=lambda picture: -len(picture.boxes)))


def _find_components(names: Iterable[str], edges: Sequence[Edge]) -> list[dict[str, None]]:
    """The names in sets that no edge leaves, each set and its names in the order given."""
    neighbours: dict[str, list[str]] = {name: [] for name in names}
    for edge in edges:
        neighbours[edge.start].append(edge.end)
        neighbours[edge.end].append(edge.start)
    seen: set[str] = set()
    components = []
    for name in neighbours:
        if name in seen:
            continue
        found, waiting = {name}, [name]
        while waiting:
            new = [other for other in neighbours[waiting.pop()] if other not in found]
            found.update(new)
            waiting += new
        seen |= found
        components.append(dict.fromkeys(other for other in neighbours if other in found))
    return components


def _draw(asks: Mapping[str, AskLink], edges: Sequence[Edge]) -> GraphPicture:
    words = {name: _wrap_title(ask.title) for name, ask in asks.items()}
    heights = {name: 2 * _PADDING + _LINE * (len(lines) + 1) for name, lines in words.items()}
    layout = _arrange(_assign_columns(list(asks), edges), heights, edges)
    _set_tops(layout)
    boxes = tuple(
        Box(
            id=place.name,
            label=shorten_word(place.name, _LETTERS),
            title=asks[place.name].title,
            lines=words[place.name],
            address=asks[place.name].address,
            x=_left_of(place),
            y=round(place.top),
            width=_WIDTH,
            height=place.height,
        )
        for column in layout.columns
        for place in column
        if not place.is_bend
    )
    bottom = max(place.top + place.height for column in layout.columns for place in column)
    return GraphPicture(
        width=len(layout.columns) * (_WIDTH + _COLUMN_GAP) - _COLUMN_GAP + 2 * _MARGIN,
        height=round(bottom) + _MARGIN,
        boxes=boxes,
        lines=tuple(_draw_line(edge, way) for edge, way in layout.ways),
    )


def _wrap_title(title: str) -> tuple[str, ...]:
    lines = wrap(title, _LETTERS)
    if len(lines) <= _LINES:
        return tuple(lines)
    return (*lines[: _LINES - 1], shorten_word(f"{lines[_LINES - 1]} {lines[_LINES]}", _LETTERS))


def _assign_columns(names: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The longest way to each; a circle, which the checks refuse, is cut where it closes."""
    before: dict[str, list[str]] = {name: [] for name in names}
    for edge in edges:
        if edge.is_order:
            before[edge.end].append(edge.start)
    columns: dict[str, int] = {}
    for name in names:
        _settle(name, before, columns)
    return columns


def _settle(name: str, before: Mapping[str, Sequence[str]], columns: dict[str, int]) -> None:
    """Depth first, without recursion: a chain may be long."""
    path: list[tuple[str, Iterator[str]]] = []
    open_names: set[str] = set()
    if name not in columns:
        path.append((name, iter(before[name])))
        open_names.add(name)
    while path:
        current, waiting = path[-1]
        step = next((other for other in waiting if other not in columns and other not in open_names), None)
        if step is not None:
            path.append((step, iter(before[step])))
            open_names.add(step)
            continue
        columns[current] = 1 + max((columns.get(other, -1) for other in before[current]), default=-1)
        open_names.discard(current)
        path.pop()


def _arrange(columns: Mapping[str, int], heights: Mapping[str, int], edges: Sequence[Edge]) -> _Layout:
    """Every box in its column, bends where a line passes others, in an order with few crossings."""
    layout = _Layout([[] for _ in range(max(columns.values()) + 1)], [])
    places = {name: _Place(name, column, heights[name]) for name, column in columns.items()}
    for place in places.values():
        layout.columns[place.column].append(place)
    for edge in edges:
        start, end = places[edge.start], places[edge.end]
        if not edge.is_order and start.column > end.column:
            start, end = end, start
        bends = [
            _Place(f"{edge.start} {edge.end}", column, _BEND_HEIGHT, is_bend=True)
            for column in range(start.column + 1, end.column)
        ]
        for bend in bends:
            layout.columns[bend.column].append(bend)
        layout.ways.append((edge, [start, *bends, end]))
    _reduce_crossings(layout)
    return layout


def _reduce_crossings(layout: _Layout) -> None:
    left, right = _list_neighbours(layout)
    count = len(layout.columns)
    for sweep in range(_SWEEPS):
        forwards = sweep % 2 == 0
        neighbours = left if forwards else right
        for index in range(1, count) if forwards else range(count - 2, -1, -1):
            beside = layout.columns[index - 1 if forwards else index + 1]
            ranks = {id(place): rank for rank, place in enumerate(beside)}
            column = layout.columns[index]
            own = {id(place): rank for rank, place in enumerate(column)}
            column.sort(key=lambda place: _mean_rank(neighbours[id(place)], ranks, own[id(place)]))


def _mean_rank(neighbours: Sequence[_Place], ranks: Mapping[int, int], otherwise: int) -> float:
    known = [ranks[id(place)] for place in neighbours if id(place) in ranks]
    return sum(known) / len(known) if known else otherwise


def _list_neighbours(layout: _Layout) -> tuple[dict[int, list[_Place]], dict[int, list[_Place]]]:
    """To the left and to the right of each place, along the lines."""
    left: dict[int, list[_Place]] = {id(place): [] for column in layout.columns for place in column}
    right: dict[int, list[_Place]] = {key: [] for key in left}
    for _, way in layout.ways:
        for before, after in pairwise(way):
            right[id(before)].append(after)
            left[id(after)].append(before)
    return left, right


def _set_tops(layout: _Layout) -> None:
    """Heights down the page: each place as near the middle of its neighbours as its column allows."""
    for column in layout.columns:
        _stack(column, {})
    left, right = _list_neighbours(layout)
    for sweep in range(_SWEEPS):
        neighbours = left if sweep % 2 == 0 else right
        columns = layout.columns if sweep % 2 == 0 else layout.columns[::-1]
        for column in columns:
            wishes = {
                id(place): sum(other.middle for other in beside) / len(beside)
                for place in column
                if (beside := [other for other in neighbours[id(place)] if other.column != place.column])
            }
            _stack(column, wishes)
    top = min(place.top for column in layout.columns for place in column)
    for column in layout.columns:
        for place in column:
            place.top += _MARGIN - top


def _stack(column: Sequence[_Place], wishes: Mapping[int, float]) -> None:
    """Places one below the other, each at its wish where it can be; the column as a whole splits the rest."""
    if not wishes:
        floor = column[0].top if column else 0.0
        for place in column:
            place.top = max(floor, place.top)
            floor = place.top + place.height + _ROW_GAP
        return
    shifts = []
    floor = float("-inf")
    for place in column:
        wish = wishes.get(id(place), place.middle) - place.height / 2
        place.top = max(floor, wish)
        shifts.append(place.top - wish)
        floor = place.top + place.height + _ROW_GAP
    middle = (max(shifts) + min(shifts)) / 2
    for place in column:
        place.top -= middle


def _left_of(place: _Place) -> int:
    return _MARGIN + place.column * (_WIDTH + _COLUMN_GAP)


def _draw_line(edge: Edge, way: Sequence[_Place]) -> Line:
    """Out at the right of the first box, in at the left of the last; beside one another, around the left."""
    start, end = way[0], way[-1]
    if start.column >= end.column:
        x, bulge = _left_of(start), _COLUMN_GAP // 3
        path = (
            f"M{x} {round(start.middle)}C{x - bulge} {round(start.middle)} {x - bulge} {round(end.middle)} "
            f"{x} {round(end.middle)}"
        )
        return Line(path, "")
    x, y = _left_of(start) + _WIDTH, round(start.middle)
    parts = [f"M{x} {y}"]
    for place in way[1:]:
        to_x, to_y = _left_of(place), round(place.middle)
        half = (to_x - x) // 2
        parts.append(f"C{x + half} {y} {to_x - half} {to_y} {to_x} {to_y}")
        x, y = to_x, to_y
        if place.is_bend:
            x += _WIDTH
            parts.append(f"H{x}")
    if not edge.is_order:
        return Line("".join(parts), "")
    return Line(
        "".join(parts), f"M{x - _HEAD} {y - _HEAD // 2 - 1}L{x} {y}L{x - _HEAD} {y + _HEAD // 2 + 1}z"
    )
