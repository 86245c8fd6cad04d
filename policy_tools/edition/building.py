"""All pages and files of a public library, from the home page to the sitemap."""

from collections.abc import Iterable, Iterator

from policy_tools.edition.bank_page import build_bank_files, build_bank_page
from policy_tools.edition.catalogue import Catalogue
from policy_tools.edition.copy_check import build_copy_checks
from policy_tools.edition.dated import DatedCopy, MadePack
from policy_tools.edition.department import build_departments
from policy_tools.edition.dependencies import build_dependencies
from policy_tools.edition.edition import Edition, gather_edition
from policy_tools.edition.files import OutputFile
from policy_tools.edition.home import build_home
from policy_tools.edition.institute import build_institutes
from policy_tools.edition.listing import build_all_papers, build_series, build_topics, build_years
from policy_tools.edition.ordinary import build_missing_page, build_ordinary_pages
from policy_tools.edition.output import PageView
from policy_tools.edition.packs import build_packs
from policy_tools.edition.paper import build_papers
from policy_tools.edition.person import build_people, build_photo
from policy_tools.edition.phases import build_grid
from policy_tools.edition.programme import build_programmes
from policy_tools.edition.recommendation import build_recommendations
from policy_tools.edition.search import build_search_files, build_search_pages
from policy_tools.edition.secondments import build_secondments
from policy_tools.edition.sitemap import build_sitemap
from policy_tools.edition.theme import Theme
from policy_tools.model.library import PublicLibrary


def build_edition(
    catalogue: Catalogue,
    theme: Theme,
    *,
    pack_pages: Iterable[PageView] = (),
    more_files: Iterable[OutputFile] = (),
) -> Edition:
    """Pages and files of one public library.

    `pack_pages` are those of `build_pack_pages`. `more_files` are those that other stages made: downloads,
    feeds, records; they are asked for when the pages are laid out.
    """
    site, library = catalogue.site, catalogue.library
    pages = (
        *_build_pages(catalogue),
        build_missing_page(catalogue.chrome),
        *pack_pages,
    )
    files = (
        *theme.files,
        *_build_files(library),
        *build_bank_files(catalogue),
        *build_sitemap(site, library, pages),
        *build_search_files(site),
        *more_files,
    )
    return gather_edition(pages, files)


def build_pack_pages(
    catalogue: Catalogue, packs: tuple[MadePack, ...], briefs: tuple[DatedCopy, ...]
) -> Iterator[PageView]:
    """The pages of what was made for the public, and those that tell whoever has a copy if it is current."""
    yield from build_packs(catalogue, packs)
    yield from build_copy_checks(catalogue, (*(pack.copy for pack in packs), *briefs))


def _build_pages(catalogue: Catalogue) -> Iterator[PageView]:
    yield build_home(catalogue)
    yield from build_papers(catalogue)
    yield from build_all_papers(catalogue)
    yield from build_bank_page(catalogue)
    yield from build_grid(catalogue)
    yield from build_dependencies(catalogue)
    yield from build_recommendations(catalogue)
    yield from build_departments(catalogue)
    yield from build_programmes(catalogue)
    yield from build_series(catalogue)
    yield from build_topics(catalogue)
    yield from build_years(catalogue)
    yield from build_people(catalogue)
    yield from build_institutes(catalogue)
    yield from build_secondments(catalogue)
    yield from build_search_pages(catalogue)
    yield from build_ordinary_pages(catalogue)


def _build_files(library: PublicLibrary) -> Iterator[OutputFile]:
    """The declared assets of papers, and the photographs of people."""
    for paper in library.all_papers:
        for asset in paper.assets:
            yield OutputFile(paper.address + asset.name, asset.path, asset.digest, paper.path)
    for person in library.people.values():
        if photo := build_photo(person):
            yield photo
