"""What a page says of itself to machines: made by `describe`, placed on the page by `edition`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alternate:
    """A `<link>` of the page's head; `address` is relative to the site's root, or whole (https://…)."""

    rel: str
    address: str
    media_type: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class CitationFile:
    """A record of the paper for a reference manager: `label` "BibTeX", its address and media type."""

    label: str
    address: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Description:
    """The records of one page.

    `meta` holds names and contents of `<meta>` elements, in order, names may repeat; `json_ld` is JSON text
    or empty.
    """

    meta: tuple[tuple[str, str], ...] = ()
    json_ld: str = ""
    alternates: tuple[Alternate, ...] = ()
    citation_files: tuple[CitationFile, ...] = ()
