"""How are the changes between two copies told, to people and to programs?"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from policy_tools.pack.change import Change

NO_CHANGES = "No changes."


def format_text(changes: Iterable[Change]) -> str:
    """By what they are about; under each its kind, its place, what it said and what it says."""
    lines: list[str] = []
    for (subject, title), found in groupby(changes, key=lambda change: (change.subject, change.title)):
        lines.append(f"{subject}: {title}" if title and title != subject else subject)
        for change in found:
            lines += _tell(change)
    return "\n".join(lines or [NO_CHANGES]) + "\n"


def format_json(changes: Iterable[Change]) -> str:
    """A list of objects with the fields of a change."""
    return json.dumps([change.to_dict() for change in changes], ensure_ascii=False, indent=1) + "\n"


def _tell(change: Change) -> Iterator[str]:
    yield f"  [{change.kind}]{f' {change.where}' if change.where else ''}"
    if change.was:
        yield f"    was: {change.was}"
    if change.now:
        yield f"    now: {change.now}"


FORMATS = {"text": format_text, "json": format_json}
