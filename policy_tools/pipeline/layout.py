"""How is what was made laid out as an edition, with nothing laid out twice?

Nearly all of an edition hangs on what papers say of themselves and of one another: titles, dates, authors,
what they cite (`frame.py`). An edit of a paper's words changes the paper's own page, and the index of search.
So what was laid out is kept, and stands as long as the frame is the same; the pages alone of papers with
other words are made anew, and those of packs when a pack holds something else.
"""

import pickle
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import NamedTuple

from policy_tools.edition.catalogue import Catalogue, build_catalogue
from policy_tools.edition.edition import Edition, gather_edition
from policy_tools.edition.files import OutputFile
from policy_tools.edition.output import PAGE, OutputPage, PageView, StandingPage
from policy_tools.edition.paper import build_paper
from policy_tools.edition.records import Records
from policy_tools.edition.theme import Theme, build_theme
from policy_tools.model.library import PublicLibrary
from policy_tools.model.site import Site
from policy_tools.pipeline.frame import digest_frame, digest_own, digest_packs, digest_shelves
from policy_tools.pipeline.machine import open_machine_store
from policy_tools.pipeline.made import Made
from policy_tools.pipeline.search import Keys
from policy_tools.places import THEME
from policy_tools.store import Store, digest_of

_KIND = "edition"


class _Row(NamedTuple):
    """A page or file of the last edition; a file has no template."""

    address: str
    template: str
    digest: str
    source: str


class _Kept(NamedTuple):
    """The last edition: its frame, the digests of each paper's own and of what packs held, pages and files.

    `related` is which papers belong together, `search` is what is searched. Downloads, of which there are the
    addresses, and the files of search are not among the files.
    """

    frame: str = ""
    own: dict[str, str] = {}  # noqa: RUF012 - never changed
    packs: str = ""
    pages: tuple[_Row, ...] = ()
    pack_pages: tuple[_Row, ...] = ()
    files: tuple[_Row, ...] = ()
    related: dict[str, tuple[str, ...]] | None = None
    search: Keys = ()
    downloads: tuple[str, ...] = ()


class Layout:
    """Lays out what is made of a library, from the last edition as far as that stands."""

    def __init__(self, site: Site, library: PublicLibrary, store: Store) -> None:
        """What can be done before all is made: the theme, the last edition, the frame but for papers."""
        self._site = site
        self._store = store
        self._place = digest_of(str(site.output))
        with open_machine_store(site) as fonts:
            self._theme = build_theme(THEME, library.institutes, site.institute, fonts)
        self._shelves = digest_shelves(library, self._theme)
        packed = store.get(_KIND, self._place)
        self._last = pickle.loads(packed) if packed else _Kept()  # noqa: S301 - trusted like the code

    def lay_out(self, made: Made, meanwhile: Callable[[], object]) -> Edition:
        """The pages and files of all that was made of the library.

        `meanwhile` is done while the index of search is being made.
        """
        pages = _Pages(self._site, made, self._theme, digest_frame(self._shelves, made), self._last)
        meanwhile()
        edition = pages.build()
        if pages.are_new and not edition.problems:
            self._store.put(_KIND, self._place, pickle.dumps(pages.describe(edition), protocol=5))
        return edition


