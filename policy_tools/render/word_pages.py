"""What stands on every page of a Word file around its text: page, head, foot, watermark, sections?"""

from copy import deepcopy
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from lxml import etree

from policy_tools.model.document import Cover, Marks
from policy_tools.render.word_markup import (
    RELATIONSHIPS,
    TYPES,
    R,
    find,
    make,
    parse_part,
    properties_of,
    set_property,
    style_of,
    w,
    write_part,
)

OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE_PREFIX = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MARGINS = {
    "top": 1701,
    "right": 1417,
    "bottom": 1701,
    "left": 2268,
    "header": 794,
    "footer": 794,
    "gutter": 0,
}
_BRIEF_MARGINS = _MARGINS | {"top": 1361, "bottom": 1474, "left": 1417, "header": 567, "footer": 567}
_A4 = {"w": 11906, "h": 16838}
_WATERMARK_LEAST = 20  # points
_CLOSING_PIECES = frozenset({"stakeholders", "contacts", "about"})
_VML, _WATERMARK_WIDTH, _WATERMARK_HEIGHT = "urn:schemas-microsoft-com:vml", 540, 120  # points
_LETTER_WIDTH = 0.68  # of the height, in capitals
_LARGE = 30  # half-points: titles, which can shrink more than text


@dataclass(frozen=True, slots=True)
class Furniture:
    """Head and foot of a file. `first_head` is another head for the first page; empty where it has none.

    `layout` is "paper", "pack" or "brief".
    """

    head: bytes
    foot: bytes
    first_head: bytes = b""
    layout: str = "paper"

    @property
    def is_pack(self) -> bool:
        """Whether each section counts its notes from 1."""
        return self.layout != "paper"

    @property
    def parts(self) -> dict[str, bytes]:
        """The parts of the file, by name."""
        first = {"word/header2.xml": self.first_head} if self.first_head else {}
        return {"word/header1.xml": self.head, "word/footer1.xml": self.foot, **first}


def build_furniture(cover: Cover | None) -> Furniture:
    """Of a paper: publisher and series, version and date above, title and page below; no head on page 1."""
    left = right = title = ""
    if cover is not None:
        left = _joined(cover.publisher, cover.series_line)
        right = _joined(cover.version_line, cover.date_line)
        title = _shortened(cover.title)
    head = make.hdr(_paragraph("Header", _run(left), _tab(), _run(right)))
    foot = make.ftr(_paragraph("Footer", _run(title), *_page_of_pages()))
    return Furniture(write_part(head), write_part(foot))


def build_pack_furniture(cover: Cover, marks: Marks, layout: str) -> Furniture:
    """Of a pack: how to handle it above and below, whose it is, as at when, which copy, whether current."""
    running = _paragraph("Header", _run(_joined(cover.publisher, _shortened(cover.title))))
    current = f"Is this copy current? See {cover.check_address}" if cover.check_address else ""
    copy = f"Copy {marks.copy_id}" if marks.copy_id else ""
    disclaimer = "" if marks.disclaimer in marks.handling else marks.disclaimer  # the mark may say it too
    foot = make.ftr(
        _paragraph("Footer", _run(_joined(marks.as_at, cover.version_line, copy)), *_page_of_pages()),
        *_optional("Footer", _joined(disclaimer, current)),
        *_optional("HandlingMark", marks.handling),
    )
    heads = []
    for number, paragraphs in enumerate(([running], [])):
        head = make.hdr(*_optional("HandlingMark", marks.handling), *paragraphs)
        if len(head) == 0:
            head.append(_paragraph("HandlingMark"))
        if marks.watermark:
            head[0].append(_build_watermark(marks.watermark, number))
        heads.append(write_part(head))
    return Furniture(heads[0], write_part(foot), heads[1], layout)


def _build_watermark(words: str, number: int) -> etree._Element:
    """The words from corner to corner behind the text, as Word's own menu makes them."""
    run = parse_part((files("policy_tools.render") / "word_parts" / "watermark.xml").read_bytes())
    words = shorten_name(words)
    width = min(_WATERMARK_WIDTH, round(_WATERMARK_HEIGHT * _LETTER_WIDTH * len(words)))
    height = max(_WATERMARK_LEAST, round(width / (_LETTER_WIDTH * len(words))))
    for shape in run.iter(f"{{{_VML}}}shape"):
        shape.set("id", f"PowerPlusWaterMarkObject{number + 1}")
        shape.set(
            "style",
            f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:305;"
            "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;"
            "mso-position-vertical:center;mso-position-vertical-relative:page",
        )
        for path in shape.iter(f"{{{_VML}}}textpath"):
            path.set("string", words)
    return run


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))


