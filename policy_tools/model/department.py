"""A department of government, which leads on recommendations and is sooner renamed than abolished."""

from typing import Annotated

from policy_tools.model.record import Loaded, OneOrMore, Record, Slug, Text, WebAddress


class Department(Record):
    """One of `content/departments.yaml`: the id that recommendations use, and the names it has had.

    `minister` is the office that heads it; `accounting_officer` the post that answers to Parliament for its
    money; `former_names` are names, abbreviations and ids that an older text may call it by.
    """

    id: Slug
    name: Text
    abbreviation: Text
    minister: Text | None = None
    accounting_officer: Text | None = None
    former_names: Annotated[tuple[Text, ...], OneOrMore] = ()
    url: WebAddress | None = None
    path: Annotated[str, Loaded()] = ""
    is_private: Annotated[bool, Loaded()] = False
