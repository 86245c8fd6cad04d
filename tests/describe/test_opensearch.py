"""Browsers and programs are told how the site is searched."""

import json

from lxml import etree

from policy_tools.describe.opensearch import format_opensearch, format_search_json

NAMES = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def test_a_browser_learns_where_to_ask() -> None:
    written = format_opensearch("A think tank & its <long> name", "Papers", "https://t.example/a", "en-GB")
    root = etree.fromstring(written)
    assert root.findtext("o:ShortName", namespaces=NAMES) == "A think tank & i"
    (page, own) = root.findall("o:Url", namespaces=NAMES)
    assert page.get("template") == "https://t.example/a/search/?q={searchTerms}"
    assert own.get("rel") == "self"
    assert root.findtext("o:Language", namespaces=NAMES) == "en-GB"


def test_a_program_learns_where_the_index_is() -> None:
    told = json.loads(format_search_json("Ü", "Papers", "https://t.example", "search/current.bin"))
    assert told["index"] == "https://t.example/search/current.bin"
    assert told["search"].format(searchTerms="tax") == "https://t.example/search/?q=tax"