class _Pages:
    """The edition of what was made, and its parts, each built when it is asked for."""

    def __init__(self, site: Site, made: Made, theme: Theme, frame: str, last: _Kept) -> None:
        self._site = site
        self._made = made
        self._theme = theme
        self._frame = frame
        papers = made.library.all_papers
        self._own = {paper.id: digest_own(paper, made) for paper in papers}
        self._packs = digest_packs(made)
        self._last = last if last.frame == frame else None
        self.are_new = (last.frame, last.own, last.packs) != (frame, self._own, self._packs)
        if self._last:
            self._changed = [paper for paper in papers if self._own[paper.id] != last.own[paper.id]]
            self._keys = made.search.renew_keys(last.search, self._changed, made.documents)
        else:
            self._keys = made.search.list_keys(made.documents)
        self._wait_for_search = made.search.begin_files(self._keys, made.documents)

    def build(self) -> Edition:
        """All pages and files."""
        return self._take_over(self._last) if self._last else self._build_whole()

    def describe(self, edition: Edition) -> _Kept:
        """What is kept of an edition."""
        apart = {file.address for file in (*self._made.files, *self._search_files)}
        of_packs = {page.address for page in self._pack_pages}
        rows = [_Row(page.address, page.template, page.digest, page.source) for page in edition.pages]
        return _Kept(
            self._frame,
            self._own,
            self._packs,
            tuple(row for row in rows if row.address not in of_packs),
            tuple(row for row in rows if row.address in of_packs),
            tuple(
                _Row(file.address, "", file.digest, file.source)
                for file in edition.files
                if file.address not in apart
            ),
            dict(self._catalogue.related),
            self._keys,
            tuple(file.address for file in self._made.files),
        )

    @cached_property
    def _records(self) -> Records:
        return Records(self._site, self._made.library, self._made.downloads)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return build_catalogue(
            self._site,
            self._made.library,
            self._theme,
            documents=self._made.documents,
            downloads=self._made.downloads,
            descriptions=self._records.descriptions,
            cite_as=self._made.cite_as,
            related=self._last.related if self._last else None,
        )

    @cached_property
    def _search_files(self) -> tuple[OutputFile, ...]:
        return self._wait_for_search()

    def _build_whole(self) -> Edition:
        from policy_tools.edition.building import build_edition  # noqa: PLC0415 - takes long

        return build_edition(
            self._catalogue,
            self._theme,
            pack_pages=self._fresh_pack_pages,
            more_files=self._list_more_files(),
        )

    def _list_more_files(self) -> Iterator[OutputFile]:
        """Those of search come last: nobody waits for them before the pages are laid out."""
        yield from self._records.files
        yield from self._made.files
        yield from self._search_files

    @cached_property
    def _fresh_pack_pages(self) -> tuple[PageView, ...]:
        from policy_tools.edition.building import build_pack_pages  # noqa: PLC0415 - takes long

        packs = self._made.packs
        return tuple(build_pack_pages(self._catalogue, packs.packs, packs.briefs))

    @cached_property
    def _pack_pages(self) -> tuple[OutputPage, ...]:
        if self._last and self._last.packs == self._packs:
            return tuple(map(self._stand, self._last.pack_pages))
        return self._fresh_pack_pages

    def _take_over(self, last: _Kept) -> Edition:
        """The last edition, but for the pages of papers whose own words changed."""
        fresh = {paper.address + PAGE: build_paper(self._catalogue, paper) for paper in self._changed}
        pages = (
            *(fresh.get(row.address) or self._stand(row) for row in last.pages),
            *self._pack_pages,
        )
        files = (
            *(
                OutputFile(row.address, partial(self._read_file, row.address), row.digest, row.source)
                for row in last.files
            ),
            *self._made.files,
            *self._search_files,
        )
        if last.downloads == tuple(file.address for file in self._made.files):
            return Edition(pages, files, ())  # the system alone may ask for those of packs and of search
        return gather_edition(pages, files)

    def _stand(self, row: _Row) -> StandingPage:
        view = partial(self._find_page, row.address)
        return StandingPage(row.address, row.template, row.digest, row.source, view)

    @cached_property
    def _whole(self) -> tuple[dict[str, PageView], dict[str, OutputFile]]:
        """Every page and file by its address, for those that are no longer where they were written."""
        edition = self._build_whole()
        pages = {page.address: page for page in edition.pages if isinstance(page, PageView)}
        return pages, {file.address: file for file in edition.files}

    def _find_page(self, address: str) -> PageView:
        return self._whole[0][address]

    def _read_file(self, address: str) -> bytes:
        return self._whole[1][address].read()
