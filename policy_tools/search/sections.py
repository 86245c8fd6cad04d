"""Which sections has the body of a paper, and what are the words of each?"""

from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

from policy_tools.search.entries import SearchSection

_HEADINGS = ("h2", "h3", "h4")
_BLOCKS = frozenset(
    ("p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "blockquote", "div", "pre", "tr", *_HEADINGS)
)
_NOT_SEARCHED = (
    './/*[contains(concat(" ", @class, " "), " self-link ")'
    ' or contains(concat(" ", @class, " "), " section-number ")'
    ' or contains(concat(" ", @class, " "), " para-number ")'
    ' or contains(concat(" ", @class, " "), " note-ref ")'
    ' or contains(concat(" ", @class, " "), " note-back ")'
    ' or contains(concat(" ", @class, " "), " backlinks ")]'
)


def cut_into_sections(body: str) -> tuple[SearchSection, ...]:
    """The sections of sanitised HTML, each down to the next heading; those without any words are left out."""
    if not body.strip():
        return ()
    whole = html.fragment_fromstring(body, create_parent="div")
    for element in whole.xpath(_NOT_SEARCHED):
        element.drop_tree()
    return tuple(section for section in _cut(whole) if section.heading or section.text)


def read_words(fragment: str) -> str:
    """The words of a piece of HTML on one line."""
    if not fragment.strip():
        return ""
    whole = html.fragment_fromstring(fragment, create_parent="div")
    for element in whole.xpath(_NOT_SEARCHED):
        element.drop_tree()
    return _read(whole)


def _cut(whole: HtmlElement) -> Iterator[SearchSection]:
    anchor = heading = ""
    words: list[str] = [whole.text or ""]
    for child in whole:
        if child.tag in _HEADINGS and child.get("id"):
            yield SearchSection(anchor, heading, _join(words))
            anchor, heading, words = child.get("id", ""), _read(child), []
        else:
            words.append(_read(child))
        words.append(child.tail or "")
    yield SearchSection(anchor, heading, _join(words))


def _read(element: HtmlElement) -> str:
    """The words of an element, with a space where a block ends."""
    return _join(list(_walk(element)), "")


def _walk(element: HtmlElement) -> Iterator[str]:
    if element.tag == "annotation" or not isinstance(element.tag, str):
        return
    if element.text:
        yield element.text
    for child in element:
        yield from _walk(child)
        if child.tag in _BLOCKS:
            yield " "
        if child.tail:
            yield child.tail


def _join(parts: list[str], by: str = " ") -> str:
    return " ".join(by.join(parts).split())
