"""What stands around every page: head, navigation, footer."""

from dataclasses import dataclass, field, replace

from markupsafe import Markup

from policy_tools.edition.theme import Theme
from policy_tools.model.description import Alternate, Description
from policy_tools.model.library import PublicLibrary
from policy_tools.model.programme import Institute
from policy_tools.model.site import Site
from policy_tools.store import digest_of

_NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `address` is relative to the site's root, or whole (https://…, mailto:…)."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """The legal line of the publisher."""

    name: str
    lines: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """The part of a page's context that all pages share.

    `navigation` leads to the lists, `pages` to the main ordinary pages, `footer` to all else; `base_path`
    is where the site's root stands on its host, for pages that may be served from any depth; `digest`
    covers all of it, theme included.
    """

    name: str
    tagline: str
    language: str
    url: str
    base_path: str
    demonstration: bool
    navigation: tuple[Link, ...]
    pages: tuple[Link, ...]
    footer: tuple[Link, ...]
    imprint: Imprint
    press_email: str | None
    search: str
    theme: Theme = field(repr=False)
    alternates: tuple[Alternate, ...] = ()
    digest: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PageHead:
    """What one page says of itself in `<head>`, and where it stands in the site.

    `section` is the address of the navigation's current entry; `breadcrumb` leads from the home page down
    to the parent; `brand` is the id of the institute whose colour the page wears.
    """

    address: str
    title: str
    description: str
    canonical: str
    section: str = ""
    breadcrumb: tuple[Link, ...] = ()
    noindex: bool = False
    brand: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    json_ld: Markup = _NOTHING
    alternates: tuple[Alternate, ...] = ()


def build_chrome(
    site: Site, library: PublicLibrary, theme: Theme, alternates: tuple[Alternate, ...] = ()
) -> Chrome:
    """The shared surroundings; `alternates` are the site's own feeds."""
    pages = sorted(library.pages, key=lambda page: (page.record.order, page.slug))
    topics = library.topics.keys() & {name for paper in library.papers for name in paper.record.topics}
    recommended = {item.paper for item in library.recommendations.values()} & {
        paper.slug for paper in library.papers
    }
    navigation = (
        (Link("Papers", "papers/"), True),
        (Link("Recommendations", "recommendations/"), recommended),
        (Link("Programmes", "programmes/"), library.programmes),
        (Link("Packs", "packs/"), library.packs),
        (Link("Topics", "topics/"), topics),
        (Link("People", "people/"), library.people),
    )
    footer = (
        (Link("Series", "series/"), library.series),
        (Link("Papers by year", "years/"), library.papers),
        (Link("Departments", "departments/"), library.departments),
        (Link("Is my copy current?", "check/"), True),
        (Link("Register of secondments", "secondments/"), library.secondments),
        *((Link(page.record.title, page.address), page.record.menu == "footer") for page in pages),
    )
    chrome = Chrome(
        name=site.name,
        tagline=site.tagline,
        language=site.language,
        url=site.url,
        base_path=_base_path(site.url),
        demonstration=site.demonstration,
        navigation=tuple(link for link, stands in navigation if stands),
        pages=tuple(Link(page.record.title, page.address) for page in pages if page.record.menu == "main"),
        footer=tuple(link for link, stands in footer if stands),
        imprint=_build_imprint(site, library.institutes.get(site.institute)),
        press_email=site.press_email,
        search=site.search,
        theme=theme,
        alternates=alternates,
    )
    digest = digest_of(repr(chrome), theme.digest)
    return replace(chrome, digest=digest)


def build_head(
    chrome: Chrome,
    address: str,
    title: str,
    description: str,
    *,
    section: str = "",
    breadcrumb: tuple[Link, ...] = (),
    noindex: bool = False,
    brand: str = "",
    records: Description | None = None,
    is_anywhere: bool = False,
) -> PageHead:
    """A page's head; a page that `is_anywhere` has no address of its own, such as that of an error."""
    records = records or Description()
    return PageHead(
        address=address,
        title=title,
        description=description,
        canonical=f"{chrome.url}/{address}" if chrome.url and not is_anywhere else "",
        section=section,
        breadcrumb=breadcrumb,
        noindex=noindex,
        brand=brand,
        meta=records.meta,
        json_ld=_escape_json_ld(records.json_ld),
        alternates=records.alternates,
    )


def format_legal_lines(institute: Institute) -> tuple[str, ...]:
    """Form and registered numbers, then the postal address, as an institute prints them."""
    numbers = [institute.legal_form]
    if institute.charity_number:
        numbers.append(f"registered charity {institute.charity_number}")
    if institute.company_number:
        numbers.append(f"company {institute.company_number}")
    return (", ".join(numbers), ", ".join(institute.address))


def _build_imprint(site: Site, institute: Institute | None) -> Imprint:
    if institute is None:
        return Imprint(site.name, (), "")
    return Imprint(institute.name, format_legal_lines(institute), f"institutes/{institute.id}/")


def _base_path(url: str) -> str:
    path = url.partition("://")[2].partition("/")[2].strip("/")
    return f"/{path}/" if path else "/"


def _escape_json_ld(text: str) -> Markup:
    """JSON that cannot end its `<script>` element: the three characters stand only inside strings.

    It goes onto the page as it is: browsers and crawlers undo no entities in a script.
    """
    escaped = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(escaped)  # noqa: S704
