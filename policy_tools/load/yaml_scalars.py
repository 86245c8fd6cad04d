"""What does a word of a YAML text mean, and which signs may not stand in one?"""

import re
from collections.abc import Mapping
from types import MappingProxyType

import yaml

# Control characters, line separators that editors do not count, half characters, and the marks that
# make text read in another order than it is stored.
FORBIDDEN = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_WHOLE_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_CONSTANTS: Mapping[str, bool | None] = MappingProxyType(
    {
        **dict.fromkeys(("true", "True", "TRUE"), True),
        **dict.fromkeys(("false", "False", "FALSE"), False),
        **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
    }
)


def resolve_scalar(event: yaml.ScalarEvent) -> str | int | bool | None:
    """Text is text, unless it is plainly a whole number, true, false or null."""
    text: str = event.value
    if event.style:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text


def describe_character(character: str) -> str:
    """A sentence about a sign that nobody can see."""
    return f"There is an invisible character here (U+{ord(character):04X}) that may not stand in a record."
