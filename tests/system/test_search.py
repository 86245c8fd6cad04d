"""Search as a reader meets it: by keyboard and screen reader, under a strict policy, without scripts."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from policy_tools.scaffold import init_site
from policy_tools.search.answers import describe_hits
from policy_tools.search.query import Searcher
from tests.search.hostile import list_hostile
from tests.system.conftest import Demonstration, QuietHandler
from tests.system.sites import build_site
from tests.system.test_axe import describe_violations

STRICT = (
    "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; require-trusted-types-for 'script'; trusted-types policy-search"
)
SIZES = {"phone": {"width": 320, "height": 640}, "desktop": {"width": 1280, "height": 900}}


class _StrictHandler(QuietHandler):
    """Sends the strict policy with every answer."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", STRICT)
        super().end_headers()


@contextmanager
def serve(folder: Path, handler: type[QuietHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def strict_url(demonstration: Demonstration) -> Iterator[str]:
    """The address of the site on a host with a strict policy."""
    with serve(demonstration.output, _StrictHandler) as address:
        yield address


@pytest.fixture
def page(browser: Browser, strict_url: str) -> Iterator[Page]:
    """A page of the site under the strict policy; whatever a script complains of fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{strict_url}/papers/national-investment-bank/")
    yield page
    context.close()
    assert said == []


def open_dialog(page: Page, words: str = "") -> None:
    page.keyboard.press("/")
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    if words:
        page.keyboard.type(words)
        expect(page.get_by_role("status").filter(has_text=words.strip())).to_be_attached()


def told(page: Page) -> str:
    return page.locator("dialog [role=status], .search-page [role=status]").first.text_content() or ""


def shown(page: Page) -> list[str]:
    return [part.strip() for part in page.locator(".search-hit__title").all_inner_texts()]


def test_nothing_of_search_is_fetched_before_a_reader_wants_it(browser: Browser, site_url: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(f"{site_url}/papers/", wait_until="networkidle")
    assert [path for path in asked if "search" in path or "lunr" in path] == []
    page.locator(".site-search").hover()
    page.wait_for_function("performance.getEntriesByName(new URL('../search/current.bin', location)).length")
    wanted = [path for path in asked if "search" in path]
    assert [path for path in wanted if "/search/text/" in path or "lunr" in path] == []
    assert len(wanted) == 3, wanted
    page.close()


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_opens_it_and_escape_gives_the_focus_back(page: Page, key: str) -> None:
    page.locator("main a").first.focus()
    before = page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press(key)
    expect(page.get_by_role("combobox", name="Search for")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate("document.activeElement.outerHTML") == before


def test_a_slash_in_a_field_is_a_slash(page: Page) -> None:
    open_dialog(page)
    page.keyboard.type("a/b")
    expect(page.get_by_role("combobox")).to_have_value("a/b")


def test_the_link_opens_it_and_closing_gives_the_focus_back(page: Page) -> None:
    page.locator(".site-search").click()
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".site-search")).to_be_focused()


@pytest.fixture
def script_on_its_way(page: Page) -> list[Route]:
    """Opens the dialog on a slow line: what answers in it has not come yet."""
    held: list[Route] = []
    page.route("**/theme/search.*.js", lambda route: held.append(route))  # noqa: PLW0108 - it gets an attribute
    open_dialog(page)
    return held


@pytest.mark.parametrize("last_key", ["Enter", "x"])
def test_what_is_typed_before_its_script_comes_is_answered_then(
    page: Page, script_on_its_way: list[Route], last_key: str
) -> None:
    address = page.url
    page.keyboard.type("wealth ta")
    page.keyboard.press(last_key)
    page.wait_for_timeout(200)
    assert page.url == address
    assert shown(page) == []
    for route in script_on_its_way:
        route.continue_()
    expect(page.get_by_role("option").first).to_be_visible()


def test_the_dialog_can_be_left_before_its_script_comes(page: Page, script_on_its_way: list[Route]) -> None:
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    for route in script_on_its_way:
        route.continue_()
    open_dialog(page, "bank")


def test_results_come_as_one_types_and_are_announced(page: Page) -> None:
    open_dialog(page)
    page.keyboard.type("b")
    page.wait_for_timeout(300)
    assert shown(page) == []
    page.keyboard.type("an")
    expect(page.get_by_role("option").first).to_be_visible()
    assert told(page).endswith("answers for ban.")
    assert page.locator("dialog [role=status]").get_attribute("aria-live") in {None, "polite"}
    assert page.locator(".search-hit mark").count() > 0


def test_arrows_choose_and_enter_goes_to_the_section(page: Page) -> None:
    open_dialog(page, "investment bank question")
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert page.locator(f"#{field.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    addresses = page.get_by_role("option").evaluate_all("all => all.map(one => one.href)")
    for number in (0, 1):
        page.keyboard.press("ArrowDown")
        chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
        expect(chosen).to_have_attribute("aria-selected", "true")
        assert chosen.evaluate("one => one.href") == addresses[number]
        expect(field).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    assert page.locator("[aria-selected=true]").evaluate("one => one.href") == addresses[-1]
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(addresses[0])
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_tab_stays_within_the_dialog(page: Page) -> None:
    open_dialog(page, "bank")
    for _ in range(8):
        page.keyboard.press("Tab")
        inside = (
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )
        assert page.evaluate(inside)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", ["dialog", "page"])
def test_axe_finds_nothing_in_what_is_shown(
    page: Page, strict_url: str, place: str, size: str, scheme: str
) -> None:
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    if place == "dialog":
        page.goto(f"{strict_url}/how-we-work/")
        open_dialog(page, "bank treasry")
    else:
        page.goto(f"{strict_url}/search/?q=bank+treasry")
        page.locator(".search-facet").first.wait_for(state="attached")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    assert page.evaluate(
        "[...document.querySelectorAll('dialog')].every(d => d.scrollWidth <= d.clientWidth)"
    )
    policy_free = page.context.browser.new_context(color_scheme=scheme, viewport=SIZES[size])  # type: ignore[union-attr,arg-type]
    plain = policy_free.new_page()  # axe itself is a script that the policy would refuse
    plain.goto(page.url)
    if place == "dialog":
        open_dialog(plain, "bank treasry")
    expect(plain.get_by_role("option").first).to_be_visible()
    assert describe_violations(Axe().run(plain).response) == []
    policy_free.close()


def test_an_address_is_shared_and_the_back_button_goes_back(page: Page, strict_url: str) -> None:
    page.goto(f"{strict_url}/search/?q=investment+bank")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.locator("input[name=q]").input_value() == "investment bank"
    first = shown(page)
    page.locator("input[name=q]").fill("tax")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("for tax")
    assert page.url.endswith("/search/?q=tax")
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("for investment bank")
    assert (shown(page), page.locator("input[name=q]").input_value()) == (first, "investment bank")


def test_the_command_answers_as_the_page_does(
    page: Page, strict_url: str, demonstration: Demonstration
) -> None:
    searcher = Searcher(lambda address: (demonstration.output / address).read_bytes())
    for words in ("investment bank", "HC 123", "wealth tax", "treasury delay ministers", "OBR", "land value"):
        page.goto(f"{strict_url}/search/?q={words.replace(' ', '+')}")
        expect(page.get_by_role("status").first).not_to_be_empty()
        hits = searcher.search(words)
        assert shown(page) == [answer.title for answer in describe_hits(searcher, hits[:5])]


def test_choices_narrow_the_answers_and_say_how_many_there_are(page: Page, strict_url: str) -> None:
    page.goto(f"{strict_url}/search/?q=bank")
    page.locator(".search-facet").first.wait_for(state="attached")
    whole = int(told(page).split()[0])
    if page.locator(".search-filter").is_visible():
        page.locator(".search-filter").click()
    choices = page.locator("[data-facet=type] li")
    counts = {text.rsplit(" ", 1)[0]: int(text.rsplit(" ", 1)[1]) for text in choices.all_inner_texts()}
    assert sum(counts.values()) == whole
    kind, count = min(counts.items(), key=lambda item: item[1])
    page.get_by_label(kind, exact=False).first.check()
    expect(page.get_by_role("status")).to_contain_text(f"{count} answer")
    assert "type=" in page.url
    page.reload()
    expect(page.get_by_role("status")).to_contain_text(f"{count} answer")
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text(f"{whole} answers")


def test_a_misspelt_word_is_guessed_at_and_said(page: Page) -> None:
    open_dialog(page, "investmnt")
    button = page.locator(".search-suggestion button")
    expect(button).to_have_text("investment")
    assert "Did you mean investment?" in told(page)
    button.click()
    expect(page.get_by_role("combobox")).to_have_value("investment")
    expect(page.locator(".search-suggestion")).to_have_count(0)


def test_what_was_searched_for_is_kept_in_the_browser_and_forgotten_on_request(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    open_dialog(page, "investment")
    address = page.get_by_role("option").first.evaluate("one => one.href")
    page.get_by_role("option").first.click()
    page.wait_for_url(address, wait_until="load")
    open_dialog(page)
    expect(page.get_by_role("button", name="investment")).to_be_visible()
    assert page.evaluate("localStorage.length") == 1
    assert not [address for address in asked if "investment" in urlsplit(address).query]
    page.get_by_role("button", name="Forget these").click()
    assert page.evaluate("localStorage.length") == 0


def test_lunrs_signs_are_understood(page: Page) -> None:
    open_dialog(page, "title:bank -critics")
    titles = shown(page)
    assert titles
    assert all("bank" in title.lower() for title in titles)
    assert not [title for title in titles if "critics" in title]


def test_nothing_that_is_typed_runs_or_breaks_the_page(page: Page, strict_url: str) -> None:
    page.goto(f"{strict_url}/search/")
    field = page.locator("input[name=q]")
    for text in list_hostile(140):
        field.fill(text)
        field.press("Enter")
    page.wait_for_timeout(300)
    field.fill("bank")
    field.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("for bank.")
    assert page.locator(".search-page script, .search-page img, .search-page svg").count() == 0


def test_everything_is_listed_where_no_script_runs(
    browser: Browser, site_url: str, demonstration: Demonstration
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/")
    page.locator(".site-search").click()
    expect(page.get_by_role("heading", name="Search", exact=True)).to_be_visible()
    assert "Searching needs a script" in page.locator("main").inner_text()
    page.get_by_role("link", name="A to Z").first.click()
    words = page.locator("main").inner_text()
    for paper in demonstration.public.papers:
        assert paper.record.title in words
    context.close()


@pytest.fixture(scope="module")
def pagefind_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A new think tank that has chosen Pagefind."""
    site = tmp_path_factory.mktemp("pagefind") / "site"
    init_site(site)
    with (site / "pelicanconf.py").open("a") as settings:
        settings.write('\nSEARCH = "pagefind"\n')
    output = build_site(site, "--formats", "")
    assert not (output / "search/current.bin").exists()
    assert not (output / "search/index").exists()
    with serve(output, QuietHandler) as address:
        yield address


def test_pagefind_answers_in_the_same_dialog_and_page(browser: Browser, pagefind_url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{pagefind_url}/")
    open_dialog(page, "paper")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.locator(".search-hit mark").count() > 0
    assert describe_violations(Axe().run(page).response) == []
    page.goto(f"{pagefind_url}/search/?q=paper")
    expect(page.get_by_role("option").first).to_be_visible()
    whole = int(told(page).split()[0])
    page.locator("[data-facet=type] input").first.check()
    expect(page.get_by_role("status")).not_to_contain_text(f"{whole} answers")
    assert int(told(page).split()[0]) < whole
    page.locator(".search-hit__main").first.click()
    page.wait_for_url(lambda address: "/search/" not in address)
    assert page.locator("h1").count() == 1
    page.close()
    assert said == []


def test_private_packs_and_notes_are_not_indexed(demonstration: Demonstration) -> None:
    secret = {pack.record.title for pack in demonstration.library.packs.values()} - {
        pack.record.title for pack in demonstration.public.packs.values()
    }
    assert secret
    searcher = Searcher(lambda address: (demonstration.output / address).read_bytes())
    for title in secret:
        titles = [answer.title for answer in describe_hits(searcher, searcher.search(title))]
        assert title not in titles


def test_search_is_described_to_browsers_where_the_site_has_an_address(demonstration: Demonstration) -> None:
    head = (demonstration.output / "papers/index.html").read_text("utf-8").partition("</head>")[0]
    assert '<link rel="search" type="application/opensearchdescription+xml" href="../search.xml"' in head
    assert (demonstration.output / "search.xml").is_file()
    index = json.loads((demonstration.output / "search.json").read_text("utf-8"))["index"]
    assert index.endswith("/search/current.bin")
