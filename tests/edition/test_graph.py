"""The picture of what depends on what: boxes stand apart, lines run onwards, nothing is left to chance."""

from itertools import combinations
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from policy_tools.edition.bank import AskLink
from policy_tools.edition.graph import Box, Edge, GraphPicture, draw_graphs


def make_links(number: int) -> dict[str, AskLink]:
    return {f"ask-{place:02}": make_link(f"ask-{place:02}") for place in range(number)}


def make_link(id_: str, title: str = "Make a title that takes more than one line of a box") -> AskLink:
    return AskLink(id_, title, f"recommendations/{id_}/")


def edges_of(*pairs: tuple[int, int]) -> list[Edge]:
    return [Edge(f"ask-{start:02}", f"ask-{end:02}") for start, end in pairs]


def left_of(picture: GraphPicture) -> dict[str, int]:
    return {box.id: box.x for box in picture.boxes}


def overlap(first: Box, second: Box) -> bool:
    return (
        first.x < second.x + second.width
        and second.x < first.x + first.width
        and first.y < second.y + second.height
        and second.y < first.y + first.height
    )


def test_what_comes_first_stands_to_the_left() -> None:
    (picture,) = draw_graphs(make_links(4), edges_of((0, 1), (1, 2), (0, 2), (3, 2)))
    left = left_of(picture)
    assert left["ask-00"] == left["ask-03"] < left["ask-01"] < left["ask-02"]
    assert all(line.head for line in picture.lines)


def test_sets_that_do_not_touch_are_pictures_of_their_own_the_largest_first() -> None:
    pictures = draw_graphs(make_links(5), edges_of((0, 1), (2, 3), (3, 4)))
    assert [[box.id for box in picture.boxes] for picture in pictures] == [
        ["ask-02", "ask-03", "ask-04"],
        ["ask-00", "ask-01"],
    ]


def test_what_rules_each_other_out_is_joined_without_an_arrow() -> None:
    edges = [Edge("ask-00", "ask-01", is_order=False)]
    (picture,) = draw_graphs(make_links(2), edges)
    assert [line.head for line in picture.lines] == [""]
    first, second = picture.boxes
    assert first.x == second.x
    assert not overlap(first, second)


def test_a_circle_is_drawn_all_the_same() -> None:
    (picture,) = draw_graphs(make_links(3), edges_of((0, 1), (1, 2), (2, 0)))
    assert len(picture.boxes) == 3
    assert len(picture.lines) == 3


def test_a_long_chain_is_no_deep_recursion() -> None:
    number = 400
    begun = perf_counter()
    (picture,) = draw_graphs(make_links(number), edges_of(*((n, n + 1) for n in range(number - 1))))
    assert len(set(left_of(picture).values())) == number
    assert perf_counter() - begun < 20


def test_a_long_title_is_cut_to_three_lines() -> None:
    links = {id_: make_link(id_, "a" * 200 + " " + "b" * 90) for id_ in ("ask-00", "ask-01")}
    (picture,) = draw_graphs(links, edges_of((0, 1)))
    for box in picture.boxes:
        assert len(box.lines) == 3
        assert box.lines[-1].endswith("…")
        assert max(len(line) for line in box.lines) <= 27


PAIRS = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] != pair[1]),
    min_size=1,
    max_size=24,
    unique=True,
)


@settings(max_examples=150, deadline=None)
@given(PAIRS)
def test_no_two_boxes_overlap_and_all_stand_in_the_picture(pairs: list[tuple[int, int]]) -> None:
    links = make_links(12)
    edges = edges_of(*pairs)
    linked = {name for edge in edges for name in (edge.start, edge.end)}
    pictures = draw_graphs({id_: link for id_, link in links.items() if id_ in linked}, edges)
    assert pictures == draw_graphs({id_: link for id_, link in links.items() if id_ in linked}, edges)
    assert sorted(box.id for picture in pictures for box in picture.boxes) == sorted(linked)
    assert sum(len(picture.lines) for picture in pictures) == len(edges)
    for picture in pictures:
        assert not any(overlap(*pair) for pair in combinations(picture.boxes, 2))
        for box in picture.boxes:
            assert box.x >= 0
            assert box.y >= 0
            assert box.x + box.width <= picture.width
            assert box.y + box.height <= picture.height
