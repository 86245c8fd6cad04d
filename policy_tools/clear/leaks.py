"""Does something public speak of something that is not?

A message names the public file and the place in it, and never what must not be named: its readers may be
those of a public log.
"""

import re
from collections.abc import Iterator
from typing import TypeAlias
from urllib.parse import unquote

from policy_tools.clear.outcome import Clearance, Reason
from policy_tools.model.library import Library
from policy_tools.model.paper import Paper
from policy_tools.model.person import Person
from policy_tools.model.problem import Position, Problem
from policy_tools.model.programme import Institute, Programme, Series, Topic

Secret: TypeAlias = frozenset[tuple[str, str]]
Shared: TypeAlias = Person | Programme | Institute | Series | Topic

_VERSION = r"(?:/v([0-9]+))?"
_END = r"(?=[^a-z0-9-]|$)"
_PAPER_ADDRESS = re.compile(rf"(?:^|[^a-z0-9-])papers/([a-z0-9-]+){_VERSION}{_END}")
_SIBLING_ADDRESS = re.compile(rf"^(?:\.\./)+([a-z0-9-]+){_VERSION}{_END}")
_HINT = "Take it out, or hold this back as well."


def check_leaks(library: Library, clearance: Clearance) -> tuple[Problem, ...]:
    """Links, successors, records and references in public files that are not public themselves."""
    secret = _list_secret(library, clearance)
    withheld = {paper.path for paper in library.all_papers} - {
        paper.path for paper in clearance.library.all_papers
    }
    problems: list[Problem] = []
    for paper in library.all_papers:
        if paper.path not in withheld:
            problems.extend(_check_paper(paper, secret, library, clearance))
        elif paper.is_sound and not paper.is_private:
            problems.extend(_check_private_records(paper, library, clearance))
    problems.extend(_check_texts(secret, clearance))
    return tuple(sorted(set(problems)))


def _list_secret(library: Library, clearance: Clearance) -> Secret:
    """Slug and version of every paper that is there and not public; the current version's is empty."""
    public = {_name(paper) for paper in clearance.library.all_papers}
    loaded = {_name(paper) for paper in library.all_papers}
    unread = {
        (found[1], found[2] or "")
        for path in library.withheld_paths
        if (found := _PAPER_ADDRESS.search(path))
    }
    return frozenset((loaded | unread) - public)


def _name(paper: Paper) -> tuple[str, str]:
    return paper.slug, "" if paper.is_current else str(paper.record.version)


def _check_paper(paper: Paper, secret: Secret, library: Library, clearance: Clearance) -> Iterator[Problem]:
    for link in paper.body.links:
        target = _plain(link.target)
        if _names_secret(_PAPER_ADDRESS.search(target) or _SIBLING_ADDRESS.match(target), secret):
            yield _report(
                paper.path, link.position, "leak.link", "This links to something that is not public."
            )
    for name in ("supersedes", "superseded_by"):
        slug = getattr(paper.record, name)
        if slug and (slug, "") in secret:
            message = f'"{name}" names a paper that is not public.'
            yield _report(paper.path, paper.place(name), "leak.succession", message)
    for citation in paper.body.citations:
        if citation.key in library.references and citation.key not in clearance.library.references:
            message = "This cites a work whose record is not public."
            yield _report(paper.path, citation.position, "leak.reference", message)
    yield from _check_reference_addresses(paper, secret, clearance)


def _check_reference_addresses(paper: Paper, secret: Secret, clearance: Clearance) -> Iterator[Problem]:
    """A work of our own that is cited before it is public, told where it is cited."""
    for citation in paper.body.citations:
        reference = clearance.library.references.get(citation.key)
        address = reference.fields.get("url", "") if reference else ""
        if _names_secret(_PAPER_ADDRESS.search(_plain(address)), secret):
            message = "This cites a work at an address that is not public."
            yield _report(paper.path, citation.position, "leak.reference", message)


def _check_private_records(paper: Paper, library: Library, clearance: Clearance) -> Iterator[Problem]:
    """A paper in the public folder that is held back only because it names a private record."""
    reasons = {withheld.path: withheld.reason for withheld in clearance.withheld}
    if reasons.get(paper.path) is not Reason.PRIVATE_RECORD:
        return
    named = (
        ("series", (paper.record.series,), library.series, clearance.library.series),
        ("programmes", paper.record.programmes, library.programmes, clearance.library.programmes),
        ("topics", paper.record.topics, library.topics, clearance.library.topics),
        ("authors", paper.record.authors, library.people, clearance.library.people),
    )
    for field, names, everything, public in named:
        for index, name in enumerate(names):
            if isinstance(name, str) and name not in public and _is_held_back(everything.get(name), library):
                message = f'"{field}" names a record that is not public.'
                yield _report(paper.path, paper.place(field, index), "leak.record", message)


def _is_held_back(record: Shared | None, library: Library) -> bool:
    """Whether a record is private by choice, and not missing or hidden by a fault that is told elsewhere."""
    institute = library.institutes.get(record.institute) if isinstance(record, Programme) else None
    return any(each is not None and each.is_private for each in (record, institute))


def _check_texts(secret: Secret, clearance: Clearance) -> Iterator[Problem]:
    """Links in pages, and in the texts of people, programmes and institutes."""
    shelves = clearance.library
    texts = [(page.path, page.first_line, page.text) for page in shelves.pages]
    texts += [(person.path, 1, person.bio) for person in shelves.people.values()]
    texts += [(programme.path, 1, programme.description) for programme in shelves.programmes.values()]
    texts += [(institute.path, 1, institute.description) for institute in shelves.institutes.values()]
    for path, first_line, text in texts:
        for number, line in enumerate(text.split("\n"), start=first_line):
            for found in _PAPER_ADDRESS.finditer(_plain(line)):
                if _names_secret(found, secret):
                    place = Position(number, found.start(1) + 1)
                    yield _report(path, place, "leak.link", "This links to something that is not public.")


def _plain(address: str) -> str:
    """An address as hosts read it: without escapes, and by some of them without regard to capitals."""
    return unquote(address).lower()


def _names_secret(found: re.Match[str] | None, secret: Secret) -> bool:
    """Whether an address is that of a secret version, or of any part of a paper that is secret as a whole."""
    return found is not None and ((found[1], found[2] or "") in secret or (found[1], "") in secret)


def _report(path: str, place: Position, code: str, message: str) -> Problem:
    return Problem(path, place.line, place.column, code, message, _HINT)
