"""What is the finished EPUB: its package, its landmarks, its style, and nothing left to chance?

`finish_epub` keeps pandoc's chapters and pictures and writes the rest anew: the package document (metadata by
allowlist, with what EPUB Accessibility asks for), the navigation's landmarks and the style sheet.
"""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import PurePosixPath
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from lxml.builder import ElementMaker

from policy_tools.archive import read_archive, write_archive
from policy_tools.model.document import Annex, Cover, DocumentRequest, PackRequest
from policy_tools.render.epub_chapters import (
    Chapter,
    finish_chapter,
    finish_navigation,
    join_sections,
    mark_chapter,
    number_notes,
    parse_page,
    point_links,
    write_page,
)

_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_PACKAGE, _NAVIGATION, _STYLE = "EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/styles/stylesheet1.css"
_CONTAINER = "META-INF/container.xml"
_MEDIA_TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
_SUMMARY = (
    "Text in logical reading order with headings, contents and links both ways between text, notes and "
    "references. Pictures have text alternatives."
)

_dc = ElementMaker(namespace=_DC, nsmap={"dc": _DC})
_opf = ElementMaker(namespace=_OPF, nsmap={None: _OPF, "dc": _DC})


def finish(epub: bytes, request: DocumentRequest) -> bytes:
    """What pandoc wrote for the request, as readers get it."""
    return finish_epub(epub, request.cover)


def finish_epub(epub: bytes, cover: Cover) -> bytes:
    """The book as readers get it, the same bytes for the same paper."""
    book = _open_book(epub)
    return _finish_book(book, cover)


def finish_pack_epub(epub: bytes, request: PackRequest) -> bytes:
    """The same of a pack: notes counted in each annex, its marks at the head of each chapter."""
    marks = request.marks
    words = " · ".join(filter(None, (marks.handling, marks.watermark)))
    book = _open_book(epub)
    annexes = {piece.prefix for piece in request.pieces if isinstance(piece, Annex)}
    join_sections(book.pages, book.navigation, apart=annexes)
    number_notes(book.pages.values())
    for page in book.pages.values():
        mark_chapter(page, words)
    return _finish_book(book, request.cover)


@dataclass(frozen=True, slots=True)
class _Book:
    """What pandoc wrote: its pages in order by name, its contents, and the parts that stay as they are."""

    pages: dict[str, etree._Element]
    navigation: etree._Element
    parts: dict[str, bytes]


def _open_book(epub: bytes) -> _Book:
    written = read_archive(epub)
    parts = {"mimetype": b"application/epub+zip", _CONTAINER: written[_CONTAINER]}
    parts |= {name: data for name, data in written.items() if name.startswith("EPUB/media/")}
    names = sorted((name for name in written if name.startswith("EPUB/text/")), key=_reading_order)
    pages = {name: parse_page(written[name]) for name in names}
    return _Book(pages, parse_page(written[_NAVIGATION]), parts)


def _finish_book(book: _Book, cover: Cover) -> bytes:
    parts = dict(book.parts)
    parts[_STYLE] = (files("policy_tools.render") / "epub.css").read_bytes()
    point_links(book.pages)
    chapters = [finish_chapter(page, name.removeprefix("EPUB/")) for name, page in book.pages.items()]
    parts |= {name: write_page(page) for name, page in book.pages.items()}
    properties = {chapter.name: chapter.properties for chapter in chapters}
    properties["nav.xhtml"] = finish_navigation(book.navigation, chapters)
    parts[_NAVIGATION] = write_page(book.navigation)
    parts[_PACKAGE] = _build_package(cover, chapters, properties, parts)
    return write_archive(parts, first=("mimetype", _CONTAINER), stored=("mimetype",))


def _reading_order(name: str) -> tuple[int, str]:
    """Files are counted, and the count may go beyond 999."""
    return len(name), name


def _build_package(
    cover: Cover, chapters: list[Chapter], properties: dict[str, str], parts: dict[str, bytes]
) -> bytes:
    manifest, spine = _opf.manifest(), _opf.spine()
    names = sorted(name.removeprefix("EPUB/") for name in parts if name.startswith("EPUB/"))
    for name in names:
        attributes = {
            "id": _identifier(name),
            "href": name,
            "media-type": _MEDIA_TYPES[PurePosixPath(name).suffix],
        }
        if properties.get(name):
            attributes["properties"] = properties[name]
        manifest.append(_opf.item(attributes))
    reading_order = [chapter.name for chapter in chapters]
    reading_order.insert(1, "nav.xhtml")  # contents follow the title page
    for name in reading_order:
        spine.append(_opf.itemref(idref=_identifier(name)))
    attributes = {
        "version": "3.0",
        "unique-identifier": "identifier",
        "{http://www.w3.org/XML/1998/namespace}lang": cover.language,
    }
    has_pictures = any(name.startswith("media/") for name in names)
    has_formulas = any("mathml" in chapter.properties for chapter in chapters)
    metadata = _build_metadata(cover, has_pictures=has_pictures, has_formulas=has_formulas)
    package = _opf.package(attributes, metadata, manifest, spine)
    return etree.tostring(package, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _identifier(name: str) -> str:
    """An XML id for a part."""
    return "part-" + name.replace("/", "-").replace(".", "-")


def _build_metadata(cover: Cover, *, has_pictures: bool, has_formulas: bool) -> etree._Element:
    """Dublin Core and schema.org's words on accessibility."""
    date = cover.date_iso[:10]
    facts = [
        _dc.title(cover.title),
        _dc.language(cover.language),
        *(_dc.creator(author) for author in cover.authors),
        *(_dc.subject(keyword) for keyword in cover.keywords),
    ]
    facts += [
        _dc(name, value)
        for name, value in (
            ("publisher", cover.publisher),
            ("description", " ".join(cover.summary.split())),
            ("rights", cover.rights),
            ("date", date),
        )
        if value
    ]
    access = ["textual", *(["visual"] if has_pictures else [])]
    features = ["alternativeText", *(["MathML"] if has_formulas else [])]
    features += ["readingOrder", "structuralNavigation", "tableOfContents"]
    said = [
        ("dcterms:modified", f"{date or '1980-01-01'}T00:00:00Z"),
        *(("schema:accessMode", mode) for mode in access),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in features),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", _SUMMARY),
    ]
    facts += [_opf.meta(value, property=name) for name, value in said]
    return _opf.metadata(_dc.identifier(_book_identifier(cover), id="identifier"), *facts)


def _book_identifier(cover: Cover) -> str:
    """What the paper is known by; a book without one may not be."""
    known = cover.identifier or cover.current_address
    return known or uuid5(NAMESPACE_URL, f"{cover.publisher}\n{cover.title}").urn
