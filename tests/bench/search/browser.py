"""What a reader waits for, in Chromium: bytes and time from the intent to the first results on the page."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.search.server import Line, serve
from tests.conftest import QUIET_BROWSER

OURS = """
window.begin = () => document.dispatchEvent(
  new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true }));
window.type = async (text, isTyping) => {
  while (!document.querySelector("dialog[open] input")) await new Promise(go => setTimeout(go, 1));
  const input = document.querySelector("dialog input");
  const panel = document.querySelector("dialog [data-search-panel]");
  input.value = text;
  const told = document.querySelector("dialog [role=status]");
  const shown = new Promise((done, fail) => {
    setTimeout(() => fail(new Error(`There is no answer to "${text}" after a minute.`)), 60000);
    const watch = new MutationObserver(() => {
      if (told.textContent.includes(text.trim())) { watch.disconnect(); done(); } });
    watch.observe(told, { childList: true, characterData: true, subtree: true });
  });
  if (isTyping) input.dispatchEvent(new Event("input", { bubbles: true }));
  else input.form.requestSubmit();
  await shown;
  return [...panel.querySelectorAll(".search-hit__main")].map(a => a.getAttribute("href"));
};
"""
PAGEFIND = """
let pagefind;
window.begin = () => { pagefind ??= import("/search/pagefind/pagefind.js").then(async module => {
  await module.options({ baseUrl: "/", excerptLength: 30 }); await module.init(); return module; }); };
window.type = async (text, isTyping) => {
  const module = await pagefind;
  const found = isTyping ? await module.debouncedSearch(text, {}, 110) : await module.search(text);
  if (!found) return null;
  const shown = await Promise.all(found.results.slice(0, 5).map(result => result.data()));
  const panel = document.getElementById("panel");
  panel.replaceChildren(...shown.map(one => {
    const link = document.createElement("a");
    link.href = one.url;
    const parts = one.sub_results.map(part => part.title + part.excerpt);
    link.textContent = [one.meta.title, one.excerpt, ...parts].join(" ");
    return link;
  }));
  return shown.map(one => one.url);
};
"""
WATCH = """
window.blocked = 0;
new PerformanceObserver(list => { for (const task of list.getEntries())
  window.blocked = Math.max(window.blocked, task.duration); }).observe({ type: "longtask" });
"""
MEASURE = """async ([text, keys]) => {
  window.blocked = 0;
  const began = performance.now();
  window.begin();
  let from = began, shown;
  if (keys) {
    for (let end = 1; end < text.length; end += 1) {
      window.type(text.slice(0, end), true);
      await new Promise(go => setTimeout(go, 120));
    }
    from = performance.now();
    shown = await window.type(text, true);
  } else shown = await window.type(text, false);
  return [performance.now() - from, shown, window.blocked];
}"""


SETTLED = 400.0
"""Milliseconds that a page is left alone before a reader asks: what opening it costs is not the search's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one query cost; `shown` are the addresses of the first results."""

    milliseconds: float
    size: int
    blocked: float
    shown: Sequence[str]


@dataclass
class System:
    """One of the two, with a browser that has seen nothing of it yet."""

    name: str
    address: str
    line: Line
    browser: Browser
    page: Page | None = None

    def open(self) -> None:
        """A new reader: nothing is kept from before."""
        self.leave()
        context = self.browser.new_context()
        context.add_init_script(WATCH)
        self.page = context.new_page()
        self.revisit()

    def revisit(self) -> None:
        """The same reader on another page: what the browser keeps is kept."""
        assert self.page is not None
        self.page.goto(self.address, wait_until="load")
        self.page.evaluate(f"() => {{ {OURS if self.name == 'ours' else PAGEFIND} }}")
        self.page.wait_for_timeout(SETTLED)

    def leave(self) -> None:
        """The reader goes."""
        if self.page is not None:
            self.page.context.close()
            self.page = None

    def ask(self, text: str, *, keys: bool = False) -> Asked:
        """One query from the intent on."""
        assert self.page is not None
        before = self.line.sent
        milliseconds, shown, blocked = self.page.evaluate(MEASURE, [text, keys])
        return Asked(milliseconds, self.line.sent - before, blocked, shown or ())

    def weigh(self) -> float:
        """MB that the page and its workers hold, by the browser's own count."""
        assert self.page is not None
        held: float = self.page.evaluate(
            "performance.measureUserAgentSpecificMemory().then(m => m.bytes / 1e6)"
        )
        return held


@contextmanager
def open_systems(folder: Path) -> Iterator[tuple[System, System]]:
    """Both over the same corpus, in one browser."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with (
        serve(folder / "ours") as (ours, our_line),
        serve(folder / "pagefind") as (pagefind, their_line),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET_BROWSER))
        yield System("ours", ours, our_line, browser), System("pagefind", pagefind, their_line, browser)
        browser.close()
