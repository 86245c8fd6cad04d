"""Which formats must the renderer make for the downloads that a site wants?"""

from policy_tools.model.document import Format
from policy_tools.model.site import Site

READY_FORMATS = {"docx": Format.DOCX, "epub": Format.EPUB}
"""The downloads that come finished from the renderer."""


def formats_needed(site: Site) -> frozenset[Format]:
    """What is made of each paper beside its page."""
    needed = {READY_FORMATS[name] for name in site.formats if name in READY_FORMATS}
    return frozenset(needed | ({Format.TYPST} if "pdf" in site.formats else set()))
