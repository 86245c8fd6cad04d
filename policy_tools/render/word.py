"""What is the finished Word file: its styles, its properties, and nothing that its readers should not have?

`build_reference_docx` gives pandoc our styles; `finish_docx` completes what pandoc wrote. Only the parts and
properties named here stay: a new kind of metadata in a later pandoc does not pass by being unknown.
"""

import re
import subprocess
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from lxml import etree
from lxml.builder import ElementMaker

from policy_tools.archive import read_archive, write_archive
from policy_tools.model.document import Cover, DocumentRequest, PackRequest
from policy_tools.render.word_markup import (
    find,
    parse_part,
    w,
    write_part,
)
from policy_tools.render.word_pages import (
    OFFICE,
    Furniture,
    build_furniture,
    build_pack_furniture,
    place_furniture,
    set_closely,
    set_sections,
)
from policy_tools.render.word_text import complete_paragraphs, complete_pictures, complete_tables
from policy_tools.render.worker import pandoc_path

_PARTS = files("policy_tools.render") / "word_parts"
_KEPT_PARTS = re.compile(
    r"""\[Content_Types\]\.xml | _rels/\.rels | docProps/(?:core|app)\.xml
    | word/(?:document|styles|numbering|settings|fontTable|footnotes|header[12]|footer1)\.xml
    | word/theme/theme1\.xml | word/media/[\w.-]+\.(?:png|jpe?g|gif)
    | word/_rels/(?:document|footnotes)\.xml\.rels""",
    re.VERBOSE,
)


def build_reference_docx() -> bytes:
    """The file whose styles, page and fonts pandoc gives to everything it writes."""
    command = [pandoc_path(), "--print-default-data-file", "reference.docx"]
    default = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - our own program
    parts = read_archive(default) | {**_own_parts("en-GB", "paper")}
    furniture = build_furniture(None)
    place_furniture(parts, furniture)
    document = parse_part(parts["word/document.xml"])
    set_sections(document, furniture)
    parts["word/document.xml"] = write_part(document)
    return write_archive(parts, first=("[Content_Types].xml",))


def finish(docx: bytes, request: DocumentRequest) -> bytes:
    """What pandoc wrote for the request, as readers get it."""
    return finish_docx(docx, request.cover)


def finish_docx(docx: bytes, cover: Cover) -> bytes:
    """The file as readers get it: our properties and no others, the same bytes for the same paper."""
    return _complete(docx, cover, build_furniture(cover))


def finish_pack_docx(docx: bytes, request: PackRequest) -> bytes:
    """The same of a pack, marked on every page."""
    furniture = build_pack_furniture(request.cover, request.marks, request.layout)
    return _complete(docx, request.cover, furniture)


def _complete(docx: bytes, cover: Cover, furniture: Furniture) -> bytes:
    parts = read_archive(docx) | {**_own_parts(cover.language, furniture.layout)}
    parts["docProps/core.xml"] = _build_core_properties(cover)
    parts["docProps/app.xml"] = _build_app_properties(cover)
    place_furniture(parts, furniture)
    _finish_text(parts, furniture)
    kept = {name: data for name, data in parts.items() if _KEPT_PARTS.fullmatch(name)}
    _drop_relationships(kept)
    return write_archive(kept, first=("[Content_Types].xml", "_rels/.rels"))


@lru_cache(maxsize=16)
def _own_parts(language: str, layout: str) -> MappingProxyType[str, bytes]:
    """Styles, fonts and settings, in the paper's language."""
    parts = {}
    for name in ("styles", "fontTable", "settings"):
        root = parse_part((_PARTS / f"{name}.xml").read_bytes())
        for element in find(root, "//w:rPrDefault//w:lang | //w:themeFontLang"):
            element.set(w("val"), language)
        if layout == "brief":
            set_closely(root)
        parts[f"word/{name}.xml"] = write_part(root)
    return MappingProxyType(parts)


def _finish_text(parts: dict[str, bytes], furniture: Furniture) -> None:
    for name in ("word/document.xml", "word/footnotes.xml"):
        root = parse_part(parts[name])
        complete_paragraphs(root)
        complete_tables(root)
        complete_pictures(root)
        set_sections(root, furniture)
        parts[name] = write_part(root)


def _drop_relationships(parts: dict[str, bytes]) -> None:
    """Forget what the package says of parts that are not in it."""
    types = parse_part(parts["[Content_Types].xml"])
    for element in find(types, "t:Override"):
        if str(element.get("PartName")).lstrip("/") not in parts:
            types.remove(element)
    parts["[Content_Types].xml"] = write_part(types)
    for name in [name for name in parts if name.endswith(".rels")]:
        folder = "" if name == "_rels/.rels" else "word/"
        relationships = parse_part(parts[name])
        for element in find(relationships, "rel:Relationship[not(@TargetMode='External')]"):
            if folder + str(element.get("Target")).removeprefix("/") not in parts:
                relationships.remove(element)
        parts[name] = write_part(relationships)


def _build_core_properties(cover: Cover) -> bytes:
    """Title, authors, series, keywords, summary, language and the paper's own date."""
    dc, dcterms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    cp = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    core = ElementMaker(namespace=cp, nsmap={"cp": cp, "dc": dc, "dcterms": dcterms, "xsi": xsi})
    root = core.coreProperties()

    def add(namespace: str, name: str, text: str) -> None:
        if text:
            element = etree.SubElement(root, f"{{{namespace}}}{name}")
            element.text = text
            if namespace == dcterms:
                element.set(f"{{{xsi}}}type", "dcterms:W3CDTF")

    add(dc, "title", cover.title)
    add(dc, "subject", cover.series_line)
    add(dc, "creator", "; ".join(cover.authors))
    add(cp, "keywords", ", ".join(cover.keywords))
    add(dc, "description", cover.summary)
    add(dc, "language", cover.language)
    date = f"{cover.date_iso[:10]}T00:00:00Z" if cover.date_iso else ""
    add(dcterms, "created", date)
    add(dcterms, "modified", date)
    return write_part(root)


def _build_app_properties(cover: Cover) -> bytes:
    """The publisher, and nothing of the program, its user or the time spent."""
    namespace = f"{OFFICE.removesuffix('/relationships')}/extended-properties"
    app = ElementMaker(namespace=namespace, nsmap={None: namespace})
    return write_part(app.Properties(app.Company(cover.publisher)))
