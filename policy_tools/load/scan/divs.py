"""Which boxes are opened and closed, and which of them are recommendations?"""

import re

from policy_tools.load.scan.attributes import Attributes, parse_attributes
from policy_tools.load.scan.lines import DEEPEST_NESTING, LineReader, Place
from policy_tools.model.body import Note

_DIV = re.compile(r":{3,}[ \t]*(?:(\{.*\})|([^\s{}:]+))?[ \t]*:*[ \t]*$")
_DIRECTIVE = re.compile(r":{3,}[ \t]*(\{[A-Za-z][\w:-]*\})")
_BLOCK_END = re.compile(
    r"[ \t]*(?:[|+].*|-[- \t]+|<!--.*-->|(?:</?(?:div|section|table|figure|details|center|hr)\b[^<>]*>)+)\s*"
)


def read_div(reader: LineReader, place: Place) -> int | None:
    """Open or close a box."""
    if not reader.text.startswith(":::", place.content):
        return None
    match = _DIV.match(reader.text, place.content, place.stop)
    directive = _DIRECTIVE.match(reader.text, place.content, place.stop)
    if directive:
        return _report_directive(reader, place, directive[1])
    if match and match[1] is None and match[2] is None:
        return _close_div(reader, place)
    attributes = _read_attributes(match) if match else None
    if attributes is None:
        return None
    reader.divs.append(place.content)
    if not (reader.fresh or _ends_a_block(reader, place.index - 1)):
        _leave_as_words(reader, place)
        return None
    reader.start_block()
    if len(reader.divs) > DEEPEST_NESTING:
        reader.report_too_deep(place.content, "boxes")
    _note_div(reader, attributes, place.content)
    return place.index + 1


def _read_attributes(match: re.Match[str]) -> Attributes | None:
    """What is said of the box, in braces or by one word."""
    if match[1]:
        return parse_attributes(match.string, match.start(1), match.endpos)
    return Attributes(match.endpos, classes=(match[2],))


def _report_directive(reader: LineReader, place: Place, name: str) -> int:
    """What MyST opens with a name in braces is no box, and has a closing line all the same."""
    reader.found.report(
        "div.foreign",
        place.content,
        f"{name} is a command to another system, and opens no box here.",
        "Write ::: note, ::: warning or ::: box, and a title as the box's first heading.",
    )
    reader.divs.append(place.content)
    reader.start_block()
    return place.index + 1


def _ends_a_block(reader: LineReader, index: int) -> bool:
    """Whether the line is one of a table, a comment or tags, right under which pandoc sees a box."""
    return bool(_BLOCK_END.fullmatch(reader.text[slice(*reader.lines[index])]))


def _leave_as_words(reader: LineReader, place: Place) -> None:
    """What pandoc takes for words of the paragraph above gives no id to anything."""
    reader.found.warn(
        "div.needs-blank-line",
        place.content,
        "A box must have an empty line before it, or it is not a box.",
        "Put an empty line above this one.",
    )


def _close_div(reader: LineReader, place: Place) -> int:
    if reader.divs:
        reader.divs.pop()
    else:
        reader.found.report(
            "div.unopened",
            place.content,
            "This line closes a box, but none is open.",
            "Remove it, or put the line that opens the box, such as ::: note, where it begins.",
        )
    reader.start_block()
    reader.containers.clear()
    return place.index + 1


def _note_div(reader: LineReader, attributes: Attributes, offset: int) -> None:
    if attributes.id:
        reader.found.add_anchor(attributes.id, attributes.id_offset)
    if "recommendation" not in attributes.classes:
        return
    if attributes.id:
        position = reader.found.source.position(attributes.id_offset)
        reader.found.recommendations.append(Note(attributes.id, position))
    else:
        reader.found.report(
            "recommendation.no-id",
            offset,
            "This recommendation has no id.",
            "Give it one that will never change: ::: {.recommendation #short-name-01}.",
        )
