"""What HTML may stand on our pages?

Everything pandoc wrote passes `sanitise`, whether an author's raw HTML is in it or not: only the elements
and attributes that our own filters produce remain, each id once.
"""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from html import unescape

import nh3

_TEXT = (
    "a abbr b blockquote br cite code col colgroup dd del dfn div dl dt em figcaption figure h2 h3 h4 h5 "
    "h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub sup table caption tbody td "
    "tfoot th thead time tr u ul var"
)
_MATHML = (
    "annotation math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts "
    "mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none "
    "semantics"
)
_MATHML_ATTRIBUTES = (
    "accent accentunder columnalign columnspacing depth displaystyle encoding fence form height "
    "linethickness lspace mathsize mathvariant maxsize minsize movablelimits notation rowspacing rspace "
    "scriptlevel separator stretchy symmetric voffset width"
)
_TAGS = frozenset(_TEXT.split()) | frozenset(_MATHML.split())
_EVERYWHERE = {"class", "dir", "id", "lang"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": _EVERYWHERE,
    "a": {"href", "role", "aria-label", "title"},
    "abbr": {"title"},
    "col": {"span"},
    "del": {"datetime"},
    "div": {"role", "aria-label", "aria-labelledby", "tabindex"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "ins": {"datetime"},
    "li": {"value"},
    "math": {"display", "xmlns", "alttext"},
    "ol": {"start", "type", "reversed"},
    "pre": {"tabindex"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
} | {name: set(_MATHML_ATTRIBUTES.split()) for name in _MATHML.split() if name != "math"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_REMOVED_WHOLE = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "template",
    "noscript",
    "svg",
    "title",
    "textarea",
}

_ANNOTATION = re.compile(r"<annotation.*?</annotation>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|i|q|s|small|span|strong|sub|sup|u|m[a-z]+|semantics)\b[^>]*>"
)
_BACKLINKS = re.compile(r'<span class="backlinks">.*?</span>', re.DOTALL)
_BARE_IMAGE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>|<img(?![^>]*\salt=)[^>]*>")
_WORD = re.compile(r"\w[\w’'.,-]*")


class Sanitiser:
    """Cleans the fragments of one document; remembers the ids given, so that none is given twice."""

    def __init__(self, images: AbstractSet[str]) -> None:
        self._cleaner = nh3.Cleaner(
            tags=set(_TAGS),
            clean_content_tags=_REMOVED_WHOLE,
            attributes=_ATTRIBUTES,
            attribute_filter=_make_filter(images),
            strip_comments=True,
            link_rel=None,
            url_schemes=_SCHEMES,
        )

    def clean(self, fragment: str) -> str:
        """The fragment with only what is allowed in it."""
        return _BARE_IMAGE.sub("", self._cleaner.clean(fragment))


def _make_filter(images: AbstractSet[str]) -> Callable[[str, str, str], str | None]:
    """What gives an attribute's value, or None to drop it: a second id, or an image that is not the paper's.

    It is no method of the sanitiser: nh3 holds it, and Python finds no cycle that goes through nh3, so that
    sanitisers would never be let go.
    """
    ids: set[str] = set()

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "id":
            if value in ids or not value:
                return None
            ids.add(value)
        elif attribute == "src" and tag == "img" and value not in images:
            return None
        return value

    return keep


def plain_text(fragment: str) -> str:
    """The fragment's words on one line, without links back."""
    text = unescape(_TAG.sub(" ", _INLINE_TAG.sub("", _ANNOTATION.sub("", _BACKLINKS.sub("", fragment)))))
    return " ".join(text.split())


def count_words(fragment: str) -> int:
    """The words a reader sees in a fragment, formulas' sources left aside."""
    return len(_WORD.findall(_TAG.sub(" ", _ANNOTATION.sub(" ", fragment))))
