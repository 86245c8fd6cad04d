"""Is it told what is wrong with recommendations, packs and secondments, seen beside one another?

The places of every fault are held by tests/sites/record-mistakes; here stand the borders of each rule.
"""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy_tools.load.checking.dependencies import check_dependencies
from policy_tools.load.checking.fields import Known
from policy_tools.load.checking.secondments import is_charity
from policy_tools.load.folders import LoadedRecord
from policy_tools.load.yaml_text import YamlText
from policy_tools.model.problem import Severity
from tests.load.small_site import ASKS, SmallSite, change, write_boxes, write_paper, write_recommendation
from tests.small_records import make_institute, make_recommendation


def codes(site: SmallSite, **changes: str | None) -> list[str]:
    """What is said of one recommendation with other values for some fields."""
    site.write_asks(nib_01=write_recommendation("nib-01", **changes))
    return [problem.code for problem in site.load().problems]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"owner": "{lead_department: beis}"}, ["record.former-department"]),
        ({"owner": "{lead_department: department-for-business-and-trade}"}, ["record.former-department"]),
        ({"owner": "{lead_department: hmtt}"}, ["record.unknown-department"]),
        ({"owner": "{lead_department: hmt, others: [dbt]}"}, []),
        ({"owner": "{lead_department: hmt, others: [hmt]}"}, ["record.repeated"]),
        ({"cost": "{method: None yet}"}, []),
        (
            {
                "cost": "{source: S, price_base: cash, "
                "lines: [{year: 2027-28, kind: ame, low: 1, central: 1, high: 1}]}"
            },
            [],
        ),
        (
            {"cost": "{source: S, lines: [{year: 2027-28, kind: ame, low: 1, central: 2, high: 1.5}]}"},
            ["costing.no-price-base", "costing.wrong-order"],
        ),
        ({"statistics": "[turnout]"}, []),
        ({"statistics": "[turnout, turnout]"}, ["record.repeated"]),
        ({"vehicle": "{kind: primary}", "nations": "{scotland: reserved}"}, []),
        ({"vehicle": "{kind: primary}", "nations": "{scotland: devolved}"}, ["consent.missing"]),
        ({"vehicle": "{kind: admin}", "nations": "{scotland: devolved}"}, []),
        ({"vehicle": "{kind: prerogative}", "nations": "{scotland: devolved}"}, []),
        (
            {"vehicle": "{kind: order-in-council}", "nations": "{northern_ireland: devolved}"},
            ["consent.missing"],
        ),
        (
            {
                "vehicle": "{kind: primary}",
                "nations": "{scotland: devolved, wales: devolved}",
                "consent_motion": "{legislatures: [scotland, wales]}",
            },
            [],
        ),
        (
            {
                "vehicle": "{kind: primary}",
                "nations": "{scotland: devolved, wales: devolved}",
                "consent_motion": "{legislatures: [scotland]}",
            },
            ["consent.missing"],
        ),
        (
            {
                "vehicle": "{kind: primary}",
                "nations": "{scotland: devolved}",
                "consent_motion": "{legislatures: [scotlnd]}",
            },
            ["front-matter.unknown-value"],
        ),
        ({"nations": "{england: n/a}"}, ["nations.none"]),
        ({"nations": "{}"}, ["nations.none"]),
        ({"extent": "[england, wales]", "application": "[england]"}, []),
        ({"extent": "[england, england, wales]"}, ["record.repeated"]),
        ({"timeline": "{phase: later, milestones: [{title: A, day: 1}, {title: B, day: 1}]}"}, []),
        (
            {"timeline": "{phase: later, milestones: [{title: A, day: 2}, {title: B, day: 1}]}"},
            ["milestone.out-of-order"],
        ),
        (
            {"timeline": "{phase: later, start: 2027-01-02, milestones: [{title: A, date: 2027-01-02}]}"},
            [],
        ),
        (
            {"timeline": "{phase: later, start: 2027-01-02, milestones: [{title: A, date: 2027-01-01}]}"},
            ["milestone.before-start"],
        ),
        (
            {
                "status": "{state: bill, date: 2026-02-01, source: S, "
                "log: [{state: proposed, date: 2026-02-01}]}"
            },
            [],
        ),
        (
            {"status": "{state: bill, date: 2026-02-01, source: S, log: [{state: act, date: 2026-02-01}]}"},
            ["status.no-source"],
        ),
        (
            {
                "status": "{state: bill, date: 2026-02-01, source: S, "
                "log: [{state: proposed, date: 2026-02-02}]}"
            },
            ["status.log-too-late"],
        ),
        ({"vehicle": "{kind: si-negative, power: An Act}"}, []),
        ({"vehicle": "{kind: si-negative, bill: A Bill}"}, []),
    ],
)
def test_where_each_rule_begins(small_site: SmallSite, changes: dict[str, str], expected: list[str]) -> None:
    assert codes(small_site, **changes) == expected


