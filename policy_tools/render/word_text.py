"""What does the text of a Word file still need after pandoc: captions, tables, numbers and pictures?"""

from lxml import etree

from policy_tools.render.word_markup import find, make, properties_of, set_property, style_of, w

_CAPTIONS = {"TableCaption": True, "ImageCaption": False}  # whether it stands above, and stays with it
_BOXES = frozenset({"Box", "Recommendation", "WarningBox"})
_BOX_INDENT, _LIST_STEP = 240, 400
_GUTTER = 850
_SPACE_AFTER_BOX = 280
_SPACE_AFTER_TABLE = 240
_TEXT = frozenset({"BodyText", "FirstParagraph", "NumberedParagraph"})


def complete_paragraphs(root: etree._Element) -> None:
    """Captions in Word's own style, numbered headings and lists in boxes with their indents, no rsids."""
    for paragraph in root.iter(w("p")):
        style = style_of(paragraph)
        if style in _CAPTIONS:
            _make_caption(paragraph, above=_CAPTIONS[style])
        elif style.startswith("Heading") and find(paragraph, "w:r[1]/w:rPr/w:rStyle[@w:val='SectionNumber']"):
            set_property(properties_of(paragraph), make.ind({w("left"): "0", w("hanging"): str(_GUTTER)}))
        elif style in _BOXES:
            _indent_list_in_box(paragraph)
            _part_from_what_follows(paragraph, style)
    for element in root.iter():
        for name in [name for name in element.attrib if str(name).startswith(w("rsid"))]:
            del element.attrib[name]


def _make_caption(paragraph: etree._Element, *, above: bool) -> None:
    properties = properties_of(paragraph)
    set_property(properties, make.pStyle({w("val"): "Caption"}))
    if above:
        set_property(properties, make.keepNext())


def _indent_list_in_box(paragraph: etree._Element) -> None:
    """An indent that starts where the box starts, so that its tint has one edge."""
    for level in find(paragraph, "w:pPr/w:numPr/w:ilvl"):
        depth = int(str(level.get(w("val")))) + 1
        indent = {w("left"): str(_BOX_INDENT + depth * _LIST_STEP), w("hanging"): str(_LIST_STEP)}
        set_property(properties_of(paragraph), make.ind(indent))


def _part_from_what_follows(paragraph: etree._Element, style: str) -> None:
    """More space after the last paragraph of a box."""
    following = next(iter(paragraph.itersiblings(w("p"), w("tbl"))), None)
    if following is None or style_of(following) != style:
        set_property(properties_of(paragraph), make.spacing({w("after"): str(_SPACE_AFTER_BOX)}))


def complete_tables(root: etree._Element) -> None:
    """Tables as wide as the text; rows that stay whole; header rows that repeat; cells in their own style."""
    for table in root.iter(w("tbl")):
        if find(table, "w:tblPr/w:tblStyle[@w:val='FigureTable']"):
            continue
        for width in find(table, "w:tblPr/w:tblW[@w:type='auto']"):
            width.set(w("type"), "pct")
            width.set(w("w"), "5000")
        _part_text_from_table(table)
        for row in find(table, "w:tr"):
            _keep_row_whole(row)
        for paragraph in find(table, "w:tr/w:tc/w:p"):
            if style_of(paragraph) in {"Compact", "BodyText", "FirstParagraph", ""}:
                set_property(properties_of(paragraph), make.pStyle({w("val"): "TableText"}))


def _part_text_from_table(table: etree._Element) -> None:
    """Space before the text that follows, since a table itself can have none after it."""
    following = next(iter(table.itersiblings(w("p"), w("tbl"))), None)
    if following is not None and style_of(following) in _TEXT:
        set_property(properties_of(following), make.spacing({w("before"): str(_SPACE_AFTER_TABLE)}))


def _keep_row_whole(row: etree._Element) -> None:
    properties = row.find(w("trPr"))
    if properties is None:
        properties = make.trPr()
        row.insert(1 if row.find(w("tblPrEx")) is not None else 0, properties)
    properties.insert(0, make.cantSplit())


def complete_pictures(root: etree._Element) -> None:
    """Pictures numbered in order and named by number, with no name of a file."""
    for number, drawing in enumerate(find(root, "//w:drawing"), start=1):
        for inline in find(drawing, "wp:inline"):
            inline.attrib.update(dict.fromkeys(("distT", "distB", "distL", "distR"), "0"))
        for described in find(drawing, ".//wp:docPr"):
            described.set("id", str(number))
            described.set("name", f"Picture {number}")
            described.attrib.pop("title", None)
        for inner in find(drawing, ".//pic:cNvPr"):
            inner.set("id", str(number))
            inner.set("name", f"Picture {number}")
            inner.attrib.pop("descr", None)
