"""What is wrong with an entry that can be read?"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from policy_tools.load.bib.blocks import RawEntry
from policy_tools.load.bib.dates import check_date, check_month, check_year
from policy_tools.load.bib.entry_types import EntryTypes, load_entry_types
from policy_tools.load.bib.keys import is_citable, is_simple
from policy_tools.load.bib.values import Value
from policy_tools.model.problem import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with one entry, at a place of the file."""

    code: str
    offset: int
    message: str
    hint: str = ""
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """An entry with all that its checks need; `inherited` are the fields that its parents give it."""

    entry: RawEntry
    values: tuple[Value, ...]
    fields: Mapping[str, str]
    inherited: Collection[str] = ()
    strings: Mapping[str, str] = field(default_factory=dict)
    types: EntryTypes = field(default_factory=load_entry_types)

    @property
    def name(self) -> str:
        """The entry as a reader would call it."""
        return f"“{self.entry.key}”" if self.entry.key else "This entry"


def check_entry(checked: CheckedEntry) -> Iterator[Finding]:
    """Everything that is wrong with one entry."""
    for check in CHECKS:
        yield from check(checked)


def check_key(checked: CheckedEntry) -> Iterator[Finding]:
    """A key that no paper can cite."""
    entry = checked.entry
    if not entry.key:
        yield Finding(
            "bibliography.empty-key",
            entry.offset,
            f"This @{entry.entry_type} has no key, so no paper can cite it.",
            f"Begin it so: @{entry.entry_type}{{name2024, …",
            Severity.ERROR,
        )
    elif not is_citable(entry.key):
        yield Finding(
            "bibliography.bad-key",
            entry.offset,
            f"The key “{entry.key}” cannot be cited: it holds a space or a mark that has another meaning.",
            "Use letters, digits and - _ : . / only.",
            Severity.ERROR,
        )
    elif not is_simple(entry.key):
        yield Finding(
            "bibliography.awkward-key",
            entry.offset,
            f"The key “{entry.key}” can only be cited as @{{{entry.key}}}.",
            "Use letters, digits and single - _ : . / between them.",
        )


def check_type(checked: CheckedEntry) -> Iterator[Finding]:
    """A type that BibLaTeX does not know."""
    name = checked.entry.entry_type
    if checked.types.type_aliases.get(name, name) not in checked.types.required:
        yield Finding(
            "bibliography.unknown-type",
            checked.entry.offset,
            f"@{name} is not a type of entry that is known; it is printed as @misc.",
            "Use @report, @article, @book, @incollection, @online, @legislation or another of BibLaTeX's.",
        )


def check_required(checked: CheckedEntry) -> Iterator[Finding]:
    """Fields that the type must have. Without any title there is nothing to print; the rest is a warning.

    Where a comma is missing, so is the field after it, and that is told already.
    """
    types = checked.types
    name = types.type_aliases.get(checked.entry.entry_type, checked.entry.entry_type)
    aliases = types.field_aliases
    present = {aliases.get(given, given) for given, value in checked.fields.items() if value.strip("{} ")}
    present.update(checked.inherited)
    missing = [
        alternatives
        for alternatives in types.required.get(name, (("title",),))
        if not present.intersection(alternatives)
    ]
    if not missing or any(value.stray >= 0 for value in checked.values):
        return
    nameless = any("title" in alternatives for alternatives in missing) and "booktitle" not in present
    severity = Severity.ERROR if nameless else Severity.WARNING
    words = _list_words([_name_alternatives(alternatives) for alternatives in missing])
    yield Finding(
        "bibliography.missing-field",
        checked.entry.offset,
        f"{checked.name} (@{checked.entry.entry_type}) has no {words}.",
        f"Add {missing[0][0]} = {{…}}." if len(missing) == 1 else "Add them.",
        severity,
    )


def _name_alternatives(names: tuple[str, ...]) -> str:
    shown = [name for name in names if name not in ("pubstate", "year")]
    return " or ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]


def _list_words(words: list[str]) -> str:
    return ", no ".join(words[:-1]) + " and no " + words[-1] if len(words) > 1 else words[0]


