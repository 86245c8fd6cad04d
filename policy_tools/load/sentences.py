"""How does a sentence for an author name a value, and say that it is not of the kind its field asks for?"""

from collections.abc import Mapping

Steps = tuple[str | int, ...]
"""The way to a value: names of fields, and places in lists from 0."""

_LIST_HINT = "Write [first, second], or each item on a line of its own after a hyphen."

# What pydantic calls the fault, what we say, and what to do about it.
_WRONG_KINDS = (
    ("int", "{label} is a whole number, and {value} is not one.", "Write it in digits, without quotes."),
    ("greater_than_equal", "{label} is {limit} or more.", ""),
    ("bool", "{label} is true or false, and {value} is neither.", "Write true or false, without quotes."),
    ("tuple_type", "{label} is a list.", _LIST_HINT),
    ("too_long", "{label} has too many items.", ""),
    (
        "model",
        "{label} is a group of fields.",
        "Write each on a line of its own below, indented, as name: value.",
    ),
)


def quote_value(value: object) -> str:
    """A value as a sentence cites it: in quotes, and not for ever."""
    text = str(value)
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'  # noqa: PLR2004  (enough to be known by)


def with_article(noun: str) -> str:
    """Such as "a paper" or "an institute"."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def name_value(steps: Steps) -> str:
    """How a sentence names a value: "title", item 2 of "keywords", "until" of "embargo"."""
    if not steps:
        return "This"
    *parents, last = steps
    if isinstance(last, int):
        return f"Item {last + 1} of {lower_first(name_value(tuple(parents)))}"
    return f'"{last}"' if not parents else f'"{last}" of {lower_first(name_value(tuple(parents)))}'


def lower_first(words: str) -> str:
    """The words as they stand inside a sentence."""
    return words[0].lower() + words[1:]


def describe_wrong_kind(
    kind: str, label: str, value: object, limits: Mapping[str, object]
) -> tuple[str, str]:
    """What is wrong with a value of the wrong kind, and what to do about it."""
    if kind == "string_type":
        return _describe_not_text(label, value)
    for beginning, message, hint in _WRONG_KINDS:
        if kind.startswith(beginning):
            return message.format(label=label, value=quote_value(value), limit=limits.get("ge", 1)), hint
    return f"{label} cannot be of this kind.", "docs/records.md says what it can be."


def _describe_not_text(label: str, value: object) -> tuple[str, str]:
    if isinstance(value, dict):
        hint = "Where a text holds a colon and a space, put the whole text in quotes."
        return f"{label} is a text, and this is a group of fields.", hint
    if isinstance(value, list | tuple):
        return (
            f"{label} is one text, and this is a list.",
            "Where a text begins with a bracket, put it in quotes.",
        )
    if value is None:
        return f"{label} is empty.", "Fill it in or take it away."
    word = str(value).lower() if isinstance(value, bool) else str(value)
    kind = "true or false" if isinstance(value, bool) else "a number"
    return f"{label} is a text, and {word} without quotes is {kind}.", f'Put it in quotes: "{word}".'
