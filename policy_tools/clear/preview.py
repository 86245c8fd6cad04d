"""What may an author see of work that is not published yet, on the author's own machine?"""

from dataclasses import replace
from datetime import datetime

from policy_tools.clear.clearance import Clearance, clear
from policy_tools.model.library import Library
from policy_tools.model.paper import Paper, Status

_DRAFT_MARK = "[Draft] "


def clear_for_preview(library: Library, now: datetime, zone: str) -> Clearance:
    """As `clear`, with the drafts of the public folder, each marked in its title.

    Private and embargoed papers stay out: their place is content/private/, and a preview may be projected
    on a wall. Never to be published: the caller writes it to a folder of its own.
    """
    shown = tuple(_show_draft(paper) for paper in library.papers)
    return clear(replace(library, papers=shown), now, zone)


def _show_draft(paper: Paper) -> Paper:
    if paper.record.status is not Status.DRAFT or paper.is_private:
        return paper
    changes = {"status": Status.PUBLISHED, "title": _DRAFT_MARK + paper.record.title, "embargo": None}
    return replace(paper, record=paper.record.model_copy(update=changes))
