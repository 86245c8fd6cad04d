"""Institutes: the legal entities that publish, with their programmes, series and funders."""

from collections.abc import Iterator
from dataclasses import dataclass

from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.chrome import Link, build_head, format_legal_lines
from policy_tools.edition.output import PageView, build_page_view
from policy_tools.edition.prose import Prose
from policy_tools.model.programme import Institute


@dataclass(frozen=True, slots=True)
class InstituteView:
    """One institute; the description in Markdown stands here so that the digest knows it.

    `hosted` are the other institutes, shown by the one whose site this is.
    """

    name: str
    legal_lines: tuple[str, ...]
    place: str
    description: str
    programmes: tuple[Link, ...]
    series: tuple[Link, ...]
    hosted: tuple[Link, ...]
    funders: tuple[str, ...]
    ror: str
    url: str


def build_institutes(catalogue: Catalogue) -> Iterator[PageView]:
    """A page for each institute."""
    for institute in catalogue.library.institutes.values():
        yield _build_institute(catalogue, institute)


def _build_institute(catalogue: Catalogue, institute: Institute) -> PageView:
    library = catalogue.library
    view = InstituteView(
        name=institute.name,
        legal_lines=format_legal_lines(institute),
        place=institute.publisher_place,
        description=institute.description,
        programmes=tuple(
            Link(programme.title, f"programmes/{programme.id}/")
            for programme in library.programmes.values()
            if programme.institute == institute.id
        ),
        series=tuple(
            Link(library.series[name].plural, f"series/{name}/")
            for name in institute.series
            if name in library.series
        ),
        hosted=_list_hosted(catalogue, institute),
        funders=institute.funders,
        ror=institute.ror or "",
        url=institute.url or "",
    )
    address = f"institutes/{institute.id}/"
    head = build_head(
        catalogue.chrome,
        address,
        institute.name,
        f"{institute.name}: who we are, what we publish and who pays for it.",
        brand=institute.id if institute.id != catalogue.site.institute else "",
        records=catalogue.describe(address),
    )
    return build_page_view(
        catalogue.chrome, "institute.html", head, view, load_text=Prose(view.description, "../../").render
    )


def _list_hosted(catalogue: Catalogue, institute: Institute) -> tuple[Link, ...]:
    if institute.id != catalogue.site.institute:
        return ()
    others = (other for other in catalogue.library.institutes.values() if other.id != institute.id)
    return tuple(Link(other.name, f"institutes/{other.id}/") for other in others)
