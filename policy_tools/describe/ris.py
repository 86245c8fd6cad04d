"""A paper as a RIS record of type RPRT, with the line endings that RIS asks for."""

from policy_tools.describe.catalogue import CatalogueRecord


def format_ris(record: CatalogueRecord) -> str:
    """A .ris file of one record; every line ends in CR LF."""
    lines = [("TY", "RPRT"), ("ID", record.key), ("TI", record.title)]
    lines += [("AU", creator.name_inverted) for creator in record.creators]
    lines += [
        ("PY", f"{record.issued:%Y}"),
        ("DA", f"{record.issued:%Y/%m/%d}"),
        ("PB", record.publisher),
        ("CY", record.publisher_place),
        ("T2", record.series),
        ("SN", record.isbn),
        ("M1", record.number),
        ("ET", str(record.version)),
        ("AB", record.abstract),
        ("LA", record.language),
        ("DO", record.doi),
        ("UR", record.url),
        ("L1", record.pdf_url),
    ]
    lines += [("KW", keyword) for keyword in record.keywords]
    lines.append(("ER", ""))
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines if value or tag == "ER")


def _one_line(value: str) -> str:
    return " ".join(value.split())
