"""Which edition of a pack or brief is this? Six digits that are others as soon as it says anything else.

They are the same on every machine: no path and no address of the site counts.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from policy_tools.model.document import Annex, Cover, PackPart, PackRequest
from policy_tools.model.seat import Statistic
from policy_tools.model.site import Site

_DIGITS = 6


def find_edition(request: PackRequest, site: Site, statistics: Iterable[Statistic] = ()) -> str:
    """The edition of what is asked of the renderer, whether or not that bears its edition already.

    `statistics` are those from which inserts are made for single seats: all of these have one edition.
    """
    said = [
        _list_words(request.cover),
        [request.marks.handling, request.marks.disclaimer],
        [list(_list_piece(piece)) for piece in request.pieces],
        [[statistic.record.model_dump_json(), _list_values(statistic)] for statistic in statistics],
    ]
    text = json.dumps(said, ensure_ascii=False)
    if site.url:
        text = text.replace(site.url, "")
    return sha256(text.encode()).hexdigest()[:_DIGITS]


def bear_edition(request: PackRequest, edition: str) -> PackRequest:
    """The request with its edition beside its date and in its short address."""
    address = request.cover.check_address
    return replace(
        request,
        cover=replace(request.cover, check_address=f"{address}#{edition}" if address else ""),
        marks=replace(request.marks, as_at=f"{request.marks.as_at}, edition {edition}"),
    )


def _list_words(cover: Cover) -> list[object]:
    return [
        *(cover.title, cover.subtitle, cover.authors, cover.publisher, cover.series_line, cover.version_line),
        *(cover.date_line, cover.summary, cover.key_points, cover.corrections, cover.notices),
        *(cover.colophon, cover.rights),
    ]


def _list_piece(piece: PackPart | Annex) -> Iterator[object]:
    if isinstance(piece, Annex):
        request = piece.request
        yield from (piece.label, piece.title, request.text, request.references, request.style)
        yield from (sorted(request.asset_digests), _list_words(request.cover))
    else:
        yield from (piece.title, piece.html)


def _list_values(statistic: Statistic) -> list[tuple[str, str]]:
    return sorted((code, str(value)) for code, value in statistic.values.items())
