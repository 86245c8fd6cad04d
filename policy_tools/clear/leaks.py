"""Does something public speak of something that is not?

A message names the public file and the place in it, and never what must not be named: its readers may be
those of a public log.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from policy_tools.clear.addresses import SecretAddresses, list_secret_addresses
from policy_tools.clear.ask_leaks import LEAK_HINT, check_ask_leaks
from policy_tools.clear.outcome import Clearance, Reason
from policy_tools.model.library import Library
from policy_tools.model.paper import Paper
from policy_tools.model.person import Person
from policy_tools.model.problem import Position, Problem
from policy_tools.model.programme import Institute, Programme, Series, Topic

Shared: TypeAlias = Person | Programme | Institute | Series | Topic


def check_leaks(library: Library, clearance: Clearance) -> tuple[Problem, ...]:
    """Links, successors, records and references in public files that are not public themselves."""
    secret = list_secret_addresses(library, clearance.library)
    works = _find_secret_works(library, secret, clearance)
    withheld = {paper.path for paper in library.all_papers} - {
        paper.path for paper in clearance.library.all_papers
    }
    problems: list[Problem] = []
    for paper in library.all_papers:
        if paper.path not in withheld:
            problems.extend(_check_paper(paper, secret, works))
        elif paper.is_sound and not paper.is_private:
            problems.extend(_check_private_records(paper, library, clearance))
    problems.extend(_check_texts(secret, clearance))
    problems.extend(check_ask_leaks(library, clearance.library, secret))
    return tuple(sorted(set(problems)))


def _check_paper(paper: Paper, secret: SecretAddresses, works: Mapping[str, str]) -> Iterator[Problem]:
    for link in paper.body.links:
        if secret.is_target(link.target):
            yield _report(
                paper.path, link.position, "leak.link", "This links to something that is not public."
            )
    for name in ("supersedes", "superseded_by"):
        slug = getattr(paper.record, name)
        if slug and secret.has_paper(slug):
            message = f'"{name}" names a paper that is not public.'
            yield _report(paper.path, paper.place(name), "leak.succession", message)
    if works.keys().isdisjoint(paper.body.cited_keys):
        return
    for citation in paper.body.citations:
        if citation.key in works:
            yield _report(paper.path, citation.position, "leak.reference", works[citation.key])


def _find_secret_works(library: Library, secret: SecretAddresses, clearance: Clearance) -> dict[str, str]:
    """The works that no public paper may cite, each with why: told where they are cited."""
    public = clearance.library.references
    works = dict.fromkeys(
        library.references.keys() - public.keys(), "This cites a work whose record is not public."
    )
    for key, reference in public.items():
        if any(True for _ in secret.find_in(reference.fields.get("url", ""))):  # of our own, not out yet
            works[key] = "This cites a work at an address that is not public."
    return works


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


def _check_texts(secret: SecretAddresses, clearance: Clearance) -> Iterator[Problem]:
    """Links in pages, and in the texts of people, programmes and institutes."""
    shelves = clearance.library
    texts = [(page.path, page.first_line, page.text) for page in shelves.pages]
    texts += [(person.path, 1, person.bio) for person in shelves.people.values()]
    texts += [(programme.path, 1, programme.description) for programme in shelves.programmes.values()]
    texts += [(institute.path, 1, institute.description) for institute in shelves.institutes.values()]
    for path, first_line, text in texts:
        for number, line in enumerate(text.split("\n"), start=first_line):
            for offset in secret.find_in(line):
                message = "This links to something that is not public."
                yield _report(path, Position(number, offset + 1), "leak.link", message)


def _report(path: str, place: Position, code: str, message: str) -> Problem:
    return Problem(path, place.line, place.column, code, message, LEAK_HINT)
