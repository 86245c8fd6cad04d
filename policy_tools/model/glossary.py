"""A short form or synonym, and what it stands for: search finds each by the other."""

from typing import Annotated

from pydantic import Field

from policy_tools.model.record import Loaded, OneOrMore, Record, Slug, Text


class GlossaryEntry(Record):
    """One of `content/glossary.yaml`: `short` is written "OBR", `phrases` are other words for it."""

    id: Slug
    short: Text
    phrases: Annotated[tuple[Text, ...], Field(min_length=1), OneOrMore]
    meaning: Text | None = None
    path: Annotated[str, Loaded()] = ""
    is_private: Annotated[bool, Loaded()] = False
