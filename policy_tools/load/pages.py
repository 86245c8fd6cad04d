"""Which pages are there that are only ever web pages?"""

from policy_tools.load.folders import FolderKind, LoadedRecord, load_folder
from policy_tools.load.records import RecordKind
from policy_tools.model.page import Page, PageRecord
from policy_tools.model.problem import Problem
from policy_tools.model.site import Site

PAGES = FolderKind(RecordKind(PageRecord, "page"), "pages", has_id=False)


def load_pages(site: Site) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """The pages of content/pages/, in the order of menus, and the problems with them."""
    loaded = load_folder(PAGES, site)
    pages = [
        _make_page(record, record.record) for record in loaded.records if record.record and record.is_sound
    ]
    pages.sort(key=lambda page: (page.record.order, page.slug, page.is_private))
    return tuple(pages), loaded.problems


def _make_page(loaded: LoadedRecord[PageRecord], record: PageRecord) -> Page:
    return Page(
        slug=loaded.id,
        path=loaded.path,
        record=record,
        text=loaded.body,
        first_line=loaded.body_line,
        digest=loaded.digest,
        is_private=loaded.is_private,
    )
