"""An area of work, which may become an institute of its own; and the institute itself."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from policy_tools.model.record import (
    Count,
    Loaded,
    OneOrMore,
    Record,
    Slug,
    Text,
    TrueOrFalse,
    WebAddress,
    WholeNumber,
    matching,
)

Colour = Annotated[str, matching(r"#[0-9a-fA-F]{6}", 'A colour is written "#1d3557", in quotes.')]


def _check_order(value: tuple[int, int]) -> tuple[int, int]:
    if value[0] > value[1]:
        raise ValueError("The first of the two numbers is the smaller one.")
    return value


WordRange = Annotated[tuple[Count, Count], AfterValidator(_check_order)]
"""The fewest and the most words."""


class Programme(Record):
    """`content/programmes/<id>.md`: front matter and, below it, a description in Markdown."""

    id: Slug
    title: Text
    question: Text
    summary: Text
    lead: Slug | None = None
    institute: Slug
    status: Literal["active", "closed"] = "active"
    order: WholeNumber = 0
    description: Annotated[str, Loaded()] = ""
    path: Annotated[str, Loaded()] = ""
    is_private: Annotated[bool, Loaded()] = False


class Institute(Record):
    """`content/institutes/<id>.md`: the legal entity that publishes, with its own brand and address."""

    id: Slug
    name: Text
    legal_form: Text
    charity_number: Text | None = None
    company_number: Text | None = None
    address: Annotated[tuple[Text, ...], Field(min_length=1)]
    publisher_place: Text
    series: Annotated[tuple[Slug, ...], OneOrMore] = ()
    funders: tuple[Text, ...] = ()
    colour: Colour | None = None
    ror: WebAddress | None = None
    url: WebAddress | None = None
    description: Annotated[str, Loaded()] = ""
    path: Annotated[str, Loaded()] = ""
    is_private: Annotated[bool, Loaded()] = False


class Series(Record):
    """One of `content/series.yaml`: what kind of document this is, and how it is laid out.

    `paragraph_numbers` numbers paragraphs 4.12 style; `layout` chooses the typeset template;
    `summary_words` is the allowed length of the summary, in words.
    """

    id: Slug
    title: Text
    plural: Text
    description: Text
    layout: Literal["paper", "briefing"] = "paper"
    paragraph_numbers: TrueOrFalse = True
    summary_words: WordRange = (150, 300)
    issn: Text | None = None
    path: Annotated[str, Loaded()] = ""
    is_private: Annotated[bool, Loaded()] = False


class Topic(Record):
    """One of `content/topics.yaml`: a subject that runs across programmes."""

    id: Slug
    title: Text
    description: Text | None = None
    path: Annotated[str, Loaded()] = ""
    is_private: Annotated[bool, Loaded()] = False
