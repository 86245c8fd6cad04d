"""A person or a team that writes, leads or answers for something."""

from pathlib import Path
from typing import Annotated, Literal

from policy_tools.model.record import Email, Loaded, Orcid, Record, Slug, Text


class Person(Record):
    """`content/people/<id>.md`: front matter and, below it, a biography in Markdown.

    `kind: team` is for a programme team: it has a name but no given and family name, and records for
    machines call it an organisation (CSL `literal`, schema.org `Organization`).
    `path` is relative to the site's folder; `photo_path` is the checked file.
    """

    id: Slug
    name: Text
    kind: Literal["person", "team"] = "person"
    given: Text | None = None
    family: Text | None = None
    role: Text | None = None
    programme: Slug | None = None
    orcid: Orcid | None = None
    photo: Text | None = None
    email: Email | None = None
    interests: tuple[Text, ...] = ()
    bio: Annotated[str, Loaded()] = ""
    photo_path: Annotated[Path | None, Loaded()] = None
    path: Annotated[str, Loaded()] = ""
    is_private: Annotated[bool, Loaded()] = False
