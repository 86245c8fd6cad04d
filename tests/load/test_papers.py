"""Is every paper found, is what cannot be read one problem, and is what is doubtful withheld?"""

import os
import shutil
from pathlib import Path

import pytest

from policy_tools.load.body import scan_body
from policy_tools.load.readings import WORTHWHILE
from policy_tools.model.body import Body
from policy_tools.model.problem import Problem, Severity
from tests.load.small_site import SmallSite, change, write_paper

BAD = "content/papers/bad/paper.md"


def test_a_good_site_has_no_problems(small_site: SmallSite) -> None:
    library = small_site.load()
    assert library.problems == ()
    assert [paper.id for paper in library.papers] == ["nib"]
    (paper,) = library.papers
    assert (paper.path, paper.address, paper.is_private) == (
        "content/papers/nib/paper.md",
        "papers/nib/",
        False,
    )
    assert paper.body.first_line == 11
    assert paper.place("programmes", 0) == (4, 14)


@pytest.mark.parametrize(
    ("content", "place", "code"),
    [
        (b"", (1, 1), "empty"),
        (b" \n\n", (1, 1), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", (3, 1), "binary"),
        (write_paper().encode("utf-16"), (1, 1), "not-utf-8"),
        (write_paper(body="One line.\n£5 für\n").encode("latin1"), (12, 1), "not-utf-8"),
        (b"---\r\ntitle: caf\xe9\r\n---\r\n", (2, 11), "not-utf-8"),
        (b"x" * 2_000_001, (1, 1), "too-big"),
    ],
    ids=["empty", "blank", "binary", "utf-16", "latin-1", "latin-1 with CRLF", "too big"],
)
def test_what_is_no_text_is_one_problem(
    small_site: SmallSite, content: bytes, place: tuple[int, int], code: str
) -> None:
    small_site.write(BAD, content)
    library = small_site.load()
    (problem,) = library.problems
    assert (problem.path, (problem.line, problem.column), problem.code) == (BAD, place, f"content.{code}")
    assert problem.hint
    assert library.withheld_paths == (BAD,)
    assert [paper.id for paper in library.papers] == ["nib"]


def test_a_wrong_encoding_comes_with_the_way_out(small_site: SmallSite) -> None:
    small_site.write(BAD, write_paper(body="A “quoted” word.\n").encode("windows-1252"))
    (problem,) = small_site.load().problems
    assert problem.message == "Byte 1007 of this file (0x93) is not UTF-8."
    assert problem.hint == "Save it as UTF-8, or convert it: iconv -f windows-1252 -t utf-8."


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(small_site: SmallSite) -> None:
    text = write_paper(fields=change(zzz="1")).replace("\n", "\r\n")
    small_site.write(BAD, b"\xef\xbb\xbf" + text.encode())
    assert small_site.problems() == ["papers/bad/paper.md:10:1 front-matter.unknown-field"]


def test_a_paper_that_is_a_folder(small_site: SmallSite) -> None:
    (small_site.root / BAD).mkdir(parents=True)
    assert small_site.problems() == ["papers/bad/paper.md:1:1 content.is-folder"]


def test_a_pipe_does_not_hold_up_the_build(small_site: SmallSite) -> None:
    (small_site.root / BAD).parent.mkdir()
    os.mkfifo(small_site.root / BAD)
    assert small_site.problems() == ["papers/bad/paper.md:1:1 content.not-regular"]


@pytest.mark.parametrize("target", ["/etc/passwd", "../nib/paper.md"])
def test_a_link_out_of_the_folder_is_not_followed(small_site: SmallSite, target: str) -> None:
    (small_site.root / BAD).parent.mkdir()
    (small_site.root / BAD).symlink_to(target)
    assert small_site.problems() == ["papers/bad/paper.md:1:1 content.leaves-folder"]
    assert "root:" not in str(small_site.load())


def test_a_link_that_leads_nowhere(small_site: SmallSite) -> None:
    (small_site.root / BAD).parent.mkdir()
    (small_site.root / BAD).symlink_to("paper.md")
    assert small_site.problems() == ["papers/bad/paper.md:1:1 content.unreadable"]


def test_a_folder_that_is_a_link_out_is_not_read(
    small_site: SmallSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "paper.md").write_text(write_paper())
    (small_site.root / "content/papers/bad").symlink_to(elsewhere)
    assert small_site.problems() == ["papers/bad/paper.md:1:1 content.leaves-folder"]


def test_a_file_that_the_system_cannot_read(small_site: SmallSite) -> None:
    paper = small_site.root / BAD
    paper.parent.mkdir(parents=True)
    paper.symlink_to("paper.md")  # a link to itself: unlike a missing permission, not even root may read it
    assert small_site.problems() == ["papers/bad/paper.md:1:1 content.unreadable"]


def test_folders_without_a_paper_and_files_without_a_folder(small_site: SmallSite) -> None:
    small_site.write("content/papers/one/Paper.md", write_paper())
    small_site.write("content/papers/two.md", write_paper())
    small_site.write("content/papers/Three Four/paper.md", write_paper())
    small_site.write("content/papers/.hidden/paper.md", "nonsense")
    problems = small_site.load().problems
    assert [(p.path, p.code, p.hint) for p in problems] == [
        ("content/papers/Three Four/paper.md", "content.bad-name", 'Did you mean "three-four"?'),
        ("content/papers/one/paper.md", "content.no-paper", "Rename Paper.md to paper.md."),
        (
            "content/papers/two.md",
            "content.stray-file",
            "Put it in a folder of its own as paper.md, or take it away.",
        ),
    ]


def test_earlier_versions_stand_below_the_current_one(small_site: SmallSite) -> None:
    small_site.write(
        "content/papers/nib/paper.md", write_paper(fields=change(version="3", updated="2026-02-01"))
    )
    small_site.write("content/papers/nib/v1/paper.md", write_paper(fields=change(version="1")))
    small_site.write(
        "content/papers/nib/v2/paper.md", write_paper(fields=change(version="2", updated="2026-01-20"))
    )
    small_site.write("content/papers/nib/data/notes.md", "no paper")
    library = small_site.load()
    assert library.problems == ()
    assert [(paper.id, paper.address) for paper in library.earlier_versions] == [
        ("nib@2", "papers/nib/v2/"),
        ("nib@1", "papers/nib/v1/"),
    ]


def test_a_version_has_to_be_that_of_its_folder_and_earlier(small_site: SmallSite) -> None:
    for folder, version in (("", 3), ("v1/", 2), ("v4/", 4)):
        fields = change(version=str(version), updated="2026-02-01")
        small_site.write(f"content/papers/nib/{folder}paper.md", write_paper(fields=fields))
    assert small_site.problems() == [
        "papers/nib/v1/paper.md:10:10 content.version-differs",
        "papers/nib/v4/paper.md:10:10 record.version-not-earlier",
    ]
    assert small_site.load().withheld_paths == ("content/papers/nib/v1/paper.md",)


@pytest.mark.parametrize(
    "fields",
    [
        change(status="publised"),
        change(status=None),
        change(published="soon"),
        change(embargo=""),
        change(embargo="{until: 2026-11-22T00:01}"),
        change(embargo="{until: 2026-11-22T00:01, zone: Europe/Londn}"),
        change(embargo="{until: 2026-11-22T00:01Z, zne: x}"),
        change(embarg="{until: 2026-11-22T00:01Z}"),
        change(Embargo="{until: 2026-11-22T00:01Z}"),
        change(stauts="draft"),
        change() + "title: again\n",
        change() + "subtitle: *x\n",
        change() + "subtitle: [\n",
        change() + "<<: {status: draft}\n",
        change(version="x"),
    ],
)
def test_a_paper_is_withheld_when_nobody_can_say_who_may_see_it(small_site: SmallSite, fields: str) -> None:
    small_site.write(BAD, write_paper(fields=fields))
    library = small_site.load()
    assert any(problem.severity is Severity.ERROR for problem in library.problems)
    assert library.withheld_paths == (BAD,)
    assert [paper.id for paper in library.papers] == ["nib"]


def test_the_rest_of_a_faulty_paper_is_checked_all_the_same(small_site: SmallSite) -> None:
    body = "# Start\n\nAs [@nobody2020] said.\n"
    small_site.write("content/library.bib", "")
    small_site.write(BAD, write_paper(fields=change(title=None, series="unheard", number="x"), body=body))
    small_site.write("content/papers/worse/paper.md", f"---\ntitle: [\n---\n{body}")
    small_site.write(
        "content/library.bib", "@book{some2020, title = {T}, author = {A}, date = {2020}, publisher = {P}}\n"
    )
    problems = small_site.problems()
    assert [problem for problem in problems if "worse" in problem] == [
        "papers/worse/paper.md:2:8 front-matter.syntax",
        "papers/worse/paper.md:6:5 citation.unknown-key",
    ]
    assert [problem for problem in problems if "bad" in problem] == [
        "papers/bad/paper.md:1:1 front-matter.missing-field",
        "papers/bad/paper.md:8:9 record.unknown-series",
        "papers/bad/paper.md:9:9 front-matter.wrong-kind",
        "papers/bad/paper.md:13:5 citation.unknown-key",
    ]


def test_private_papers_are_marked_and_may_not_take_a_public_name(small_site: SmallSite) -> None:
    small_site.write("content/private/papers/secret/paper.md", write_paper())
    small_site.write("content/private/papers/nib/paper.md", write_paper())
    library = small_site.load()
    assert [(paper.id, paper.is_private) for paper in library.papers] == [("nib", False), ("secret", True)]
    assert [(p.path, p.code) for p in library.problems] == [
        ("content/private/papers/nib/paper.md", "content.same-name")
    ]
    assert library.withheld_paths == ("content/private/papers/nib/paper.md",)


def test_papers_stand_newest_first(small_site: SmallSite) -> None:
    for slug, day in (("b", "2026-02-01"), ("a", "2026-02-01"), ("c", "2026-03-01"), ("d", "2025-03-01")):
        small_site.write(f"content/papers/{slug}/paper.md", write_paper(fields=change(published=day)))
    assert [paper.slug for paper in small_site.load().papers] == ["c", "a", "b", "nib", "d"]


def test_what_was_kept_is_what_would_be_read(small_site: SmallSite) -> None:
    small_site.write(BAD, write_paper(fields=change(zzz="1")))
    first, second = small_site.load(), small_site.load()
    assert first == second
    small_site.write(BAD, write_paper(fields=change(zz="1")))
    assert "zz" in small_site.load().problems[0].message


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("# Part\n\nWörds 🙂.", "# Part\n\nWörds 🙂."),
        ("\r\nWords.\r\n\r\n", "\nWords.\n\n"),
        ('<a name="x"></a> Words.\n', '<span id="x"></span> Words.\n'),
        ("", ""),
    ],
)
def test_the_text_is_that_below_the_front_matter_as_pandoc_is_to_read_it(
    small_site: SmallSite, body: str, text: str
) -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        small_site.write(BAD, mark + write_paper(body=body).encode())
        paper = next(paper for paper in small_site.load().papers if paper.slug == "bad")
        assert paper.body.text == text


