"""A person or a team that writes, leads or answers for something."""

from pathlib import Path

from policy_tools.model.record import Email, Orcid, Record, Slug, Text


class Person(Record):
    """`content/people/<id>.md`: front matter and, below it, a biography in Markdown.

    `kind: team` is for a programme team: it has a name but no given and family name, and records for
    machines call it an organisation (CSL `literal`, schema.org `Organization`).
    """

    id: Slug
    name: Text
    kind: str = "person"
    given: Text | None = None
    family: Text | None = None
    role: Text | None = None
    programme: Slug | None = None
    orcid: Orcid | None = None
    photo: Text | None = None
    email: Email | None = None
    interests: tuple[Text, ...] = ()
    bio: str = ""
    photo_path: Path | None = None
