"""Are recommendations, departments, packs, secondments, statistics and notes loaded as they are written?"""

from decimal import Decimal

import pytest

from policy_tools.model.problem import Severity
from policy_tools.model.recommendation import RecommendationNotes
from policy_tools.model.seat import Seat
from policy_tools.model.secondment import SecondmentNotes
from tests.load.small_site import ASKS, SmallSite, change, write_boxes, write_paper, write_recommendation

NIB = "content/papers/nib/recommendations.yaml"


def test_one_of_each_is_loaded(small_site: SmallSite) -> None:
    small_site.write_asks()
    library = small_site.load()
    assert library.problems == ()
    ask = library.recommendations["nib-01"]
    assert (ask.paper, ask.path, ask.line, ask.programmes, ask.is_private) == (
        "nib",
        NIB,
        1,
        ("economy",),
        False,
    )
    assert library.departments["dbt"].former_names == ("BEIS",)
    pack = library.packs["day-one"]
    assert (pack.is_public, pack.path, pack.place("select", "programmes")) == (
        True,
        "content/packs/day-one.yaml",
        (4, 22),
    )
    assert (library.secondments["leader"].line, library.secondments["leader"].is_private) == (1, False)
    assert library.statistics["turnout"].values == {"E14001063": Decimal("57.1")}
    assert library.recommendation_notes == {"nib-01": RecommendationNotes(concede="Its name")}
    assert library.secondment_notes == {"leader": SecondmentNotes(note="For you")}


def test_private_ones_are_marked(small_site: SmallSite) -> None:
    small_site.write_asks()
    private = "content/private"
    small_site.write(
        f"{private}/papers/secret/paper.md",
        write_paper(fields=change(topics="tax"), body=write_boxes("secret-01")),
    )
    small_site.write(f"{private}/papers/secret/recommendations.yaml", write_recommendation("secret-01"))
    for path, name, other in (
        ("departments.yaml", "dbt", "mod"),
        ("secondments.yaml", "leader", "chair"),
    ):
        text = ASKS[f"content/{path}"].replace(f"{name}:", f"{other}:")
        small_site.write(f"{private}/{path}", text.partition("hmt: ")[2].partition("\n")[2] or text)
    small_site.write(f"{private}/departments.yaml", "mod: {name: Ministry of Defence, abbreviation: MOD}\n")
    small_site.write(f"{private}/packs/weekly.yaml", ASKS["content/packs/day-one.yaml"])
    for ending in ("yaml", "csv"):
        small_site.write(f"{private}/statistics/few.{ending}", ASKS[f"content/statistics/turnout.{ending}"])
    library = small_site.load()
    assert {name: ask.is_private for name, ask in library.recommendations.items()} == {
        "nib-01": False,
        "secret-01": True,
    }
    assert library.recommendations["secret-01"].topics == ("tax",)
    assert library.departments["mod"].is_private
    assert library.secondments["chair"].is_private
    assert library.packs["weekly"].is_private
    assert not library.packs["weekly"].is_public
    assert library.statistics["few"].is_private
    assert [problem.code for problem in library.problems] == ["pack.for-nobody"]


def test_a_second_loading_takes_them_from_the_store_with_their_places(small_site: SmallSite) -> None:
    small_site.write_asks(nib_01=write_recommendation(statistics="[none]"))
    first, second = small_site.load(), small_site.load()
    assert first.problems == second.problems
    assert [(problem.line, problem.column) for problem in first.problems] == [(10, 16)]


def test_what_has_a_fault_is_left_out_and_can_still_be_named(small_site: SmallSite) -> None:
    small_site.write_asks(
        nib_01=write_recommendation(depends_on="nib-02"),
        nib_02=write_recommendation("nib-02", ask_type="found"),
    )
    library = small_site.load()
    assert list(library.recommendations) == ["nib-01"]
    assert [problem.code for problem in library.problems] == ["front-matter.unknown-value"]


