"""The whole site as pages and files: what is written where, before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.edition.addresses import Claim, check_addresses
from policy_tools.edition.files import OutputFile
from policy_tools.edition.output import OutputPage
from policy_tools.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Edition:
    """Every page and file of the site, and why it must not be written, if so."""

    pages: tuple[OutputPage, ...]
    files: tuple[OutputFile, ...]
    problems: tuple[Problem, ...]


def gather_edition(pages: tuple[OutputPage, ...], files: tuple[OutputFile, ...]) -> Edition:
    """An edition of these, whose addresses are looked into."""
    return Edition(pages, files, check_addresses(_list_claims(pages, files)))


def _list_claims(pages: tuple[OutputPage, ...], files: tuple[OutputFile, ...]) -> Iterator[Claim]:
    """The system's own claims first, so that content is told when it stands in the way."""
    claims = [Claim(page.address, page.source) for page in pages]
    claims += [Claim(file.address, file.source) for file in files]
    yield from sorted(claims, key=lambda claim: bool(claim.path))
