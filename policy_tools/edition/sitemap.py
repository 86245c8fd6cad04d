"""What do search engines learn of the site as a whole?"""

from collections.abc import Iterable, Iterator
from datetime import date

from policy_tools.describe.sitemap import format_sitemap
from policy_tools.edition.files import OutputFile
from policy_tools.edition.output import PageView
from policy_tools.model.library import PublicLibrary
from policy_tools.model.site import Site
from policy_tools.store import digest_of


def build_sitemap(site: Site, library: PublicLibrary, pages: Iterable[PageView]) -> Iterator[OutputFile]:
    """robots.txt, and for a site with an address the sitemap of every page that may be listed."""
    if not site.url:
        yield _file("robots.txt", b"User-agent: *\nDisallow:\n")
        return
    changed: dict[str, date] = {
        paper.address: paper.record.updated or paper.record.published for paper in library.papers
    }
    for item in library.recommendations.values():
        changed[item.address] = item.record.status.date
    listed = [
        (page.head.canonical, changed.get(page.head.address)) for page in pages if not page.head.noindex
    ]
    yield _file("sitemap.xml", format_sitemap(listed))
    yield _file("robots.txt", f"User-agent: *\nDisallow:\n\nSitemap: {site.url}/sitemap.xml\n".encode())


def _file(address: str, content: bytes) -> OutputFile:
    return OutputFile(address, content, digest_of(content))
