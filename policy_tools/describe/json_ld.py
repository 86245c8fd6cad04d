"""A paper as schema.org JSON-LD: a `Report` with its corrections, funders, files and data."""

from collections.abc import Sequence
from typing import Any

from policy_tools.describe.catalogue import CatalogueRecord, Creator
from policy_tools.describe.licences import LICENCE_ADDRESSES
from policy_tools.model.paper import Correction


def build_json_ld(record: CatalogueRecord, encodings: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """The object to be serialised. `encodings` are media type and absolute address of each download."""
    report: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": record.title,
        "headline": record.title[:110],
        "reportNumber": record.number,
        "author": [_agent(creator) for creator in record.creators],
        "publisher": {"@type": "Organization", "name": record.publisher},
        "isPartOf": {"@type": "PublicationSeries", "name": record.series},
        "datePublished": record.issued.isoformat(),
        "dateModified": record.modified.isoformat(),
        "version": record.version,
        "abstract": record.abstract,
        "keywords": list(record.keywords),
        "inLanguage": record.language,
        "license": LICENCE_ADDRESSES.get(record.licence, record.licence),
        "isbn": record.isbn,
        "identifier": f"https://doi.org/{record.doi}" if record.doi else "",
        "url": record.url,
        "funding": [_grant(funding.funder) for funding in record.funding],
        "correction": [_comment(correction) for correction in record.corrections],
        "encoding": [
            {"@type": "MediaObject", "encodingFormat": media_type, "contentUrl": address}
            for media_type, address in encodings
        ],
    }
    return {name: value for name, value in report.items() if value}


def _agent(creator: Creator) -> dict[str, str]:
    agent = {"@type": "Organization" if creator.literal else "Person", "name": creator.name}
    if creator.orcid:
        agent["identifier"] = f"https://orcid.org/{creator.orcid}"
    return agent


def _comment(correction: Correction) -> dict[str, str]:
    return {
        "@type": "CorrectionComment",
        "datePublished": correction.date.isoformat(),
        "text": correction.now,
    }


def _grant(funder: str) -> dict[str, Any]:
    return {"@type": "Grant", "funder": {"@type": "Organization", "name": funder}}
