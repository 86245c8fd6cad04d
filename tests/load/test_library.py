"""Do records that name one another exist and agree, and is everything in content/ accounted for?"""

import pytest

from policy_tools.model.problem import Severity
from tests.load.small_site import FILES, SmallSite, change, write_paper

NIB = "content/papers/nib/paper.md"


@pytest.mark.parametrize(
    ("name", "value", "place", "code", "hint"),
    [
        ("authors", "[economy-team, economy-tema]", "9:25", "unknown-person", 'Did you mean "economy-team"?'),
        ("programmes", "[econmy]", "9:14", "unknown-programme", 'Did you mean "economy"?'),
        ("series", "papers", "9:9", "unknown-series", 'Did you mean "paper"?'),
        ("topics", "[tax, peace]", "10:15", "unknown-topic", "There are: tax."),
        ("supersedes", "other", "10:13", "unknown-paper", "There are: nib."),
        ("superseded_by", "nub", "10:16", "unknown-paper", 'Did you mean "nib"?'),
        ("supersedes", "nib", "10:13", "own-successor", "Earlier versions are kept in folders v1, v2."),
    ],
)
def test_a_name_of_nothing_is_told_where_it_stands(
    small_site: SmallSite, name: str, value: str, place: str, code: str, hint: str
) -> None:
    small_site.write(NIB, write_paper(fields=change(**{name: value})))
    (problem,) = small_site.load().problems
    assert (f"{problem.line}:{problem.column}", problem.code, problem.hint) == (place, f"record.{code}", hint)


def test_records_that_name_nothing(small_site: SmallSite) -> None:
    small_site.write("content/people/ann.md", "---\nname: Ann\nprogramme: econ\n---\n")
    small_site.write(
        "content/programmes/peace.md",
        "---\ntitle: Peace\nquestion: How?\nsummary: S.\nlead: anne\ninstitute: trivt\n---\n",
    )
    small_site.write(
        "content/institutes/trivet.md", FILES["content/institutes/trivet.md"][:-4] + "series: [papr]\n---\n"
    )
    small_site.write("pelicanconf.py", 'SITENAME = "Trivet"\n\nINSTITUTE = "tripod"\n')
    assert small_site.problems() == [
        "institutes/trivet.md:6:10 record.unknown-series",
        "people/ann.md:3:12 record.unknown-programme",
        "programmes/peace.md:5:7 record.unknown-person",
        "programmes/peace.md:6:12 record.unknown-institute",
        "pelicanconf.py:3:1 record.unknown-institute",
    ]


def test_a_record_with_a_fault_is_still_there_to_be_named(small_site: SmallSite) -> None:
    small_site.write("content/people/economy-team.md", "---\nnme: Economy team\n---\n")
    small_site.write("content/programmes/economy.md", "---\ntitle: [\n---\n")
    small_site.write("content/topics.yaml", "tax:\n  titel: Tax\n")
    small_site.write(NIB, write_paper(fields=change(topics="tax")))
    assert small_site.problems() == [
        "people/economy-team.md:1:1 front-matter.missing-field",
        "people/economy-team.md:2:1 front-matter.unknown-field",
        "programmes/economy.md:2:8 front-matter.syntax",
        "topics.yaml:1:1 front-matter.missing-field",
        "topics.yaml:2:3 front-matter.unknown-field",
    ]


def test_two_papers_with_one_number(small_site: SmallSite) -> None:
    small_site.write(NIB, write_paper(fields=change(number="3")))
    small_site.write("content/papers/other/paper.md", write_paper(fields=change(number="3")))
    small_site.write("content/private/papers/a-secret/paper.md", write_paper(fields=change(number="3")))
    problems = small_site.load().problems
    assert [(p.path, p.line, p.column, p.code) for p in problems] == [
        ("content/papers/other/paper.md", 10, 9, "record.double-number"),
        ("content/private/papers/a-secret/paper.md", 10, 9, "record.double-number"),
    ]
    assert all("a-secret" not in problem.message for problem in problems)


