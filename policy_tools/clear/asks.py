"""Which recommendations, packs and secondments may be seen by those who may see certain papers and records?

Default deny: one that names what these readers may not see is withheld, and `check_leaks` tells it where it
stands in a public file. Notes on recommendations and secondments are never among what is shown here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from policy_tools.clear.naming import (
    Name,
    names_in_pack,
    names_in_recommendation,
    names_in_secondment,
    take_stock,
)
from policy_tools.model.department import Department
from policy_tools.model.library import Library, PublicLibrary
from policy_tools.model.pack import Pack
from policy_tools.model.recommendation import Recommendation
from policy_tools.model.seat import Statistic
from policy_tools.model.secondment import Secondment

T = TypeVar("T", Pack, Recommendation, Secondment)
P = TypeVar("P", Department, Secondment, Statistic)


def clear_asks(library: Library, public: PublicLibrary) -> PublicLibrary:
    """The public library, of which papers and records are cleared, with what depends on those."""
    public = replace(
        public,
        departments=MappingProxyType(_keep_public(library.departments)),
        statistics=MappingProxyType(_keep_public(library.statistics)),
        seats=library.seats,
    )
    recommendations = _keep_whole(library.recommendations, names_in_recommendation, public)
    public = replace(public, recommendations=reduce_relations(recommendations))
    secondments = _keep_whole(_keep_public(library.secondments), names_in_secondment, public)
    packs = {name: pack for name, pack in library.packs.items() if pack.is_public}
    return replace(
        public,
        secondments=MappingProxyType(secondments),
        packs=MappingProxyType(_keep_whole(packs, names_in_pack, public)),
    )


def reduce_relations(recommendations: Mapping[str, Recommendation]) -> Mapping[str, Recommendation]:
    """The recommendations, each speaking of those only that are among them."""
    return MappingProxyType({name: _reduce(ask, recommendations) for name, ask in recommendations.items()})


def _reduce(ask: Recommendation, shown: Mapping[str, Recommendation]) -> Recommendation:
    record = ask.record
    depends_on, blocks = _keep_known(record.depends_on, shown), _keep_known(record.blocks, shown)
    if (depends_on, blocks) == (record.depends_on, record.blocks):
        return ask
    return replace(ask, record=record.model_copy(update={"depends_on": depends_on, "blocks": blocks}))


def _keep_known(names: Iterable[str], shown: Mapping[str, Recommendation]) -> tuple[str, ...]:
    return tuple(name for name in names if name in shown)


def _keep_public(records: Mapping[str, P]) -> dict[str, P]:
    return {name: record for name, record in records.items() if not record.is_private}


def _keep_whole(
    records: Mapping[str, T], names: Callable[[T], Iterator[Name]], public: PublicLibrary
) -> dict[str, T]:
    """Those of the records that name only what is public."""
    shown = take_stock(public)
    return {id_: record for id_, record in records.items() if all(name in shown for name in names(record))}
