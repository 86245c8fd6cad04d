"""What is said around the text of a paper, in the same words in every format?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from policy_tools.describe.licences import LICENCE_ADDRESSES, format_licence
from policy_tools.describe.publisher import DEMONSTRATION, list_publisher
from policy_tools.model.document import Cover
from policy_tools.model.library import PackLibrary, Shelves
from policy_tools.model.paper import Correction, Funding, Paper
from policy_tools.model.printing import format_british_date, format_embargo, format_names, format_sum
from policy_tools.model.programme import Institute
from policy_tools.model.site import Site

PRIVATE_RIGHTS = "Private. All rights reserved."
PRIVATE_CHECK = "check/copy/"
"""Where whoever holds something private asks whether it is current: the same for all of it."""
_NAMES_OF_PUBLICATION = frozenset({"DOI", "ISBN", "ISSN"})


def build_cover(paper: Paper, library: Shelves, site: Site) -> Cover:
    """The cover of one version of a paper.

    One that the public may not see has no address, citation, identifier or licence by which it could be
    taken for published.
    """
    record = paper.record
    institute = library.institutes.get(library.publisher_of(paper, site.institute))
    updated = record.updated or record.published
    cover = Cover(
        title=record.title,
        subtitle=record.subtitle or "",
        authors=library.author_names(paper),
        publisher=institute.name if institute else site.name,
        series_line=library.series_line(paper),
        version_line=f"Version {record.version}",
        date_line=_date_line(paper),
        date_iso=updated.isoformat(),
        language=record.language,
        summary=record.summary,
        key_points=record.key_points,
        keywords=record.keywords,
        corrections=tuple(format_correction(item) for item in _newest_first(record.corrections)),
        notices=tuple(_build_notices(paper, library, site)),
        colophon=tuple(_build_colophon(paper, library, site, institute)),
        how_to_cite=_how_to_cite(paper, library, site, institute),
        current_address=_current_address(paper, site),
        identifier=_identifier(paper, site),
        rights=_format_rights(record.licence),
        check_address=_address(f"check/{paper.slug}/{record.version}/", site),
    )
    return _hide_publication(cover, site) if paper.slug in _list_unpublished(library) else cover


def _list_unpublished(library: Shelves) -> Mapping[str, datetime | None]:
    return library.unpublished if isinstance(library, PackLibrary) else {}


def _hide_publication(cover: Cover, site: Site) -> Cover:
    """The cover of a private paper; `check_address` is the one that all private copies have."""
    return replace(
        cover,
        colophon=tuple(
            (label, value) for label, value in cover.colophon if label not in _NAMES_OF_PUBLICATION
        ),
        how_to_cite="",
        current_address="",
        identifier="",
        rights=PRIVATE_RIGHTS,
        check_address=_address(PRIVATE_CHECK, site),
    )


def format_correction(item: Correction) -> str:
    """A correction as plain sentences, ending in what it does to the conclusions."""
    version = f", version {item.version}" if item.version else ""
    effect = "The conclusions change." if item.affects_conclusions else "The conclusions do not change."
    parts = (
        f"Corrected on {format_british_date(item.date)} ({item.severity}{version})",
        f"Where: {item.where}",
        f"What it said: {item.was}",
        f"What it says now: {item.now}",
        effect,
    )
    return " ".join(_sentence(part) for part in parts)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "”", '"')) else f"{text}."


def _newest_first(corrections: tuple[Correction, ...]) -> list[Correction]:
    return sorted(corrections, key=lambda item: item.date, reverse=True)


def _format_rights(licence: str) -> str:
    """Such as "CC BY 4.0, https://…"; words that are no known licence stand as they are."""
    address = LICENCE_ADDRESSES.get(licence)
    return f"{format_licence(licence)}, {address}" if address else licence


def _date_line(paper: Paper) -> str:
    published = format_british_date(paper.record.published)
    updated = paper.record.updated
    if updated is None or updated == paper.record.published:
        return published
    return f"{published}, updated {format_british_date(updated)}"


def _address(paper_address: str, site: Site) -> str:
    return f"{site.url}/{paper_address}" if site.url else ""


def _current_address(paper: Paper, site: Site) -> str:
    """Where the newest version always stands, also for an older one."""
    return _address(f"papers/{paper.slug}/", site)


def _identifier(paper: Paper, site: Site) -> str:
    """What names this document and no other."""
    if paper.record.doi:
        return f"https://doi.org/{paper.record.doi}"
    if paper.record.isbn:
        return f"ISBN {paper.record.isbn}"
    return _address(paper.address, site) or f"{site.institute}:{paper.slug}:{paper.record.version}"


def _build_notices(paper: Paper, library: Shelves, site: Site) -> list[str]:
    """What must be known before the first line, the gravest first."""
    unpublished = _list_unpublished(library)
    until = unpublished.get(paper.slug)
    notices = [format_embargo(until, paper.record.embargo)] if until else []
    successor = _find_paper(paper.record.superseded_by, library)
    if successor:
        address = "" if successor.slug in unpublished else _current_address(successor, site)
        at = f", {address}" if address else ""
        notices.append(f"This paper has been superseded by “{successor.record.title}”{at}.")
    elif paper.record.superseded_by:
        notices.append("This paper has been superseded.")
    current = None if paper.is_current else _find_paper(paper.slug, library)
    if current:
        since = format_british_date(current.record.updated or current.record.published)
        newer = f"Version {current.record.version} of {since} replaces it."
        notices.append(f"This is version {paper.record.version}. {newer}")
    weighty = [item for item in _newest_first(paper.record.corrections) if item.severity != "minor"]
    if weighty:
        date_line = format_british_date(weighty[0].date)
        notices.append(f"Corrected on {date_line}. What was corrected stands at the end.")
    if site.demonstration:
        notices.append(DEMONSTRATION)
    return notices


def _find_paper(slug: str | None, library: Shelves) -> Paper | None:
    if not slug:
        return None  # nearly always, and there may be a thousand papers to look at
    return next((paper for paper in library.papers if paper.slug == slug), None)


def _build_colophon(
    paper: Paper, library: Shelves, site: Site, institute: Institute | None
) -> list[tuple[str, str]]:
    """Label and value of each line that has a value."""
    record = paper.record
    series = library.series.get(record.series)
    lines = [
        *list_publisher(institute, site),
        ("Funding", " ".join(_sentence(format_funding(item)) for item in record.funding)),
        ("Interests", " ".join(_sentence(item) for item in record.interests)),
        ("Acknowledgements", record.acknowledgements or ""),
        ("Reviewers", ", ".join(record.reviewers)),
        ("Press contact", (record.contact and record.contact.press) or site.press_email or ""),
        ("Research contact", (record.contact and record.contact.research) or ""),
        ("DOI", f"https://doi.org/{record.doi}" if record.doi else ""),
        ("ISBN", record.isbn or ""),
        ("ISSN", (series and series.issn) or ""),
        ("Imprint", record.imprint or ""),
    ]
    shown_as_identifier = _identifier(paper, site).removeprefix("ISBN ")
    return [(label, value) for label, value in lines if value and value != shown_as_identifier]


def format_funding(item: Funding) -> str:
    """Who paid, how much, and what part they played."""
    amount = format_sum(item)
    payer = f"{item.funder}, {amount}" if amount else item.funder
    return " ".join(_sentence(part) for part in (payer, item.role or "", item.statement or "") if part)


def _how_to_cite(paper: Paper, library: Shelves, site: Site, institute: Institute | None) -> str:
    """A sentence that can be copied into another document."""
    record = paper.record
    authors = format_names(library.author_names(paper))
    title = f"{record.title}: {record.subtitle}" if record.subtitle else record.title
    series = f"{library.series_line(paper)}, version {record.version}"
    place = f"{institute.publisher_place}: {institute.name}" if institute else site.name
    address = f"https://doi.org/{record.doi}" if record.doi else _address(paper.address, site)
    available = f" Available at: {address}" if address else ""
    year = (record.updated or record.published).year
    return f"{authors} ({year}) {_sentence(title)} {series}. {place}.{available}".lstrip()
