"""A page that is to be written: its template, its view and the digest of both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from policy_tools.edition.chrome import Chrome, PageHead
from policy_tools.store import digest_of

PAGE = "index.html"


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: everything its template shows, and the digest of exactly that.

    `address` is a file's, relative to the site's root. `view` holds what is quickly had; `load_text` fetches
    the long text (a paper's body) when the page is really rendered: its digest must be part of `view`.
    `source` is the content file behind the page, empty for pages of the system's own.
    """

    address: str
    template: str
    chrome: Chrome = field(repr=False)
    head: PageHead
    view: object
    digest: str
    load_text: Callable[[], object] | None = field(default=None, repr=False, compare=False)
    source: str = ""

    @property
    def root(self) -> str:
        """The way from the page back to the site's root, ending in a slash."""
        if self.address == "404.html":
            return self.chrome.base_path
        return "../" * self.address.count("/") or "./"

    def load(self) -> Mapping[str, object]:
        """The template's whole context: `site`, `root`, `head`, `view` and `text`, nothing else."""
        return {
            "site": self.chrome,
            "root": self.root,
            "head": self.head,
            "view": self.view,
            "text": self.load_text() if self.load_text else None,
        }


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page that is as it was in the last edition: `view` makes it again where it has to be written anew."""

    address: str
    template: str
    digest: str
    source: str
    view: Callable[[], PageView] = field(repr=False, compare=False)

    def load(self) -> Mapping[str, object]:
        """The template's whole context."""
        return self.view().load()


OutputPage: TypeAlias = PageView | StandingPage
"""What can be written by its template."""


def build_page_view(
    chrome: Chrome,
    template: str,
    head: PageHead,
    view: object,
    *,
    load_text: Callable[[], object] | None = None,
    source: str = "",
    address: str = "",
) -> PageView:
    """A page at `head.address` (a folder) or at `address` (a file), with its digest.

    The digest is taken over the repr of frozen dataclasses, tuples, strings and numbers: complete,
    ordered, and some twenty times as fast as going through JSON.
    """
    digest = digest_of(chrome.digest, template, source, repr(head), repr(view))
    return PageView(address or head.address + PAGE, template, chrome, head, view, digest, load_text, source)
