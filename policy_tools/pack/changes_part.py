"""What has changed since your last pack, as its part tells it: grouped by what it means for the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from policy_tools.model.printing import format_british_date
from policy_tools.pack.changes import Change, ChangeKind
from policy_tools.pack.field_words import word_place, word_value
from policy_tools.pack.wording import end_sentence

_GROUPS: tuple[tuple[str, frozenset[ChangeKind]], ...] = (
    ("New papers", frozenset({ChangeKind.PAPER_NEW})),
    ("Corrected papers", frozenset({ChangeKind.PAPER_CORRECTED})),
    ("Superseded papers", frozenset({ChangeKind.PAPER_SUPERSEDED})),
    ("Papers withdrawn", frozenset({ChangeKind.PAPER_WITHDRAWN})),
    ("Papers no longer in the pack", frozenset({ChangeKind.PAPER_GONE})),
    (
        "What is asked",
        frozenset(
            {
                ChangeKind.RECOMMENDATION_NEW,
                ChangeKind.RECOMMENDATION_GONE,
                ChangeKind.RECOMMENDATION_REWORDED,
            }
        ),
    ),
    ("Costings", frozenset({ChangeKind.COSTING_CHANGED})),
    ("Status", frozenset({ChangeKind.STATUS_CHANGED})),
    ("Case, answers and lines", frozenset({ChangeKind.RECOMMENDATION_FIELD, ChangeKind.NOTE_CHANGED})),
    (
        "What papers say",
        frozenset(
            {
                ChangeKind.PAPER_VERSION,
                ChangeKind.SENTENCE_CHANGED,
                ChangeKind.SENTENCE_NEW,
                ChangeKind.SENTENCE_GONE,
                ChangeKind.SENTENCE_MOVED,
                ChangeKind.REFERENCE_CHANGED,
                ChangeKind.FILE_CHANGED,
                ChangeKind.PAPER_FIELD,
            }
        ),
    ),
    ("This pack", frozenset({ChangeKind.RECIPE_CHANGED, ChangeKind.RECORD_CHANGED})),
)

_OF_FIELDS = frozenset(
    {
        ChangeKind.COSTING_CHANGED,
        ChangeKind.RECOMMENDATION_FIELD,
        ChangeKind.NOTE_CHANGED,
        ChangeKind.PAPER_FIELD,
        ChangeKind.RECIPE_CHANGED,
        ChangeKind.RECORD_CHANGED,
    }
)
"""Those of which `where` is a path of fields, or the year and kind of a costing."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One edit: where, and what it said and says, each with a label that may be empty."""

    where: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SubjectChanges:
    """What has changed in one paper, recommendation or record."""

    title: str
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes of one meaning, by what they are about."""

    title: str
    subjects: tuple[SubjectChanges, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """`since` names the last copy, by day and id; there are no `groups` when nothing has changed.

    It is empty in a first copy, which says so.
    """

    since: str
    groups: tuple[ChangeGroup, ...]


FIRST_COPY = ChangesView("", ())
"""What a reader is told who has had no copy of this pack before."""


def build_changes(
    since: date, copy_id: str, changes: Iterable[Change], titles: Mapping[str, str]
) -> ChangesView:
    """Group what has changed since a copy issued on that day; `titles` are those of papers, by slug."""
    found = tuple(changes)
    titles = {**{change.subject: change.title for change in found}, **titles}
    groups = (
        ChangeGroup(title, _by_subject((change for change in found if change.kind in kinds), titles))
        for title, kinds in _GROUPS
    )
    return ChangesView(
        f"{format_british_date(since)} ({copy_id})", tuple(group for group in groups if group.subjects)
    )


def name_records(view: ChangesView, titles: Mapping[str, str]) -> ChangesView:
    """The same with the name of each record that only an id stood for."""

    def name(line: ChangeLine) -> ChangeLine:
        return replace(line, said=tuple((label, word_value("", text, titles)) for label, text in line.said))

    return replace(
        view,
        groups=tuple(
            replace(
                group,
                subjects=tuple(
                    replace(subject, lines=tuple(name(line) for line in subject.lines))
                    for subject in group.subjects
                ),
            )
            for group in view.groups
        ),
    )


def _by_subject(changes: Iterable[Change], titles: Mapping[str, str]) -> tuple[SubjectChanges, ...]:
    subjects: dict[str, list[Change]] = {}
    for change in changes:
        subjects.setdefault(change.subject, []).append(change)
    return tuple(
        SubjectChanges(
            found[0].title, tuple(ChangeLine(_tell_place(change), _tell(change, titles)) for change in found)
        )
        for found in subjects.values()
    )


def _tell_place(change: Change) -> str:
    return word_place(change.where) if change.kind in _OF_FIELDS else change.where


def _tell(change: Change, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    was, now = change.was, change.now
    match change.kind:
        case ChangeKind.PAPER_NEW:
            return (("", end_sentence(now)),)
        case ChangeKind.PAPER_SUPERSEDED:
            lifted = ("", f"No longer superseded by {titles.get(was, was)}.")
            return (("Superseded by:", titles.get(now, now)) if now else lifted,)
        case ChangeKind.PAPER_WITHDRAWN:
            return (("", f"Your copy has {was}. Do not use it."),)
        case ChangeKind.PAPER_GONE:
            return (("", f"Your copy has {was}."),)
    was, now = (word_value(change.where, text, titles) for text in (was, now))
    return _tell_edit(was, now)


def _tell_edit(was: str, now: str) -> tuple[tuple[str, str], ...]:
    if not was:
        return (("New:", now),)
    return (("It said:", was), ("It says now:", now) if now else ("", "That is no longer said."))
