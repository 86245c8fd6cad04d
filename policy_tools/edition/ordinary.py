"""Ordinary pages, such as the one about the think tank; and the page for an address that is none."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Chrome, build_head
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.prose import Prose


@dataclass(frozen=True, slots=True)
class OrdinaryView:
    """A page's title and summary; its Markdown stands here so that the digest knows it."""

    title: str
    summary: str
    markdown: str


@dataclass(frozen=True, slots=True)
class MissingView:
    """The page that a host shows for an address that does not exist."""

    title: str


def build_ordinary_pages(catalogue: Catalogue) -> Iterator[PageView]:
    """The pages of content/pages/."""
    for page in catalogue.library.pages:
        head = build_head(
            catalogue.chrome,
            page.address,
            page.record.title,
            page.record.summary,
            section=page.address,
            records=catalogue.describe(page.address),
        )
        view = OrdinaryView(page.record.title, page.record.summary, page.text)
        yield build_page_view(
            catalogue.chrome,
            "page.html",
            head,
            view,
            load_text=Prose(page.text, "../").render,
            source=page.path,
        )


def build_missing_page(chrome: Chrome) -> PageView:
    """404.html: its links start at the host's root, since it is shown at any depth."""
    title = "There is no page here"
    head = build_head(chrome, "404.html", title, title, noindex=True, is_anywhere=True)
    return build_page_view(chrome, "404.html", head, MissingView(title), address="404.html")
