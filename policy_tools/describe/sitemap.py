"""The sitemap: every page that search engines may list, with the day it last changed."""

from collections.abc import Iterable
from datetime import date

from lxml import etree

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def format_sitemap(pages: Iterable[tuple[str, date | None]]) -> bytes:
    """The sitemap of absolute addresses, sorted, as sitemaps.org has it (at most 50,000)."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP})
    for address, changed in sorted(pages, key=lambda page: page[0]):
        url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
        etree.SubElement(url, f"{{{_SITEMAP}}}loc").text = address
        if changed:
            etree.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = changed.isoformat()
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8")) + b"\n"
