"""An area of work, which may become an institute of its own; and the institute itself."""

from typing import Literal

from policy_tools.model.record import Record, Slug, Text, WebAddress


class Programme(Record):
    """`content/programmes/<id>.md`: front matter and, below it, a description in Markdown."""

    id: Slug
    title: Text
    question: Text
    summary: Text
    lead: Slug | None = None
    institute: Slug
    status: Literal["active", "closed"] = "active"
    order: int = 0
    description: str = ""


class Institute(Record):
    """`content/institutes/<id>.md`: the legal entity that publishes, with its own brand and address."""

    id: Slug
    name: Text
    legal_form: Text
    charity_number: Text | None = None
    company_number: Text | None = None
    address: tuple[Text, ...]
    publisher_place: Text
    series: tuple[Slug, ...] = ()
    funders: tuple[Text, ...] = ()
    colour: Text | None = None
    ror: WebAddress | None = None
    url: WebAddress | None = None
    description: str = ""


class Series(Record):
    """One of `content/series.yaml`: what kind of document this is, and how it is laid out.

    `paragraph_numbers` numbers paragraphs 4.12 style; `layout` chooses the typeset template;
    `summary_words` is the allowed length of the summary, in words.
    """

    id: Slug
    title: Text
    plural: Text
    abbreviation: Text
    description: Text
    layout: Literal["paper", "briefing"] = "paper"
    paragraph_numbers: bool = True
    summary_words: tuple[int, int] = (150, 300)
    issn: Text | None = None


class Topic(Record):
    """One of `content/topics.yaml`: a subject that runs across programmes."""

    id: Slug
    title: Text
    description: Text | None = None
