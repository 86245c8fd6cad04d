"""Is an id of a recommendation permanent, and used by one paper alone?"""

from policy_tools.load.checking.boxes import check_double_boxes
from policy_tools.model.paper import Paper
from tests.clear.shelves import make_library, make_paper

BOX = "::: {.recommendation #nib-01}\nA\n:::\n"


def find(*papers: Paper) -> list[str]:
    return [
        f"{problem.path} {problem.line}:{problem.column} {problem.code}"
        for problem in check_double_boxes(make_library(*papers))
    ]


def test_a_recommendation_is_given_once_on_the_site() -> None:
    papers = [make_paper(name, body=BOX) for name in ("m", "a", "z")]
    assert find(*papers) == [
        f"content/papers/{name}/paper.md 20:22 recommendation.duplicate-id" for name in ("m", "z")
    ]


def test_of_a_private_paper_a_public_one_learns_nothing() -> None:
    public, private = make_paper("z", body=BOX), make_paper("a", body=BOX, is_private=True)
    assert find(public, private) == ["content/private/papers/a/paper.md 20:22 recommendation.duplicate-id"]


def test_an_earlier_version_may_hold_the_same_recommendations() -> None:
    assert find(make_paper(body=BOX, version=2), make_paper(body=BOX, is_current=False)) == []


def test_an_id_of_an_earlier_version_alone_is_not_anothers_either() -> None:
    papers = [make_paper(version=2), make_paper(body=BOX, is_current=False), make_paper("a", body=BOX)]
    assert find(*papers) == ["content/papers/nib/v1/paper.md 20:22 recommendation.duplicate-id"]
