"""Where does a fenced block of code end, and may it stand there?"""

import re

from policy_tools.load.scan.attributes import parse_attributes
from policy_tools.load.scan.lines import CODE_INDENT, LineReader, Place
from policy_tools.load.scan.unwanted import report_include, report_raw_markup

FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*(.*)")
_INCLUDE = re.compile(r"\.include\b|\binclude=[\"']")
_RAW = re.compile(r"\{=([\w.-]+)\}\s*$")


def read_fence(reader: LineReader, place: Place) -> int | None:
    """Set a fenced block of code aside."""
    match = FENCE.match(reader.text, place.content, place.stop)
    if not match or place.indent >= CODE_INDENT:
        return None
    fence, info = match[1], match[2].rstrip()
    if "`" in info:
        return None
    last = _closing_fence(reader, place.index, fence)
    if last is None:
        reader.found.report(
            "body.unclosed-code",
            place.content,
            "This block of code is opened here and never closed.",
            f"Put a line with {fence} after its last line.",
        )
        return None
    _check_fence_info(reader, info, place.content)
    reader.start_block()
    return last + 1


def _closing_fence(reader: LineReader, index: int, fence: str) -> int | None:
    closing = re.compile(rf"[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t\r]*$")
    known = reader.fence_ends.get((fence[0], len(fence)))
    if known is not None and index >= known:
        return None
    for line in range(index + 1, len(reader.lines)):
        start, stop = reader.lines[line]
        if closing.match(reader.text, start, stop):
            return line
    reader.fence_ends[fence[0], len(fence)] = index
    return None


def _check_fence_info(reader: LineReader, info: str, offset: int) -> None:
    raw = _RAW.match(info)
    if raw:
        report_raw_markup(reader.found, offset, raw[1])
    elif _INCLUDE.search(info):
        report_include(reader.found, offset)
    elif info.startswith("{"):
        attributes = parse_attributes(info, 0, len(info))
        if attributes is None:
            reader.found.warn(
                "body.fence-attributes",
                offset,
                f"“{info[:40]}” is no list of attributes, so this may not be shown as code.",
                "Write the language alone, such as ```r, or attributes such as ``` {.r #id}.",
            )
        elif attributes.id:
            reader.found.add_anchor(attributes.id, offset)
