"""A secondment: who is placed in whose office, on what terms, and where its value was declared."""

from typing import Annotated, Literal, TypeAlias

from policy_tools.model.record import Email, Loaded, PlainDate, Pounds, Record, Slug, Text

HostKind: TypeAlias = Literal[
    "party", "member", "minister", "department", "committee", "devolved-government", "council", "other"
]


class Declaration(Record):
    """To whom the value was declared, when, and where that can be read."""

    to: Text
    date: PlainDate
    reference: Text | None = None


class Secondment(Record):
    """One of `content/secondments.yaml`: the register's public half.

    `person` is an id of `content/people/`; `office_of` is whose office it is, by post; `seconded_by` is the
    institute that employs the person and makes the placement; `value` is in whole pounds.
    """

    id: Slug
    person: Slug
    host: Text
    host_kind: HostKind
    office_of: Text | None = None
    role: Text
    start: PlainDate
    end: PlainDate | None = None
    programme: Slug
    seconded_by: Slug
    basis: Literal["commercial", "non-commercial"]
    value: Pounds | None = None
    declared: Declaration | None = None
    path: Annotated[str, Loaded()] = ""
    line: Annotated[int, Loaded()] = 1
    is_private: Annotated[bool, Loaded()] = False


class SecondmentNotes(Record):
    """One of `content/private/secondment-notes.yaml`: the register's private half, under the same id.

    It reaches the packs of that secondment and nothing else.
    """

    email: Email | None = None
    host_contact: Text | None = None
    note: Text | None = None