def test_only_what_changed_is_read_again(small_site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned: list[str] = []

    def count(text: str, first_line: int, path: str) -> tuple[Body, tuple[Problem, ...]]:
        scanned.append(path)
        return scan_body(text, first_line, path)

    monkeypatch.setattr("policy_tools.load.papers.scan_body", count)
    small_site.write(BAD, write_paper(body="# Part\n\nWords.\n"))
    first = small_site.load()
    assert sorted(scanned) == [BAD, "content/papers/nib/paper.md"]
    scanned.clear()
    assert small_site.load() == first
    assert scanned == []
    small_site.write(BAD, write_paper(body="# Part\n\nOther words.\n"))
    small_site.load()
    assert scanned == [BAD]


def test_papers_read_in_several_processes_are_what_one_would_read(
    small_site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        body = f"Words of {number} [@missing{number}].\n\n" + "More of them. " * 2000
        small_site.write(f"content/papers/p{number}/paper.md", write_paper(body=body, fields=change(zz="1")))
    small_site.write("content/library.bib", "@book{a, title = {A}, date = {2020}}\n" * (WORTHWHILE // 35))
    several = small_site.load()
    shutil.rmtree(small_site.root / ".cache")
    monkeypatch.setattr("policy_tools.processes.can_fork", lambda: False)
    assert small_site.load() == several
    assert len(several.papers) == 41


def test_no_path_of_the_machine_is_in_a_problem(small_site: SmallSite) -> None:
    small_site.write(BAD, write_paper(fields=change(title="1", photo="x"), body="![x](/etc/passwd){alt=x}\n"))
    small_site.write("content/papers/x y/paper.md", "")
    text = "\n".join(str(problem) for problem in small_site.load().problems)
    assert text
    assert str(small_site.root) not in text
    assert str(Path.home()) not in text
