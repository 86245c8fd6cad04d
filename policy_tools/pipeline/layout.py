"""How is what was made laid out as an edition, with nothing laid out twice?

Nearly all of an edition hangs on what papers say of themselves and of one another: titles, dates, authors,
what they cite (`frame.py`). An edit of a paper's words changes the paper's own page, and the index of search.
So what was laid out is kept, and stands as long as the frame is the same; the pages alone of papers with
other words are made anew.
"""

import pickle
from collections.abc import Iterator
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple

from policy_tools.edition.catalogue import Catalogue, build_catalogue
from policy_tools.edition.edition import Edition, build_edition, gather_edition
from policy_tools.edition.files import OutputFile
from policy_tools.edition.output import PAGE, OutputPage, PageView, StandingPage
from policy_tools.edition.paper import build_paper
from policy_tools.edition.records import Records
from policy_tools.edition.theme import Theme, build_theme
from policy_tools.model.site import Site
from policy_tools.pipeline.frame import digest_frame, digest_own
from policy_tools.pipeline.machine import open_machine_store
from policy_tools.pipeline.made import Made
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
    """The last edition: its frame, the digest of what was each paper's own, its pages and files.

    `related` is which papers belong together. Downloads and the files of search are not among the files.
    """

    frame: str = ""
    own: dict[str, str] = {}  # noqa: RUF012 - never changed
    pages: tuple[_Row, ...] = ()
    files: tuple[_Row, ...] = ()
    related: dict[str, tuple[str, ...]] | None = None


def lay_out(site: Site, made: Made, store: Store) -> Edition:
    """The pages and files of all that was made, from the last edition as far as that stands."""
    place = digest_of(str(site.output))
    kept = _load(store, place)
    layout = _Layout(site, made)
    frame = digest_frame(made, layout.theme)
    own = {paper.id: digest_own(paper, made) for paper in made.library.all_papers}
    if frame == kept.frame:
        layout.related = kept.related
        edition = layout.stand(kept, {id_ for id_ in own if own[id_] != kept.own[id_]})
    else:
        edition = layout.build_whole()
    if (frame, own) != (kept.frame, kept.own) and not edition.problems:
        store.put(_KIND, place, pickle.dumps(layout.describe(frame, own, edition), protocol=5))
    return edition


def _load(store: Store, place: str) -> _Kept:
    packed = store.get(_KIND, place)
    return pickle.loads(packed) if packed else _Kept()  # noqa: S301 - trusted like the code


class _Layout:
    """The edition of what was made, and its parts, each built when it is asked for."""

    def __init__(self, site: Site, made: Made) -> None:
        self._site = site
        self._made = made
        self.related: dict[str, tuple[str, ...]] | None = None

    @cached_property
    def theme(self) -> Theme:
        """The theme's files, coloured for the institutes."""
        with open_machine_store(self._site) as fonts:
            return build_theme(THEME, self._made.library.institutes, self._site.institute, fonts)

    @cached_property
    def _records(self) -> Records:
        return Records(self._site, self._made.library, self._made.downloads)

    @cached_property
    def _catalogue(self) -> Catalogue:
        return build_catalogue(
            self._site,
            self._made.library,
            self.theme,
            documents=self._made.documents,
            downloads=self._made.downloads,
            descriptions=self._records.descriptions,
            cite_as=self._made.cite_as,
            related=self.related,
        )

    @cached_property
    def _whole(self) -> tuple[dict[str, PageView], dict[str, OutputFile]]:
        """Every page and file by its address, for those that are no longer where they were written."""
        edition = self.build_whole()
        pages = {page.address: page for page in edition.pages if isinstance(page, PageView)}
        return pages, {file.address: file for file in edition.files}

    def build_whole(self) -> Edition:
        """All pages and files."""
        return build_edition(
            self._catalogue,
            self.theme,
            packs=self._made.packs.packs,
            briefs=self._made.packs.briefs,
            more_files=chain(self._records.files, self._made.files, self._wait_for_search()),
        )

    def stand(self, kept: _Kept, changed: set[str]) -> Edition:
        """The last edition, but for the pages of papers whose own words changed, by their ids."""
        papers = {
            paper.address + PAGE: paper for paper in self._made.library.all_papers if paper.id in changed
        }
        pages: tuple[OutputPage, ...] = tuple(
            build_paper(self._catalogue, papers[row.address])
            if row.address in papers
            else StandingPage(
                row.address, row.template, row.digest, row.source, partial(self._find_page, row.address)
            )
            for row in kept.pages
        )
        files = (
            OutputFile(row.address, partial(self._read_file, row.address), row.digest, row.source)
            for row in kept.files
        )
        return gather_edition(pages, (*files, *self._made.files, *self._made.search_files()))

    def describe(self, frame: str, own: dict[str, str], edition: Edition) -> _Kept:
        """What is kept of an edition."""
        apart = {file.address for file in (*self._made.files, *self._made.search_files())}
        return _Kept(
            frame,
            own,
            tuple(_Row(page.address, page.template, page.digest, page.source) for page in edition.pages),
            tuple(
                _Row(file.address, "", file.digest, file.source)
                for file in edition.files
                if file.address not in apart
            ),
            dict(self._catalogue.related),
        )

    def _wait_for_search(self) -> Iterator[OutputFile]:
        """The files of search when they are made, which nobody asks for before the pages are laid out."""
        yield from self._made.search_files()

    def _find_page(self, address: str) -> PageView:
        return self._whole[0][address]

    def _read_file(self, address: str) -> bytes:
        return self._whole[1][address].read()
