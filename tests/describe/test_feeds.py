"""Feeds and the sitemap are well formed, dated by their content, and safe for any title."""

import json
from dataclasses import replace
from datetime import date

from lxml import etree

from policy_tools.describe.feeds import Feed, FeedItem, format_atom, format_json_feed
from policy_tools.describe.sitemap import format_sitemap

ATOM = {"a": "http://www.w3.org/2005/Atom"}
ITEM = FeedItem(
    url="https://things.example/papers/nib/",
    title="A bank & its <purpose>",
    summary="What it says.",
    authors=("Economy team",),
    published=date(2026, 11, 1),
    updated=date(2026, 11, 22),
    categories=("Investment",),
)
FEED = Feed(
    title="Institute of Things",
    subtitle="Things",
    page_url="https://things.example/",
    atom_url="https://things.example/feeds/papers.atom",
    json_url="https://things.example/feeds/papers.json",
    language="en-GB",
    items=(ITEM,),
)


def test_atom_is_dated_by_its_newest_paper() -> None:
    root = etree.fromstring(format_atom(FEED))
    assert root.findtext("a:updated", namespaces=ATOM) == "2026-11-22T00:00:00Z"
    assert root.findtext("a:entry/a:title", namespaces=ATOM) == "A bank & its <purpose>"
    assert root.findtext("a:entry/a:summary", namespaces=ATOM) == "What it says."
    assert root.xpath("string(a:link[@rel='self']/@href)", namespaces=ATOM) == FEED.atom_url


def test_an_empty_feed_is_still_a_feed() -> None:
    empty = Feed("T", "S", "https://a.example/", "https://a.example/f", "https://a.example/j", "en-GB", ())
    assert (
        etree.fromstring(format_atom(empty)).findtext("a:updated", namespaces=ATOM) == "1970-01-01T00:00:00Z"
    )


def test_json_feed_has_the_same_items() -> None:
    feed = json.loads(format_json_feed(FEED))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["url"] == ITEM.url
    assert feed["items"][0]["date_modified"] == "2026-11-22T00:00:00Z"


def test_an_entry_says_what_was_corrected_below_its_summary() -> None:
    item = replace(ITEM, corrections=("Corrected on 3 May 2026 (minor).",))
    feed = replace(FEED, items=(item,))
    said = "What it says.\n\nCorrected on 3 May 2026 (minor)."
    assert etree.fromstring(format_atom(feed)).findtext("a:entry/a:summary", namespaces=ATOM) == said
    found = json.loads(format_json_feed(feed))["items"][0]
    assert (found["content_text"], found["summary"]) == (said, "What it says.")


def test_the_sitemap_is_sorted_and_dated() -> None:
    text = format_sitemap(
        [("https://a.example/b/", None), ("https://a.example/a/", date(2026, 1, 2))]
    ).decode()
    assert text.index("/a/") < text.index("/b/")
    assert text.count("<lastmod>") == 1
    assert "<lastmod>2026-01-02</lastmod>" in text
