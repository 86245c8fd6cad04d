"""Two copies differ in exactly what was edited."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_tools.pack.changes import Change, ChangeKind, compare
from policy_tools.pack.snapshot import format_snapshot, parse_snapshot
from tests.pack.snapshots import ASK, PAPER, SENTENCES, make_snapshot, read

Edit = Callable[[dict[str, Any]], object]
WORDS = st.text("abcdefghijklmnopqrstuvwxyz £€—", min_size=1, max_size=60).map(str.strip).filter(bool)


def changes(edit: Edit) -> list[Change]:
    old, new = make_snapshot(), make_snapshot()
    edit(new)
    return list(compare(read(old), read(new)))


def brief(edit: Edit) -> list[tuple[str, str, str, str, str]]:
    return [
        (change.kind.value, change.subject, change.where, change.was, change.now) for change in changes(edit)
    ]


def nib(values: dict[str, Any]) -> dict[str, Any]:
    paper: dict[str, Any] = values["papers"]["nib"]
    return paper


def ask(values: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = values["recommendations"]["nib-01"]["fields"]
    return fields


def test_nothing_has_changed() -> None:
    assert changes(lambda _: None) == []


def test_a_snapshot_is_read_as_it_was_written() -> None:
    snapshot = read(make_snapshot())
    text = format_snapshot(snapshot)
    assert parse_snapshot(text, "a file") == snapshot
    assert format_snapshot(parse_snapshot(text, "a file")) == text


CASES: dict[str, tuple[Edit, list[tuple[str, str, str, str, str]]]] = {
    "new paper": (
        lambda new: new["papers"].update(tax={"fields": PAPER | {"title": "Tax"}}),
        [("paper-new", "tax", "", "", "version 1, 15 January 2026")],
    ),
    "paper no longer included": (
        lambda new: new["papers"].clear(),
        [("paper-gone", "nib", "", "version 1", "")],
    ),
    "withdrawn paper": (
        lambda new: (new["papers"].clear(), new.update(fates={"nib": "withdrawn"})),
        [("paper-withdrawn", "nib", "", "version 1", "")],
    ),
    "superseded paper that left the pack": (
        lambda new: (new["papers"].clear(), new.update(fates={"nib": "nib-two"})),
        [("paper-superseded", "nib", "", "version 1", "nib-two")],
    ),
    "superseded paper that stays": (
        lambda new: nib(new)["fields"].update(superseded_by="nib-two"),
        [("paper-superseded", "nib", "", "", "nib-two")],
    ),
    "new version": (
        lambda new: nib(new)["fields"].update(version=2, updated="2026-04-01"),
        [("paper-version", "nib", "", "version 1, 15 January 2026", "version 2, 1 April 2026")],
    ),
    "correction": (
        lambda new: nib(new)["fields"]["corrections"].append(
            {
                "date": "2026-04-01",
                "severity": "major",
                "where": "paragraph 3.1",
                "was": "It loses.",
                "now": "It earns.",
                "affects_conclusions": True,
            }
        ),
        [
            (
                "paper-corrected",
                "nib",
                "paragraph 3.1; 1 April 2026; the conclusions change",
                "It loses.",
                "It earns.",
            )
        ],
    ),
    "field of a paper": (
        lambda new: nib(new)["fields"]["authors"][1].update(family="Byron"),
        [("paper-field", "nib", "authors 2, family", "Lovelace", "Byron")],
    ),
    "moved sentence": (
        lambda new: nib(new)["sentences"].append(nib(new)["sentences"].pop(1)),
        [
            (
                "sentence-moved",
                "nib",
                "from paragraph 2.2 (2 The bank) to paragraph 2.2 (2 The bank)",
                "It would not be sold.",
                "It would not be sold.",
            )
        ],
    ),
    "reference": (
        lambda new: nib(new)["references"].update(keynes1936="Keynes, J. M. (1937) The General Theory."),
        [
            (
                "reference-changed",
                "nib",
                "keynes1936",
                "Keynes, J. M. (1936) The General Theory.",
                "Keynes, J. M. (1937) The General Theory.",
            )
        ],
    ),
    "picture": (
        lambda new: nib(new)["files"]["figures/growth.svg"].update(digest="cd" * 32),
        [
            (
                "file-changed",
                "nib",
                "figures/growth.svg",
                "1,234 bytes, abababababab",
                "1,234 bytes, cdcdcdcdcdcd",
            )
        ],
    ),
    "new recommendation": (
        lambda new: new["recommendations"].update(
            {
                "nib-03": {
                    "paper": "nib",
                    "fields": ASK,
                    "words": [{"text": "Do this."}, {"text": "And that."}],
                }
            }
        ),
        [("recommendation-new", "nib-03", "", "", "Do this. And that.")],
    ),
    "recommendation gone": (
        lambda new: new["recommendations"].pop("nib-02"),
        [("recommendation-gone", "nib-02", "", "Found nib-02. Do it soon.", "")],
    ),
    "recommendation reworded": (
        lambda new: new["recommendations"]["nib-01"]["words"][1].update(text="Do it at once."),
        [("recommendation-reworded", "nib-01", "", "Do it soon.", "Do it at once.")],
    ),
    "one figure of a costing": (
        lambda new: ask(new)["cost"]["lines"][1].update(central="-550"),
        [
            (
                "costing-changed",
                "nib-01",
                "2028-29, Capital DEL",
                "\u2212500 (\u2212600 to \u2212400)",
                "\u2212550 (\u2212600 to \u2212400)",
            )
        ],
    ),
    "new line of a costing": (
        lambda new: ask(new)["cost"]["lines"].append(
            {"year": "2029-30", "kind": "revenue", "low": "1", "central": "2.5", "high": "3"}
        ),
        [("costing-changed", "nib-01", "2029-30, Revenue", "", "2.5 (1 to 3)")],
    ),
    "figures that are the same, written otherwise": (
        lambda new: ask(new)["cost"]["lines"][1].update(central="-500.0"),
        [],
    ),
    "method of a costing": (
        lambda new: ask(new)["cost"].update(method="Five parts."),
        [("costing-changed", "nib-01", "method", "Ten equal parts.", "Five parts.")],
    ),
    "status with its log": (
        lambda new: ask(new).update(
            status={
                "state": "bill",
                "date": "2026-05-12",
                "source": "Bill 12",
                "log": [
                    {"state": "proposed", "date": "2026-01-15"},
                    {"state": "announced", "date": "2026-03-03", "source": "Spring Statement"},
                ],
            }
        ),
        [
            (
                "status-changed",
                "nib-01",
                "",
                "Announced, 3 March 2026 (Spring Statement)",
                "In a Bill, 12 May 2026 (Bill 12)",
            )
        ],
    ),
    "status without a log": (
        lambda new: ask(new)["status"].update(state="dropped", date="2026-05-12", source="The Times"),
        [
            (
                "status-changed",
                "nib-01",
                "",
                "Announced, 3 March 2026 (Spring Statement)",
                "Dropped, 12 May 2026 (The Times)",
            )
        ],
    ),
    "entry of a log": (
        lambda new: ask(new)["status"]["log"][0].update(date="2026-01-16"),
        [("recommendation-field", "nib-01", "status, log 1, date", "15 January 2026", "16 January 2026")],
    ),
    "answer to an objection": (
        lambda new: ask(new)["objections"][1].update(response="Net of it, nothing."),
        [("recommendation-field", "nib-01", "objections 2, response", "As an asset.", "Net of it, nothing.")],
    ),
    "new objection": (
        lambda new: ask(new)["objections"].insert(0, {"raised_by": "press", "claim": "Really?"}),
        [("recommendation-field", "nib-01", "objections 1", "", "raised by: press; claim: Really?")],
    ),
    "line to take gone": (
        lambda new: ask(new)["lines_to_take"].pop(0),
        [("recommendation-field", "nib-01", "lines to take 1", "It lends.", "")],
    ),
    "lines to take in another order": (
        lambda new: ask(new)["lines_to_take"].reverse(),
        [
            (
                "recommendation-field",
                "nib-01",
                "lines to take, order",
                "It lends.; It earns.; It stays.",
                "It stays.; It earns.; It lends.",
            )
        ],
    ),
    "private note": (
        lambda new: new["recommendations"]["nib-01"]["notes"]["do_not_say"].append("It is quick."),
        [("note-changed", "nib-01", "do not say 3", "", "It is quick.")],
    ),
    "recipe": (
        lambda new: new["recipe"]["parts"].insert(1, "brief"),
        [("recipe-changed", "day-one", "parts 2", "", "brief")],
    ),
    "stakeholder": (
        lambda new: new["recipe"]["stakeholders"][0].update(position="Against"),
        [("recipe-changed", "day-one", "stakeholders 1, position", "", "Against")],
    ),
    "department renamed": (
        lambda new: new["records"]["department hmt"].update(name="The Exchequer"),
        [("record-changed", "department hmt", "name", "HM Treasury", "The Exchequer")],
    ),
}


@pytest.mark.parametrize(("edit", "expected"), CASES.values(), ids=CASES)
def test_names_exactly_the_edit(edit: Edit, expected: list[tuple[str, str, str, str, str]]) -> None:
    assert brief(edit) == expected


def test_all_edits_at_once_are_each_named() -> None:
    together = [
        case
        for name, case in CASES.items()
        if name
        in {
            "new paper",
            "correction",
            "field of a paper",
            "reference",
            "picture",
            "new recommendation",
            "recommendation gone",
            "recommendation reworded",
            "one figure of a costing",
            "method of a costing",
            "status without a log",
            "new objection",
            "line to take gone",
            "private note",
            "recipe",
            "department renamed",
        }
    ]

    def edit_all(new: dict[str, Any]) -> None:
        for edit, _ in together:
            edit(new)

    assert sorted(brief(edit_all)) == sorted(change for _, expected in together for change in expected)


@settings(deadline=None)
@given(st.integers(0, len(SENTENCES) - 1), WORDS)
def test_a_changed_sentence_is_one_change(place: int, words: str) -> None:
    found = brief(lambda new: nib(new)["sentences"][place].update(text=words))
    where = f"paragraph 2.{place + 1} (2 The bank)"
    expected = ("sentence-changed", "nib", where, SENTENCES[place], words.strip())
    assert found == ([] if words.strip() == SENTENCES[place] else [expected])


@settings(deadline=None)
@given(st.integers(0, len(SENTENCES)), WORDS)
def test_a_new_sentence_is_one_change(place: int, words: str) -> None:
    found = brief(lambda new: nib(new)["sentences"].insert(place, {"text": words, "section": "2 The bank"}))
    assert found == [("sentence-new", "nib", "2 The bank", "", words.strip())]


@settings(deadline=None)
@given(st.integers(0, len(SENTENCES) - 1))
def test_a_sentence_taken_out_is_one_change(place: int) -> None:
    found = changes(lambda new: nib(new)["sentences"].pop(place))
    assert [(change.kind, change.was) for change in found] == [(ChangeKind.SENTENCE_GONE, SENTENCES[place])]


@settings(deadline=None)
@given(st.sets(st.integers(0, 49), min_size=1, max_size=10))
def test_every_one_of_several_changed_sentences_is_named(places: set[int]) -> None:
    old, new = make_snapshot(), make_snapshot()
    texts = [f"This is the sentence of number {number} in a long paper." for number in range(50)]
    nib(old)["sentences"] = [{"text": text} for text in texts]
    edited = [text + " So it is." if n in places else text for n, text in enumerate(texts)]
    nib(new)["sentences"] = [{"text": text} for text in edited]

    found = compare(read(old), read(new))

    assert [(change.was, change.now) for change in found] == [
        (texts[place], edited[place]) for place in sorted(places)
    ]


def find_leaves(value: object, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The steps to every text in a record."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from find_leaves(inner, (*steps, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from find_leaves(inner, (*steps, place))
    elif isinstance(value, str):
        yield steps


def set_leaf(value: Any, steps: tuple[str | int, ...], words: str) -> str:  # noqa: ANN401
    """Put other words there; returns what stood there."""
    for step in steps[:-1]:
        value = value[step]
    before: str = value[steps[-1]]
    value[steps[-1]] = words
    return before


PLAIN_LEAVES = [steps for steps in find_leaves(ASK) if steps[0] not in {"cost", "status"}]
PAPER_LEAVES = [steps for steps in find_leaves(PAPER) if steps[0] != "corrections"]


@settings(deadline=None)
@given(st.sampled_from(PLAIN_LEAVES), WORDS)
def test_a_changed_field_of_a_recommendation_is_one_change(steps: tuple[str | int, ...], words: str) -> None:
    stood = []
    found = changes(lambda new: stood.append(set_leaf(ask(new), steps, words)))

    assert [(change.kind, change.subject, change.was, change.now) for change in found] == [
        (ChangeKind.RECOMMENDATION_FIELD, "nib-01", stood[0], words)
    ]
    assert str(steps[0]).replace("_", " ") in found[0].where


@settings(deadline=None)
@given(st.sampled_from(PAPER_LEAVES), WORDS)
def test_a_changed_field_of_a_paper_is_one_change(steps: tuple[str | int, ...], words: str) -> None:
    found = changes(lambda new: set_leaf(nib(new)["fields"], steps, words))
    assert [(change.kind, change.subject, change.now) for change in found] == [
        (ChangeKind.PAPER_FIELD, "nib", words)
    ]


@settings(deadline=None)
@given(st.integers(0, 2), st.sampled_from(["low", "central", "high"]), st.decimals(-999, 999, places=1))
def test_a_changed_figure_is_one_change(place: int, column: str, figure: object) -> None:
    found = changes(lambda new: ask(new)["cost"]["lines"][place].update({column: str(figure)}))
    if found:
        assert [change.kind for change in found] == [ChangeKind.COSTING_CHANGED]
        assert found[0].where.startswith(ASK["cost"]["lines"][place]["year"])
    else:
        assert float(ASK["cost"]["lines"][place][column]) == float(str(figure))
