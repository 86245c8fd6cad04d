"""What do browsers and programs learn of the site's search?

Browsers add a site's search from an OpenSearch 1.1 description; programs read the same as JSON, with the
address of the index.
"""

import json

from lxml import etree

_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_LONGEST_NAME = 16


def format_opensearch(name: str, description: str, url: str, language: str) -> bytes:
    """The description of the search of a site at an absolute address without a closing slash."""
    root = etree.Element(f"{{{_OPENSEARCH}}}OpenSearchDescription", nsmap={None: _OPENSEARCH})

    def add(tag: str, text: str | None = None, **attributes: str) -> None:
        etree.SubElement(root, f"{{{_OPENSEARCH}}}{tag}", attributes).text = text

    add("ShortName", name[:_LONGEST_NAME].strip())
    add("LongName", name[:48].strip())
    add("Description", description[:1024])
    add("Url", type="text/html", method="get", template=f"{url}/search/?q={{searchTerms}}")
    add("Url", type="application/opensearchdescription+xml", rel="self", template=f"{url}/search.xml")
    add("Language", language)
    add("InputEncoding", "UTF-8")
    add("OutputEncoding", "UTF-8")
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8")) + b"\n"


def format_search_json(name: str, description: str, url: str, index: str) -> bytes:
    """The same for programs; `index` is the address of the index's first file below the site's root."""
    value = {
        "name": name,
        "description": description,
        "search": f"{url}/search/?q={{searchTerms}}",
        "openSearch": f"{url}/search.xml",
        "index": f"{url}/{index}",
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