def test_successors_have_to_agree_where_both_speak(small_site: SmallSite) -> None:
    small_site.write(NIB, write_paper(fields=change(superseded_by="b")))
    small_site.write("content/papers/a/paper.md", write_paper(fields=change(supersedes="nib")))
    small_site.write("content/papers/b/paper.md", write_paper())
    assert small_site.problems() == ["papers/a/paper.md:10:13 record.succession-differs"]
    small_site.write(NIB, write_paper())
    assert small_site.problems() == []


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("content/people/Ann Lee.md", "---\nname: Ann\n---\n", "people/Ann Lee.md:1:1 content.bad-name"),
        (
            "content/people/ann.md",
            "---\nname: A\nid: bob\n---\n",
            "people/ann.md:3:5 front-matter.id-differs",
        ),
        (
            "content/people/ann.md",
            "---\nname: Ann\nkind: team\nfamily: Lee\n---\n",
            "people/ann.md:4:9 front-matter.unknown-field",
        ),
        ("content/people/ann.md", b"\xff", "people/ann.md:1:1 content.not-utf-8"),
        ("content/people/ann.md", "", "people/ann.md:1:1 content.empty"),
        (
            "content/people/ann.md",
            "---\nname: A\nbio: x\n---\n",
            "people/ann.md:3:1 front-matter.unknown-field",
        ),
        (
            "content/people/ann.md",
            "---\nname: A\nkind: robot\n---\n",
            "people/ann.md:3:7 front-matter.unknown-value",
        ),
        (
            "content/private/people/economy-team.md",
            "---\nname: A\n---\n",
            "private/people/economy-team.md:1:1 content.same-name",
        ),
        ("content/topics.yaml", "Tax Law:\n  title: T\n", "topics.yaml:1:1 content.bad-name"),
        ("content/topics.yaml", "tax: Tax\n", "topics.yaml:1:1 front-matter.wrong-kind"),
        (
            "content/topics.yaml",
            "tax:\n  title: T\ntax:\n  title: U\n",
            "topics.yaml:3:1 front-matter.duplicate-field",
        ),
        ("content/topics.yaml", "tax:\n  id: text\n  title: T\n", "topics.yaml:2:7 front-matter.id-differs"),
        ("content/topics.yaml", "- tax\n", "topics.yaml:1:1 front-matter.no-fields"),
        ("content/private/topics.yaml", "\ntax:\n  title: T\n", "private/topics.yaml:2:1 content.same-name"),
        (
            "content/pages/about.md",
            "---\ntitle: A\nsummary: S\n---\n",
            "pages/about.md:1:1 front-matter.missing-field",
        ),
        (
            "content/pages/about.md",
            "---\ntitle: A\nsummary: S\nstatus: live\n---\n",
            "pages/about.md:4:9 front-matter.unknown-value",
        ),
        ("content/papres", "", "papres:1:1 content.unknown-file"),
        ("content/notes.txt", "", "notes.txt:1:1 content.unknown-file"),
        ("content/pages", "x", "pages:1:1 content.not-a-folder"),
    ],
)
def test_a_fault_in_another_record(
    small_site: SmallSite, path: str, content: str | bytes, expected: str
) -> None:
    small_site.write(path, content)
    assert expected in small_site.problems()


def test_an_unknown_file_is_a_warning_with_a_suggestion(small_site: SmallSite) -> None:
    small_site.write("content/peple/ann.md", "---\nname: Ann\n---\n")
    (problem,) = small_site.load().problems
    assert problem.severity is Severity.WARNING
    assert problem.hint == 'Did you mean "people"?'


def test_everything_is_loaded(small_site: SmallSite) -> None:
    small_site.write(
        "content/pages/about.md", "---\ntitle: About\nsummary: S\nstatus: published\norder: 2\n---\nWords.\n"
    )
    small_site.write(
        "content/pages/first.md", "---\ntitle: First\nsummary: S\nstatus: draft\norder: 1\n---\nWords.\n"
    )
    small_site.write("content/private/people/spy.md", "---\nname: Spy\n---\nSecret.\n")
    library = small_site.load()
    assert library.problems == ()
    assert [page.slug for page in library.pages] == ["first", "about"]
    assert (library.pages[1].text, library.pages[1].first_line) == ("Words.\n", 7)
    assert library.programmes["economy"].description == "A text."
    assert {name: person.is_private for name, person in library.people.items()} == {
        "economy-team": False,
        "spy": True,
    }
    assert (list(library.series), list(library.topics)) == (["paper"], ["tax"])
    assert library.institutes["trivet"].path == "content/institutes/trivet.md"


def test_programmes_stand_in_the_order_that_they_name(small_site: SmallSite) -> None:
    record = "---\ntitle: {0}\nquestion: How?\nsummary: S.\ninstitute: trivet\norder: {1}\n---\n"
    for id_, order in (("arts", 2), ("zoos", 1), ("bees", 1)):
        small_site.write(f"content/programmes/{id_}.md", record.format(id_.title(), order))
    library = small_site.load()
    assert library.problems == ()
    assert list(library.programmes) == ["economy", "bees", "zoos", "arts"]


def test_several_bibliographies_make_one(small_site: SmallSite) -> None:
    entry = "@book{{{0}, title = {{T}}, author = {{A B}}, date = {{2020}}, publisher = {{P}}}}\n"
    small_site.write("content/library.bib", entry.format("one2020") + entry.format("two2020"))
    small_site.write("content/economy.bib", entry.format("three2020") + entry.format("two2020"))
    small_site.write("content/private/library.bib", entry.format("four2020"))
    library = small_site.load()
    assert {key: (ref.path, ref.is_private) for key, ref in library.references.items()} == {
        "one2020": ("content/library.bib", False),
        "two2020": ("content/library.bib", False),
        "three2020": ("content/economy.bib", False),
        "four2020": ("content/private/library.bib", True),
    }
    doubles = [p for p in library.problems if p.code == "record.double-reference"]
    assert [(p.path, p.line, p.column) for p in doubles] == [("content/economy.bib", 2, 1)]


def test_without_a_bibliography_there_is_one_problem_and_not_one_for_each_citation(
    small_site: SmallSite,
) -> None:
    small_site.write(NIB, write_paper(body="# Start\n\nAs [@a2020; @b2021] and [@c2022] said.\n"))
    (problem,) = small_site.load().problems
    assert (problem.path, problem.code) == ("content/library.bib", "bibliography.missing")


def test_the_order_of_files_does_not_matter(small_site: SmallSite) -> None:
    for slug in ("b", "a", "c"):
        small_site.write(f"content/papers/{slug}/paper.md", write_paper(fields=change(zzz="1")))
    problems = small_site.load().problems
    assert list(problems) == sorted(problems)
