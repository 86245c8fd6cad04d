"""Is every entry of a .bib file read, and every fault in it told once, with its line?"""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_tools.load.bib.entries import parse_bibliography
from policy_tools.load.bib.lineage import Parent, find_cycles
from policy_tools.load.bibliography import load_bibliography, nearest_keys
from policy_tools.model.problem import Problem
from policy_tools.model.reference import Reference
from policy_tools.model.site import Site
from policy_tools.store import Store

CASES = Path(__file__).parents[1] / "cases" / "bibliography" / "faults.md"
CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"
ENTRY = "@book{a2020, author = {A}, title = {T}, date = {2020}}\n"


def read_cases() -> Iterator[object]:
    """Each case is a title, a line with a full stop, the input, another, what is expected, and another."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    while "." in lines:
        first = lines.index(".")
        second = lines.index(".", first + 1)
        third = lines.index(".", second + 1)
        title = next(line for line in reversed(lines[:first]) if line)
        text = "\n".join(lines[first + 1 : second]) + "\n"
        yield pytest.param(text, lines[second + 1 : third], id=title)
        lines = lines[third + 1 :]


def describe(text: str) -> list[str]:
    """The keys in the order of the file, then what is wrong."""
    references, problems = parse_bibliography(text.encode(), "library.bib", is_private=False)
    return [f"keys {' '.join(references)}"] + [
        f"{p.line}:{p.column} {p.severity.value} [{p.code}] {p.message} {p.hint}".rstrip() for p in problems
    ]


@pytest.mark.parametrize(("text", "expected"), list(read_cases()))
def test_case(text: str, expected: list[str]) -> None:
    assert describe(text) == expected


@pytest.fixture
def site(tmp_path: Path) -> Site:
    content = tmp_path / "content"
    (content / "private").mkdir(parents=True)
    return Site(tmp_path, content, tmp_path / "out", tmp_path / "cache", "T", "", "", "t", "Europe/London")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "cache" / "store.sqlite") as opened:
        yield opened


def load(data: bytes, site: Site, store: Store) -> tuple[dict[str, Reference], tuple[Problem, ...]]:
    path = site.content / "library.bib"
    path.write_bytes(data)
    references, problems = load_bibliography(path, site, store)
    return dict(references), problems


def test_a_reference_says_where_it_stands(site: Site, store: Store) -> None:
    references, problems = load(("\n\n" + ENTRY).encode(), site, store)
    assert problems == ()
    reference = references["a2020"]
    assert (reference.path, reference.line, reference.entry_type) == ("content/library.bib", 3, "book")
    assert dict(reference.fields) == {"author": "A", "title": "T", "date": "2020"}
    assert reference.source == ENTRY
    assert len(reference.digest) == 64
    assert not reference.is_private


def test_what_stands_below_private_is_private(site: Site, store: Store) -> None:
    path = site.content / "private" / "library.bib"
    path.write_text(ENTRY)
    references, _ = load_bibliography(path, site, store)
    assert references["a2020"].is_private


def test_the_second_reading_gives_the_same_and_reads_nothing(site: Site, store: Store) -> None:
    data = (ENTRY + "@book{b, title = {T}}\n").encode()
    first = load(data, site, store)
    assert load(data, site, store) == first
    assert load(data + b"\n@book{c, title = {T}}", site, store) != first


def test_a_known_bibliography_is_read_far_faster_than_a_new_one(site: Site, store: Store) -> None:
    data = "\n".join(ENTRY.replace("a2020", f"key{number}") for number in range(2_000)).encode()
    durations = []
    for _ in range(3):
        start = time.process_time()
        references, _ = load(data, site, store)
        durations.append(time.process_time() - start)
    assert len(references) == 2_000
    assert min(durations[1:]) < durations[0] / 4


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_and_marks_make_no_difference(mark: str, newline: str, site: Site, store: Store) -> None:
    text = mark + "\n\n@book{a,\n author = {A},\n title = {T}}\n".replace("\n", newline)
    references, problems = load(text.encode(), site, store)
    assert references["a"].line == 3
    assert [(p.code, p.line) for p in problems] == [("bibliography.missing-field", 3)]


@pytest.mark.parametrize(
    ("data", "code", "line", "keys"),
    [
        (
            ENTRY.encode() + "@book{b, author={Müller}, title={T}, date={2020}}".encode("latin-1"),
            "not-utf-8",
            2,
            2,
        ),
        (ENTRY.encode("utf-16"), "not-utf-8", 1, 1),
        (b"\n\n\x89PNG\0\0\0", "binary", 3, 0),
    ],
)
def test_other_encodings_are_told_and_read_on(
    data: bytes, code: str, line: int, keys: int, site: Site, store: Store
) -> None:
    references, problems = load(data, site, store)
    assert [(p.code, p.line) for p in problems] == [(f"bibliography.{code}", line)]
    assert len(references) == keys


def test_a_file_that_is_none(site: Site, store: Store) -> None:
    path = site.content / "library.bib"
    assert [p.code for p in load_bibliography(path, site, store)[1]] == ["bibliography.missing"]
    path.mkdir()
    assert [p.code for p in load_bibliography(path, site, store)[1]] == ["bibliography.is-directory"]


def test_a_pipe_is_not_waited_for(site: Site, store: Store) -> None:
    path = site.content / "library.bib"
    os.mkfifo(path)
    assert [p.code for p in load_bibliography(path, site, store)[1]] == ["bibliography.unreadable"]


def test_a_link_out_of_the_folder_is_not_followed(site: Site, store: Store, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.bib"
    elsewhere.write_text(ENTRY, "utf-8")
    path = site.content / "library.bib"
    path.symlink_to(elsewhere)
    references, problems = load_bibliography(path, site, store)
    assert (dict(references), [p.code for p in problems]) == ({}, ["content.leaves-folder"])


def test_a_file_that_is_too_large(site: Site, store: Store) -> None:
    path = site.content / "library.bib"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    assert [p.code for p in load_bibliography(path, site, store)[1]] == ["bibliography.too-large"]


def test_an_empty_file_has_no_references_and_no_faults(site: Site, store: Store) -> None:
    assert load(b"", site, store) == ({}, ())


def convert(source: str) -> list[dict[str, object]]:
    """What pandoc makes of a reference's source."""
    command = [pypandoc.get_pandoc_path(), "--from", "biblatex", "--to", "csljson"]
    answer = subprocess.run(command, input=source.encode(), capture_output=True, check=True, timeout=20)
    items: list[dict[str, object]] = json.loads(answer.stdout)
    return items


