"""A work that papers cite: one entry of library.bib."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a .bib file, as written.

    `source` is BibLaTeX that stands alone: the entry, the @string values it uses and its crossref/xdata
    parents, so that it can be converted by itself. `digest` is the SHA-256 of `source`.
    """

    key: str
    entry_type: str
    fields: Mapping[str, str] = field(hash=False)
    source: str
    path: str
    line: int
    digest: str
    is_private: bool = False
