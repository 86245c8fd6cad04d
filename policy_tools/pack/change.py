"""What is one change between two copies of a pack?"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from pydantic import JsonValue

from policy_tools.pack.field_changes import FieldChange, compare_fields, format_value
from policy_tools.pack.printed_words import Sentence
from policy_tools.pack.snapshot import Fields


class ChangeKind(StrEnum):
    """What kind of thing has changed, in the order in which a reader is told."""

    PAPER_NEW = "paper-new"
    PAPER_CORRECTED = "paper-corrected"
    PAPER_SUPERSEDED = "paper-superseded"
    PAPER_WITHDRAWN = "paper-withdrawn"
    PAPER_GONE = "paper-gone"
    PAPER_VERSION = "paper-version"
    SENTENCE_CHANGED = "sentence-changed"
    SENTENCE_NEW = "sentence-new"
    SENTENCE_GONE = "sentence-gone"
    SENTENCE_MOVED = "sentence-moved"
    REFERENCE_CHANGED = "reference-changed"
    FILE_CHANGED = "file-changed"
    PAPER_FIELD = "paper-field"
    RECOMMENDATION_NEW = "recommendation-new"
    RECOMMENDATION_GONE = "recommendation-gone"
    RECOMMENDATION_REWORDED = "recommendation-reworded"
    COSTING_CHANGED = "costing-changed"
    STATUS_CHANGED = "status-changed"
    RECOMMENDATION_FIELD = "recommendation-field"
    NOTE_CHANGED = "note-changed"
    RECIPE_CHANGED = "recipe-changed"
    RECORD_CHANGED = "record-changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One edit.

    `subject` is the id of what changed (a paper's slug, a recommendation's or the pack's id, "department
    hmt") and `title` what it is called; `where` is the place in it; `was` and `now` are as printed, empty
    where there was or is nothing.
    """

    kind: ChangeKind
    subject: str
    title: str
    where: str = ""
    was: str = ""
    now: str = ""

    def to_dict(self) -> dict[str, str]:
        """The fields of the JSON format."""
        return {name: str(value) for name, value in asdict(self).items()}


def from_fields(
    kind: ChangeKind,
    subject: str,
    title: str,
    old: Mapping[str, JsonValue],
    new: Mapping[str, JsonValue],
    without: tuple[str, ...] = (),
) -> Iterator[Change]:
    """A change for each field that differs."""
    for change in compare_fields(old, new, without=without):
        yield from_field(kind, subject, title, change)


def from_field(kind: ChangeKind, subject: str, title: str, change: FieldChange) -> Change:
    """A field that differs, as a change."""
    return Change(kind, subject, title, change.where, format_value(change.was), format_value(change.now))


def reword(kind: ChangeKind, subject: str, title: str, was: Sentence, now: Sentence) -> Change:
    """A sentence of which only the address of a link differs is told with its addresses."""
    texts = (was.text, now.text) if was.text != now.text else (was.compared, now.compared)
    return Change(kind, subject, title, place_of(now), *texts)


def place_of(sentence: Sentence) -> str:
    """Where a reader finds it: "paragraph 4.12 (4 Costs)"."""
    if sentence.paragraph:
        return f"paragraph {sentence.paragraph} ({sentence.section})"
    return sentence.section


def title_of(fields: Fields) -> str:
    """What a paper, a recommendation or a pack is called."""
    return str(fields.get("title", ""))
