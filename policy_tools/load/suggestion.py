"""What did an author mean who wrote a name that does not exist?"""

from collections.abc import Iterable
from difflib import get_close_matches

from policy_tools.model.slug import make_slug


def find_nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like the one written, or None when none is like it."""
    names = sorted(known)
    by_folded = {known_name.casefold(): known_name for known_name in reversed(names)}
    matches = get_close_matches(name.casefold()[:100], list(by_folded), n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else None


def suggest(name: str, known: Iterable[str]) -> str:
    """A hint for an unknown name: the nearest one, or all of them when they are few."""
    names = sorted(known)
    if nearest := find_nearest(name, names):
        return f'Did you mean "{nearest}"?'
    if names and len(names) <= 12:  # noqa: PLR2004  (as many as can be taken in at a glance)
        return f"There are: {', '.join(names)}."
    return ""


def suggest_slug(name: str) -> str:
    """A hint for a name that is no slug: what it could be."""
    slug = make_slug(name)
    return f'Did you mean "{slug}"?' if slug and slug != name else ""
