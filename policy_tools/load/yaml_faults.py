"""How do we tell an author that a text is no YAML?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class YamlFault:
    """What libyaml says, and what we say instead.

    `at_opening` puts it where the broken value began; `in_bracket` where the last bracket was opened,
    which libyaml does not tell.
    """

    words: str
    message: str
    hint: str
    at_opening: bool = False
    in_bracket: bool = False


_FAULTS = (
    YamlFault(
        "mapping values are not allowed",
        "A colon stands here where no field can begin.",
        'Put a text that holds a colon in quotes (title: "Growth: what next"); begin a field on a new line.',
    ),
    YamlFault(
        "cannot start any token",
        "A value cannot begin with this character.",
        "Put the text in quotes, and indent with spaces.",
    ),
    YamlFault("tab character", "A tab stands here.", "Indent with spaces."),
    YamlFault(
        "while scanning a quoted scalar",
        "A quotation mark is opened here and never closed.",
        "Close it, or take it away.",
        at_opening=True,
    ),
    YamlFault(
        "unknown escape character",
        "A backslash in a text in double quotes begins an escape, and this one is unknown.",
        "Use single quotes, or write the backslash twice.",
    ),
    YamlFault(
        "expected ',' or",
        "A bracket is opened here, and it is not closed or a comma is missing in it.",
        "Close it, and put texts that hold commas or brackets in quotes.",
        at_opening=True,
    ),
    YamlFault(
        "expected node content",
        "A bracket is opened here, and the text ends before it is closed.",
        "Close it, or put a text that begins with a bracket in quotes.",
        in_bracket=True,
    ),
    YamlFault(
        "could not find expected ':'",
        "This line is no field: there is no colon after its name.",
        "Write a field as name: value, and indent the further lines of a long text.",
        at_opening=True,
    ),
    YamlFault(
        "block sequence entries are not allowed",
        "An item of a list cannot begin here.",
        "Begin the list on the next line, or put a text that begins with a hyphen in quotes.",
    ),
    YamlFault(
        "did not find expected key",
        "No field can begin here.",
        "Line fields up exactly below one another, and close a quoted text at the end of its line.",
    ),
    YamlFault(
        "expected '-' indicator",
        "A list stands above, and this line is no item of it.",
        "Begin each item with a hyphen, and indent the lines of an item alike.",
    ),
    YamlFault(
        "expected <document start>",
        "The text above has ended, and this line does not belong to it.",
        "Line fields up exactly below one another.",
    ),
)


def find_fault(words: str) -> YamlFault | None:
    """What libyaml's words mean, when they are known."""
    return next((fault for fault in _FAULTS if fault.words in words), None)
