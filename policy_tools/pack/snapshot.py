"""What did a copy of a pack say?

A snapshot is kept with every copy that is issued, so that the next one can tell what has changed since. It
holds what its reader could read and nothing else, and is private where the pack is.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from pydantic import Field, JsonValue, ValidationError

from policy_tools.model.document import Document
from policy_tools.model.library import PackLibrary, Shelves
from policy_tools.model.pack import Pack
from policy_tools.model.paper import Paper
from policy_tools.model.problem import CannotRunError
from policy_tools.model.recommendation import Recommendation
from policy_tools.model.record import PlainDate, Record
from policy_tools.pack.printed_words import Sentence, read_sentences
from policy_tools.pack.selection import Selected

Fields = dict[str, JsonValue]
"""A record as JSON: its fields by name, without those that say nothing."""

NOTES = "Notes"
_NOT_SHOWN = {"path", "is_private", "only_for"}


class SnapshotError(CannotRunError):
    """A snapshot cannot be read; the message says which, and why."""


class PaperFile(Record):
    """A picture or a file of data: its size and the SHA-256 of its bytes."""

    size: int
    digest: str


class PaperSnapshot(Record):
    """One paper: its record, its sentences, its references by key, its files by name."""

    fields: Fields
    sentences: tuple[Sentence, ...] = ()
    references: dict[str, str] = Field(default_factory=dict)
    files: dict[str, PaperFile] = Field(default_factory=dict)


class RecommendationSnapshot(Record):
    """One recommendation: its record, the words of the ask, and the private notes that this reader had."""

    paper: str
    fields: Fields
    words: tuple[Sentence, ...] = ()
    notes: Fields = Field(default_factory=dict)


class Snapshot(Record):
    """Everything that one copy of one pack said.

    Papers are by slug, recommendations by id; `records` holds what they draw on, by kind and id
    ("department hmt"). `fates` tells of papers that are not in it, by slug: "withdrawn", or the slug of the
    paper that has superseded it.
    """

    format: Literal[1] = 1
    pack: str
    as_at: PlainDate | None = None
    copy_id: str = ""
    recipe: Fields
    papers: dict[str, PaperSnapshot] = Field(default_factory=dict)
    recommendations: dict[str, RecommendationSnapshot] = Field(default_factory=dict)
    records: dict[str, Fields] = Field(default_factory=dict)
    fates: dict[str, str] = Field(default_factory=dict)


def build_snapshot(
    pack: Pack,
    selected: Selected,
    library: PackLibrary,
    documents: Mapping[str, Document],
    *,
    as_at: date | None = None,
    copy_id: str = "",
    withdrawn: Iterable[str] = (),
) -> Snapshot:
    """What the pack says, given its papers' renderings (with their HTML) by id.

    `documents` may hold more than the selection, and holds the paper of every recommendation. `withdrawn`
    are slugs of papers that were taken back, which no cleared library speaks of.
    """
    asks = {ask.id: ask for ask in selected.recommendations}
    words = _find_words(documents.values())
    included = {paper.slug for paper in selected.papers}
    return Snapshot(
        pack=pack.id,
        as_at=as_at,
        copy_id=copy_id,
        recipe=_as_fields(pack.record),
        papers={
            paper.slug: _describe_paper(paper, documents[paper.id], frozenset(asks))
            for paper in selected.papers
        },
        recommendations={
            ask.id: RecommendationSnapshot(
                paper=ask.paper,
                fields=_as_fields(ask.record),
                words=words.get(ask.id, ()),
                notes=_as_fields(library.recommendation_notes.get(ask.id)),
            )
            for ask in asks.values()
        },
        records=dict(_list_records(pack, selected, library)),
        fates={slug: fate for slug, fate in _list_fates(library, withdrawn) if slug not in included},
    )


def format_snapshot(snapshot: Snapshot) -> str:
    """As JSON, the same for the same snapshot, in lines that Git can compare."""
    values = snapshot.model_dump(mode="json", exclude_defaults=True) | {"format": snapshot.format}
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def parse_snapshot(text: str | bytes, name: str) -> Snapshot:
    """The snapshot that stands in a file; `name` is what the file is called if it cannot be read."""
    try:
        return Snapshot.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        where = f" at {place}" if place else ""
        raise SnapshotError(f"{name} is not a snapshot that can be read{where}: {first['msg']}.") from None


def _as_fields(record: Record | None) -> Fields:
    """The fields that say something."""
    if record is None:
        return {}
    fields: Fields = record.model_dump(mode="json", exclude_none=True, exclude=_NOT_SHOWN)
    return {name: value for name, value in fields.items() if value not in ([], {}, "")}


def _describe_paper(paper: Paper, document: Document, asks: frozenset[str]) -> PaperSnapshot:
    body = read_sentences(document.html, without=asks)
    notes = read_sentences(document.notes_html, section=NOTES)
    return PaperSnapshot(
        fields=_as_fields(paper.record),
        sentences=body + notes,
        references={reference.key: reference.text for reference in document.references},
        files={asset.name: PaperFile(size=asset.size, digest=asset.digest) for asset in paper.assets},
    )


def _find_words(documents: Iterable[Document]) -> dict[str, tuple[Sentence, ...]]:
    """The words of every ask; where two versions of a paper have it, those of the first."""
    words: dict[str, tuple[Sentence, ...]] = {}
    for document in documents:
        for box in document.recommendations:
            if box.id not in words:
                words[box.id] = read_sentences(box.html)
    return words


def _list_records(pack: Pack, selected: Selected, library: PackLibrary) -> Iterable[tuple[str, Fields]]:
    """The departments, programmes and statistics that are drawn on, and the secondment itself."""
    departments = {name for ask in selected.recommendations for name in _departments_of(ask)}
    programmes = {name for paper in selected.papers for name in paper.record.programmes}
    statistics = {name for ask in selected.recommendations for name in ask.record.statistics}
    for name in sorted(departments & library.departments.keys()):
        yield f"department {name}", _as_fields(library.departments[name])
    for name in sorted(programmes & library.programmes.keys()):
        yield f"programme {name}", _as_fields(library.programmes[name])
    for name in sorted(statistics & library.statistics.keys()):
        yield f"statistic {name}", _as_fields(library.statistics[name].record)
    if pack.secondment in library.secondments:
        yield f"secondment {pack.secondment}", _as_fields(library.secondments[pack.secondment])
        yield f"notes on secondment {pack.secondment}", _as_fields(library.secondment_note)


def _departments_of(ask: Recommendation) -> Iterable[str]:
    return ask.record.owner.lead_department, *ask.record.owner.others


def _list_fates(library: Shelves, withdrawn: Iterable[str]) -> Iterable[tuple[str, str]]:
    for paper in library.papers:
        if paper.record.superseded_by:
            yield paper.slug, paper.record.superseded_by
    for slug in withdrawn:
        yield slug, "withdrawn"
