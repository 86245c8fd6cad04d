"""What of an SVG is a drawing, and what could act, call out, hide or hang?

The drawing is built anew from allow-lists of elements, attributes and style properties: whatever is not
listed is not copied. Links lead only to parts of the same drawing, nothing is fetched, and a drawing that
repeats itself beyond reason (`use` upon `use`) or declares XML entities is refused.
"""

import base64
import binascii
import math
import re
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files

from lxml import etree

from policy_tools.render.picture import Image, ImageError

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"

_MAX_BYTES = 5_000_000
_MAX_DRAWN = 200_000
_MAX_DEPTH = 200
_MAX_SIDE = 20_000
_LONGEST_NUMBERS = 200
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}

_ALLOWED = tomllib.loads((files("policy_tools.render") / "svg_allowed.toml").read_text("utf-8"))
_ELEMENTS = frozenset(_ALLOWED["elements"].split())
_UNWRAPPED = frozenset(_ALLOWED["unwrapped"].split())
_MISSED = frozenset(_ALLOWED["missed"].split())
_STYLES = frozenset(_ALLOWED["styles"].split())
_ATTRIBUTES = _STYLES | frozenset(_ALLOWED["attributes"].split())

_URL = re.compile(r"url\s*\(", re.IGNORECASE)
_OWN_URL = re.compile(r"""url\(\s*(["']?)#[^\s"'()\\]+\1\s*\)""", re.IGNORECASE)
_OWN_LINK = re.compile(r"#[^\s\"'<>\\]+")
_NOT_IN_CSS = re.compile(r"[{@\\<]")
_SERIF = re.compile(r"(?<!sans.)serif|times|georgia|garamond|palatino|cambria|roman", re.IGNORECASE)
_GENERIC_FONT = re.compile(r"sans-serif|serif|system-ui|ui-[a-z-]+", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?")
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|)\s*", re.IGNORECASE)
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp);base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)

CleanEmbedded = Callable[[bytes, str], Image]


def clean_svg(data: bytes, name: str, clean_embedded: CleanEmbedded) -> Image:
    """The drawing alone, with its size in pixels; pictures embedded in it go through `clean_embedded`."""
    source = _parse(data, name)
    width, height, view_box = _size(source, name)
    cleaner = _Cleaner(name, clean_embedded)
    drawing = cleaner.copy_root(source)
    _check_repetition(drawing, name)
    for key, value in (("width", f"{width:g}"), ("height", f"{height:g}"), ("viewBox", view_box)):
        drawing.set(key, value)
    etree.cleanup_namespaces(drawing)
    text = etree.tostring(drawing, encoding="utf-8", xml_declaration=False)
    removed = tuple(sorted(cleaner.removed))
    return Image(text, "image/svg+xml", max(1, round(width)), max(1, round(height)), removed)