def test_a_former_name_is_answered_by_the_present_one(small_site: SmallSite) -> None:
    small_site.write_asks(nib_01=write_recommendation(owner="{lead_department: beis}"))
    (problem,) = small_site.load().problems
    assert str(problem) == (
        "content/papers/nib/recommendations.yaml:9:28: [record.former-department] "
        '"beis" is called Department for Business and Trade now. Write dbt.'
    )


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "content/private/recommendation-notes.yaml",
            "nib-2: {concede: Its name}\n",
            "private/recommendation-notes.yaml:1:1 record.unknown-recommendation",
        ),
        (
            "content/private/recommendation-notes.yaml",
            "nib-01: {concede: Its name, only_for: [leader, chair]}\n",
            "private/recommendation-notes.yaml:1:48 record.unknown-secondment",
        ),
        (
            "content/private/secondment-notes.yaml",
            "chair: {note: For you}\n",
            "private/secondment-notes.yaml:1:1 record.unknown-secondment",
        ),
        (
            "content/private/packs/weekly.yaml",
            ASKS["content/packs/day-one.yaml"].replace("public", "secondment:chair"),
            "private/packs/weekly.yaml:3:11 record.unknown-secondment",
        ),
        (
            "content/packs/day-one.yaml",
            ASKS["content/packs/day-one.yaml"].replace("public", "secondment:leader"),
            "packs/day-one.yaml:3:11 pack.not-private",
        ),
        (
            "content/packs/day-one.yaml",
            ASKS["content/packs/day-one.yaml"].replace("programmes: economy", "recommendations: nib-2"),
            "packs/day-one.yaml:4:27 record.unknown-recommendation",
        ),
    ],
)
def test_a_name_of_nothing_is_told_where_it_stands(
    small_site: SmallSite, path: str, text: str, expected: str
) -> None:
    small_site.write_asks()
    small_site.write(path, text)
    assert small_site.problems() == [expected]


def test_a_paper_without_records_is_warned_of_once(small_site: SmallSite) -> None:
    small_site.write("content/papers/nib/paper.md", write_paper(body=write_boxes("nib-01", "nib-02")))
    (problem,) = small_site.load().problems
    assert (problem.line, problem.code, problem.severity) == (
        15,
        "recommendation.without-record",
        Severity.WARNING,
    )


def test_an_id_that_was_mistyped_is_told_once(small_site: SmallSite) -> None:
    small_site.write_asks(nib_01=write_recommendation("nib-1"))
    small_site.write("content/private/recommendation-notes.yaml", "nib-1: {concede: Its name}\n")
    (problem,) = small_site.load().problems
    assert (problem.code, problem.hint) == ("recommendation.without-text", 'Did you mean "nib-01"?')


def test_a_file_that_cannot_be_read_says_nothing_of_each_recommendation(small_site: SmallSite) -> None:
    small_site.write_asks()
    small_site.write("content/papers/nib/recommendations.yaml", "nib-01: [\n")
    small_site.write("content/private/recommendation-notes.yaml", "")
    assert [code for code in small_site.problems() if "recommendation." in code] == []


