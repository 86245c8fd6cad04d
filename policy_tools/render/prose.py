"""Short prose that is only ever on the web: ordinary pages, biographies, programme descriptions.

Python-Markdown reads it, in process, as Pelican does; what comes out is sanitised like everything else
that an author writes.
"""

import re

import nh3
from markdown import Markdown

from policy_tools.model.page import PROSE_EXTENSIONS
from policy_tools.render.site_links import lead_from

_TAGS = frozenset(
    "a abbr b blockquote br caption code dd div dl dt em h2 h3 h4 h5 h6 hr i img li ol p pre s section small "
    "strong sub sup table tbody td tfoot th thead tr ul".split()
)
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "abbr": {"title"},
    "div": {"class"},
    "img": {"src", "alt", "title", "width", "height"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
} | {f"h{level}": {"id"} for level in range(2, 7)}

_ELSEWHERE = re.compile(r"[\s\x00-\x20]*(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\]\s*[/\\])")


def render_prose(text: str, *, root: str = "") -> str:
    """Markdown as sanitised HTML whose headings start at h2, whichever level the author begins with.

    Addresses from the site's root, such as `/papers/nib/`, are made relative by `root` ("../../"), so that
    the site works in any folder of any host.
    """
    reader = Markdown(
        extensions=list(PROSE_EXTENSIONS),
        extension_configs={
            "toc": {"baselevel": 3 - _top_level(text), "permalink": False},
            "smarty": {"smart_quotes": True},
            "footnotes": {"BACKLINK_TITLE": "Back to where note {} stands in the text"},
        },
        output_format="html",
    )
    clean = nh3.clean(
        reader.convert(text),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_without_remote_pictures,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return lead_from(root, _scope_headers(clean))


def _without_remote_pictures(tag: str, attribute: str, value: str) -> str | None:
    """A page fetches nothing from anyone else; browsers read a backslash as a slash."""
    is_remote = _ELSEWHERE.match(value) is not None
    return None if tag == "img" and attribute == "src" and is_remote else value


def _top_level(text: str) -> int:
    """The highest level of heading that the text uses, 1 or 2: "# A" or, where there is none, "## A"."""
    return 1 if re.search(r"^# ", text, re.MULTILINE) else 2


def _scope_headers(html: str) -> str:
    return html.replace("<th>", '<th scope="col">')
