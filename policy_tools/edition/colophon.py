"""What stands behind a paper: money, interests, corrections, data, licence, whom to ask."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from policy_tools.describe.licences import LICENCE_ADDRESSES, format_licence
from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Link
from policy_tools.edition.notices import format_conclusions
from policy_tools.edition.wording import PrintedDate, format_date, format_size
from policy_tools.model.paper import Correction, Funding, Paper
from policy_tools.model.printing import format_sum

_SEVERITIES = {"minor": "Minor", "significant": "Significant", "major": "Major"}
_NATIONS = {
    "england": "England",
    "scotland": "Scotland",
    "wales": "Wales",
    "northern-ireland": "Northern Ireland",
}


@dataclass(frozen=True, slots=True)
class FundingLine:
    """A funder, what they gave ("£12,000") and what part they played."""

    funder: str
    ror: str
    amount: str
    role: str
    statement: str


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction as the page tells it."""

    date: PrintedDate
    version: str
    severity: str
    where: str
    was: str
    now: str
    conclusions: str


@dataclass(frozen=True, slots=True)
class DataLine:
    """A file of data to download."""

    title: str
    address: str
    kind: str
    size: str
    source: str
    licence: Link


@dataclass(frozen=True, slots=True)
class Colophon:
    """Everything below a paper's references. What is empty is not shown."""

    corrections: tuple[CorrectionLine, ...]
    data: tuple[DataLine, ...]
    funding: tuple[FundingLine, ...]
    interests: tuple[str, ...]
    acknowledgements: str
    reviewers: tuple[str, ...]
    press: str
    research: str
    licence: Link
    doi: str
    isbn: str
    issn: str
    keywords: tuple[str, ...]
    nations: tuple[str, ...]
    jel: tuple[str, ...]
    imprint: str


def build_colophon(catalogue: Catalogue, paper: Paper) -> Colophon:
    """The colophon of a paper."""
    record = paper.record
    contact = record.contact
    series = catalogue.library.series.get(record.series)
    return Colophon(
        corrections=tuple(
            _build_correction(item)
            for item in sorted(record.corrections, key=lambda item: item.date, reverse=True)
        ),
        data=_build_data(paper),
        funding=tuple(_build_funding(item) for item in record.funding),
        interests=record.interests,
        acknowledgements=record.acknowledgements or "",
        reviewers=record.reviewers,
        press=(contact.press if contact else None) or catalogue.site.press_email or "",
        research=(contact.research if contact else None) or "",
        licence=link_licence(record.licence),
        doi=record.doi or "",
        isbn=record.isbn or "",
        issn=(series.issn if series else None) or "",
        keywords=record.keywords,
        nations=tuple(_NATIONS[nation] for nation in record.nations),
        jel=record.jel,
        imprint=record.imprint or "",
    )


def link_licence(name: str) -> Link:
    """A licence by its SPDX name, as people call it, with the address of its text where that is known."""
    return Link(format_licence(name), LICENCE_ADDRESSES.get(name, ""))


def _build_correction(item: Correction) -> CorrectionLine:
    return CorrectionLine(
        date=format_date(item.date),
        version=f"version {item.version}" if item.version else "",
        severity=_SEVERITIES[item.severity],
        where=item.where,
        was=item.was,
        now=item.now,
        conclusions=format_conclusions(item),
    )


def _build_funding(item: Funding) -> FundingLine:
    return FundingLine(item.funder, item.ror or "", format_sum(item), _open(item.role), _open(item.statement))


def _open(sentence: str | None) -> str:
    """A sentence without its full stop, which the page sets."""
    return (sentence or "").removesuffix(".")


def _build_data(paper: Paper) -> tuple[DataLine, ...]:
    sizes = {asset.name: asset.size for asset in paper.assets}
    return tuple(
        DataLine(
            title=item.title,
            address=paper.address + item.path,
            kind=PurePosixPath(item.path).suffix.removeprefix(".").upper(),
            size=format_size(sizes[item.path]),
            source=item.source,
            licence=link_licence(item.licence),
        )
        for item in paper.record.data
        if item.path in sizes
    )
