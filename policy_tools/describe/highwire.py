"""The `<meta>` elements that Google Scholar and Zotero read from a paper's page."""

from policy_tools.describe.catalogue import CatalogueRecord


def build_highwire_tags(record: CatalogueRecord) -> tuple[tuple[str, str], ...]:
    """Name and content of each element, in order; those without content are left out.

    Names are those of Google Scholar's inclusion guidelines. The institution and number make Zotero
    import a report.
    """
    tags = [("citation_title", record.title)]
    tags += [("citation_author", creator.name) for creator in record.creators]
    tags += [
        ("citation_publication_date", f"{record.issued:%Y/%m/%d}"),
        ("citation_technical_report_institution", record.publisher),
        ("citation_technical_report_number", record.number),
        ("citation_pdf_url", record.pdf_url),
        ("citation_doi", record.doi),
        ("citation_isbn", record.isbn),
        ("citation_language", record.language),
        ("citation_keywords", "; ".join(record.keywords)),
        ("citation_abstract", record.abstract),
    ]
    return tuple((name, content) for name, content in tags if content)
