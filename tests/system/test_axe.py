"""Every kind of page can be used by everyone: by axe, by keyboard, on any screen, in both colour schemes."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.system.kinds import KINDS

WIDTHS = {"phone": 375, "desktop": 1280}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ALL_PAGES = pytest.mark.parametrize("kind", KINDS)
REACHED = """() => {
    const all = [...document.querySelectorAll('a[href], button, summary, input, [tabindex="0"]')];
    const shown = all.filter(e => e.checkVisibility({ visibilityProperty: true }));
    return shown.length;
}"""
FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const all = [...document.querySelectorAll('*')];
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    const seen = [style.outlineStyle, style.boxShadow].some(value => value !== 'none');
    return { place: all.indexOf(e), seen, width: box.width, name: e.outerHTML.slice(0, 120) };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
@ALL_PAGES
def test_axe_finds_nothing(kind: str, width: str, page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": WIDTHS[width], "height": 900})
    page.goto(f"{site_url}/{KINDS[kind]}")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert describe_violations(Axe().run(page).response) == [], scheme


def describe_violations(response: dict[str, Any]) -> list[str]:
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:200]}"
        for violation in response["violations"]
        for node in violation["nodes"]
    ]


def test_axe_finds_a_mistake(page: Page) -> None:
    page.set_content("<!doctype html><html lang=en><title>A</title><main><h1>A</h1><img src=a.png></main>")
    assert describe_violations(Axe().run(page).response)


@ALL_PAGES
def test_nothing_scrolls_sideways(kind: str, page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/{KINDS[kind]}")
    for width in (320, 375, 768, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", ["home", "a paper with everything", "all papers"])
def test_the_skip_link_leads_to_the_text(kind: str, page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site_url}/{KINDS[kind]}")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the main text"
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.localName") == "main"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ["home", "a paper with everything", "all papers", "a person"])
def test_the_keyboard_reaches_everything_in_order(kind: str, width: str, page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": WIDTHS[width], "height": 900})
    page.goto(f"{site_url}/{KINDS[kind]}")
    expected = page.evaluate(REACHED)
    places: list[int] = []
    unseen: list[str] = []
    for _ in range(expected):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused is not None, f"after {len(places)} of {expected}"
        places.append(focused["place"])
        if not (focused["seen"] and focused["width"]):
            unseen.append(focused["name"])
    assert unseen == []
    assert len(set(places)) == expected
    assert places == sorted(places)


def test_a_second_link_is_followed_at_once(page: Page, site_url: str) -> None:
    """A page that glides to its anchors loses the one that is asked for on the way."""
    page.set_viewport_size({"width": 375, "height": 800})
    page.emulate_media(reduced_motion="no-preference")
    page.goto(f"{site_url}/{KINDS['a paper with everything']}")
    for anchor in ("tbl-banks", "page-notes", "page-references"):
        page.evaluate("anchor => { location.hash = anchor }", anchor)
        place = page.evaluate("anchor => document.getElementById(anchor).getBoundingClientRect().top", anchor)
        assert 0 <= place < 100, anchor
