"""What is probably wrong with a block that could not be read?"""

import re

from policy_tools.load.bib.blocks import Broken

_FIELD_LINE = re.compile(r"^[ \t]*([A-Za-z][\w-]*)[ \t]*=", re.MULTILINE)

Explanation = tuple[int, str, str]


def explain(block: Broken) -> Explanation:
    """Where the fault is, what it is, and what to do."""
    name = f"“{block.key}”" if block.key else f"This @{block.entry_type or 'entry'}"
    if block.after_key == "=":
        return _no_key(block)
    if block.key and block.after_key not in (",", "}", ")", ""):
        return (
            block.offset,
            f"After the key {name} a comma is missing.",
            f"Write @{block.entry_type}{{{block.key}, and go on on the next line.",
        )
    missing = _field_without_equals(block)
    if missing:
        return missing
    return _unclosed(block, name)


def _no_key(block: Broken) -> Explanation:
    return (
        block.offset,
        f"This @{block.entry_type} has no key: it begins with its field {block.key}.",
        f"Begin it so: @{block.entry_type}{{name2024, {block.key} = …",
    )


def _field_without_equals(block: Broken) -> Explanation | None:
    match = re.search(r"entry key,? (?:`([^`]*)`|but found `(.)`)", block.reason)
    if not match or "`=`" not in block.reason:
        return None
    end = len(block.raw.rstrip())
    word = match[1] or _last_word(block.raw)
    return (
        block.offset + max(block.raw.rfind(word, 0, end), 0),
        f"In “{block.key}” there is no = after {word or 'the last field'}.",
        "Write each field as name = {value} and end it with a comma.",
    )


def _last_word(raw: str) -> str:
    words = re.findall(r"[\w-]+", raw[-200:])
    return words[-1] if words else ""


def _unclosed(block: Broken, name: str) -> Explanation:
    place = _unbalanced_field(block)
    if place is not None:
        offset, field = place
        return (
            offset,
            f"In {name} the value of {field} is not closed: a brace or a quotation mark is missing.",
            "Close it, and put a comma after it.",
        )
    return (
        block.offset,
        f"{name} is never closed: the brace at its end is missing.",
        "Put a } on a line of its own after its last field.",
    )


def _unbalanced_field(block: Broken) -> tuple[int, str] | None:
    """The first field whose braces do not balance before the next field begins."""
    fields = list(_FIELD_LINE.finditer(block.raw))
    for index, match in enumerate(fields):
        is_last = index + 1 == len(fields)
        value = block.raw[match.end() : None if is_last else fields[index + 1].start()]
        bare = re.sub(r"\\.", "", value)
        surplus = bare.count("{") - bare.count("}")
        if surplus > 0 or (surplus == 0 and bare.lstrip()[:1] == '"' and bare.count('"') == 1):
            return block.offset + match.start(1), match[1].lower()
    return None
