"""Which types of entries does BibLaTeX know, and which fields must they have?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class EntryTypes:
    """BibLaTeX's table of entry types, as in entry_types.toml."""

    required: Mapping[str, tuple[tuple[str, ...], ...]]
    type_aliases: Mapping[str, str]
    field_aliases: Mapping[str, str]
    date_fields: tuple[str, ...]

    @property
    def all_required(self) -> frozenset[str]:
        """Every field that some type requires."""
        return frozenset(
            name for fields in self.required.values() for alternatives in fields for name in alternatives
        )


@cache
def entry_types_text() -> str:
    """The table as it stands in its file."""
    return (files(__package__) / "entry_types.toml").read_text(encoding="utf-8")


@cache
def load_entry_types() -> EntryTypes:
    """Read the table."""
    table = tomllib.loads(entry_types_text())
    required = {
        name: tuple(tuple(alternatives.split("|")) for alternatives in fields)
        for name, fields in table["required"].items()
    }
    aliases = table["aliases"]
    return EntryTypes(required, aliases["types"], aliases["fields"], tuple(table["dates"]["fields"]))