def shorten_name(words: str, longest: int = 60) -> str:
    """A watermark short enough to be seen: the copy's number comes first, and the name after it is cut."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def _shortened(title: str, longest: int = 90) -> str:
    """The title, cut at a word so that it stays on one line."""
    return title if len(title) <= longest else title[:longest].rpartition(" ")[0].rstrip(",:;") + " …"


def _paragraph(style: str, *runs: etree._Element) -> etree._Element:
    return make.p(make.pPr(make.pStyle({w("val"): style})), *runs)


def _optional(style: str, text: str) -> list[etree._Element]:
    return [_paragraph(style, _run(text))] if text else []


def _run(text: str) -> etree._Element:
    return make.r(make.t({"{http://www.w3.org/XML/1998/namespace}space": "preserve"}, text))


def _tab() -> etree._Element:
    return make.r(make.tab())


def _page_of_pages() -> list[etree._Element]:
    """A tab and "Page 2 of 9"."""
    return [_tab(), _run("Page "), _field("PAGE"), _run(" of "), _field("NUMPAGES")]


def _field(name: str) -> etree._Element:
    return make.fldSimple({w("instr"): f" {name} "}, _run("1"))


def place_furniture(parts: dict[str, bytes], furniture: Furniture) -> None:
    """Put head and foot into the package, and make them known to it in place of others."""
    for name in [name for name in parts if name.startswith(("word/header", "word/footer"))]:
        del parts[name]
    parts |= furniture.parts
    relationships = parse_part(parts["word/_rels/document.xml.rels"])
    types = parse_part(parts["[Content_Types].xml"])
    for element in find(relationships, "rel:Relationship"):
        if str(element.get("Type")).endswith(("/header", "/footer")):
            relationships.remove(element)
    for element in find(types, "t:Override"):
        if str(element.get("PartName")).startswith(("/word/header", "/word/footer")):
            types.remove(element)
    for name in furniture.parts:
        target = name.removeprefix("word/")
        kind = target[: len("header")]
        attributes = {"Id": _relation(target), "Type": f"{OFFICE}/{kind}", "Target": target}
        etree.SubElement(relationships, f"{{{RELATIONSHIPS}}}Relationship", attributes)
        attributes = {"PartName": f"/{name}", "ContentType": f"{_TYPE_PREFIX}{kind}+xml"}
        etree.SubElement(types, f"{{{TYPES}}}Override", attributes)
    parts["word/_rels/document.xml.rels"] = write_part(relationships)
    parts["[Content_Types].xml"] = write_part(types)


def _relation(target: str) -> str:
    return {"header1.xml": "rIdHead", "header2.xml": "rIdFirstHead", "footer1.xml": "rIdFoot"}[target]


def set_sections(root: etree._Element, furniture: Furniture) -> None:
    """A4 with our margins, head and foot for every section. A section ends in its last paragraph."""
    for paragraph in find(root, "//w:body/w:p[w:pPr/w:sectPr and not(w:r)]"):
        _end_in_last_paragraph(paragraph)
    for place, section in enumerate(find(root, "//w:sectPr")):
        _set_section(section, furniture, is_first=place == 0)
    if furniture.layout == "pack":
        _begin_pieces_on_new_pages(root)
    if furniture.is_pack:
        _settle_note_numbers(root)


def _end_in_last_paragraph(mark: etree._Element) -> None:
    """Move the end of a section out of the paragraph that only marks it, where there is a better one."""
    before = mark.getprevious()
    while before is not None and before.tag in {w("bookmarkStart"), w("bookmarkEnd")}:
        before = before.getprevious()
    parent = mark.getparent()
    if before is not None and before.tag == w("p") and parent is not None:
        set_property(properties_of(before), make.sectPr())
        parent.remove(mark)


def _set_section(section: etree._Element, furniture: Furniture, *, is_first: bool) -> None:
    for child in list(section):
        section.remove(child)
    has_first_head = is_first and bool(furniture.first_head)
    opens_bare = not furniture.is_pack  # a paper has no head on its first page
    _refer(section, "header", "default", "rIdHead")
    if has_first_head:
        _refer(section, "header", "first", "rIdFirstHead")
    _refer(section, "footer", "default", "rIdFoot")
    if has_first_head or opens_bare:
        _refer(section, "footer", "first", "rIdFoot")
    if furniture.is_pack:
        section.append(make.footnotePr(make.numRestart({w("val"): "eachSect"})))
        section.append(make.type({w("val"): "nextPage"}))
    section.append(make.pgSz({w(key): str(value) for key, value in _A4.items()}))
    margins = _BRIEF_MARGINS if furniture.layout == "brief" else _MARGINS
    section.append(make.pgMar({w(key): str(value) for key, value in margins.items()}))
    if has_first_head or opens_bare:
        section.append(make.titlePg())


def _refer(section: etree._Element, kind: str, pages: str, relation: str) -> None:
    section.append(make(f"{kind}Reference", {w("type"): pages, f"{{{R}}}id": relation}))


def _begin_pieces_on_new_pages(root: etree._Element) -> None:
    """Each part, annex and draft submission of a pack on a page of its own; what closes it may share one."""
    piece, is_first = "", False
    for paragraph in find(root, "//w:body/w:p"):
        style = style_of(paragraph)
        if style in {"Heading1", "TOCHeading"}:
            before, piece, is_first = piece, _bookmark_before(paragraph), True
            shares = {before, piece} <= _CLOSING_PIECES
        elif style == "Heading2" and piece == "submission":
            shares, is_first = is_first, False
        else:
            continue
        if not shares:
            set_property(properties_of(paragraph), make.pageBreakBefore())


def _bookmark_before(paragraph: etree._Element) -> str:
    """The name of a heading."""
    marks = find(paragraph, "preceding-sibling::*[1][self::w:bookmarkStart]")
    return str(marks[0].get(w("name"))) if marks else ""


def _settle_note_numbers(root: etree._Element) -> None:
    """Let the last two paragraphs be sections of their own, of which the first counts notes otherwise.

    Both have no notes, and Word shows no difference. LibreOffice (7.4) numbers notes when they are counted in
    another way than before, and shows 0 for all that came since.
    """
    last = next(iter(find(root, "/w:document/w:body/w:sectPr")), None)
    *_, before, lone, end = [None, None, None, *find(root, "/w:document/w:body/w:p")]
    if last is None or before is None or lone is None or not find(root, "//w:footnoteReference"):
        return
    if find(lone, "w:pPr/w:sectPr | .//w:footnoteReference") or find(end, ".//w:footnoteReference"):
        return
    if not find(before, "w:pPr/w:sectPr"):
        set_property(properties_of(before), deepcopy(last))
        _begin_without_break(last)
    counted_otherwise = deepcopy(last)
    for restart in find(counted_otherwise, "w:footnotePr/w:numRestart"):
        restart.set(w("val"), "continuous")
    set_property(properties_of(lone), counted_otherwise)
    _begin_without_break(last)


def _begin_without_break(section: etree._Element) -> None:
    for kind in find(section, "w:type"):
        kind.set(w("val"), "continuous")
    for title_page in find(section, "w:titlePg"):
        section.remove(title_page)


def set_closely(styles: etree._Element) -> None:
    """The styles of a brief, for one side of A4: no gutter, half the space, a smaller title and text."""
    for indent in find(styles, "//w:ind[@w:left='-850']"):
        indent.set(w("left"), "0")
    for tab in find(styles, "//w:tab[@w:val='right']"):
        tab.set(w("pos"), str(_A4["w"] - _BRIEF_MARGINS["left"] - _BRIEF_MARGINS["right"]))
    for spacing in find(styles, "//w:spacing[@w:before or @w:after]"):
        for side in (w("before"), w("after")):
            if side in spacing.attrib:
                spacing.set(side, str(int(str(spacing.get(side))) // 2))
    for size in find(
        styles, "//w:style//w:sz | //w:style//w:szCs | //w:rPrDefault//w:sz | //w:rPrDefault//w:szCs"
    ):
        points = int(str(size.get(w("val"))))
        size.set(w("val"), str(round(points * 0.72) if points > _LARGE else round(points * 0.93)))
