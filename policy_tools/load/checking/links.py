"""Do the links lead somewhere, safely, and do they say where?"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Protocol
from urllib.parse import unquote

from policy_tools.load.bibliography import nearest_keys
from policy_tools.load.checking.report import report, warn
from policy_tools.model.body import Body, Link
from policy_tools.model.library import Library
from policy_tools.model.paper import Paper, Status
from policy_tools.model.problem import Problem

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_MADE_ANCHORS = re.compile(r"p-\d+(?:-\d+)+|ref-.+|cite-.+|refs|fn\d+|fnref\d+|top|")
_VAGUE = frozenset(
    {"here", "click here", "this", "link", "this link", "more", "read more", "see here", "this page"}
)
_LISTINGS = frozenset(
    {
        "",
        "papers",
        "programmes",
        "series",
        "topics",
        "people",
        "institutes",
        "years",
        "feeds",
        "search",
        "recommendations",
        "departments",
        "packs",
        "secondments",
        "check",
    }
)
_OVERVIEWS = frozenset({"grid", "dependencies"})
_FILE = re.compile(r"[^/]*\.[A-Za-z][A-Za-z0-9]{0,5}")
_NAME_THE_PLACE = (
    "Give the place that you mean this id, such as {#growth} after a heading, or remove the link."
)
_NAME_THE_PAGE = "Papers are at /papers/NAME/, other pages at /NAME/; check the name, or remove the link."
_HARMLESS_SCHEMES = {"ftp", "ftps", "sftp", "doi", "urn", "isbn", "news", "git", "ssh"}
_CONTROL = re.compile(r"[\x00-\x20]")


class _LinkedText(Protocol):
    """What holds links: a paper, or the text of a page or record."""

    @property
    def path(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def body(self) -> Body: ...
    @property
    def is_private(self) -> bool: ...
    @property
    def is_published(self) -> bool: ...


class _Shelved(Protocol):
    """A record that has a page of its own."""

    @property
    def is_private(self) -> bool: ...


def check_link_schemes(text: _LinkedText) -> Iterator[Problem]:
    """Links that run something, or that lead to a file on the author's own machine."""
    for link in text.body.links:
        scheme = _scheme_of(link.target)
        is_drive = link.is_image and len(scheme) == 1  # C:\chart.png, of which the search for files tells
        if scheme in _HARMLESS_SCHEMES and not link.is_image:
            message = f"Browsers do not open a {scheme}: address, so only its words are shown."
            yield warn(text, link.position, "link.unusual-scheme", message, "Link to a page with https://.")
        elif scheme and scheme not in _SAFE_SCHEMES and not is_drive:
            hint = "Link to a page with https://."
            if link.is_image:
                hint = "Put the file into the paper's own folder, and name it from there."
            message = f"A {scheme}: address cannot be published."
            yield report(text, link.position, "link.unsafe-scheme", message, hint)


def _scheme_of(target: str) -> str:
    """What stands before the colon, also when it is disguised."""
    match = _SCHEME.match(_CONTROL.sub("", unquote(target)))
    return match[1].lower() if match else ""


def check_link_words(paper: Paper) -> Iterator[Problem]:
    """Links whose words do not say where they lead."""
    for link in paper.body.links:
        if link.is_image:
            continue
        words = link.text.strip().casefold().strip(".:!…→ ")
        if not words:
            message = "This link has no words."
        elif words in _VAGUE:
            message = f'"{link.text}" does not say where the link leads.'
        elif words.startswith(("http://", "https://", "www.")) and link.text != link.target:
            message = "The words of this link are only an address."
        else:
            continue
        yield warn(
            paper, link.position, "link.vague-text", message, "Use words that make sense when read alone."
        )


def check_anchors_exist(text: _LinkedText) -> Iterator[Problem]:
    """Links to a place in this paper that is not there."""
    anchors = [name for name, _ in text.body.anchors]
    for link in text.body.links:
        if link.is_image or not link.target.startswith("#"):
            continue
        anchor = unquote(link.target[1:])
        if anchor not in anchors and not _MADE_ANCHORS.fullmatch(anchor):
            yield report(
                text,
                link.position,
                "link.dead-anchor",
                f"There is no #{anchor} in this text.",
                _did_you_mean(anchor, anchors, "#", _NAME_THE_PLACE),
            )


def _did_you_mean(name: str, known: list[str], prefix: str, otherwise: str) -> str:
    nearest = nearest_keys(name, known)
    return f"Did you mean {prefix}{nearest[0]}?" if nearest else otherwise


