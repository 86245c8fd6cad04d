"""What an author sees of drafts, and what not even the author's own preview shows."""

from datetime import UTC, datetime

from policy_tools.clear.preview import clear_for_preview
from policy_tools.model.paper import Status
from tests.clear.shelves import make_library, make_page, make_paper

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_drafts_of_papers_and_pages_are_shown_and_marked() -> None:
    drafts = (
        make_paper("nib", status=Status.DRAFT),
        make_paper("quern", status=Status.DRAFT, is_private=True),
    )
    pages = (make_page("about"), make_page("plans", "draft"), make_page("secret", "draft", is_private=True))
    library = make_library(*drafts, pages=pages)
    shown = clear_for_preview(library, NOW, "Europe/London").library
    assert [paper.record.title for paper in shown.papers] == ["[Draft] nib"]
    assert [page.record.title for page in shown.pages] == ["about", "[Draft] plans"]
