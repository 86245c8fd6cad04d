"""What the renderer is asked for: cover, marks, parts in the recipe's order, annexes with their letters."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from policy_tools.model.document import Annex, DocumentRequest, PackPart, PackRequest
from policy_tools.model.library import PackLibrary
from policy_tools.model.pack import Pack
from policy_tools.model.seat import Seat
from policy_tools.model.secondment import SecondmentNotes
from policy_tools.model.site import Site
from policy_tools.pack.brief import build_insert, build_programme_brief, build_recommendation_brief
from policy_tools.pack.edition_mark import find_edition
from policy_tools.pack.events import Event
from policy_tools.pack.request import CopyMarks, build_pack_request, label_annex, list_part_titles
from policy_tools.pack.selection import select
from tests.clear.shelves import make_paper
from tests.pack.libraries import SITE, make_boxes, make_full_ask, make_shelves
from tests.render.sample_paper import COVER
from tests.small_records import make_pack

AS_AT = date(2026, 3, 4)


def make_request(paper_id: str) -> DocumentRequest:
    return DocumentRequest(paper_id, f"{paper_id}.md", "Words.\n", 1, (), "", COVER)


def build(
    pack: Pack,
    library: PackLibrary | None = None,
    site: Site = SITE,
    **arguments: Any,  # noqa: ANN401
) -> PackRequest:
    library = library or make_shelves()
    selected = select(pack, library)
    requests = {paper.id: make_request(paper.id) for paper in selected.papers}
    boxes = make_boxes("nib-01", "nib-02")
    return build_pack_request(pack, selected, library, site, requests, boxes, as_at=AS_AT, **arguments)


def make_private(**fields: Any) -> Pack:  # noqa: ANN401
    return make_pack(audience="secondment:leader", **fields)


def test_parts_stand_in_the_recipes_order_and_empty_ones_are_left_out() -> None:
    parts = ["annexes", "cover", {"part": "grid", "title": "When"}, "stakeholders", "asks", "colophon"]
    request = build(make_pack(parts=parts))
    assert list_part_titles(request) == ("Annex A: A bank", "When", "What we ask, by department")
    assert [piece.prefix if isinstance(piece, Annex) else piece.id for piece in request.pieces] == [
        "annex-a",
        "grid",
        "asks",
    ]
    assert (request.has_cover, request.has_contents, request.has_colophon) == (True, True, True)


def test_a_pack_of_one_part_needs_neither_cover_nor_contents() -> None:
    request = build(make_pack(parts=["asks"]))
    assert (request.has_cover, request.has_contents, request.has_colophon) == (False, False, False)


@pytest.mark.parametrize(
    ("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
)
def test_annexes_have_letters(place: int, letters: str) -> None:
    assert label_annex(place) == letters


def test_annexes_with_words_of_their_own_begin_with_them_and_a_list_of_papers() -> None:
    parts = ["cover", {"part": "annexes", "title": "The papers", "note": "Whole, and in this order."}]
    front, annex = build(make_pack(parts=parts)).pieces
    assert isinstance(front, PackPart)
    assert (front.id, front.title) == ("annexes", "The papers")
    assert front.html.startswith("<p>Whole, and in this order.</p>")
    assert "<li>A bank. Paper, version 1, 15 January 2026.</li>" in front.html
    assert isinstance(annex, Annex)


def test_an_annex_is_the_version_that_was_selected() -> None:
    first = make_paper("nib", title="The first bank", is_current=False)
    library = make_shelves((make_paper("nib", version=2),), (), earlier=[first])
    (annex,) = build(make_pack(parts=["annexes"], select={"papers": ["nib@1"]}), library).pieces
    assert isinstance(annex, Annex)
    assert (annex.title, annex.request.id) == ("The first bank", "nib@1")


def test_a_public_pack_says_how_to_cite_and_to_check_it() -> None:
    request = build(make_pack(title="Day one", subtitle="And two", note="For a new minister."))
    cover = request.cover
    assert (cover.title, cover.subtitle, cover.series_line) == ("Day one", "And two", "Briefing pack")
    edition = find_edition(request, SITE)
    assert cover.check_address == f"https://trivet.example/check/pack-day-one/2026-03-04/#{edition}"
    assert cover.current_address == "https://trivet.example/packs/day-one/"
    assert cover.how_to_cite == (
        "Trivet (2026) Day one. Briefing pack, as at 4 March 2026. London: Trivet. "
        "Available at: https://trivet.example/packs/day-one/"
    )
    assert cover.notices == ("For a new minister.",)
    assert ("Made of", "A bank (Paper, version 1, 15 January 2026).") in cover.colophon
    marks = request.marks
    assert (marks.handling, marks.as_at, marks.disclaimer) == (
        "",
        f"As at 4 March 2026, edition {edition}",
        "Not government advice",
    )
    assert (marks.copy_id, marks.watermark) == ("", "")


def test_a_site_without_an_address_names_none() -> None:
    cover = build(make_pack(), site=replace(SITE, url="")).cover
    assert (cover.check_address, cover.current_address) == ("", "")
    assert cover.identifier == "trivet:pack-day-one:2026-03-04"


def test_a_private_pack_points_nowhere_and_is_marked() -> None:
    library = make_shelves(secondment_note=SecondmentNotes(note="Hand it back."))
    request = build(make_private(), library)
    assert request.cover.check_address == "https://trivet.example/check/copy/"
    assert (request.cover.current_address, request.cover.how_to_cite) == ("", "")
    assert request.cover.notices == ("Hand it back.",)
    assert (request.marks.handling, request.marks.watermark) == ("In confidence", "Not issued")
    issued = build(make_private(handling="Secret"), library, copy=CopyMarks("leader-1", "Copy leader-1"))
    assert (issued.marks.handling, issued.marks.copy_id, issued.marks.watermark) == (
        "Secret",
        "leader-1",
        "Copy leader-1",
    )


def test_a_demonstration_says_so() -> None:
    notices = build(make_pack(), site=replace(SITE, demonstration=True)).cover.notices
    assert notices[-1].startswith("This is a demonstration.")


def test_a_public_pack_has_no_marks_of_a_copy() -> None:
    assert build(make_pack(), copy=CopyMarks("x", "y")) == build(make_pack())


def test_the_brief_of_a_recommendation() -> None:
    library = make_shelves()
    brief = build_recommendation_brief(make_full_ask(), library, SITE, make_boxes("nib-01"))
    assert (brief.subject.file_name, brief.subject.address) == ("nib-01-brief", "recommendations/nib-01/")
    assert (brief.subject.path, brief.subject.line) == ("content/papers/nib/recommendations.yaml", 3)
    assert brief.as_at == date(2026, 3, 4)
    request = brief.request
    assert (request.layout, request.has_cover, request.has_contents) == ("brief", False, False)
    assert (request.cover.title, request.cover.subtitle) == ("Settle the ownership", "From “A bank”")
    address = f"https://trivet.example/check/brief-nib-01/2026-03-04/#{brief.edition}"
    assert request.cover.check_address == address
    assert [piece.title for piece in request.pieces] == [
        "What we ask",
        "Why now",
        "Who is affected",
        "What it costs",
        "Questions for the Minister",
        "Who we are",
    ]


def test_a_constituencys_brief_is_named_after_the_seat() -> None:
    library, seat = make_shelves(), Seat("E14001063", "Aldershot")
    insert = build_insert(make_full_ask(), seat, library)
    assert insert
    brief = build_recommendation_brief(make_full_ask(), library, SITE, make_boxes("nib-01"), insert)
    assert brief.subject.file_name == "nib-01-brief-E14001063"
    assert brief.request.cover.subtitle == "For Aldershot"
    assert brief.request.pieces[2].title == "In Aldershot"
    plain = build_recommendation_brief(make_full_ask(), library, SITE, make_boxes("nib-01"))
    assert brief.request.id != plain.request.id
    assert brief.request.cover.identifier.endswith("#E14001063-2026-03-04")
    assert brief.edition == plain.edition
    assert brief.request.marks.as_at == f"As at 4 March 2026, edition {brief.edition}"


def test_a_brief_is_as_at_the_day_of_its_figures_and_of_another_edition_with_them() -> None:
    library = make_shelves()
    before = build_recommendation_brief(make_full_ask(), library, SITE, make_boxes("nib-01"))
    (name,) = make_full_ask().record.statistics
    old = library.statistics[name]
    record = old.record.model_copy(update={"date": date(2026, 9, 1)})
    newer = replace(library, statistics={name: replace(old, record=record)})
    brief = build_recommendation_brief(make_full_ask(), newer, SITE, make_boxes("nib-01"))
    assert brief.as_at == date(2026, 9, 1)
    assert brief.events[0] == Event(date(2026, 9, 1), record.title, "Figures of this day.")
    values = dict.fromkeys(old.values, Decimal("1.5"))
    other = replace(library, statistics={name: replace(old, values=values)})
    changed = build_recommendation_brief(make_full_ask(), other, SITE, make_boxes("nib-01"))
    assert changed.as_at == before.as_at
    assert len({before.edition, brief.edition, changed.edition}) == 3


def test_whatever_is_said_makes_another_edition_and_no_address_does() -> None:
    def edition_of(pack: Pack, library: PackLibrary | None = None, site: Site = SITE) -> str:
        return find_edition(build(pack, library, site), site)

    parts = ["cover", "asks", "costings", "annexes"]
    plain = edition_of(make_pack(parts=parts))
    assert len(plain) == 6
    assert edition_of(make_pack(parts=parts)) == plain
    assert edition_of(make_pack(parts=parts), site=replace(SITE, url="https://elsewhere.example")) == plain
    ask = make_full_ask()
    assert ask.record.cost
    lines = tuple(line.model_copy(update={"central": Decimal(-1220)}) for line in ask.record.cost.lines[:1])
    cost = ask.record.cost.model_copy(update={"lines": lines})
    dearer = replace(ask, record=ask.record.model_copy(update={"cost": cost}))
    others = {
        edition_of(make_pack(parts=parts, title="Another")),
        edition_of(make_pack(parts=parts[:-1])),
        edition_of(make_pack(parts=parts), make_shelves(asks=(dearer,))),
    }
    assert len(others | {plain}) == 4


def test_the_brief_of_a_programme_is_of_all_that_it_asks() -> None:
    library = make_shelves()
    brief = build_programme_brief(library.programmes["economy"], library, SITE, make_boxes("nib-01"))
    assert brief
    assert brief.subject.address == "programmes/economy/"
    assert "/check/brief-programme-economy/2026-03-04/#" in brief.request.cover.check_address
    asks = brief.request.pieces[0]
    assert "Settle the ownership" in getattr(asks, "html")  # noqa: B009
    empty = make_shelves((), ())
    assert build_programme_brief(library.programmes["economy"], empty, SITE, {}) is None


def test_a_private_pack_says_what_is_embargoed_on_its_cover_and_in_what_it_is_made_of() -> None:
    until = datetime(2027, 3, 1, 0, 1, tzinfo=ZoneInfo("Europe/London"))
    papers = [make_paper("nib", title="A bank"), make_paper("quern", title="A quern")]
    shelves = make_shelves(papers, unpublished={"nib": until, "quern": None})
    cover = build(make_private(select={"papers": ["nib", "quern"]}), shelves).cover
    assert cover.notices[0] == (
        "“A bank”: embargoed until 00:01 on 1 March 2027 (Europe/London). Not to be shown or quoted before."
    )
    made_of = dict(cover.colophon)["Made of"]
    assert "15 January 2026, embargoed until 00:01 on 1 March 2027 (Europe/London)); A quern" in made_of
    assert made_of.endswith("15 January 2026, private).")
    assert cover.rights.startswith("This pack is private: all rights reserved.")
    assert build(make_private(select={"recommendations": ["nib-01"]}), shelves).cover.notices == (
        cover.notices[0],
    )


def test_an_embargo_speaks_in_the_words_of_its_label_until_it_lifts() -> None:
    until = datetime(2027, 3, 1, 0, 1, tzinfo=ZoneInfo("Europe/London"))
    paper = make_paper("nib", title="A bank", embargo=until, label="Not for publication before 1 March")
    shelves = make_shelves([paper], unpublished={"nib": until})
    cover = build(make_private(select={"papers": ["nib"]}), shelves).cover
    assert cover.notices[0] == "“A bank”: not for publication before 1 March."
    assert "embargoed until 00:01 on 1 March 2027 (Europe/London)" in dict(cover.colophon)["Made of"]
    later = replace(shelves, unpublished={"nib": until.replace(day=8)})
    assert (
        "embargoed until 00:01 on 8 March 2027"
        in build(make_private(select={"papers": ["nib"]}), later).cover.notices[0]
    )


def test_a_public_pack_leaves_licences_to_its_papers() -> None:
    rights = build(make_pack()).cover.rights
    assert rights == "Each paper in this pack names the licence under which it may be used."
