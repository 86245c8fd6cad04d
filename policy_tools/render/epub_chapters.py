"""What does a page of an EPUB still need after pandoc: a title, roles, readings of formulas, ways back?"""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote, unquote

from lxml import etree
from lxml.builder import ElementMaker

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
MATHML = "http://www.w3.org/1998/Math/MathML"
_NAMES = {"h": XHTML, "m": MATHML, "epub": OPS}
_TYPE = f"{{{OPS}}}type"
_NOT_IN_ADDRESSES = re.compile(r"[\[\]<>{}|\\^`\" ]")  # old DOIs hold some of them

_make = ElementMaker(namespace=XHTML)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the book: its name below EPUB/, the title it is listed by, and what stands in it."""

    name: str
    title: str
    anchor: str
    landmark: str
    properties: str


def parse_page(data: bytes) -> etree._Element:
    """The root of a page that pandoc wrote."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(data, parser)


def write_page(page: etree._Element) -> bytes:
    """The page as XHTML."""
    return etree.tostring(page, xml_declaration=True, encoding="UTF-8", doctype="<!DOCTYPE html>")


def point_links(pages: Mapping[str, etree._Element]) -> None:
    """Give each link within the book the file its end is in; pandoc knows it for some elements only."""
    files = {
        str(element.get("id")): name.rpartition("/")[2]
        for name, page in pages.items()
        for element in _find(page, "//*[@id]")
    }
    for page in pages.values():
        own = {str(element.get("id")) for element in _find(page, "//*[@id]")}
        for link in _find(page, "//h:a[starts-with(@href, '#')]"):
            identifier = unquote(str(link.get("href"))[1:])
            if identifier in own:
                continue
            if identifier in files:
                link.set("href", f"{files[identifier]}#{quote(identifier)}")
            else:
                _unwrap(link)


def finish_chapter(page: etree._Element, name: str) -> Chapter:
    """Complete the page and say what it is."""
    _read_formulas(page)
    for link in _find(page, "//h:a[@href]"):
        link.set("href", _NOT_IN_ADDRESSES.sub(lambda sign: quote(sign[0]), link.get("href", "")))
    for cell in _find(page, "//h:thead//h:th"):
        cell.set("scope", "col")
    for cell in _find(page, "//h:tbody//h:th"):
        cell.set("scope", "row")
    for note in _find(page, "//h:aside[@epub:type='footnote']"):
        _lead_back(note)
    sections = _find(page, "//h:body/h:section[not(@epub:type)]")
    section = sections[0] if sections else page
    landmark = _landmark_of(section)
    if _find(section, ".//h:div[contains(@class, 'csl-bib-body')]"):
        section.set(_TYPE, "bibliography")
        section.set("role", "doc-bibliography")
    title = _text_of(_find(section, ".//h:h1 | .//h:h2")[:1]) or "Text"
    for element in _find(page, "//h:head/h:title"):
        element.text = title
    return Chapter(name, title, section.get("id", ""), landmark, _properties_of(page))


def _properties_of(page: etree._Element) -> str:
    """What the list of files has to say of a page."""
    return "mathml" if _find(page, "//m:math") else ""


def _landmark_of(section: etree._Element) -> str:
    if "title" in section.get("class", "").split():
        return "titlepage"
    return "bibliography" if _find(section, ".//h:div[@id='refs']") else ""


def _read_formulas(page: etree._Element) -> None:
    """Move the reading of a formula from the span that carries it to the formula itself."""
    for span in _find(page, "//h:span[@class='formula-words']"):
        for formula in _find(span, ".//m:math"):
            formula.set("alttext", span.get("data-words", ""))
        _unwrap(span)


