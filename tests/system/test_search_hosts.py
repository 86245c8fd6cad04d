"""Search on hosts that do not all do the same, and with an index that is gone or another by now."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import Browser, Route, expect

from tests.system.conftest import Demonstration, QuietHandler
from tests.system.test_search import open_dialog, serve


class _UnzippingHandler(QuietHandler):
    """A host that says of files in gzip that they are, so that browsers undo it."""

    def end_headers(self) -> None:
        path = self.path.partition("?")[0]
        if path.endswith(".bin") and Path(self.translate_path(path)).read_bytes().startswith(b"\x1f\x8b"):
            self.send_header("Content-Encoding", "gzip")
        super().end_headers()


class _CautiousHandler(QuietHandler):
    """A host that wants to be asked each time, and at first has files of the index only when asked twice."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:  # noqa: N802 - the name that is overridden
        self.asked.append(self.path)
        if self.path.startswith("/search/index/") and self.asked.count(self.path) == 1:
            self.send_error(404)
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def test_what_a_browser_keeps_of_the_index_is_not_asked_for_again(
    browser: Browser, demonstration: Demonstration
) -> None:
    with serve(demonstration.output, _CautiousHandler) as address:
        page = browser.new_page()
        for visited in ("/how-we-work/", "/papers/taxing-wealth/"):
            page.goto(address + visited)
            open_dialog(page, "wealth tax")
            expect(page.get_by_role("option").first).to_be_visible()
        page.close()
    counts = Counter(path.split("?")[0] for path in _CautiousHandler.asked)
    assert counts["/search/current.bin"] == 2
    assert {counts[path] for path in counts if path.startswith("/search/index/")} == {2}  # missing at first
    assert {counts[path] for path in counts if path.startswith("/search/text/")} == {1}


def test_a_host_may_undo_the_gzip_itself(browser: Browser, demonstration: Demonstration) -> None:
    with serve(demonstration.output, _UnzippingHandler) as address:
        page = browser.new_page()
        page.goto(f"{address}/search/?q=investment+bank")
        expect(page.get_by_role("option").first).to_be_visible()
        page.close()


def test_an_index_that_was_replaced_meanwhile_is_fetched_anew(
    browser: Browser, site_url: str, demonstration: Demonstration
) -> None:
    """A browser may have kept the directory of the index before, whose files are gone."""
    context = browser.new_context()
    directory = json.loads(gzip.decompress((demonstration.output / "search/current.bin").read_bytes()))
    old = gzip.compress(json.dumps({**directory, "build": "0" * 12}).encode())
    answered: list[str] = []

    def serve_old(route: Route) -> None:
        answered.append(route.request.url)
        if len(answered) == 1:
            route.fulfill(body=old, content_type="application/octet-stream")
        else:
            route.continue_()

    context.route("**/search/current.bin", serve_old)
    page = context.new_page()
    page.goto(f"{site_url}/search/?q=investment+bank")
    expect(page.get_by_role("option").first).to_be_visible()
    assert len(answered) == 2
    context.close()


def test_search_that_cannot_be_loaded_says_so(browser: Browser, site_url: str) -> None:
    context = browser.new_context()
    context.route("**/search/**/*.bin", lambda route: route.abort())
    context.route("**/search/current.bin", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{site_url}/search/?q=bank")
    expect(page.get_by_role("status")).to_contain_text("The search could not be loaded.")
    context.close()
