"""What has to come first, and what rules what out? Recommendations that hang together, drawn and listed."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.edition.bank import RECOMMENDATIONS, AskLink, Bank
from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import build_head
from policy_tools.edition.graph import Edge, GraphPicture, draw_graphs
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.wording import format_count

_TITLE = "What depends on what"
_INTRODUCTION = (
    "Some recommendations can only follow others, and some cannot be carried out together. An arrow leads "
    "from what comes first to what needs it; a broken line joins two of which only one can happen."
)


@dataclass(frozen=True, slots=True)
class DependencyGroup:
    """A picture of recommendations that hang together, and its name."""

    name: str
    picture: GraphPicture


@dataclass(frozen=True, slots=True)
class DependencyRow:
    """A recommendation with what it needs, what needs it, and what it cannot stand beside."""

    ask: AskLink
    depends_on: tuple[AskLink, ...]
    needed_by: tuple[AskLink, ...]
    excludes: tuple[AskLink, ...]


@dataclass(frozen=True, slots=True)
class DependenciesView:
    """The pictures, and the table that says the same."""

    title: str
    introduction: str
    groups: tuple[DependencyGroup, ...]
    rows: tuple[DependencyRow, ...]
    free: str


def build_dependencies(catalogue: Catalogue) -> Iterator[PageView]:
    """The page, where any recommendation hangs on another."""
    bank = catalogue.bank
    edges = _list_edges(bank)
    if not edges:
        return
    linked = [id_ for id_ in bank.recommendations if any(id_ in (edge.start, edge.end) for edge in edges)]
    asks = {link.id: link for link in bank.links(bank.find(linked))}
    free = len(bank.recommendations) - len(linked)
    view = DependenciesView(
        title=_TITLE,
        introduction=_INTRODUCTION,
        groups=tuple(
            DependencyGroup(
                f"{len(picture.boxes)} that hang together, from “{picture.boxes[0].title}”", picture
            )
            for picture in draw_graphs(asks, edges)
        ),
        rows=tuple(_build_row(bank, asks, id_) for id_ in linked),
        free=format_count(free, "recommendation stands", "recommendations stand") if free else "",
    )
    head = build_head(
        catalogue.chrome,
        f"{RECOMMENDATIONS.address}dependencies/",
        f"Recommendations: {_TITLE.lower()}",
        _INTRODUCTION,
        section=RECOMMENDATIONS.address,
        breadcrumb=(RECOMMENDATIONS,),
    )
    yield build_page_view(catalogue.chrome, "dependencies.html", head, view)


def _list_edges(bank: Bank) -> tuple[Edge, ...]:
    """From what comes first to what needs it; what rules each other out is one edge, whoever says so."""
    edges: dict[tuple[str, str, bool], Edge] = {}
    for id_, item in bank.recommendations.items():
        for other in bank.find(item.record.depends_on):
            edges.setdefault((other.id, id_, True), Edge(other.id, id_))
        for other in bank.find(item.record.blocks):
            first, second = sorted((id_, other.id))
            edges.setdefault((first, second, False), Edge(first, second, is_order=False))
    return tuple(edge for edge in edges.values() if edge.start != edge.end)


def _build_row(bank: Bank, asks: dict[str, AskLink], id_: str) -> DependencyRow:
    record = bank.recommendations[id_].record
    excluded = dict.fromkeys(
        item.id for item in (*bank.find(record.blocks), *bank.ruled_out_by.get(id_, ())) if item.id != id_
    )
    return DependencyRow(
        ask=asks[id_],
        depends_on=tuple(asks[item.id] for item in bank.find(record.depends_on) if item.id in asks),
        needed_by=tuple(asks[item.id] for item in bank.needed_by.get(id_, ()) if item.id in asks),
        excludes=tuple(asks[name] for name in excluded),
    )