def _parse(data: bytes, name: str) -> etree._Element:
    if len(data) > _MAX_BYTES:
        raise ImageError(
            f"{name} is an SVG of more than {_MAX_BYTES // 1_000_000} MB: save it as PNG instead."
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise ImageError(f"{name} is not UTF-8: save the drawing again as plain SVG.") from None
    if b"<!ENTITY" in data:
        raise ImageError(f"{name} declares XML entities: save the drawing again as plain SVG.")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ImageError(f"{name} is broken: it is not well-formed XML ({error.msg}).") from error
    if _local_name(root) != "svg":
        raise ImageError(f"{name} is XML but not an SVG drawing.")
    return root


def _local_name(element: etree._Element) -> str:
    """The name of an element of SVG, also where its namespace was forgotten; empty for all others."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return name.localname if name.namespace in {SVG, None} else ""


def _size(root: etree._Element, name: str) -> tuple[float, float, str]:
    """Width and height in pixels and the viewBox, each worked out from the others where missing."""
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    box = [float(part) for part in _NUMBER.findall(root.get("viewBox", "")[:_LONGEST_NUMBERS])]
    if [math.isfinite(part) for part in box] != [True] * 4 or min(box[2:]) <= 0:
        box = []
    if box and not (width and height):
        ratio = box[2] / box[3]
        width, height = width or (height or box[3]) * ratio, height or (width or box[2]) / ratio
    if not (width and height):
        raise ImageError(f"{name} does not say how large it is: give the svg element a viewBox.")
    if max(width, height) > _MAX_SIDE or min(width, height) * 1000 < max(width, height):
        raise ImageError(f"{name} has sides of {width:g} by {height:g} pixels, which no page can show.")
    return width, height, " ".join(f"{part:g}" for part in (box or [0, 0, width, height]))


def _pixels(length: str | None) -> float:
    """A length in CSS pixels; 0 for none, percentages and nonsense."""
    match = _LENGTH.fullmatch((length or "")[:_LONGEST_NUMBERS])
    value = float(match[1]) * _PIXELS[match[2].lower()] if match else 0.0
    return value if math.isfinite(value) else 0.0


class _Cleaner:
    """Copies what is allowed, and remembers what a reader will miss."""

    def __init__(self, name: str, clean_embedded: CleanEmbedded) -> None:
        self.removed: set[str] = set()
        self._name = name
        self._clean_embedded = clean_embedded

    def copy_root(self, source: etree._Element) -> etree._Element:
        target = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG, "xlink": XLINK})
        self._copy_attributes(source, target)
        if "font-family" not in target.attrib:
            target.set("font-family", _with_our_fonts("sans-serif"))
        self._copy_content(source, target)
        return target

    def _copy_content(self, source: etree._Element, target: etree._Element) -> None:
        _append_text(target, source.text)
        for child in source:
            name = _local_name(child)
            if name in _UNWRAPPED:
                self._copy_content(child, target)
            elif name in _ELEMENTS:
                self._copy_element(child, name, target)
            elif isinstance(child.tag, str) and etree.QName(child).localname in _MISSED:
                self.removed.add(etree.QName(child).localname)
            _append_text(target, child.tail)

    def _copy_element(self, source: etree._Element, name: str, parent: etree._Element) -> None:
        if name == "style":
            _append_style(parent, "".join(source.itertext()))
            return
        if name == "image":
            self._copy_image(source, parent)
            return
        target = etree.SubElement(parent, f"{{{SVG}}}{name}")
        self._copy_attributes(source, target)
        link = source.get(f"{{{XLINK}}}href") or source.get("href") or ""
        if _OWN_LINK.fullmatch(link):
            target.set(f"{{{XLINK}}}href", link)
        self._copy_content(source, target)

    def _copy_attributes(self, source: etree._Element, target: etree._Element) -> None:
        for key, value in source.attrib.items():
            name, text = str(key), str(value)
            if name == "style":
                declarations = _clean_declarations(text)
                if declarations:
                    target.set("style", declarations)
            elif name in _ATTRIBUTES and _stays_inside(text):
                target.set(name, _with_our_fonts(text) if name == "font-family" else text)
            elif name in {f"{{{_XML}}}space", f"{{{_XML}}}lang"}:
                target.set(name, text)

    def _copy_image(self, source: etree._Element, parent: etree._Element) -> None:
        """Keep a picture that the drawing carries inside itself; one elsewhere is not fetched."""
        link = source.get(f"{{{XLINK}}}href") or source.get("href") or ""
        match = _DATA_IMAGE.fullmatch(link.strip())
        if not match:
            self.removed.add("image")
            return
        try:
            data = base64.b64decode(match[1])
        except binascii.Error:
            raise ImageError(f"{self._name} holds a picture that cannot be read.") from None
        picture = self._clean_embedded(data, f"A picture inside {self._name}")
        target = etree.SubElement(parent, f"{{{SVG}}}image")
        self._copy_attributes(source, target)
        encoded = base64.b64encode(picture.data).decode()
        target.set(f"{{{XLINK}}}href", f"data:{picture.media_type};base64,{encoded}")


def _append_text(element: etree._Element, text: str | None) -> None:
    """Add text at the end of what the element holds so far."""
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _append_style(parent: etree._Element, text: str) -> None:
    """Add a style element holding only plain rules of listed properties: no at-rules, no addresses."""
    rules = []
    for rule in _without_comments(text).replace("<!--", "").replace("-->", "").split("}"):
        start, _, declarations = rule.partition("{")
        selector = start.rpartition(";")[2]  # what stands before is an @import or the like
        if not _NOT_IN_CSS.search(selector + declarations):
            rules.append((" ".join(selector.split()), _clean_declarations(declarations)))
    kept = "\n".join(
        f"{selector} {{{declarations}}}" for selector, declarations in rules if selector and declarations
    )
    if kept:
        etree.SubElement(parent, f"{{{SVG}}}style").text = kept


def _clean_declarations(text: str) -> str:
    """The CSS declarations whose property is listed and whose value stays inside the drawing."""
    kept = []
    for declaration in _without_comments(text).split(";"):
        key, _, value = declaration.partition(":")
        name, value = key.strip().lower(), value.strip()
        if name in _STYLES and value and _stays_inside(value):
            kept.append(f"{name}:{_with_our_fonts(value) if name == 'font-family' else value}")
    return ";".join(kept)


def _with_our_fonts(families: str) -> str:
    """A list of font families that names one of ours, so that PDF and Word do not fall back on any font."""
    if "mono" in families.lower() or "courier" in families.lower():
        return families
    names = [name for name in families.split(",") if not _GENERIC_FONT.fullmatch(name.strip().strip("\"'"))]
    ours = "'Source Serif 4', serif" if _SERIF.search(families) else "'Public Sans', sans-serif"
    return ", ".join([*(name.strip() for name in names), ours])


def _without_comments(css: str) -> str:
    """The CSS with each comment a space; one that never ends takes the rest with it."""
    first, *others = css.split("/*")
    return " ".join([first, *(after for _, _, after in (other.partition("*/") for other in others))])


def _stays_inside(value: str) -> bool:
    """Whether a value names no address but parts of the same drawing, and hides none behind an escape."""
    return "\\" not in value and not _URL.search(_OWN_URL.sub("", value))


def _check_repetition(drawing: etree._Element, name: str) -> None:
    """Refuse a drawing whose `use` elements repeat each other without end or beyond reason."""
    by_id = {identifier: element for element in drawing.iter() if (identifier := element.get("id"))}
    counts: dict[etree._Element, int] = {}
    open_elements: set[etree._Element] = set()

    def count(element: etree._Element) -> int:
        if element in counts:
            return counts[element]
        if element in open_elements:
            raise ImageError(f"{name} holds a part that repeats itself without end.")
        if len(open_elements) > _MAX_DEPTH:
            raise ImageError(f"{name} nests its parts more than {_MAX_DEPTH} deep: save it as PNG instead.")
        open_elements.add(element)
        total = 1 + sum(count(part) for part in _drawn_by(element, by_id))
        if total > _MAX_DRAWN:
            raise ImageError(f"{name} draws more than {_MAX_DRAWN} parts: save it as PNG instead.")
        open_elements.remove(element)
        counts[element] = total
        return total

    count(drawing)


def _drawn_by(element: etree._Element, by_id: dict[str, etree._Element]) -> Iterator[etree._Element]:
    """The children of an element and the parts it refers to."""
    yield from element
    references = [element.get(f"{{{XLINK}}}href") or ""]
    references += [match[0] for value in element.attrib.values() for match in _OWN_URL.finditer(str(value))]
    for reference in references:
        _, _, identifier = reference.partition("#")
        target = by_id.get(identifier.rstrip("\"') "))
        if target is not None:
            yield target
