"""A paper as a BibTeX entry, `@techreport`."""

from types import MappingProxyType

from policy_tools.describe.catalogue import CatalogueRecord, Creator

_SPECIAL = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def escape_latex(text: str) -> str:
    """Plain words as LaTeX source: the ten special characters lose their meaning."""
    return "".join(_SPECIAL.get(character, character) for character in text)


def format_bibtex(record: CatalogueRecord) -> str:
    """A .bib file of one entry. Bodies that write as authors are braced, so that no name is cut in two."""
    # Imported here since it takes long, and most builds write no new entry.
    from bibtexparser.entrypoint import write_string  # noqa: PLC0415
    from bibtexparser.library import Library  # noqa: PLC0415
    from bibtexparser.model import Entry, Field  # noqa: PLC0415

    fields = {
        "author": " and ".join(_author(creator) for creator in record.creators),
        "title": f"{{{escape_latex(record.title)}}}",
        "institution": escape_latex(record.publisher),
        "address": escape_latex(record.publisher_place),
        "type": escape_latex(record.series),
        "number": record.number,
        "year": str(record.issued.year),
        "month": str(record.issued.month),
        "doi": record.doi,
        "isbn": record.isbn,
        "url": record.url,
        "keywords": escape_latex(", ".join(record.keywords)),
        "abstract": escape_latex(record.abstract),
    }
    written = [Field(name, value) for name, value in fields.items() if value]
    return str(write_string(Library([Entry("techreport", record.key, written)])))


def _author(creator: Creator) -> str:
    if creator.literal:
        return f"{{{escape_latex(creator.literal)}}}"
    return escape_latex(creator.name_inverted)