def check_duplicate_fields(checked: CheckedEntry) -> Iterator[Finding]:
    """A field given twice, which is an error when the two say different things."""
    seen: set[str] = set()
    for raw, value in zip(checked.entry.fields, checked.values, strict=True):
        if raw.name in seen:
            is_same = value.text(checked.strings) == checked.fields[raw.name]
            yield Finding(
                "bibliography.duplicate-field",
                raw.offset,
                f"{checked.name} has {raw.name} twice.",
                "Keep one of them.",
                Severity.WARNING if is_same else Severity.ERROR,
            )
        seen.add(raw.name)


def check_dates(checked: CheckedEntry) -> Iterator[Finding]:
    """Years, months and dates that cannot be read."""
    tests: dict[str, Callable[[str], str]] = dict.fromkeys(checked.types.date_fields, check_date)
    tests |= {"year": check_year, "month": check_month}
    for raw in checked.entry.fields:
        test, value = tests.get(raw.name), checked.fields.get(raw.name, "")
        wrong = test(value) if test and value.strip("{} ") else ""
        if wrong:
            yield Finding(
                "bibliography.bad-date",
                raw.offset,
                f"In {checked.name} {wrong}.",
                "Write it as date = {2024-03-31}, or leave out what is not known.",
                Severity.ERROR if raw.name in ("date", "year") else Severity.WARNING,
            )


_MONTHS = frozenset("jan feb mar apr may jun jul aug sep sept oct nov dec".split())


def check_strings(checked: CheckedEntry) -> Iterator[Finding]:
    """A bare word that no @string defines."""
    for raw, value in zip(checked.entry.fields, checked.values, strict=True):
        for macro in value.macros:
            if (
                value.stray < 0
                and macro not in checked.strings
                and macro[:3] not in _MONTHS
                and raw.name != "month"
            ):
                yield Finding(
                    "bibliography.unknown-string",
                    raw.offset,
                    f"In {checked.name} {raw.name} is the bare word {macro}, which no @string defines.",
                    f"Put the value in braces: {raw.name} = {{{macro}}}.",
                )


def check_values(checked: CheckedEntry) -> Iterator[Finding]:
    """A missing comma or a value that is not enclosed."""
    for raw, value in zip(checked.entry.fields, checked.values, strict=True):
        if not raw.value:
            yield _syntax(
                raw.offset,
                f"{checked.name} has {raw.name} = with nothing after it.",
                "Write {} or remove it.",
            )
        elif value.stray >= 0:
            yield _stray(checked, raw.offset, raw.name, raw.value, value)


def _stray(checked: CheckedEntry, offset: int, name: str, raw: str, value: Value) -> Finding:
    rest = raw[value.stray :]
    follower = rest.split("=")[0].split()[0] if rest.split("=")[0].split() else rest[:1]
    lines_before = raw[: value.stray].rstrip()
    place = offset
    if "=" in rest:
        place = (
            checked.entry.offset
            + checked.entry.raw.find(raw, offset - checked.entry.offset)
            + len(lines_before)
        )
        return _syntax(
            place,
            f"In {checked.name} a comma is missing after {name}, before {follower}.",
            "Put a comma after the value.",
        )
    return _syntax(
        place,
        f"In {checked.name} the value of {name} is not enclosed.",
        f"Put it in braces: {name} = {{…}}.",
    )


def _syntax(offset: int, message: str, hint: str) -> Finding:
    return Finding("bibliography.syntax", offset, message, hint, Severity.ERROR)


_VERBATIM = frozenset({"url", "doi", "eprint", "file", "abstract", "keywords", "pdf", "urlraw", "verba"})
_PERCENT = re.compile(r"(?<!\\)%")


def check_percents(checked: CheckedEntry) -> Iterator[Finding]:
    """A % that TeX takes for the beginning of a comment, so that the rest of the field is lost."""
    for raw in checked.entry.fields:
        if "%" in raw.value and raw.name not in _VERBATIM and _PERCENT.search(raw.value):
            yield Finding(
                "bibliography.bare-percent",
                raw.offset,
                f"In {checked.name} the {raw.name} is cut off at its % sign.",
                "Write \\% instead of %.",
            )


CHECKS: tuple[Callable[[CheckedEntry], Iterator[Finding]], ...] = (
    check_key,
    check_type,
    check_values,
    check_duplicate_fields,
    check_required,
    check_dates,
    check_strings,
    check_percents,
)