def _unwrap(element: etree._Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    children = list(element)
    _add_text(parent, place, element.text)
    for offset, child in enumerate(children):
        parent.insert(place + offset, child)
    _add_text(parent, place + len(children), element.tail)
    parent.remove(element)


def _add_text(parent: etree._Element, place: int, text: str | None) -> None:
    """Add text before the child at `place`."""
    if place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + (text or "")
    else:
        parent.text = (parent.text or "") + (text or "")


def _lead_back(note: etree._Element) -> None:
    """End a note in a link to its mention."""
    piece, _, number = note.get("id", "").rpartition("fn")
    last = note[-1] if len(note) and note[-1].tag == f"{{{XHTML}}}p" else note
    attributes = {
        "href": f"#{piece}fnref{number}",
        "role": "doc-backlink",
        "aria-label": f"Back to note {number} in the text",
    }
    if len(last):
        last[-1].tail = (last[-1].tail or "") + " "
    else:
        last.text = (last.text or "") + " "
    last.append(_make.a("↩\ufe0e", attributes))


def join_sections(
    pages: dict[str, etree._Element], navigation: etree._Element, apart: AbstractSet[str]
) -> None:
    """Put sections that have files of their own back into their chapter, but for the chapters `apart`."""
    chapter, chapter_name = None, ""
    for name, page in list(pages.items()):
        section = next(iter(_find(page, "//h:body/h:section[not(@epub:type)]")), None)
        if section is None or "level1" in section.get("class", "").split():
            chapter, chapter_name = section, name
        elif chapter is not None and chapter.get("id", "") not in apart:
            chapter.append(section)
            del pages[name]
            _rename_file(navigation, name, chapter_name)
    for page in pages.values():  # which file an end is in, `point_links` finds anew
        for link in _find(page, "//h:a[contains(@href, '.xhtml#') and not(contains(@href, '/'))]"):
            link.set("href", "#" + str(link.get("href")).partition("#")[2])


def _rename_file(navigation: etree._Element, old: str, new: str) -> None:
    """Lead contents to the file into which another has gone."""
    old, new = old.removeprefix("EPUB/"), new.removeprefix("EPUB/")
    for link in _find(navigation, f"//h:a[starts-with(@href, '{old}')]"):
        link.set("href", new + str(link.get("href")).removeprefix(old))


def number_notes(pages: Iterable[etree._Element]) -> None:
    """Count the notes of a pack's pieces, each from 1, over all files of a piece: as its paper is printed."""
    piece, count = "", 0
    for page in pages:
        for section in _find(page, "//h:body/h:section[contains(@class, 'level1')]"):
            piece, count = section.get("id", ""), 0
        mentions = _find(page, "//h:a[@epub:type='noteref']")
        notes = _find(page, "//h:aside[@epub:type='footnote']")
        for mention, note in zip(mentions, notes, strict=True):
            count += 1
            mention.text = str(count)
            mention.set("id", f"{piece}-fnref{count}")
            mention.set("href", f"#{piece}-fn{count}")
            note.set("id", f"{piece}-fn{count}")


def mark_chapter(page: etree._Element, words: str) -> None:
    """Say at the head of a file how it is to be handled and whose copy it is."""
    for body in _find(page, "//h:body") if words else []:
        body.insert(0, _make.p(words, {"class": "marks"}))


def finish_navigation(page: etree._Element, chapters: list[Chapter]) -> str:
    """Name the contents, and say where title page, text and references begin; returns what the page holds."""
    _read_formulas(page)
    for heading in _find(page, "//h:nav[@epub:type='toc']/h:h1"):
        heading.text = "Contents"
    for old in _find(page, "//h:nav[@epub:type='landmarks']"):
        _remove(old)
    entries = [("toc", "nav.xhtml", "Contents")]
    text = next((chapter for chapter in chapters if not chapter.landmark), None)
    for chapter in chapters:
        if chapter is text:
            entries.append(("bodymatter", chapter.name, "Start of the text"))
        elif chapter.landmark:
            entries.append((chapter.landmark, chapter.name, chapter.title))
    items = [_make.li(_make.a(title, {_TYPE: kind, "href": name})) for kind, name, title in entries]
    landmarks = _make.nav(
        {_TYPE: "landmarks", "hidden": "hidden", "aria-label": "Landmarks"}, _make.ol(*items)
    )
    for body in _find(page, "//h:body"):
        body.append(landmarks)
    return " ".join(("nav", _properties_of(page))).strip()


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _text_of(elements: list[etree._Element]) -> str:
    """The words, each formula once."""
    parts = (_find(element, ".//text()[not(ancestor::m:annotation)]") for element in elements)
    return " ".join("".join(map(str, found)) for found in parts).strip()


def _find(root: etree._Element, path: str) -> list[etree._Element]:
    return cast("list[etree._Element]", root.xpath(path, namespaces=_NAMES))  # noqa: SLF001 - lxml's name
