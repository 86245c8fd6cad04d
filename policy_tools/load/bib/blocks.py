"""Which blocks does a .bib file consist of, and where does each begin?"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

# What bibtexparser would log is reported as problems.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)

_KEY = re.compile(r"@\s*(\w+)\s*[{(]\s*([^\s,={}\"]*)\s*(.?)")


@dataclass(frozen=True, slots=True)
class RawField:
    """A field as written: its name in lower case, what stands after the =, and the place of its name."""

    name: str
    value: str
    offset: int


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as written; `offset` is the place of its @."""

    key: str
    entry_type: str
    fields: tuple[RawField, ...]
    raw: str
    offset: int


@dataclass(frozen=True, slots=True)
class RawString:
    """An @string definition."""

    name: str
    value: str
    raw: str
    offset: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A block that could not be read: as much of it as is clear, and the parser's reason."""

    key: str
    entry_type: str
    after_key: str
    reason: str
    raw: str
    offset: int


RawBlock = RawEntry | RawString | Broken


def split_blocks(text: str) -> Iterator[RawBlock]:
    """The blocks of a .bib file in their order; comments and preambles are left out."""
    cursor = 0
    for block in Splitter(text).split().blocks:
        raw = block.raw or ""
        offset = text.find(raw, cursor) if raw else cursor
        if offset < 0:
            offset = cursor
        converted = _convert(block, raw, offset)
        if converted:
            yield converted
        if isinstance(converted, Broken):
            cursor = offset + 1  # what the parser gave up on may reach into the next block
        elif not isinstance(block, ImplicitComment):
            cursor = offset + len(raw)


def _convert(block: Block, raw: str, offset: int) -> RawBlock | None:
    if isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)):
        inner = block.ignore_error_block
        return _convert(inner, raw, offset) if inner else None
    if isinstance(block, Entry):
        fields = tuple(_place_fields(block, raw, offset))
        return RawEntry(block.key, block.entry_type.lower(), fields, raw, offset)
    if isinstance(block, String):
        return RawString(block.key.lower(), block.value, raw, offset)
    if isinstance(block, ParsingFailedBlock):
        head = _KEY.match(raw)
        entry_type, key, after = (head[1], head[2], head[3]) if head else ("", "", "")
        reason = str(getattr(block.error, "abort_reason", block.error))
        return Broken(key, entry_type.lower(), after, reason, raw, offset)
    return None


def _place_fields(entry: Entry, raw: str, offset: int) -> Iterator[RawField]:
    cursor = raw.find(",") + 1
    for field in entry.fields:
        place = raw.find(field.key, cursor) if field.key else cursor
        if place < 0:
            place = cursor
        value_at = raw.find(field.value, raw.find("=", place + len(field.key)) + 1)
        cursor = (value_at if value_at >= 0 else place) + len(field.value)
        yield RawField(field.key.lower(), field.value, offset + place)