STANDING_ALONE = r"""
@string{oup = "Oxford"}
@string{whole = oup # " University Press"}
@string{unused = "Nothing"}
@inproceedings{child, author = {M{\"u}ller, J.}, title = {A Title}, crossref = {parent}, xdata = {series}}
@proceedings{parent, title = {The Proceedings}, date = {2020}, publisher = whole}
@xdata{series, location = {Oxford}}
"""


def test_a_source_stands_alone() -> None:
    references, problems = parse_bibliography(STANDING_ALONE.encode(), "library.bib", is_private=False)
    assert problems == ()
    source = references["child"].source
    assert "unused" not in source
    item = next(item for item in convert(source) if item["id"] == "child")
    assert item["publisher"] == "Oxford University Press"
    assert item["container-title"] == "The proceedings"
    assert item["publisher-place"] == "Oxford"
    assert item["author"] == [{"family": "Müller", "given": "J."}]


def test_each_source_of_a_faulty_file_can_be_converted() -> None:
    texts = [text for case in read_cases() for text in [case.values[0]]]  # type: ignore[attr-defined]
    sources = {}
    for number, text in enumerate(texts):
        references, _ = parse_bibliography(text.encode(), "library.bib", is_private=False)
        for key, reference in references.items():
            if " " not in key:
                sources[f"{number} {key}"] = reference.source
    assert len(sources) > 40
    for name, source in sources.items():
        assert name.split(" ")[1] in [item["id"] for item in convert(source)], source


