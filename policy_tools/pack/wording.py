"""How do sums, lists and the words of an ask read in a pack?"""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from lxml import html as lxml_html
from lxml.html import HtmlElement
from markupsafe import Markup, escape

from policy_tools.model.costing import YearTotal, format_millions
from policy_tools.model.printing import format_names
from policy_tools.pack.sentences import cut_sentences

_MATHML = "math"
_KEPT = frozenset(
    {"p", "ul", "ol", "li", "strong", "em", "sub", "sup", "br", "blockquote"}
    | {"table", "caption", "thead", "tbody", "tr", "th", "td"}
)
_KEPT_ATTRIBUTES = frozenset({"scope", "start"})
_OPENING_DOUBLE = re.compile(r'(?<![^\s(\[“‘—–])"(?=\S)')  # noqa: RUF001 - quotation marks are meant
_OPENING_SINGLE = re.compile(r"(?<![^\s(\[“‘—–])'(?=\S)")  # noqa: RUF001
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]’]")


def clean_ask(html: str) -> Markup:
    """The words of an ask as they stand in the paper, without links, anchors, notes or pictures.

    What comes in was sanitised; a pack has no place for what these point at.
    """
    body = lxml_html.fragment_fromstring(html, create_parent="div")
    for element in list(body.iterdescendants()):
        if isinstance(element, HtmlElement) and element.getparent() is not None:
            _simplify(element)
    inner = escape(body.text or "") + Markup("").join(_print(child) for child in body)
    return inner.strip()


def _simplify(element: HtmlElement) -> None:
    if not isinstance(element.tag, str) or element.tag in {"img", "figure", "svg"} or _is_note(element):
        element.drop_tree()
    elif any(parent.tag == _MATHML for parent in element.iterancestors()) or element.tag == _MATHML:
        return
    elif element.tag not in _KEPT:
        element.drop_tag()
    else:
        for name in set(element.attrib) - _KEPT_ATTRIBUTES:
            del element.attrib[name]


def _is_note(element: HtmlElement) -> bool:
    return element.get("role") == "doc-noteref" or "footnote-ref" in (element.get("class") or "")


def _print(element: HtmlElement) -> Markup:
    return Markup(lxml_html.tostring(element, encoding="unicode"))  # noqa: S704 - written by lxml


def split_paragraphs(text: str) -> tuple[str, ...]:
    """An author's text cut at its empty lines."""
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())


def curl_quotes(text: str) -> str:
    """An author's plain text with the quotation marks and apostrophes of print, as the text of papers has."""
    text = _OPENING_DOUBLE.sub("“", text).replace('"', "”")
    return _OPENING_SINGLE.sub("‘", text).replace("'", "’")  # noqa: RUF001 - quotation marks are meant


def link_addresses(text: str) -> Markup:
    """An author's line with the web addresses in it as links."""
    text = curl_quotes(text)
    pieces, end = [], 0
    for found in _ADDRESS.finditer(text):
        pieces += [escape(text[end : found.start()]), Markup('<a href="{0}">{0}</a>').format(found[0])]
        end = found.end()
    return Markup("").join([*pieces, escape(text[end:])])


def first_sentences(text: str, count: int) -> str:
    """As many sentences as are asked for, from the beginning."""
    text = " ".join(text.split())
    ends = [end for _, end in cut_sentences(text)][:count]
    return text[: ends[-1]] if ends else text


def end_sentence(text: str) -> str:
    """With a full stop, unless it ends in a mark already."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "”", '"', ":")) else f"{text}."


def lower_first(text: str) -> str:
    """A title within a sentence: "Settle the ownership" → "settle the ownership"; "VAT…" stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def format_figure(value: Decimal) -> str:
    """A figure of a table: commas between thousands, a true minus sign, no zeros at the end."""
    text = f"{abs(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"−{text}" if value < 0 else text  # noqa: RUF001 - a minus sign is meant


def format_effect(value: Decimal) -> str:
    """What a sum does to the public finances: "costs £20 million", "raises £1.2 billion"."""
    if not value:
        return "costs nothing"
    return f"{'costs' if value < 0 else 'raises'} {format_millions(abs(value))}"


def format_effects(totals: Iterable[YearTotal]) -> str:
    """The central estimates of several years, in a line."""
    runs = groupby(totals, key=lambda total: total.central.compare(Decimal(0)))
    return "; ".join(_format_run(list(run)) for _, run in runs)


def _format_run(totals: list[YearTotal]) -> str:
    """Years that all cost, or all raise, something."""
    first, *others = totals
    sums = [f"{format_effect(first.central)} in {first.year}"]
    sums += [
        f"{format_millions(abs(total.central)) if total.central else 'nothing'} in {total.year}"
        for total in others
    ]
    return format_names(sums)
