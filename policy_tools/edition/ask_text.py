"""What does a recommendation say, in the words of its paper, on a page that is not its paper's?"""

import re
from collections.abc import Callable

from lxml import etree, html
from lxml.html import HtmlElement
from markupsafe import Markup

from policy_tools.edition.documents import DocumentSummary
from policy_tools.model.document import Document
from policy_tools.render.site_links import lead_from

_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")


def load_ask(document: DocumentSummary, id_: str, paper: str, root: str) -> Callable[[], Markup]:
    """What fetches the words of one recommendation: sanitised HTML whose links lead to the paper's page.

    `paper` is the address of the paper's page, `root` the way from the page that shows the words to the
    site's root.
    """

    def load() -> Markup:
        return Markup(_find_words(document.load(), id_, paper, root))  # noqa: S704 - sanitised by render

    return load


def _find_words(document: Document, id_: str, paper: str, root: str) -> str:
    """The box as it stands in the text, where its citations are links; else the renderer's extract."""
    tree = html.fragment_fromstring(document.html or "<p></p>", create_parent="div")
    boxes = tree.xpath("//div[@id=$id]", id=id_)
    if boxes:
        return lead_from(root, _take_out(boxes[0], paper, root))
    extract = next((box.html for box in document.recommendations if box.id == id_), "")
    return lead_from(root, extract)


def _take_out(box: HtmlElement, paper: str, root: str) -> str:
    for label in box.xpath("./p[span[@class='box-label']]"):
        box.remove(label)
    for element in box.iter(etree.Element):
        for name in ("id", "aria-labelledby"):
            if name in element.attrib:
                element.set(name, f"ask-{element.get(name)}")
        for name in ("href", "src"):
            target = element.get(name)
            if target and not _HAS_SCHEME.match(target):
                element.set(name, f"{root}{paper}{target}")
    return "".join(html.tostring(child, encoding="unicode") for child in box)