def test_a_circle_is_not_handed_on() -> None:
    text = "@book{a, title={T}, crossref={b}}\n@book{b, title={T}, crossref={a}}\n"
    references, _ = parse_bibliography(text.encode(), "library.bib", is_private=False)
    assert "crossref" not in references["a"].source
    assert [item["id"] for item in convert(references["a"].source)] == ["a"]


def test_a_chain_as_long_as_the_file_is_cut() -> None:
    text = "".join(f"@book{{k{n}, title={{T}}, crossref={{k{n + 1}}}}}\n" for n in range(2_000))
    references, _ = parse_bibliography(text.encode(), "library.bib", is_private=False)
    assert max(len(reference.source) for reference in references.values()) < 1_000


def test_strings_of_strings_do_not_grow_without_bound() -> None:
    text = "@string{s0 = {ha}}\n" + "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 60))
    entry = "@book{a, author = {A}, title = s59, date = {2020}}\n"
    references, problems = parse_bibliography((text + entry).encode(), "library.bib", is_private=False)
    assert problems[0].code == "bibliography.string-too-long"
    assert len(references["a"].source) < 10_000


def test_a_file_that_is_no_bibliography_does_not_fill_the_screen() -> None:
    _, problems = parse_bibliography(b"@a{b,\n" * 5_000, "library.bib", is_private=False)
    assert len(problems) == 501
    assert problems[-1].code == "bibliography.too-many-problems"


def test_circles() -> None:
    def parents(**names: str) -> dict[str, tuple[Parent, ...]]:
        return {key: tuple(Parent("crossref", name) for name in value) for key, value in names.items()}

    assert find_cycles(parents(a="b", b="c", c="")) == ()
    assert find_cycles(parents(a="a")) == (("a",),)
    assert find_cycles(parents(a="b", b="c", c="b")) == (("b", "c"),)
    assert find_cycles(parents(a="bc", b="d", c="d", d="")) == ()
    assert find_cycles(parents(a="b", b="a", c="d", d="c")) == (("a", "b"), ("c", "d"))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("smith2020", ("smith2021", "smyth2020")),
        ("Smith2021", ("smith2021", "smyth2020")),
        ("jones19", ("jones2019",)),
        ("zzz", ()),
        ("", ()),
    ],
)
def test_nearest_keys(key: str, expected: tuple[str, ...]) -> None:
    assert nearest_keys(key, ["jones2019", "smyth2020", "smith2021", "other"]) == expected


PIECES = [
    "@",
    "book",
    "{",
    "}",
    "(",
    ")",
    ",",
    "=",
    '"',
    "#",
    "\n",
    " ",
    "\\",
    "a",
    "title",
    "crossref",
    "@string{",
    "%",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=60).map("".join))
def test_any_text_is_read_without_raising_and_places_are_inside_it(text: str) -> None:
    data = text.encode("utf-8", errors="replace")
    references, problems = parse_bibliography(data, "library.bib", is_private=False)
    lines = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    assert all(1 <= reference.line <= len(lines) for reference in references.values())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_without_raising(data: bytes) -> None:
    parse_bibliography(data, "library.bib", is_private=False)


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not at hand")
def test_the_nasty_files_of_other_programs_end_and_are_explained() -> None:
    files = sorted(CORPORA.rglob("*.bib"))
    assert len(files) > 200
    codes: set[str] = set()
    for file in files:
        start = time.process_time()
        _, problems = parse_bibliography(file.read_bytes(), file.name, is_private=False)
        assert time.process_time() - start < 2
        codes.update(problem.code.removeprefix("bibliography.") for problem in problems)
    assert {"circular-crossref", "empty-key", "not-utf-8", "binary", "syntax", "duplicate-key"} <= codes


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not at hand")
@pytest.mark.parametrize(
    ("name", "entries"),
    [("geographic-scale", 121), ("dime-handbook", 157), ("ohdsi", 123)],
)
def test_bibliographies_of_real_papers_have_no_error(name: str, entries: int) -> None:
    found = 0
    for file in sorted((CORPORA / name).rglob("*.bib")):
        references, problems = parse_bibliography(file.read_bytes(), file.name, is_private=False)
        found += len(references)
        assert [problem for problem in problems if problem.severity.value == "error"] == []
    assert found == entries