def test_what_a_record_could_not_say_does_not_hide_its_other_faults(small_site: SmallSite) -> None:
    small_site.write_asks(
        nib_01=write_recommendation(
            owner="{lead_departmnt: hmt}",
            vehicle="{kind: bill}",
            nations="{england: yes}",
            timeline="{}",
            status="{state: announced}",
            statistics="[none]",
            consent_motion="{legislatures: wales}",
        )
    )
    assert small_site.problems() == [
        "papers/nib/recommendations.yaml:5:10 front-matter.missing-field",
        "papers/nib/recommendations.yaml:5:11 front-matter.unknown-field",
        "papers/nib/recommendations.yaml:6:19 front-matter.unknown-value",
        "papers/nib/recommendations.yaml:7:22 front-matter.unknown-value",
        "papers/nib/recommendations.yaml:8:13 front-matter.missing-field",
        "papers/nib/recommendations.yaml:9:11 front-matter.missing-field",
        "papers/nib/recommendations.yaml:10:16 record.unknown-statistic",
    ]


def test_a_figure_that_a_comma_cuts_in_two_is_told(small_site: SmallSite) -> None:
    """`high: 1,200` between braces is the figure 1 and a field called 200 without a value."""
    cost = (
        "{price_base: cash, source: S, lines: [{year: 2027-28, kind: ame, low: 0, central: 1, high: 1,200}]}"
    )
    small_site.write_asks(nib_01=write_recommendation(cost=cost))
    (problem,) = small_site.load().problems
    assert problem.code == "front-matter.unknown-field"
    assert problem.hint == "A comma cuts a figure in two: write 1250, not 1,250."


def test_records_beside_an_earlier_version_are_read_by_nobody(small_site: SmallSite) -> None:
    small_site.write_asks()
    small_site.write(
        "content/papers/nib/paper.md",
        write_paper(fields=change(version="2", updated="2026-02-01"), body=write_boxes("nib-01")),
    )
    small_site.write("content/papers/nib/v1/paper.md", write_paper(body=write_boxes("nib-01")))
    small_site.write("content/papers/nib/v1/recommendations.yaml", write_recommendation("nib-02"))
    library = small_site.load()
    assert list(library.recommendations) == ["nib-01"]
    (problem,) = library.problems
    assert (problem.path, problem.code, problem.severity) == (
        "content/papers/nib/v1/recommendations.yaml",
        "content.unknown-file",
        Severity.WARNING,
    )


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        (NIB, "", "papers/nib/recommendations.yaml:1:1 content.empty"),
        (NIB, "- nib-01\n", "papers/nib/recommendations.yaml:1:1 front-matter.no-fields"),
        (NIB, "nib-01: [\n", "papers/nib/recommendations.yaml:1:9 front-matter.syntax"),
        (NIB, b"nib-01:\n  title: \xe9\n", "papers/nib/recommendations.yaml:2:10 content.not-utf-8"),
        (
            NIB,
            write_recommendation() + "Nib 1: {}\n",
            "papers/nib/recommendations.yaml:10:1 content.bad-name",
        ),
        ("content/packs/Day One.yaml", "title: T\n", "packs/Day One.yaml:1:1 content.bad-name"),
        (
            "content/private/packs/day-one.yaml",
            ASKS["content/packs/day-one.yaml"],
            "private/packs/day-one.yaml:1:1 content.same-name",
        ),
        ("content/packs/day-one.yaml", "title: *x\n", "packs/day-one.yaml:1:8 front-matter.alias"),
        ("content/packs/day-one.yaml", "id: x\n", "packs/day-one.yaml:1:1 front-matter.unknown-field"),
        (
            "content/private/secondments.yaml",
            ASKS["content/secondments.yaml"],
            "private/secondments.yaml:1:1 content.same-name",
        ),
        (
            "content/secondments.yaml",
            "leader:\n  line: 3\n",
            "secondments.yaml:2:3 front-matter.unknown-field",
        ),
        ("content/recommendation-notes.yaml", "x", "recommendation-notes.yaml:1:1 content.not-private"),
        ("content/secondment-notes.yaml", "x", "secondment-notes.yaml:1:1 content.not-private"),
        ("content/copies.jsonl", "x", "copies.jsonl:1:1 content.not-private"),
        ("content/private/seats.csv", "x", "private/seats.csv:1:1 content.unknown-file"),
        ("content/statistics/other.txt", "x", "statistics/other.txt:1:1 content.unknown-file"),
        ("content/statistics/other.csv", "x", "statistics/other.csv:1:1 content.unknown-file"),
        ("content/packs", "x", "packs:1:1 content.not-a-folder"),
    ],
)
def test_a_fault_in_a_file(small_site: SmallSite, path: str, content: str | bytes, expected: str) -> None:
    if path != "content/packs":
        small_site.write_asks()
    small_site.write(path, content)
    assert expected in small_site.problems()


