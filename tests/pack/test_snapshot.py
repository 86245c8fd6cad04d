"""A snapshot holds what one reader could read, in the words that were printed."""

from datetime import date

from policy_tools.model.department import Department
from policy_tools.model.document import Document, RecommendationBox, RenderedReference
from policy_tools.model.library import PackLibrary
from policy_tools.model.paper import Paper
from policy_tools.model.recommendation import RecommendationNotes
from policy_tools.model.secondment import SecondmentNotes
from policy_tools.pack.selection import Selected
from policy_tools.pack.snapshot import Snapshot, build_snapshot, format_snapshot, parse_snapshot
from tests.clear.shelves import make_paper
from tests.small_records import make_pack, make_programme, make_recommendation, make_secondment

HTML = """
<h2><span class="section-number">1</span> Banks</h2>
<p><span class="para-number">1.1</span> It lends. It earns.</p>
<div class="recommendation" id="nib-01"><p><span class="box-label">Recommendation 1</span></p>
<p>Found it.</p></div>
<div class="recommendation" id="nib-02"><p><span class="box-label">Recommendation 2</span></p>
<p>Keep it.</p></div>
"""
BOXES = (
    RecommendationBox("nib-01", 1, "<p>Found it. Do so soon.</p>", ""),
    RecommendationBox("nib-02", 2, "<p>Keep it.</p>", ""),
)


def make_document(paper: Paper) -> Document:
    reference = RenderedReference("keynes", "ref-keynes", "", "Keynes (1936).")
    return Document(
        paper.id, HTML, "<ol><li><p>A note.</p></li></ol>", references=(reference,), recommendations=BOXES
    )


def snapshot() -> Snapshot:
    papers = (make_paper("nib"), make_paper("old", superseded_by="nib"), make_paper("other"))
    ask = make_recommendation("nib-01")
    pack = make_pack("weekly", audience="secondment:leader", is_private=True)
    library = PackLibrary(
        papers=papers,
        programmes={"economy": make_programme(), "idle": make_programme(id="idle")},
        departments={
            id_: Department.model_validate({"id": id_, "name": id_, "abbreviation": id_})
            for id_ in ("hmt", "dbt")
        },
        recommendations={"nib-01": ask},
        secondments={"leader": make_secondment()},
        recommendation_notes={
            "nib-01": RecommendationNotes(fallback="Half of it.", only_for=("leader", "another")),
            "nib-02": RecommendationNotes(fallback="Nothing of it."),
        },
        secondment_note=SecondmentNotes(note="Keep it safe."),
    )
    return build_snapshot(
        pack,
        Selected((papers[0],), (ask,)),
        library,
        {"nib": make_document(papers[0])},
        as_at=date(2026, 1, 15),
        copy_id="leader-weekly-001",
        withdrawn=("gone", "nib"),
    )


def test_the_sentences_of_a_paper_leave_out_the_asks_that_are_told_by_themselves() -> None:
    found = snapshot().papers["nib"]
    assert [(each.section, each.paragraph, each.text) for each in found.sentences] == [
        ("1 Banks", "", "Banks"),
        ("1 Banks", "1.1", "It lends."),
        ("1 Banks", "1.1", "It earns."),
        ("1 Banks", "1.1", "Keep it."),
        ("Notes", "", "A note."),
    ]
    assert found.references == {"keynes": "Keynes (1936)."}
    assert found.fields["published"] == "2026-01-15"
    assert "subtitle" not in found.fields


def test_an_ask_has_its_words_and_the_notes_of_its_reader() -> None:
    (found,) = snapshot().recommendations.values()
    assert [each.text for each in found.words] == ["Found it.", "Do so soon."]
    assert found.notes == {"fallback": "Half of it."}


def test_nobody_else_is_named_in_it() -> None:
    text = format_snapshot(snapshot())
    assert "another" not in text
    assert "Nothing of it" not in text
    assert "is_private" not in text


def test_it_knows_what_it_draws_on_and_what_became_of_other_papers() -> None:
    found = snapshot()
    assert sorted(found.records) == [
        "department hmt",
        "notes on secondment leader",
        "programme economy",
        "secondment leader",
    ]
    assert found.fates == {"old": "nib", "gone": "withdrawn"}


def test_the_same_copy_is_the_same_text() -> None:
    assert format_snapshot(snapshot()) == format_snapshot(snapshot())
    assert parse_snapshot(format_snapshot(snapshot()), "a file") == snapshot()
