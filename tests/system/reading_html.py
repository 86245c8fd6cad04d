"""What words does a paper's page hold, in order, apart from what only a page has?"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import html

ONLY_ON_THE_PAGE = frozenset("self-link note-ref note-back backlinks".split())
BLOCKS = frozenset(
    "address blockquote br caption dd div dl dt figcaption figure h2 h3 h4 h5 h6 li ol p pre section table "
    "tbody td th thead tr ul".split()
)


@dataclass(frozen=True)
class PaperPage:
    """A paper's page as a tree."""

    tree: html.HtmlElement

    @property
    def address(self) -> str:
        """Its whole address."""
        (address,) = self.tree.xpath("//link[@rel='canonical']/@href")
        return str(address)

    def body(self, *, addresses: bool = False) -> str:
        """The words of the text, with each note where it is mentioned."""
        (body,) = self.tree.xpath("//div[@class='body']")
        return self.read(body, addresses=addresses)

    def references(self, *, addresses: bool = False) -> list[str]:
        """The entries of the list of references."""
        entries = self.tree.xpath("//section[contains(@class, 'references')]//li[@id]")
        return [" ".join(self.read(entry, addresses=addresses).split()) for entry in entries]

    def descriptions(self) -> list[str]:
        """What is said in place of each picture of the text."""
        return [str(alt) for alt in self.tree.xpath("//div[@class='body']//img/@alt")]

    def read_formulas(self) -> list[str]:
        """What each formula shows, and the TeX it was made from."""
        formulas = self.tree.xpath("//math")
        sources = (str(source) for formula in formulas for source in formula.xpath(".//annotation/text()"))
        return [*map(read_formula, formulas), *sources]

    def read(self, element: html.HtmlElement, *, addresses: bool = False) -> str:
        """The words of one element; `addresses` adds those that paper prints after a link."""
        return "".join(self._read(element, addresses=addresses))

    def _read(self, element: html.HtmlElement, *, addresses: bool) -> Iterator[str]:
        if not isinstance(element.tag, str):
            return
        classes = set(str(element.get("class", "")).split())
        if "note-ref" in classes:
            note = self.tree.get_element_by_id(str(element.get("href")).removeprefix("#"))
            yield f" {self.read(note, addresses=addresses).strip()} "
        elif element.tag == "math":
            yield read_formula(element)
        elif not classes & ONLY_ON_THE_PAGE:
            space = " " if element.tag in BLOCKS else ""
            yield space + (element.text or "")
            for child in element:
                yield from self._read(child, addresses=addresses)
                yield child.tail or ""
            yield space
            if addresses and element.tag == "a":
                yield self._printed_address(element)

    def _printed_address(self, link: html.HtmlElement) -> str:
        """What paper prints after a link that leaves it, unless the words are the address."""
        address = str(link.get("href"))
        if address.startswith(("#", "mailto:")):
            return ""
        address = urljoin(self.address, address)
        return "" if bare(link.text_content().strip()) == bare(address) else f" ({address})"


def read_formula(formula: html.HtmlElement) -> str:
    """What a formula shows, without white space and the TeX it was made from."""
    shown = "".join(str(text) for text in formula.xpath(".//text()[not(ancestor::annotation)]"))
    return "".join(shown.split())


def bare(address: str) -> str:
    """An address as people write it."""
    for start in ("https://", "http://", "doi.org/", "www."):
        address = address.removeprefix(start)
    return address.removesuffix("/")
