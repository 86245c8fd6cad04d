"""Which references does the text of a .bib file give?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from policy_tools.load.bib.blocks import Broken, RawEntry, RawString, split_blocks
from policy_tools.load.bib.checks import CheckedEntry, check_entry
from policy_tools.load.bib.decoding import decode_file
from policy_tools.load.bib.entry_types import load_entry_types
from policy_tools.load.bib.faults import explain
from policy_tools.load.bib.lineage import Parent, ancestors, find_cycles
from policy_tools.load.bib.values import parse_value
from policy_tools.load.scan.source import Source
from policy_tools.model.problem import Problem, Severity
from policy_tools.model.reference import Reference
from policy_tools.store import digest_of

LONGEST_STRING = 2_000
"""A string made of strings made of strings can grow without bound."""
MOST_PROBLEMS = 500
_PARENT_FIELDS = ("crossref", "xdata")
_INHERITED_AS = {"title": "booktitle", "subtitle": "booksubtitle", "journal": "journaltitle"}


def parse_bibliography(
    data: bytes, path: str, *, is_private: bool
) -> tuple[Mapping[str, Reference], tuple[Problem, ...]]:
    """The references that the bytes of a .bib file give, and everything that is wrong with them."""
    decoded = decode_file(data, path)
    shelf = Shelf(Source(decoded.text, 1, path))
    shelf.read()
    references = {reference.key: reference for reference in shelf.references(is_private=is_private)}
    problems = sorted((*decoded.problems, *shelf.problems))
    return references, _shorten(problems, path)


def _shorten(problems: list[Problem], path: str) -> tuple[Problem, ...]:
    """The first of them: a file that is no bibliography at all should not fill the screen."""
    rest = len(problems) - MOST_PROBLEMS
    if rest <= 0:
        return tuple(problems)
    first, last = problems[:MOST_PROBLEMS], problems[MOST_PROBLEMS]
    message = f"There are {rest} more problems in this file."
    hint = "Mend those above, and check again."
    return (*first, Problem(path, last.line, last.column, "bibliography.too-many-problems", message, hint))


@dataclass(slots=True)
class Shelf:
    """The entries of one file while they are being checked and put together."""

    source: Source
    entries: dict[str, CheckedEntry] = field(default_factory=dict)
    broken: dict[str, Broken] = field(default_factory=dict)
    strings: dict[str, str] = field(default_factory=dict)
    string_blocks: dict[str, RawString] = field(default_factory=dict)
    parents: dict[str, tuple[Parent, ...]] = field(default_factory=dict)
    circular: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    nameless: list[CheckedEntry] = field(default_factory=list)

    def read(self) -> None:
        """Read all blocks, then check what can only be known of all together."""
        for block in split_blocks(self.source.text):
            if isinstance(block, RawString):
                self._add_string(block)
            elif isinstance(block, Broken):
                self._add_broken(block)
            else:
                self._add_entry(block)
        self._check_cycles()
        self._check_entries()

    def _add_string(self, block: RawString) -> None:
        value = parse_value(block.value)
        if sum(len(self.strings.get(piece.lower(), piece)) for piece in value.pieces) > LONGEST_STRING:
            self.problems.append(
                self.source.problem(
                    "bibliography.string-too-long",
                    block.offset,
                    f"The @string {block.name} grows longer than {LONGEST_STRING} characters.",
                    "Write what it stands for into the entries themselves.",
                )
            )
            return
        self.strings[block.name] = value.text(self.strings)
        self.string_blocks[block.name] = block

    def _add_broken(self, block: Broken) -> None:
        if block.key and block.after_key != "=" and block.key not in self.entries:
            self.broken.setdefault(block.key, block)
        place, message, hint = explain(block)
        self.problems.append(
            self.source.problem("bibliography.syntax", min(place, len(self.source.text)), message, hint)
        )

    def _add_entry(self, entry: RawEntry) -> None:
        values = tuple(parse_value(raw.value) for raw in entry.fields)
        fields: dict[str, str] = {}
        for raw, value in zip(entry.fields, values, strict=True):
            fields.setdefault(raw.name, value.text(self.strings))
        checked = CheckedEntry(entry, values, fields, (), self.strings)
        if not entry.key:
            self.nameless.append(checked)
        elif entry.key in self.entries:
            self._report_duplicate(checked)
        else:
            self.entries[entry.key] = checked
            self.parents[entry.key] = tuple(_parents(fields))

    def _report_duplicate(self, again: CheckedEntry) -> None:
        entry, first = again.entry, self.entries[again.entry.key]
        is_same = (entry.entry_type, again.fields) == (first.entry.entry_type, first.fields)
        line = self.source.position(first.entry.offset).line
        self.problems.append(
            self.source.problem(
                "bibliography.duplicate-key",
                entry.offset,
                f"The key “{entry.key}” is given again here; it was first given on line {line}.",
                "The two say the same: remove one."
                if is_same
                else "Remove one of the two, or give this one another key.",
                Severity.WARNING if is_same else Severity.ERROR,
            )
        )

    def _check_cycles(self) -> None:
        for cycle in find_cycles(self.parents):
            self.circular.update(cycle)
            circle = " → ".join((*cycle, cycle[0]))
            self.problems.append(
                self.source.problem(
                    "bibliography.circular-crossref",
                    self.entries[cycle[0]].entry.offset,
                    f"These entries inherit from one another in a circle: {circle}.",
                    "Take the crossref or xdata out of one of them.",
                )
            )

    def _check_entries(self) -> None:
        folded: dict[str, str] = {}
        for key, checked in self.entries.items():
            self._check_parents(key, checked)
            other = folded.setdefault(key.casefold(), key)
            if other != key:
                self._warn_similar(checked.entry, other)
        for checked in (*self.entries.values(), *self.nameless):
            inherited = self._inherited(checked.entry.key)
            full = CheckedEntry(checked.entry, checked.values, checked.fields, inherited, self.strings)
            for finding in check_entry(full):
                self.problems.append(
                    self.source.problem(
                        finding.code, finding.offset, finding.message, finding.hint, finding.severity
                    )
                )

    def _warn_similar(self, entry: RawEntry, other: str) -> None:
        line = self.source.position(self.entries[other].entry.offset).line
        self.problems.append(
            self.source.problem(
                "bibliography.similar-keys",
                entry.offset,
                f"The keys “{entry.key}” and “{other}” (line {line}) differ only in capitals.",
                "Make sure that these are two works, and name them apart.",
                Severity.WARNING,
            )
        )

    def _check_parents(self, key: str, checked: CheckedEntry) -> None:
        for parent in self.parents[key]:
            if parent.key in self.entries or parent.key in self.broken:
                continue
            place = next(raw.offset for raw in checked.entry.fields if raw.name == parent.field)
            self.problems.append(
                self.source.problem(
                    "bibliography.unknown-crossref",
                    place,
                    f"“{key}” inherits from “{parent.key}” ({parent.field}), which is not in this file.",
                    f"Add the entry, or remove {parent.field}.",
                )
            )

    def _ancestors(self, key: str) -> tuple[str, ...]:
        if key in self.circular or not self.parents.get(key):
            return ()
        return tuple(name for name in ancestors(key, self.parents) if name not in self.circular)

    def _inherited(self, key: str) -> frozenset[str]:
        if key in self.circular:
            return load_entry_types().all_required
        names: set[str] = set()
        for parent in self._ancestors(key):
            given = self.entries[parent].fields
            names.update(given)
            names.update(_INHERITED_AS[name] for name in given if name in _INHERITED_AS)
        return frozenset(names)

    def references(self, *, is_private: bool) -> Iterator[Reference]:
        """Every entry that has a key, the unreadable ones as placeholders, in the order of the file."""
        made = [
            self._reference(checked.entry, dict(checked.fields), self._source_of(key), is_private=is_private)
            for key, checked in self.entries.items()
        ]
        made += [
            self._reference(block, {}, _placeholder(block), is_private=is_private)
            for key, block in self.broken.items()
            if key not in self.entries
        ]
        yield from sorted(made, key=lambda reference: reference.line)

    def _reference(
        self, block: RawEntry | Broken, fields: Mapping[str, str], text: str, *, is_private: bool
    ) -> Reference:
        line = self.source.position(block.offset).line
        path = self.source.path
        return Reference(block.key, block.entry_type, fields, text, path, line, digest_of(text), is_private)

    def _source_of(self, key: str) -> str:
        lineage = (key, *self._ancestors(key))
        strings = self._strings_used(lineage)
        entries = [self._entry_text(name) for name in lineage]
        return "\n".join((*strings, *entries)) + "\n"

    def _entry_text(self, key: str) -> str:
        checked = self.entries[key]
        if key in self.circular:
            return _rewritten(checked, without=_PARENT_FIELDS)
        return _rewritten(checked) if _needs_rewriting(checked) else checked.entry.raw

    def _strings_used(self, lineage: tuple[str, ...]) -> Iterator[str]:
        wanted: dict[str, None] = {}
        pending = [macro for key in lineage for value in self.entries[key].values for macro in value.macros]
        while pending:
            name = pending.pop()
            if name in self.string_blocks and name not in wanted:
                wanted[name] = None
                pending.extend(parse_value(self.string_blocks[name].value).macros)
        blocks = sorted((self.string_blocks[name] for name in wanted), key=lambda block: block.offset)
        return (block.raw for block in blocks)


def _parents(fields: Mapping[str, str]) -> Iterator[Parent]:
    for name in _PARENT_FIELDS:
        for key in fields.get(name, "").split(","):
            if key.strip():
                yield Parent(name, key.strip())


def _needs_rewriting(checked: CheckedEntry) -> bool:
    entry = checked.entry
    opening = entry.raw[len(entry.entry_type) + 1 :].lstrip()[:1]
    return (
        opening == "("
        or not entry.fields
        or any(value.stray >= 0 for value in checked.values)
        or any(not raw.value for raw in entry.fields)
    )


_UNSAFE_NAME = re.compile(r"[^\w:.+/-]")


def _rewritten(checked: CheckedEntry, without: tuple[str, ...] = ()) -> str:
    """An entry set out afresh, where what was written cannot be read by other programs."""
    lines = [
        f"  {name} = {{{_balanced(value)}}},"
        for name, value in checked.fields.items()
        if name and name not in without and not _UNSAFE_NAME.search(name)
    ]
    head = f"@{checked.entry.entry_type}{{{checked.entry.key},"
    return "\n".join((head, *(lines or ["  title = {},"]), "}"))


def _balanced(value: str) -> str:
    bare = re.sub(r"\\[{}]", "", value)
    depth = 0
    for character in bare:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            break
    return value if depth == 0 else value.replace("{", "").replace("}", "")


def _placeholder(block: Broken) -> str:
    return f"@misc{{{block.key},\n  title = {{(This entry of the bibliography cannot be read)}},\n}}\n"
