"""What may an author see of work that is not published yet, on the author's own machine?"""

from dataclasses import replace
from datetime import datetime

from policy_tools.clear.clearance import Clearance, clear
from policy_tools.model.library import Library
from policy_tools.model.page import Page
from policy_tools.model.paper import Paper, Status

_DRAFT_MARK = "[Draft] "


def clear_for_preview(library: Library, now: datetime, zone: str) -> Clearance:
    """As `clear`, with the drafts of the public folder, papers and pages, each marked in its title.

    Private and embargoed papers stay out: their place is content/private/, and a preview may be projected
    on a wall. Never to be published: the caller writes it to a folder of its own.
    """
    papers = tuple(_show_draft(paper) for paper in library.papers)
    pages = tuple(_show_draft_page(page) for page in library.pages)
    return clear(replace(library, papers=papers, pages=pages), now, zone)


def _show_draft(paper: Paper) -> Paper:
    if paper.record.status is not Status.DRAFT or paper.is_private:
        return paper
    changes = {"status": Status.PUBLISHED, "title": _DRAFT_MARK + paper.record.title, "embargo": None}
    return replace(paper, record=paper.record.model_copy(update=changes))


def _show_draft_page(page: Page) -> Page:
    if page.record.status != "draft" or page.is_private:
        return page
    changes = {"status": "published", "title": _DRAFT_MARK + page.record.title}
    return replace(page, record=page.record.model_copy(update=changes))
