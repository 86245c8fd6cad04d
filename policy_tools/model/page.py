"""A page that is only ever a web page, such as the one about the think tank itself."""

from dataclasses import dataclass
from typing import Literal

from policy_tools.model.record import Record, Slug, Text, WholeNumber

PROSE_EXTENSIONS = ("abbr", "def_list", "footnotes", "tables", "toc", "sane_lists", "smarty")
"""How Python-Markdown reads pages, biographies and descriptions."""


class PageRecord(Record):
    """The front matter of `content/pages/<slug>.md`."""

    title: Text
    summary: Text
    status: Literal["published", "draft"]
    order: WholeNumber = 100
    menu: Literal["main", "footer", "none"] = "footer"


@dataclass(frozen=True, slots=True)
class Page:
    """One page as loaded; `text` is Markdown, `path` is relative to the site's folder."""

    slug: Slug
    path: str
    record: PageRecord
    text: str
    first_line: int
    digest: str
    is_private: bool = False

    @property
    def address(self) -> str:
        """Where the page stands, relative to the site's root, with a closing slash."""
        return f"{self.slug}/"