def test_a_public_file_is_told_no_private_id(small_site: SmallSite) -> None:
    small_site.write_asks(
        nib_01=write_recommendation(owner="{lead_department: quernn}", depends_on="quern-0"),
    )
    small_site.write("content/private/departments.yaml", "quern: {name: Quern, abbreviation: QUE}\n")
    body = write_boxes("quern-01")
    small_site.write("content/private/papers/quern/paper.md", write_paper(body=body))
    small_site.write("content/private/papers/quern/recommendations.yaml", write_recommendation("quern-01"))
    small_site.write("content/private/people/quernperson.md", "---\nname: Q\n---\n")
    small_site.write("content/papers/other/paper.md", write_paper(fields=change(authors="quernpersn")))
    for problem in small_site.load().problems:
        if "/private/" not in problem.path:
            said = f"{problem.message} {problem.hint}"
            assert all(
                word in {'"quernn".', '"quern-0".', '"quernpersn".'}
                for word in said.split()
                if "quern" in word
            )


KINDS = ("department", "recommendation")


def find_circles(relations: dict[str, list[str]]) -> list[str]:
    records = {}
    for id_, names in relations.items():
        ask = make_recommendation(id_, depends_on=names)
        places = {f"depends_on.{index}": (index + 1, 1) for index in range(len(names))}
        loaded = LoadedRecord(id_, f"{id_}.yaml", False, ask.record, YamlText(places=places))  # noqa: FBT003
        records[id_] = (loaded, ask.record)
    known = Known(
        {kind: frozenset(relations) for kind in KINDS}, {kind: frozenset(relations) for kind in KINDS}
    )
    return [
        problem.message
        for problem in check_dependencies(records, known)
        if problem.code == "recommendation.circle"
    ]


def test_circles_are_named_from_their_first_step_and_each_once() -> None:
    assert find_circles({"a": ["b"], "b": ["c"], "c": []}) == []
    (told,) = find_circles({"a": ["c"], "b": ["a"], "c": ["b"], "d": ["a"]})
    assert told.endswith(": a → c → b → a.")
    assert len(find_circles({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]})) == 2


def test_a_long_chain_is_no_circle() -> None:
    names = [f"r-{number:04}" for number in range(3_000)]
    assert find_circles({name: [need] for name, need in pairwise(names)} | {names[-1]: []}) == []


NAMES = st.sampled_from("abcde")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES, st.lists(NAMES, unique=True, max_size=5), min_size=5, max_size=5))
def test_there_is_a_circle_exactly_where_one_can_walk_back(relations: dict[str, list[str]]) -> None:
    walk = {name: {need for need in needs if need != name} for name, needs in relations.items()}
    for _ in walk:
        walk = {name: needs.union(*(walk[need] for need in needs)) for name, needs in walk.items()}
    assert bool(find_circles(relations)) is any(name in needs for name, needs in walk.items())


def test_a_pin_to_the_current_version_is_silent(small_site: SmallSite) -> None:
    small_site.write_asks()
    small_site.write(
        "content/packs/day-one.yaml",
        ASKS["content/packs/day-one.yaml"].replace("programmes: economy", "papers: [nib@1, nib@2]"),
    )
    assert small_site.problems() == [
        "packs/day-one.yaml:4:26 pack.unknown-version",
        "packs/day-one.yaml:4:26 record.repeated",
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"legal_form": "Company limited by shares"}, False),
        ({"legal_form": "Unincorporated association"}, False),
        ({"legal_form": "A non-charitable company limited by guarantee"}, False),
        ({"legal_form": "Company limited by guarantee, not a charity"}, False),
        ({"legal_form": "Charitable incorporated organisation"}, True),
        ({"legal_form": "Registered charity"}, True),
        ({"legal_form": "SCIO"}, True),
        ({"legal_form": "Company limited by guarantee", "charity_number": "1234567"}, True),
    ],
)
def test_who_is_a_charity(fields: dict[str, str], *, expected: bool) -> None:
    assert is_charity(make_institute(**fields)) is expected


