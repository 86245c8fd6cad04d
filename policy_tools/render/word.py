"""What is the finished Word file: its styles, its properties, and nothing that its readers should not have?

`build_reference_docx` gives pandoc our styles; `finish_docx` completes what pandoc wrote. Only the parts and
properties named here stay: a new kind of metadata in a later pandoc does not pass by being unknown.
"""

import re
import subprocess
from importlib.resources import files

from lxml import etree
from lxml.builder import ElementMaker

from policy_tools.archive import read_archive, write_archive
from policy_tools.model.document import Cover, DocumentRequest
from policy_tools.render.word_markup import (
    RELATIONSHIPS,
    TYPES,
    R,
    find,
    make,
    parse_part,
    w,
    write_part,
)
from policy_tools.render.word_text import complete_paragraphs, complete_pictures, complete_tables
from policy_tools.render.worker import pandoc_path

_PARTS = files("policy_tools.render") / "word_parts"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE_PREFIX = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KEPT_PARTS = re.compile(
    r"""\[Content_Types\]\.xml | _rels/\.rels | docProps/(?:core|app)\.xml
    | word/(?:document|styles|numbering|settings|fontTable|footnotes|header1|footer1)\.xml
    | word/theme/theme1\.xml | word/media/[\w.-]+\.(?:png|jpe?g|gif)
    | word/_rels/(?:document|footnotes)\.xml\.rels""",
    re.VERBOSE,
)
_MARGINS = {
    "top": 1701,
    "right": 1417,
    "bottom": 1701,
    "left": 2268,
    "header": 794,
    "footer": 794,
    "gutter": 0,
}
_A4 = {"w": 11906, "h": 16838}


def build_reference_docx() -> bytes:
    """The file whose styles, page and fonts pandoc gives to everything it writes."""
    command = [pandoc_path(), "--print-default-data-file", "reference.docx"]
    default = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - our own program
    parts = read_archive(default) | _own_parts("en-GB")
    parts["word/header1.xml"] = _build_head(None)
    parts["word/footer1.xml"] = _build_foot(None)
    _relate_head_and_foot(parts)
    document = parse_part(parts["word/document.xml"])
    for section in find(document, "//w:sectPr"):
        _set_page(section)
    parts["word/document.xml"] = write_part(document)
    return write_archive(parts, first=("[Content_Types].xml",))


def finish(docx: bytes, request: DocumentRequest) -> bytes:
    """What pandoc wrote for the request, as readers get it."""
    return finish_docx(docx, request.cover)


def finish_docx(docx: bytes, cover: Cover) -> bytes:
    """The file as readers get it: our properties and no others, the same bytes for the same paper."""
    parts = read_archive(docx) | _own_parts(cover.language)
    parts["docProps/core.xml"] = _build_core_properties(cover)
    parts["docProps/app.xml"] = _build_app_properties(cover)
    parts["word/header1.xml"] = _build_head(cover)
    parts["word/footer1.xml"] = _build_foot(cover)
    _relate_head_and_foot(parts)
    _finish_text(parts)
    kept = {name: data for name, data in parts.items() if _KEPT_PARTS.fullmatch(name)}
    _drop_relationships(kept)
    return write_archive(kept, first=("[Content_Types].xml", "_rels/.rels"))


def _own_parts(language: str) -> dict[str, bytes]:
    """Styles, fonts and settings, in the paper's language."""
    parts = {}
    for name in ("styles", "fontTable", "settings"):
        root = parse_part((_PARTS / f"{name}.xml").read_bytes())
        for element in find(root, "//w:rPrDefault//w:lang | //w:themeFontLang"):
            element.set(w("val"), language)
        parts[f"word/{name}.xml"] = write_part(root)
    return parts


def _finish_text(parts: dict[str, bytes]) -> None:
    for name in ("word/document.xml", "word/footnotes.xml"):
        root = parse_part(parts[name])
        complete_paragraphs(root)
        complete_tables(root)
        complete_pictures(root)
        for section in find(root, "//w:sectPr"):
            _set_page(section)
        parts[name] = write_part(root)


def _set_page(section: etree._Element) -> None:
    """A4 with our margins; head and foot, but no head on the first page; notes counted through."""
    for child in list(section):
        section.remove(child)
    section.append(make.headerReference({w("type"): "default", f"{{{R}}}id": "rIdHead"}))
    section.append(make.footerReference({w("type"): "default", f"{{{R}}}id": "rIdFoot"}))
    section.append(make.footerReference({w("type"): "first", f"{{{R}}}id": "rIdFoot"}))
    section.append(make.pgSz({w(key): str(value) for key, value in _A4.items()}))
    section.append(make.pgMar({w(key): str(value) for key, value in _MARGINS.items()}))
    section.append(make.titlePg())


def _build_head(cover: Cover | None) -> bytes:
    """Publisher and series at the left, version and date at the right."""
    left = right = ""
    if cover is not None:
        left = " · ".join(filter(None, (cover.publisher, cover.series_line)))
        right = " · ".join(filter(None, (cover.version_line, cover.date_line)))
    paragraph = make.p(_style("Header"), _run(left), make.r(make.tab()), _run(right))
    return write_part(make.hdr(paragraph))


def _build_foot(cover: Cover | None) -> bytes:
    """The title at the left, "Page 2 of 9" at the right."""
    paragraph = make.p(
        _style("Footer"),
        _run(_shortened(cover.title) if cover else ""),
        make.r(make.tab()),
        _run("Page "),
        _field("PAGE"),
        _run(" of "),
        _field("NUMPAGES"),
    )
    return write_part(make.ftr(paragraph))


def _shortened(title: str, longest: int = 90) -> str:
    """The title, cut at a word so that it stays on one line."""
    return title if len(title) <= longest else title[:longest].rpartition(" ")[0].rstrip(",:;") + " …"


def _style(name: str) -> etree._Element:
    return make.pPr(make.pStyle({w("val"): name}))


def _run(text: str) -> etree._Element:
    return make.r(make.t({"{http://www.w3.org/XML/1998/namespace}space": "preserve"}, text))


def _field(name: str) -> etree._Element:
    return make.fldSimple({w("instr"): f" {name} "}, _run("1"))


def _relate_head_and_foot(parts: dict[str, bytes]) -> None:
    """Make head and foot known to the package."""
    relationships = parse_part(parts["word/_rels/document.xml.rels"])
    types = parse_part(parts["[Content_Types].xml"])
    for element in find(relationships, "rel:Relationship"):
        if str(element.get("Type")).endswith(("/header", "/footer")):
            relationships.remove(element)
    for element in find(types, "t:Override"):
        if str(element.get("PartName")).startswith(("/word/header", "/word/footer")):
            types.remove(element)
    for identifier, kind in (("rIdHead", "header"), ("rIdFoot", "footer")):
        target = f"{kind}1.xml"
        attributes = {"Id": identifier, "Type": f"{_OFFICE}/{kind}", "Target": target}
        etree.SubElement(relationships, f"{{{RELATIONSHIPS}}}Relationship", attributes)
        attributes = {"PartName": f"/word/{target}", "ContentType": f"{_TYPE_PREFIX}{kind}+xml"}
        etree.SubElement(types, f"{{{TYPES}}}Override", attributes)
    parts["word/_rels/document.xml.rels"] = write_part(relationships)
    parts["[Content_Types].xml"] = write_part(types)


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
    namespace = f"{_OFFICE.removesuffix('/relationships')}/extended-properties"
    app = ElementMaker(namespace=namespace, nsmap={None: namespace})
    return write_part(app.Properties(app.Company(cover.publisher)))
