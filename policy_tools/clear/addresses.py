"""At which addresses does something stand that is not public, and does a text lead there?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from policy_tools.model.library import Library, PublicLibrary
from policy_tools.model.paper import Paper

_VERSION = r"(?:/v([0-9]+))?"
_END = r"(?=[^a-z0-9-]|$)"
_PAPER = re.compile(rf"(?:^|[^a-z0-9-])papers/([a-z0-9-]+){_VERSION}{_END}")
_SIBLING = re.compile(rf"^(?:\.\./)+([a-z0-9-]+){_VERSION}{_END}")
_ASK = re.compile(rf"(?:^|[^a-z0-9-])((?:recommendations|packs)/[a-z0-9-]+)(){_END}")


@dataclass(frozen=True, slots=True)
class SecretAddresses:
    """Names and versions of what is there and not public; the version is empty for a current paper.

    A paper's name is its slug; that of a recommendation or pack, the beginning of its address.
    """

    names: frozenset[tuple[str, str]]

    def find_in(self, text: str) -> Iterator[int]:
        """Where in a text a secret address stands: the offsets of its last part."""
        plain = _plain(text)
        for pattern in (_PAPER, _ASK):
            yield from (found.start(1) for found in pattern.finditer(plain) if self._has(found))

    def is_target(self, target: str) -> bool:
        """Whether a link in a paper leads to a secret address, also one that is given from its own folder."""
        sibling = _SIBLING.match(_plain(target))
        return any(True for _ in self.find_in(target)) or bool(sibling and self._has(sibling))

    def has_paper(self, slug: str) -> bool:
        """Whether a paper as a whole is secret."""
        return (slug, "") in self.names

    def _has(self, found: re.Match[str]) -> bool:
        """Whether an address is that of a secret version, or of any part of what is secret as a whole."""
        return (found[1], found[2] or "") in self.names or (found[1], "") in self.names


def list_secret_addresses(library: Library, public: PublicLibrary) -> SecretAddresses:
    """The addresses of everything that is there, or could not be read, and is not public."""
    shown = {_name(paper) for paper in public.all_papers}
    loaded = {_name(paper) for paper in library.all_papers}
    unread = {(found[1], found[2] or "") for path in library.withheld_paths if (found := _PAPER.search(path))}
    asks = {
        f"recommendations/{id_}" for id_ in library.recommendations.keys() - public.recommendations.keys()
    }
    packs = {f"packs/{id_}" for id_ in library.packs.keys() - public.packs.keys()}
    return SecretAddresses(frozenset((loaded | unread) - shown) | {(name, "") for name in asks | packs})


def _name(paper: Paper) -> tuple[str, str]:
    return paper.slug, "" if paper.is_current else str(paper.record.version)


def _plain(address: str) -> str:
    """An address as hosts read it: without escapes, and by some of them without regard to capitals."""
    return unquote(address).lower()
