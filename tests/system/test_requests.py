"""A page asks only its own site for anything, runs no script but the site's own, and is whole without any."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.system.conftest import Demonstration
from tests.system.kinds import KINDS

ALL_PAGES = pytest.mark.parametrize("kind", KINDS)
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'"


@pytest.fixture(scope="module")
def strict(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that gets a strict policy with each page, as a host would send it."""
    context = browser.new_context()
    context.route("**/*", _serve_with_policy)
    yield context
    context.close()


def _serve_with_policy(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, headers={**response.headers, "content-security-policy": POLICY})


@ALL_PAGES
def test_a_page_needs_only_its_own_site(kind: str, strict: BrowserContext, site_url: str) -> None:
    page = strict.new_page()
    hosts, said, failed = set(), [], []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.goto(f"{site_url}/{KINDS[kind]}")
    show_everything(page)
    page.close()
    assert hosts == {urlsplit(site_url).netloc}
    assert (said, failed) == ([], [])


def show_everything(page: Page) -> None:
    """Bring every picture into view, so that lazy ones are asked for; a broken one fails to decode."""
    page.evaluate("""async () => {
        await document.fonts.ready;
        for (const image of document.images) {
            image.scrollIntoView();
            await image.decode();
        }
    }""")


@ALL_PAGES
def test_a_page_is_whole_without_scripts(
    kind: str, browser: Browser, demonstration: Demonstration, site_url: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/{KINDS[kind]}")
    shown = words_of(page.locator("main").inner_text())
    context.close()
    written = words_of(written_text(demonstration.output / KINDS[kind]))
    assert Counter(written) - Counter(shown) == Counter()


def written_text(path: Path) -> str:
    """The words of the main part as they stand in the file, but for formulas, drawings and what is folded."""
    path = path if path.suffix == ".html" else path / "index.html"
    (main,) = html.document_fromstring(path.read_text(encoding="utf-8")).xpath("//main")
    return " ".join(
        str(text)
        for text in main.xpath(".//text()[not(ancestor::details or ancestor::math or ancestor::svg)]")
    )


def words_of(text: str) -> list[str]:
    """Words in small letters, since style may set them in capitals."""
    return "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()


def test_the_fonts_are_the_sites_own(browser: Browser, site_url: str) -> None:
    page = browser.new_page()
    page.goto(f"{site_url}/{KINDS['a paper with everything']}")
    page.evaluate("document.fonts.ready.then(() => true)")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    page.close()
    assert {"Source Serif 4", "Public Sans"} <= {name.strip('"') for name in loaded}
