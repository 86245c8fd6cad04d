"""What has changed between two copies of a pack: every edit by itself, with what it said and what it says?"""

from collections.abc import Iterator

from policy_tools.pack.change import Change, ChangeKind, from_fields, title_of
from policy_tools.pack.paper_changes import compare_papers
from policy_tools.pack.recommendation_changes import compare_recommendations
from policy_tools.pack.snapshot import Snapshot

__all__ = ["Change", "ChangeKind", "compare"]


def compare(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """Every difference between what two copies said: papers, then recommendations, then all else, by id."""
    return (
        *compare_papers(old, new),
        *compare_recommendations(old, new),
        *from_fields(ChangeKind.RECIPE_CHANGED, new.pack, title_of(new.recipe), old.recipe, new.recipe),
        *_compare_records(old, new),
    )


def _compare_records(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """What the pack draws on. One that it has only begun or ceased to draw on has not changed."""
    for name in sorted(old.records.keys() & new.records.keys()):
        was, now = old.records[name], new.records[name]
        title = str(now.get("title") or now.get("name") or name)
        yield from from_fields(ChangeKind.RECORD_CHANGED, name, title, was, now)