def check_pages_exist(text: _LinkedText, library: Library) -> Iterator[Problem]:
    """Links to a page of the site that is not there, or that the public will not see."""
    for link in text.body.links:
        if link.is_image or link.target.startswith("#"):
            continue
        address = _address_in_site(link.target, text)
        if address is not None:
            yield from _check_page(text, link, address, library)


def _address_in_site(target: str, text: _LinkedText) -> str | None:
    """The address from the site's root; None for another site's and for a file of the paper's own."""
    if _scheme_of(target) or target.startswith("//"):
        return None
    path = unquote(re.split(r"[?#]", target)[0])
    is_relative = not path.startswith("/")
    if is_relative and not path.startswith("..") and _FILE.fullmatch(path.rpartition("/")[2]):
        return None
    return posixpath.normpath(posixpath.join("/", text.address, path)).strip("/")


def _check_page(text: _LinkedText, link: Link, address: str, library: Library) -> Iterator[Problem]:
    parts = address.split("/")
    if parts[0] == "papers" and len(parts) > 1:
        yield from _check_paper_address(text, link, parts, library)
    elif not _is_known(parts, library):
        yield _report_dead(text, link, _did_you_mean(address, _known_addresses(library), "/", _NAME_THE_PAGE))


def _check_paper_address(
    text: _LinkedText, link: Link, parts: list[str], library: Library
) -> Iterator[Problem]:
    slug = parts[1]
    found = [other for other in library.papers if other.slug == slug]
    public = [other for other in found if text.is_private or not other.is_private]
    if not public:
        known = [other.slug for other in library.papers if text.is_private or not other.is_private]
        yield _report_dead(text, link, _did_you_mean(slug, known, "/papers/", _NAME_THE_PAGE))
        return
    target = public[0]
    if len(parts) > 2 and not _is_part_of_paper(target, parts[2], library):  # noqa: PLR2004
        yield _report_dead(text, link, f"The page of the paper is /papers/{slug}/.")
    elif text.is_published and _is_hidden(target):
        yield report(
            text,
            link.position,
            "link.not-published",
            f'The paper "{slug}" that this link leads to is not published.',
            "Remove the link until it is.",
        )
    elif "#" in link.target:
        yield from _check_anchor_of(text, link, target)


def _is_hidden(paper: Paper) -> bool:
    return paper.record.status in (Status.DRAFT, Status.PRIVATE) and not paper.is_private


def _is_part_of_paper(paper: Paper, part: str, library: Library) -> bool:
    if _FILE.fullmatch(part):
        return True
    versions = [other.record.version for other in library.earlier_versions if other.slug == paper.slug]
    return part in [f"v{version}" for version in versions] or part in ("figures", "data")


def _check_anchor_of(text: _LinkedText, link: Link, target: Paper) -> Iterator[Problem]:
    anchor = unquote(link.target.partition("#")[2])
    anchors = [name for name, _ in target.body.anchors]
    if anchor not in anchors and not _MADE_ANCHORS.fullmatch(anchor):
        message = f"There is no #{anchor} in {target.path}."
        yield report(
            text,
            link.position,
            "link.dead-anchor",
            message,
            _did_you_mean(anchor, anchors, "#", _NAME_THE_PLACE),
        )


def _is_known(parts: list[str], library: Library) -> bool:
    if parts[0] in _LISTINGS and len(parts) == 1:
        return True
    if parts[0] in ("years", "feeds", "theme", "search", "check"):
        return True
    shelves = _shelves(library)
    if parts[0] in shelves:
        return len(parts) > 1 and (parts[1] in shelves[parts[0]] or parts[1] in _OVERVIEWS)
    return any(page.slug == parts[0] for page in library.pages) or (
        len(parts) == 1 and _FILE.fullmatch(parts[0]) is not None
    )


def _shelves(library: Library) -> Mapping[str, Mapping[str, _Shelved]]:
    """The records that have a page each, by the first part of its address."""
    return {
        "programmes": library.programmes,
        "series": library.series,
        "topics": library.topics,
        "people": library.people,
        "institutes": library.institutes,
        "recommendations": library.recommendations,
        "departments": library.departments,
        "packs": library.packs,
    }


def _known_addresses(library: Library) -> list[str]:
    """Of what stands in content/private/ nobody is told."""
    shelved = [
        f"{shelf}/{name}/"
        for shelf, records in _shelves(library).items()
        for name, record in sorted(records.items(), key=lambda item: item[0])
        if not record.is_private
    ]
    papers = [paper.address for paper in library.papers if not paper.is_private]
    return [*shelved, *papers, *(page.address for page in library.pages if not page.is_private)]


def _report_dead(text: _LinkedText, link: Link, hint: str) -> Problem:
    message = f"There is no page {link.target} on this site."
    return report(text, link.position, "link.dead", message, hint)
