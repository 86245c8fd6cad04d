"""Does the scanner see in a paper's text what is there, and nothing else?"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_tools.load.body import scan_body
from policy_tools.model.body import Body
from policy_tools.model.problem import Position, Problem

CASES = Path(__file__).parents[1] / "cases" / "body"


def read_cases() -> Iterator[object]:
    """Each case is a title, a line with a full stop, the input, another, what is expected, and another."""
    for file in sorted(CASES.glob("*.md")):
        lines = file.read_text(encoding="utf-8").splitlines()
        while "." in lines:
            first = lines.index(".")
            second = lines.index(".", first + 1)
            third = lines.index(".", second + 1)
            title = next(line for line in reversed(lines[:first]) if line)
            text, expected = lines[first + 1 : second], lines[second + 1 : third]
            yield pytest.param("\n".join(text) + "\n", expected, id=f"{file.stem}: {title}")
            lines = lines[third + 1 :]


def describe(body: Body, problems: tuple[Problem, ...]) -> list[str]:
    """What was found, one line each, in the order of the text; then what is wrong."""
    headings = {heading.anchor for heading in body.headings}
    found: list[tuple[Position, str]] = []
    found += [(c.position, f"cites {c.key}") for c in body.citations]
    found += [(c.position, f"refers to {c.kind} {c.target}") for c in body.cross_references]
    found += [(h.position, f"heading {h.level} {h.text!r} #{h.anchor}") for h in body.headings]
    found += [(place, f"anchor #{name}") for name, place in body.anchors if name not in headings]
    found += [(note.position, f"note [{note.label}] defined") for note in body.notes_defined]
    found += [(note.position, f"note [{note.label}] used") for note in body.notes_used]
    found += [(note.position, f"recommendation {note.label}") for note in body.recommendations]
    for link in body.links:
        kind = "figure" if link.is_figure else "image" if link.is_image else "link"
        caption = f" caption {link.caption!r}" if link.caption not in ("", link.text) else ""
        found.append((link.position, f"{kind} {link.target!r} {link.text!r}{caption}"))
    lines = [f"{place.line}:{place.column} {words}" for place, words in sorted(found)]
    return lines + [
        f"{p.line}:{p.column} {p.severity.value} [{p.code}] {p.message} {p.hint}".rstrip() for p in problems
    ]


@pytest.mark.parametrize(("text", "expected"), list(read_cases()))
def test_case(text: str, expected: list[str]) -> None:
    assert describe(*scan_body(text, 1, "paper.md")) == expected


def test_positions_are_those_of_the_file() -> None:
    body, problems = scan_body("One @a.\n\n<b>x</b>\n", 21, "papers/x/paper.md")
    assert body.first_line == 21
    assert body.citations[0].position == Position(21, 5)
    assert [(p.path, p.line, p.column) for p in problems] == [("papers/x/paper.md", 23, 1)]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_make_no_difference(newline: str) -> None:
    lines = ["# A heading", "", "Text @a.", "", "```", "@no", "```", "", "::: note", "x", ":::"]
    body, problems = scan_body(newline.join(lines), 1, "p.md")
    assert [h.anchor for h in body.headings] == ["a-heading"]
    assert body.cited_keys == ("a",)
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bell \a here\n", "body.control-character"),
        ("null \0 here\n", "body.control-character"),
        ("over \u202etxet\u202c\n", "body.control-character"),
        ("mark \ufeff here\n", "body.control-character"),
        ("lost \ufffd here\n", "body.garbled-text"),
        ("donâ€™t\n", "body.garbled-text"),
    ],
)
def test_characters_that_cannot_be_printed(text: str, code: str) -> None:
    _, problems = scan_body(text, 1, "p.md")
    assert [(p.code, p.line) for p in problems] == [(code, 1)]


def test_ordinary_letters_of_other_languages_are_left_alone() -> None:
    text = "Ñandú, “naïve” – déjà vu … 日本語 עברית العربية €5 ½ Ã la carte\n"
    assert scan_body(text, 1, "p.md")[1] == ()


BOMBS = {
    "open brackets": "[" * 6_000,
    "nested brackets": "[" * 3_000 + "a" + "]" * 3_000,
    "open links": "[](" * 2_000,
    "open images": "![" * 3_000,
    "open notes": "^[" * 3_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_brackets_without_end_are_one_problem(name: str) -> None:
    _, problems = scan_body(BOMBS[name], 1, "p.md")
    assert [p.code for p in problems] == ["body.too-deep"]


@pytest.mark.parametrize("text", ["> " * 100 + "a", "- " * 100 + "a", "::: a\n\n" * 100 + ":::\n\n" * 100])
def test_blocks_inside_one_another_without_end_are_one_problem(text: str) -> None:
    codes = [p.code for p in scan_body(text, 1, "p.md")[1]]
    assert codes == ["body.too-deep"]


GROWING = [
    "[", "![", "^[", "[](", "[a][", "[^", "]", "<!--", "<a b ", "$a ", "$$", "`", "`` ` ", "\\[", "{#",
    "[a]{#b ",
       "@", "@a:", "@a//", "@{", "-@", "# a\n\n", "a\n===\n\n", "::: a\n\n", ":::\n\n", "```\n\n", "~~~~\n\n",
    "> ", ">\n", "- ", "- a\n\n", "1. a\n", "(@a) b\n", "[^a]: b\n\n", "[a]: b\n", "    a\n", "| a | @b |\n",
    "<http://a", "<script>", "{{<", "http://", "*a **a ", "a\\\n", "\t", " ",
]  # fmt: skip


@pytest.mark.parametrize("piece", GROWING)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    def measure(size: int) -> float:
        text = piece * (size // len(piece))
        durations = []
        for _ in range(3):
            start = time.process_time()
            scan_body(text, 1, "p.md")
            durations.append(time.process_time() - start)
        return min(durations)

    short, long = measure(4_000), measure(32_000)
    assert long < 0.02 + short * 8 * 4


def test_four_thousand_words_take_less_than_parsing_them_as_python_would() -> None:
    sentence = "Growth fell [@smith2020, p. 4; see @jones_2019] and *rose* again, as `code` shows.[^1] "
    text = "\n\n".join(["## A heading", sentence * 5] * 65) + "\n\n[^1]: A note.\n"
    assert len(text.split()) > 4_000

    def measure(work: object) -> float:
        start = time.process_time()
        work()  # type: ignore[operator]
        return time.process_time() - start

    ours = min(measure(lambda: scan_body(text, 1, "p.md")) for _ in range(3))
    letters = min(measure(lambda: [chr(ord(letter)) for letter in text]) for _ in range(3))
    assert ours < letters * 40


PIECES = [
    "\n", "\n\n", " ", "    ", "# ", "[", "]", "(", ")", "![", "[^", "^[", "@", "-@", "@{", "}", "{#", "`",
    "```\n", "~~~\n", "::: a\n", ":::\n", "$", "$$", "<", "<!--", "-->", "<b>", "\\", "> ", "- ", "1. ",
    "(@", ":",
    "|",    "---\n", "===\n", "\r\n", "\t", "\ufeff", "é", "https://", "{=typst}", "{{< ", "[a]: ", "[^a]:",
]  # fmt: skip
MARKDOWN = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(MARKDOWN)
def test_any_text_is_read_without_raising_and_places_are_inside_it(text: str) -> None:
    body, problems = scan_body(text, 5, "p.md")
    lines = text.replace("\r\n", "\n").split("\n")
    places = [item.position for items in (body.citations, body.links, body.headings) for item in items]
    places += [item.position for items in (body.notes_used, body.notes_defined) for item in items]
    places += [place for _, place in body.anchors] + list(body.raw_html)
    places += [Position(p.line, p.column) for p in problems]
    for place in places:
        assert 5 <= place.line < 5 + len(lines)
        assert 1 <= place.column <= len(lines[place.line - 5]) + 1
    for citation in body.citations:
        line = lines[citation.position.line - 5]
        assert line[citation.position.column - 1] == "@"


def test_a_cross_reference_may_begin_a_sentence() -> None:
    body, _ = scan_body("@Sec-costs says so; see @Rec-nib-01.\n", 1, "paper.md")
    assert [(mention.kind, mention.target) for mention in body.cross_references] == [
        ("sec", "sec-costs"),
        ("rec", "nib-01"),
    ]
    assert body.citations == ()
