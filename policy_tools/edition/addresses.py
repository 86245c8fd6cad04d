"""Which address belongs to what? Each is claimed once, or it is a problem before anything is written."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from policy_tools.model.problem import Problem

RESERVED_FILES = frozenset(
    {
        ".htaccess",
        "404.html",
        "_headers",
        "_redirects",
        "favicon.ico",
        "index.html",
        "llms.txt",
        "robots.txt",
        "search.json",
        "search.xml",
        "sitemap.xml",
    }
)
RESERVED_FOLDERS = frozenset({".well-known", "feeds", "repec", "search", "theme"})

_NO_NAMES = frozenset({"", ".", ".."})


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's wish for an address.

    `address` is a file's, relative to the site's root. `path` is the content file that asks for it, relative
    to the site's folder; it is empty when the system itself asks, which alone may take a reserved name.
    """

    address: str
    path: str = ""


def fold_address(address: str) -> str:
    """The form in which two addresses are the same on some file system or host."""
    if address.isascii():
        return address.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address).casefold())


def check_addresses(claims: Iterable[Claim]) -> tuple[Problem, ...]:
    """Every claim that cannot be met: unsafe, reserved, taken, or a file where a folder stands."""
    taken: dict[str, Claim] = {}
    folders: dict[str, Claim] = {}
    problems: list[Problem] = []
    for claim in claims:
        folded = fold_address(claim.address)
        problem = (
            _check_safe(claim) or _check_reserved(claim, folded) or _check_free(claim, folded, taken, folders)
        )
        if problem:
            problems.append(problem)
            continue
        taken[folded] = claim
        end = folded.rfind("/")
        while end > 0 and folded[:end] not in folders:
            folders[folded[:end]] = claim
            end = folded.rfind("/", 0, end)
    return tuple(sorted(problems))


def _check_safe(claim: Claim) -> Problem | None:
    address = claim.address
    if address.isprintable() and "\\" not in address and _NO_NAMES.isdisjoint(address.split("/")):
        return None
    return _problem(
        claim,
        "address.unsafe",
        f"{claim.address!r} cannot be an address of the site.",
        "Use names made of letters, digits and hyphens, with no empty or dotted parts.",
    )


def _check_reserved(claim: Claim, folded: str) -> Problem | None:
    if not claim.path:
        return None
    if folded in RESERVED_FILES or folded.split("/", 1)[0] in RESERVED_FOLDERS:
        return _problem(
            claim,
            "address.reserved",
            f"The address {claim.address} is kept for the system.",
            "Give the page or file another name.",
        )
    return None


def _check_free(
    claim: Claim, folded: str, taken: dict[str, Claim], folders: dict[str, Claim]
) -> Problem | None:
    other = taken.get(folded) or folders.get(folded)
    end = folded.rfind("/")
    while other is None and end > 0:
        if folded[:end] in folders:
            break
        other = taken.get(folded[:end])
        end = folded.rfind("/", 0, end)
    if other is None:
        return None
    rival = other.path or "the system"
    blamed = claim if claim.path else other
    if blamed is other:
        rival = "the system"
    differs = "" if other.address == claim.address else f" (there as {other.address})"
    return _problem(
        blamed,
        "address.taken",
        f"The address {claim.address} is already taken by {rival}{differs}.",
        "Rename one of the two: letter case does not tell addresses apart.",
    )


def _problem(claim: Claim, code: str, message: str, hint: str) -> Problem:
    return Problem(claim.path, 1, 1, code, message, hint)
