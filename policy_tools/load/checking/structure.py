"""Do the headings, notes, anchors and recommendations of a paper hang together?"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from policy_tools.load.bibliography import nearest_keys
from policy_tools.load.checking.report import report, warn
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")


def check_heading_levels(paper: Paper) -> Iterator[Problem]:
    """A heading two or more levels below the one before it."""
    for above, below in pairwise(paper.body.headings):
        if below.level > above.level + 1:
            yield warn(
                paper,
                below.position,
                "heading.skipped-level",
                f'"{below.text}" is of level {below.level}, and the one before it of level {above.level}.',
                f"Begin it with {'#' * (above.level + 1)}.",
            )


def check_heading_words(paper: Paper) -> Iterator[Problem]:
    """Headings without words."""
    for heading in paper.body.headings:
        if not heading.text:
            yield report(
                paper,
                heading.position,
                "heading.empty",
                "This heading has no words.",
                "Write them, or remove it.",
            )


def check_title_repeated(paper: Paper) -> Iterator[Problem]:
    """A first heading that only says the title again."""
    headings = paper.body.headings
    if not headings or "title" not in paper.places:
        return
    first = headings[0]
    if _fold(first.text) == _fold(paper.record.title):
        yield warn(
            paper,
            first.position,
            "heading.repeats-title",
            "This heading repeats the paper's title, which is printed above the text already.",
            "Remove it, and raise the headings below it by a level.",
        )


def _fold(words: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", words).casefold().split())


def check_notes(paper: Paper) -> Iterator[Problem]:
    """Footnotes that nobody mentions, that have no text, or that have two."""
    defined = Counter(note.label for note in paper.body.notes_defined)
    used = {note.label for note in paper.body.notes_used}
    seen: set[str] = set()
    for note in paper.body.notes_defined:
        if note.label in seen:
            message = f"The footnote [^{note.label}] is given a second time here."
            yield report(
                paper, note.position, "note.duplicate", message, "Give one of the two another label."
            )
        elif note.label not in used:
            message = f"The footnote [^{note.label}] is mentioned nowhere, so it is not printed."
            hint = f"Put [^{note.label}] where it belongs, or remove it."
            yield warn(paper, note.position, "note.unreferenced", message, hint)
        seen.add(note.label)
    for note in paper.body.notes_used:
        if note.label not in defined:
            yield report(
                paper,
                note.position,
                "note.undefined",
                f"The footnote [^{note.label}] has no text.",
                _suggest_note(note.label, tuple(defined)),
            )


def _suggest_note(label: str, defined: tuple[str, ...]) -> str:
    nearest = nearest_keys(label, defined)
    if nearest:
        return f"Did you mean [^{nearest[0]}]?"
    return f"Add a line that begins with [^{label}]: after an empty line."


def check_anchors(paper: Paper) -> Iterator[Problem]:
    """One id given to two things."""
    first: dict[str, int] = {}
    for name, place in paper.body.anchors:
        if name in first:
            message = f"The id #{name} is given again here; it was first given on line {first[name]}."
            yield report(paper, place, "anchor.duplicate", message, "Give one of the two another id.")
        else:
            first[name] = place.line


def check_recommendation_ids(paper: Paper) -> Iterator[Problem]:
    """Ids of recommendations that are no permanent names."""
    for note in paper.body.recommendations:
        if not _ID.fullmatch(note.label):
            yield report(
                paper,
                note.position,
                "recommendation.bad-id",
                f'"{note.label}" cannot be the id of a recommendation.',
                "Use small letters, digits and hyphens, such as nib-03.",
            )
