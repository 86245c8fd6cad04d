"""Is front matter read as its author means it, and is every fault named in its place?"""

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policy_tools.load.front_matter import parse_front_matter
from policy_tools.load.strict_yaml import parse_yaml
from policy_tools.load.yaml_scalars import FORBIDDEN


def faults(text: str) -> list[str]:
    return [
        f"{p.line}:{p.column} {p.code.removeprefix('front-matter.')}" for p in parse_yaml(text, "x").problems
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 2025-01-01", "2025-01-01"),
        ("a: 2025-13-45 12:00", "2025-13-45 12:00"),
        ("a: yes", "yes"),
        ("a: off", "off"),
        ("a: true", True),
        ("a: FALSE", False),
        ('a: "true"', "true"),
        ("a: 12", 12),
        ("a: -3", -3),
        ("a: 0", 0),
        ("a: 012", "012"),
        ("a: 0x1F", "0x1F"),
        ("a: 1_000", "1_000"),
        ("a: 1.5", "1.5"),
        ("a: .inf", ".inf"),
        ("a: '12'", "12"),
        ("a: 9999999999999999999999", "9999999999999999999999"),
        ("a: ~", None),
        ("a:", None),
        ("a: 'null'", "null"),
        ("a: [1, b, {c: d}]", [1, "b", {"c": "d"}]),
        ("a: >\n  one\n  two\n", "one two\n"),
        ("a: 'Łódź · 😀'", "Łódź · 😀"),
    ],
)
def test_a_value_is_what_it_looks_like(text: str, expected: object) -> None:
    fields = parse_yaml(text, "x")
    assert fields.problems == ()
    assert fields.data["a"] == expected
    assert type(fields.data["a"]) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ["3:1 duplicate-field"]),
        ("a:\n  b: 1\n  b: 2\n", ["3:3 duplicate-field"]),
        ("a: 1\na: {b: 1, b: 2}\n", ["2:1 duplicate-field", "2:11 duplicate-field"]),
        ("a: &x 1\nb: *x\n", ["1:4 anchor", "2:4 alias"]),
        ("*x : 1\n", ["1:1 alias"]),
        ("a: !!str 1\n", ["1:4 tag"]),
        ("a: !!python/object/apply:os.system [x]\n", ["1:4 tag"]),
        ("<<: {a: 1}\n", ["1:1 merge-key"]),
        ("? [a, b]\n: 1\nc: 2\n", ["1:3 name-not-text"]),
        ("? {a: b}\n: {c: d}\nc: 2\n", ["1:3 name-not-text"]),
        ("a: b: c\n", ["1:5 syntax"]),
        ("a: 1\nb: 'never closed\nc: 2\n", ["2:4 syntax"]),
        ("a: 1\nb: [1, 2\nc: 3\n", ["2:4 syntax"]),
        ("a: 1\nb: [\n", ["2:4 syntax"]),
        ("a: {b: [x, {\n", ["1:12 syntax"]),
        ("a: 1\n\tb: 2\n", ["2:1 syntax"]),
        ("a: @x\n", ["1:4 syntax"]),
        ("a: 1\nb\n", ["2:1 syntax"]),
        ("a: - b\n", ["1:4 syntax"]),
        ('a: "x" y\n', ["1:8 syntax"]),
        ('a: "\\q"\n', ["1:5 syntax"]),
        ("a:\n  - 1\n  b: 2\n", ["3:3 syntax"]),
        (" a: 1\nb: 2\n", ["2:1 syntax"]),
        ("a: %x\n", ["1:4 syntax"]),
        ("a: 1\n--- \nb: 2\n", ["2:1 syntax"]),
        ("- a\n- b\n", ["1:1 no-fields"]),
        ("words\n", ["1:1 no-fields"]),
        ('a: "x\\0y"\n', ["1:4 control-character"]),
        ("a: x\x07\nb: \u202ey\n", ["1:5 control-character", "2:4 control-character"]),
        ("a: x\u2028b: *y\nc: *z\n", ["1:5 control-character", "1:7 syntax"]),
        ("a: " + "[" * 3000, ["1:15 too-deep"]),
    ],
)
def test_every_fault_stands_in_its_place(text: str, expected: list[str]) -> None:
    assert faults(text) == expected


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    started = time.process_time()
    found = faults("\n".join(levels))
    assert time.process_time() - started < 1
    assert [fault.split()[1] for fault in found] == ["alias"]


def test_a_very_long_text_is_one_problem() -> None:
    assert faults("a: " + "x" * 300_000) == ["1:1 too-long"]
    assert [fault.split()[1] for fault in faults("a: [" + "1, " * 20_000 + "]")] == ["too-long"]


def test_the_first_of_two_values_is_kept_and_the_rest_is_read() -> None:
    fields = parse_yaml("a: 1\na: {b: 2}\nc: 3\n", "x")
    assert fields.data == {"a": 1, "c": 3}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "missing"),
        ("# Title\n", "missing"),
        ("\n---\na: 1\n---\n", "missing"),
        ("--- a: 1\n", "missing"),
        ("---\na: 1\n", "unclosed"),
        ("---\na: 1\n ---\n", "unclosed"),
    ],
)
def test_front_matter_has_to_be_fenced(text: str, expected: str) -> None:
    front_matter = parse_front_matter(text, "paper.md")
    (problem,) = front_matter.problems
    assert (problem.code, problem.line, problem.column) == (f"front-matter.{expected}", 1, 1)
    assert problem.hint
    assert front_matter.fields.is_unreadable


def test_the_body_begins_below_the_fence() -> None:
    front_matter = parse_front_matter("---\na: 1\nb: 2\n---  \n\nText.\n---\nMore.\n", "paper.md")
    assert (front_matter.body, front_matter.body_line) == ("\nText.\n---\nMore.\n", 5)
    assert front_matter.fields.places == {"": (2, 1), "a": (2, 4), "b": (3, 4)}
    assert front_matter.fields.key_places == {"a": (2, 1), "b": (3, 1)}


def test_a_place_that_is_not_written_is_that_of_its_parent() -> None:
    fields = parse_yaml("a:\n  b: 1\n", "x")
    assert fields.place("a", "b") == (2, 6)
    assert fields.place("a", "c") == (2, 3)
    assert fields.place("z") == (1, 1)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])).filter(
    lambda text: not FORBIDDEN.search(text)
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_what_another_program_writes_comes_back(data: dict[str, object]) -> None:
    written = yaml.safe_dump(data, allow_unicode=True, default_style=None)
    # PyYAML reads more kinds of value than we do, and quotes texts by its own rules: those stay texts.
    fields = parse_yaml(written, "x")
    assert [problem.code for problem in fields.problems if "too-deep" not in problem.code] == []
    if not fields.problems:
        assert fields.data == data


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    parse_front_matter(f"---\n{text}\n---\n{text}", "x")
    fields = parse_yaml(text, "x")
    assert fields.problems or isinstance(fields.data, dict)
    lines = text.count("\n") + 2
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in fields.problems)
