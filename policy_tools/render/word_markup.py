"""The names of WordprocessingML, and how its parts are read, built and written."""

from typing import cast

from lxml import etree
from lxml.builder import ElementMaker

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = {"w": W, "wp": WP, "pic": PIC, "a": A, "r": R, "t": TYPES, "rel": RELATIONSHIPS}

make = ElementMaker(namespace=W, nsmap={"w": W, "r": R})

_PPR_ORDER = """
pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange
"""
_RANKS = {f"{{{W}}}{name}": rank for rank, name in enumerate(_PPR_ORDER.split())}


def w(name: str) -> str:
    """A name in WordprocessingML's namespace."""
    return f"{{{W}}}{name}"


def parse_part(data: bytes) -> etree._Element:
    """The root of a part that pandoc or we wrote."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True)
    return etree.fromstring(data, parser)


def write_part(root: etree._Element) -> bytes:
    """The part as bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def find(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements that an XPath with our prefixes finds."""
    return cast("list[etree._Element]", root.xpath(path, namespaces=NAMES))  # noqa: SLF001 - lxml's name for it


def properties_of(paragraph: etree._Element) -> etree._Element:
    """The paragraph's properties, made if there are none."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = make.pPr()
        paragraph.insert(0, properties)
    return properties


def set_property(properties: etree._Element, element: etree._Element) -> None:
    """Put a property of a paragraph where the schema wants it, in place of one of its name."""
    old = properties.find(str(element.tag))
    if old is not None:
        properties.remove(old)
    rank = _RANKS[str(element.tag)]
    place = sum(_RANKS.get(str(other.tag), 0) < rank for other in properties)
    properties.insert(place, element)


def style_of(paragraph: etree._Element) -> str:
    """The id of the paragraph's style, or nothing."""
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if found is None else str(found.get(w("val")))
