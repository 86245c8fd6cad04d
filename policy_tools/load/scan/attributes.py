"""What does an attribute block such as `{#fig-x .wide alt="A rising line"}` say?"""

import re
from dataclasses import dataclass, field

_PART = re.compile(
    r"""\#(?P<id>[^\s}]+) | \.(?P<cls>[^\s}]+) | (?P<key>[A-Za-z_:][\w:.-]*)=
        (?: "(?P<dq>(?:[^"\\]|\\.)*)" | '(?P<sq>(?:[^'\\]|\\.)*)' | (?P<bare>[^\s}"']+) )
        | (?P<unnumbered>-)(?=[\s}]) | (?P<space>\s+) | (?P<close>\})""",
    re.VERBOSE | re.DOTALL,
)
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Attributes:
    """An attribute block as read; `id_offset` is the place of its `#`, `end` the place after its brace."""

    end: int
    id: str = ""
    id_offset: int = 0
    classes: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)


def parse_attributes(text: str, start: int, stop: int) -> Attributes | None:
    """Read the block whose brace stands at `start`, or None if what stands there is no such block."""
    if start >= stop or text[start] != "{":
        return None
    name, name_offset = "", start
    classes: list[str] = []
    values: dict[str, str] = {}
    offset, stop = start + 1, min(stop, start + LONGEST)
    while match := _PART.match(text, offset, stop):
        offset = match.end()
        if match["close"]:
            return Attributes(offset, name, name_offset, tuple(classes), values)
        if match["id"] is not None:
            name, name_offset = match["id"], match.start()
        elif match["cls"] is not None:
            classes.append(match["cls"])
        elif match["key"] is not None:
            value = next((match[kind] for kind in ("dq", "sq", "bare") if match[kind] is not None), "")
            values[match["key"]] = value
        elif match["unnumbered"]:
            classes.append("unnumbered")
    return None
