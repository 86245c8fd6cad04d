from datetime import date

from policy_tools.edition.contents import ContentsItem, nest_contents
from policy_tools.edition.related import SHOWN, rank_related
from policy_tools.model.body import Body, Citation
from policy_tools.model.document import ContentsEntry
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Position
from tests.edition.sample import make_paper


def paper(
    slug: str, *, topics: str = "", programmes: str = "x", works: str = "", gone: bool = False
) -> Paper:
    citations = tuple(Citation(key, Position()) for key in works.split())
    return make_paper(
        slug,
        topics=tuple(topics.split()),
        programmes=tuple(programmes.split()),
        body=Body("", 1, citations=citations),
        superseded_by="other" if gone else None,
        published=date(2026, 1, 1),
    )


def test_shared_topics_come_before_shared_programmes_before_shared_works() -> None:
    papers = (
        paper("me", topics="tax", programmes="economy", works="keynes"),
        paper("work", programmes="b", works="keynes"),
        paper("programme", programmes="economy"),
        paper("topic", topics="tax", programmes="c"),
        paper("nothing", programmes="d"),
    )
    assert rank_related(papers)["me"] == ("topic", "programme", "work")


def test_the_newer_of_two_equals_comes_first_and_the_superseded_never() -> None:
    papers = (paper("me"), paper("newer"), paper("gone", gone=True), paper("older"))
    assert rank_related(papers)["me"] == ("newer", "older")
    assert rank_related(papers)["gone"] == ("me", "newer", "older")


def test_a_work_that_everybody_cites_says_nothing() -> None:
    papers = tuple(paper(f"p{place}", programmes=f"own-{place}", works="beveridge") for place in range(12))
    assert rank_related(papers)["p0"] == ()


def test_only_a_few_are_shown() -> None:
    papers = tuple(paper(f"p{place}") for place in range(12))
    assert len(rank_related(papers)["p11"]) == SHOWN


def test_contents_are_nested_two_deep() -> None:
    entries = [
        ContentsEntry(level, "", name, name) for level, name in ((1, "a"), (2, "b"), (3, "c"), (1, "d"))
    ]
    assert nest_contents(entries) == (
        ContentsItem("", "a", "a", (ContentsItem("", "b", "b"),)),
        ContentsItem("", "d", "d"),
    )


def test_contents_that_skip_a_level_still_hang_together() -> None:
    entries = [ContentsEntry(level, "", name, name) for level, name in ((1, "a"), (3, "b"), (2, "c"))]
    (item,) = nest_contents(entries)
    assert [child.title for child in item.children] == ["b", "c"]
