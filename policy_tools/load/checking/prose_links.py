"""Do the links of ordinary pages, biographies and descriptions lead somewhere?

They are read by Python-Markdown, which names headings in its own way; links and their places are the same.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from policy_tools.load.body import scan_body
from policy_tools.load.checking.links import check_anchors_exist, check_pages_exist
from policy_tools.load.folders import LoadedFolder
from policy_tools.model.body import Body
from policy_tools.model.library import Library
from policy_tools.model.page import PROSE_EXTENSIONS, Page
from policy_tools.model.problem import Position, Problem

_MAY_LINK = re.compile(r"[\[<]")
_ID = re.compile(r"""<[^<>]*\sid=["']([^"']+)["']""")


@dataclass(frozen=True, slots=True)
class ProseText:
    """A text that is only ever on the web, with what it holds; `address` is that of its page."""

    path: str
    address: str
    body: Body
    is_private: bool
    is_published: bool


def check_prose_links(
    pages: Iterable[Page], folders: Iterable[LoadedFolder[Any]], library: Library
) -> Iterator[Problem]:
    """Links of pages and of the texts of records that lead nowhere, or where nobody should be led."""
    for text in (*_texts_of_pages(pages), *_texts_of_records(folders)):
        yield from check_anchors_exist(text)
        yield from check_pages_exist(text, library)


def _texts_of_pages(pages: Iterable[Page]) -> Iterator[ProseText]:
    for page in pages:
        if _MAY_LINK.search(page.text):
            body = _read(page.text, page.first_line, page.path)
            is_published = page.record.status == "published"
            yield ProseText(page.path, page.address, body, page.is_private, is_published)


def _texts_of_records(folders: Iterable[LoadedFolder[Any]]) -> Iterator[ProseText]:
    """A record's page stands in a folder called like that of its file, under its name."""
    for loaded in (loaded for folder in folders for loaded in folder.records):
        if _MAY_LINK.search(loaded.body):
            body = _read(loaded.body, loaded.body_line, loaded.path)
            address = f"{loaded.path.split('/')[-2]}/{loaded.id}/"
            yield ProseText(loaded.path, address, body, loaded.is_private, is_published=True)


def _read(text: str, first_line: int, path: str) -> Body:
    """The text with the anchors that its page will have."""
    body, _ = scan_body(text, first_line, path)  # its problems are those of papers
    if not any(link.target.startswith("#") for link in body.links):
        return body
    from markdown import Markdown  # noqa: PLC0415 - takes long, and few sites need it

    html = Markdown(extensions=list(PROSE_EXTENSIONS)).convert(text)
    start = Position(first_line, 1)
    return replace(body, anchors=tuple((name, start) for name in _ID.findall(html)))