def test_files_of_copies_are_known(small_site: SmallSite) -> None:
    small_site.write("content/private/copies.jsonl", "{}\n")
    small_site.write("content/private/copies/c1.json", "{}\n")
    assert small_site.problems() == []


SEATS = "code,name\nE14001063,Aldershot\nW07000082,Alyn and Deeside\n"


def test_seats_are_read_with_their_nations(small_site: SmallSite) -> None:
    small_site.write(
        "content/seats.csv", SEATS + 'S14000064,"Alloa, and Grangemouth"\nN05000001,Belfast East\n'
    )
    library = small_site.load()
    assert library.seats["S14000064"] == Seat("S14000064", "Alloa, and Grangemouth")
    assert [seat.nation for seat in library.seats.values()] == [
        "england",
        "wales",
        "scotland",
        "northern-ireland",
    ]
    (problem,) = library.problems
    assert (problem.code, problem.severity) == ("seats.number", Severity.WARNING)


def test_650_seats_are_silent(small_site: SmallSite) -> None:
    rows = "".join(f"E14{number:06},Seat {number}\n" for number in range(650))
    small_site.write("content/seats.csv", f"code,name\n{rows}".replace("\n", "\r\n"))
    library = small_site.load()
    assert (len(library.seats), library.problems) == (650, ())


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("name,code\n", "1:1", "table.header"),
        ("code;name\n", "1:1", "table.header"),
        ("code,name,area\n", "1:1", "table.header"),
        (f"{SEATS}E14001064\n", "4:1", "table.cells"),
        (f"{SEATS}E14001064,A,B\n", "4:1", "table.cells"),
        (f'{SEATS}E14001064,"A\n', "4:1", "table.cells"),
        (f"{SEATS}\nE14001064,A\n", "4:1", "table.cells"),
        (f"{SEATS}e14001064,A\n", "4:1", "table.bad-code"),
        (f"{SEATS}E14000064\u00a01,A\n", "4:1", "table.bad-code"),
        (f"{SEATS}E14001063,A\n", "4:1", "table.double-code"),
        (f"{SEATS}E14001064,  \n", "4:13", "table.bad-value"),
    ],
)
def test_a_fault_in_a_table_of_seats(small_site: SmallSite, text: str, place: str, code: str) -> None:
    small_site.write("content/seats.csv", text)
    assert small_site.problems() == [f"seats.csv:{place} {code}"]


@pytest.mark.parametrize("value", ["", "1e9", "NaN", "1 000", "12%", "£5", "Infinity", "1.2345", "٣", "--1"])
def test_a_figure_is_plain_digits(small_site: SmallSite, value: str) -> None:
    small_site.write_asks()
    small_site.write("content/statistics/turnout.csv", f"code,value\nE14001063,1\nE14001064,{value}\n")
    assert small_site.problems() == ["statistics/turnout.csv:3:11 table.bad-value"]
    assert not small_site.load().statistics


def test_a_table_of_faults_is_not_told_to_its_end(small_site: SmallSite) -> None:
    small_site.write("content/seats.csv", "code,name\n" + "x\n" * 900)
    problems = small_site.load().problems
    assert len(problems) == 51
    assert problems[-1].code == "table.too-long"
    small_site.write("content/seats.csv", "code,name\n" + "".join(f"E14{n:06},A\n" for n in range(5_001)))
    (problem,) = small_site.load().problems
    assert (problem.line, problem.code) == (5_002, "table.too-long")
