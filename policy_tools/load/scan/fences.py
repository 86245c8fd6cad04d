"""Where does a fenced block of code end, and may it stand there?

What follows the fence in R Markdown, Quarto and MyST (`{r, echo=FALSE}`, `{code-cell} python`) keeps
pandoc from seeing code at all: it reads the block as words, and the words after the block as code. So it is
given the language alone.
"""

import re

from policy_tools.load.scan.attributes import parse_attributes
from policy_tools.load.scan.lines import CODE_INDENT, LineReader, Place
from policy_tools.load.scan.unwanted import report_include, report_raw_markup

FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*(.*)")
_INCLUDE = re.compile(r"\.include\b|\binclude=[\"']")
_RAW = re.compile(r"\{=([\w.-]+)\}\s*$")
_UNDERSTOOD = re.compile(  # by pandoc: a language, attributes, or both
    r"""[^\s{}]*[ \t]*(?:\{\s*(?:
        (?: \#[^\s}]+ | \.[^\W\d][\w:.-]* | [^\W\d][\w:.-]*=(?:"[^"]*" | '[^']*' | [^\s}"']*) | - )
        (?: \s+ | (?=\}) )
    )*\})?""",
    re.VERBOSE,
)
_LANGUAGE = re.compile(r"\w[\w+#-]*")


def read_fence(reader: LineReader, place: Place) -> int | None:
    """Set a fenced block of code aside."""
    match = FENCE.match(reader.text, place.content, place.stop)
    if not match or place.indent >= CODE_INDENT:
        return None
    fence, info = match[1], match[2].rstrip()
    if "`" in info and (fence in info or not info.startswith("{")):
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
    _check_fence_info(reader, info, match.start(2))
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
    found = reader.found
    raw = _RAW.match(info)
    if raw:
        report_raw_markup(found, offset, raw[1])
    elif _INCLUDE.search(info):
        report_include(found, offset)
    elif not _UNDERSTOOD.fullmatch(info):
        language = _LANGUAGE.search(info)
        found.warn(
            "body.fence-attributes",
            offset,
            f"“{info[:40]}” is no list of attributes. The block is shown as code, and is not run.",
            "Write the language alone, such as ```r, or attributes such as ``` {.r #id}.",
        )
        found.replace(offset, offset + len(info), language[0] if language else "")
    elif "{" in info:
        attributes = parse_attributes(info, info.index("{"), len(info))
        if attributes and attributes.id:
            found.add_anchor(attributes.id, offset)
