"""A paper as CSL-JSON: what reference managers and citeproc itself read."""

import json
from typing import Any

from policy_tools.describe.catalogue import CatalogueRecord, Creator


def build_csl_item(record: CatalogueRecord) -> dict[str, Any]:
    """One CSL item of type `report`."""
    item: dict[str, Any] = {
        "id": record.key,
        "type": "report",
        "title": record.title,
        "author": [_name(creator) for creator in record.creators],
        "issued": {"date-parts": [[record.issued.year, record.issued.month, record.issued.day]]},
        "publisher": record.publisher,
        "publisher-place": record.publisher_place,
        "genre": record.series,
        "collection-title": record.series,
        "number": record.number,
        "version": str(record.version),
        "abstract": record.abstract,
        "keyword": ", ".join(record.keywords),
        "language": record.language,
        "DOI": record.doi,
        "ISBN": record.isbn,
        "URL": record.url,
    }
    return {name: value for name, value in item.items() if value}


def format_csl_json(record: CatalogueRecord) -> str:
    """A CSL-JSON file of one item."""
    return json.dumps([build_csl_item(record)], ensure_ascii=False, indent=2) + "\n"


def _name(creator: Creator) -> dict[str, str]:
    if creator.literal:
        return {"literal": creator.literal}
    return {"family": creator.family, "given": creator.given}
