"""Atom and JSON feeds: the newest papers of a list, each with its summary and what was corrected."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from lxml import etree

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One paper in a feed; `url` is absolute, `summary` and `corrections` are plain text."""

    url: str
    title: str
    summary: str
    authors: tuple[str, ...]
    published: date
    updated: date
    categories: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What the entry says: the summary, then each correction in a paragraph."""
        return "\n\n".join((self.summary, *self.corrections))


@dataclass(frozen=True, slots=True)
class Feed:
    """A list as a feed; addresses are absolute. Its date is that of its newest item, never the clock's."""

    title: str
    subtitle: str
    page_url: str
    atom_url: str
    json_url: str
    language: str
    items: tuple[FeedItem, ...]


def format_atom(feed: Feed) -> bytes:
    """The feed as Atom (RFC 4287), UTF-8."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", feed.language)
    _add(root, "id", feed.page_url)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", _timestamp(_newest(feed.items)))
    _link(root, feed.page_url, "alternate", "text/html")
    _link(root, feed.atom_url, "self", "application/atom+xml")
    for item in feed.items:
        _add_entry(root, item)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8")) + b"\n"


def format_json_feed(feed: Feed) -> str:
    """The feed as JSON Feed 1.1."""
    items = [
        {
            "id": item.url,
            "url": item.url,
            "title": item.title,
            "content_text": item.text,
            "summary": item.summary,
            "date_published": _timestamp(item.published),
            "date_modified": _timestamp(item.updated),
            "authors": [{"name": name} for name in item.authors],
            "tags": list(item.categories),
        }
        for item in feed.items
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page_url,
        "feed_url": feed.json_url,
        "language": feed.language,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _add_entry(root: etree._Element, item: FeedItem) -> None:
    entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
    _add(entry, "id", item.url)
    _add(entry, "title", item.title)
    _link(entry, item.url, "alternate", "text/html")
    _add(entry, "published", _timestamp(item.published))
    _add(entry, "updated", _timestamp(item.updated))
    for name in item.authors:
        _add(etree.SubElement(entry, f"{{{_ATOM}}}author"), "name", name)
    for category in item.categories:
        etree.SubElement(entry, f"{{{_ATOM}}}category").set("term", category)
    _add(entry, "summary", item.text)


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: etree._Element, href: str, rel: str, media_type: str) -> None:
    link = etree.SubElement(parent, f"{{{_ATOM}}}link")
    link.set("href", href)
    link.set("rel", rel)
    link.set("type", media_type)


def _newest(items: Sequence[FeedItem]) -> date:
    return max((item.updated for item in items), default=date(1970, 1, 1))


def _timestamp(day: date) -> str:
    """A day as RFC 3339: papers have dates, not times, so midnight UTC stands for the day."""
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")