@pytest.mark.parametrize(
    ("host_kind", "lines", "expected"),
    [
        ("party", "seconded_by: trivet\n  basis: commercial", ["secondment.charity"]),
        ("member", "seconded_by: trivet\n  basis: commercial", ["secondment.charity"]),
        ("committee", "seconded_by: trivet\n  basis: commercial", []),
        ("department", "seconded_by: trivet\n  basis: non-commercial", ["secondment.not-declared"]),
        (
            "party",
            "seconded_by: trivet-trading\n  basis: non-commercial\n  value: 1000",
            ["secondment.not-declared"],
        ),
        (
            "party",
            (
                "seconded_by: trivet-trading\n  basis: non-commercial\n  value: 1000\n"
                "  declared: {to: The Electoral Commission, date: 2026-03-01}"
            ),
            [],
        ),
    ],
)
def test_who_may_second_to_whom(
    small_site: SmallSite, host_kind: str, lines: str, expected: list[str]
) -> None:
    small_site.write_asks()
    small_site.write(
        "content/secondments.yaml",
        ASKS["content/secondments.yaml"]
        .replace("host_kind: party", f"host_kind: {host_kind}")
        .replace("seconded_by: trivet-trading\n  basis: commercial", lines),
    )
    problems = small_site.load().problems
    assert [problem.code for problem in problems] == expected
    for problem in problems:
        words = problem.message + problem.hint
        assert ("CC9" in words) is (problem.code == "secondment.charity")
        assert ("Elections and Referendums Act 2000" in words) is (
            problem.code == "secondment.not-declared" and host_kind == "party"
        )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("{seat}: {value}", []),
        ("{seat}: {value} {{sic}}", []),
        ("{seat}: {value:.2f}", ["statistic.unknown-placeholder", "statistic.no-value"]),
        ("{seat}: {value.real}", ["statistic.unknown-placeholder", "statistic.no-value"]),
        ("{seat}: {value", ["statistic.unknown-placeholder"]),
        ("{seat}: {}", ["statistic.unknown-placeholder", "statistic.no-value"]),
        ("{seat}: {value}, and {nation_value} in {nation}", ["statistic.no-comparator"]),
    ],
)
def test_a_sentence_of_a_statistic(small_site: SmallSite, sentence: str, expected: list[str]) -> None:
    small_site.write_asks()
    text = ASKS["content/statistics/turnout.yaml"].replace(
        "In {seat}, it was {value}; in all, {uk}.", sentence
    )
    small_site.write("content/statistics/turnout.yaml", text)
    assert sorted(problem.code for problem in small_site.load().problems) == sorted(expected)


def test_a_phase_that_is_none_is_not_taken_for_a_late_one(small_site: SmallSite) -> None:
    first = write_recommendation("nib-01", timeline="{phase: 100-days}", depends_on="[nib-02]")
    small_site.write_asks(nib_01=first, nib_02=write_recommendation("nib-02", timeline="{phase: sometime}"))
    assert [problem.code for problem in small_site.load().problems] == ["front-matter.unknown-value"]


def test_a_state_that_is_none_is_not_taken_for_a_proposal(small_site: SmallSite) -> None:
    first = write_recommendation("nib-01", status="{state: droped, date: 2026-01-20}", depends_on="[nib-02]")
    dropped = "{state: dropped, date: 2026-01-20, source: S}"
    small_site.write_asks(nib_01=first, nib_02=write_recommendation("nib-02", status=dropped))
    assert [problem.code for problem in small_site.load().problems] == ["front-matter.unknown-value"]


@pytest.mark.parametrize(
    ("select", "parts", "expected"),
    [
        ("{phases: sometime, papers: nob}", "[cover]", "4:18 4:36"),
        ("{phases: sometime, programmes: economics, papers: nib@9}", "[cover]", "4:18 4:40 4:59"),
        ("{programmes: economy}", "[cover, stakehlders]\nstakeholders: [{name: A, interest: B}]", "5:16"),
    ],
)
def test_a_fault_in_a_recipe_hides_no_other_and_makes_none(
    small_site: SmallSite, select: str, parts: str, expected: str
) -> None:
    small_site.write_asks()
    recipe = f"title: Day one\nsummary: S\naudience: public\nselect: {select}\nparts: {parts}\n"
    small_site.write("content/packs/day-one.yaml", recipe)
    found = [problem for problem in small_site.load().problems if problem.path.endswith("day-one.yaml")]
    assert [f"{problem.line}:{problem.column}" for problem in sorted(found)] == expected.split()
