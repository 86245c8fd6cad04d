"""Every link of the site ends where it says it does, and every page can be reached by one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from tests.system.conftest import Demonstration

HOST = "https://site.test/"
OWN_HOST = "trivet.example"  # the invented address of the demonstration: it leads nowhere but back here
LINKS = (
    ("a", "href"),
    ("link", "href"),
    ("img", "src"),
    ("script", "src"),
    ("source", "src"),
    ("form", "action"),
)


@dataclass(frozen=True)
class Page:
    address: str
    tree: html.HtmlElement

    @property
    def ids(self) -> list[str]:
        return [str(value) for value in self.tree.xpath("//@id")]

    def targets(self) -> Iterator[str]:
        """Every address that the page leads to or loads, as it is written."""
        for element, attribute in LINKS:
            yield from (str(value) for value in self.tree.xpath(f"//{element}/@{attribute}"))
        for candidates in self.tree.xpath("//@srcset"):
            yield from (candidate.split()[0] for candidate in str(candidates).split(","))

    def inner_targets(self) -> Iterator[tuple[str, str, str]]:
        """Each address within the site: as written, its file, its anchor."""
        here = HOST + self.address.removesuffix("index.html")
        for target in self.targets():
            parts = urlsplit(urljoin(here, target))
            if parts.hostname not in {"site.test", OWN_HOST} or parts.scheme not in {"http", "https"}:
                continue
            path = unquote(parts.path).lstrip("/")
            yield (
                target,
                path + "index.html" if path.endswith("/") or not path else path,
                unquote(parts.fragment),
            )


@pytest.fixture(scope="module")
def pages(demonstration: Demonstration) -> dict[str, Page]:
    return {
        demonstration.address(path): Page(demonstration.address(path), read_page(path))
        for path in demonstration.files(".html")
    }


def read_page(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def test_every_inner_link_ends_at_a_file_and_an_anchor(
    pages: dict[str, Page], demonstration: Demonstration
) -> None:
    lost = []
    for page in pages.values():
        for target, file, anchor in page.inner_targets():
            missing_file = not (demonstration.output / file).is_file()
            missing_anchor = anchor and file in pages and anchor not in pages[file].ids
            if missing_file or missing_anchor:
                lost.append(f"{page.address}: {target}")
    assert lost == []


def test_links_that_leave_the_site_are_web_or_mail_addresses(pages: dict[str, Page]) -> None:
    schemes = {
        (page.address, target)
        for page in pages.values()
        for target in page.targets()
        if urlsplit(target).scheme not in {"", "http", "https", "mailto"} or target.startswith("//")
    }
    assert schemes == set()


def test_no_page_names_its_own_host_in_a_link(pages: dict[str, Page]) -> None:
    named = {
        (page.address, str(target))
        for page in pages.values()
        for target in page.tree.xpath("//a/@href")
        if urlsplit(str(target)).hostname == OWN_HOST
    }
    assert named == set()


def test_every_page_is_reached_from_the_home_page(pages: dict[str, Page]) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        for _, file, _ in pages[waiting.pop()].inner_targets():
            if file in pages and file not in reached:
                reached.add(file)
                waiting.append(file)
    assert set(pages) - reached == {"404.html"}


def test_every_download_and_feed_is_linked_from_a_page(
    pages: dict[str, Page], demonstration: Demonstration
) -> None:
    linked = {file for page in pages.values() for _, file, _ in page.inner_targets()}
    made = {
        demonstration.address(path)
        for suffix in (".pdf", ".docx", ".epub", ".bib", ".ris", ".csl.json", ".csv", ".svg", ".atom")
        for path in demonstration.files(suffix)
    }
    assert made - linked == set()


def test_ids_are_unique_on_each_page(pages: dict[str, Page]) -> None:
    repeated = {
        (page.address, name)
        for page in pages.values()
        for name, times in Counter(page.ids).items()
        if times > 1
    }
    assert repeated == set()


def test_every_link_has_words(pages: dict[str, Page]) -> None:
    silent = [
        f"{page.address}: {html.tostring(link, encoding='unicode', with_tail=False)}"
        for page in pages.values()
        for link in page.tree.xpath("//a[@href] | //button")
        if not name_of(link)
    ]
    assert silent == []


def name_of(element: html.HtmlElement) -> str:
    """What a screen reader says of a link: its label, or its words and the descriptions of its pictures."""
    described = "".join(str(alt) for alt in element.xpath(".//img/@alt"))
    return (element.get("aria-label") or element.text_content() + described).strip()


def test_citations_and_references_lead_to_each_other(pages: dict[str, Page]) -> None:
    papers = [page for page in pages.values() if page.tree.xpath("//*[@class='citation']")]
    assert len(papers) >= 8
    faults = [fault for page in papers for fault in find_one_way_citations(page)]
    assert faults == []


def find_one_way_citations(page: Page) -> Iterator[str]:
    """Citations without a reference, references without a citation, and ways there without a way back."""
    references = page.tree.xpath("//section[contains(@class, 'references')]//li[@id]")
    back = {
        str(reference.get("id")): {
            str(href).removeprefix("#") for href in reference.xpath(".//*[@class='backlinks']//a/@href")
        }
        for reference in references
    }
    cited: dict[str, set[str]] = {name: set() for name in back}
    for citation in page.tree.xpath("//*[@class='citation'][@id]"):
        targets = {
            str(href).removeprefix("#") for href in citation.xpath(".//a/@href | parent::a/@href")
        } & set(back)
        if not targets:
            yield f"{page.address}: #{citation.get('id')} leads to no reference"
        for target in targets:
            cited[target].add(str(citation.get("id")))
    for name, ways in back.items():
        if not cited[name] or cited[name] != ways:
            places = sorted(cited[name])
            yield f"{page.address}: #{name} is cited at {places} and leads to {sorted(ways)}"


def test_notes_lead_to_each_other(pages: dict[str, Page]) -> None:
    mentions = 0
    for page in pages.values():
        for mention in page.tree.xpath("//a[@role='doc-noteref']"):
            note = page.tree.get_element_by_id(str(mention.get("href")).removeprefix("#"))
            assert f"#{mention.get('id')}" in note.xpath(".//a[@role='doc-backlink']/@href"), page.address
            mentions += 1
    assert mentions > 20
