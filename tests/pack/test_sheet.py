"""One side of A4 says something of each programme, tells where the rest is, and cuts at sentences."""

import pytest

from policy_tools.model.pack import PartRecord
from policy_tools.pack.parts import render_part
from policy_tools.pack.selection import Selected
from policy_tools.pack.sheet import Sheet, build_sheet, cut_to_length
from policy_tools.pack.view import PackView, build_view
from tests.pack.libraries import SITE, make_shelves
from tests.small_records import make_pack, make_recommendation

PLACES = [
    ("bank-1", "economy"),
    ("bank-2", "economy"),
    ("bank-3", "economy"),
    ("peace-1", "abroad"),
    ("vote-1", "home"),
]


def make_view(parts: tuple[str, ...] = ("brief",), count: int = len(PLACES)) -> PackView:
    asks = tuple(
        make_recommendation(id_, programmes=(programme,), why_now="Because.", winners="Some.")
        for id_, programme in PLACES[:count]
    )
    return build_view(make_pack(parts=list(parts)), Selected((), asks), make_shelves([], asks), SITE, {})


def subjects(sheet: Sheet) -> list[str]:
    return [point.subject for point in sheet.why_now]


def test_each_programme_is_heard_in_turn() -> None:
    sheet = build_sheet(make_view().asks)
    assert subjects(sheet) == ["bank-1", "peace-1", "vote-1"]
    assert [point.subject for point in sheet.affected] == ["bank-1", "peace-1", "vote-1"]


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        (("brief",), "the papers"),
        (("brief", "submission"), "the draft submissions"),
        (("brief", "briefs"), "the page of each"),
    ],
)
def test_it_tells_where_the_others_are(parts: tuple[str, ...], place: str) -> None:
    (part,) = render_part(PartRecord(part="brief"), make_view(parts))
    assert part.html.count(f"<li>For the others, see {place}.</li>") == 2


def test_it_speaks_of_no_others_where_there_are_none() -> None:
    (part,) = render_part(PartRecord(part="brief"), make_view(count=3))
    assert "the others" not in part.html


@pytest.mark.parametrize(
    ("letters", "said"),
    [(40, "One is so. Two is so. Three is so."), (25, "One is so. Two is so. …"), (3, "One is so. …")],
)
def test_a_long_text_is_cut_at_a_sentence(letters: int, said: str) -> None:
    assert cut_to_length("One is so. Two is so. Three is so.", letters) == said
