"""Is every fault in a record said in plain words, at the value it concerns?"""

import re
from datetime import date, datetime
from typing import Annotated, get_args, get_origin

import pytest

from policy_tools.load.front_matter import parse_front_matter
from policy_tools.load.papers import PAPER
from policy_tools.load.people import PEOPLE
from policy_tools.load.records import CheckedRecord, check_record
from policy_tools.model.paper import PaperRecord
from policy_tools.model.record import Record
from tests.load.small_site import change, write_paper


def check(**changes: str | None) -> CheckedRecord[PaperRecord]:
    return check_record(
        PAPER, parse_front_matter(write_paper(fields=change(**changes)), "p.md").fields, "p.md"
    )


REPLACED, ADDED = 9, 10  # the line of a field that replaces a usual one, and of one that is added

FAULTS = [
    # a field's name and value; line and column; code; message; hint
    (
        "title",
        None,
        (1, 1),
        "missing-field",
        'A paper needs the field "title".',
        "Write title: and its value.",
    ),
    ("title", "", (REPLACED, 1), "missing-field", '"title" is empty.', "Write title: and its value."),
    ("title", "''", (REPLACED, 8), "empty-field", '"title" is empty.', "Fill it in or take it away."),
    (
        "title",
        "2026",
        (REPLACED, 8),
        "wrong-kind",
        '"title" is a text, and 2026 without quotes is a number.',
        'Put it in quotes: "2026".',
    ),
    (
        "title",
        "true",
        (REPLACED, 8),
        "wrong-kind",
        '"title" is a text, and true without quotes is true or false.',
        'Put it in quotes: "true".',
    ),
    (
        "title",
        "[a]",
        (REPLACED, 8),
        "wrong-kind",
        '"title" is one text, and this is a list.',
        "Where a text begins with a bracket, put it in quotes.",
    ),
    (
        "title",
        "{a: b}",
        (REPLACED, 8),
        "wrong-kind",
        '"title" is a text, and this is a group of fields.',
        "Where a text holds a colon and a space, put the whole text in quotes.",
    ),
    (
        "programe",
        "x",
        (ADDED, 1),
        "unknown-field",
        'There is no field "programe" in a paper.',
        'Did you mean "programmes"?',
    ),
    (
        "zzz",
        "x",
        (ADDED, 1),
        "unknown-field",
        'There is no field "zzz" in a paper.',
        "docs/records.md lists the fields of a paper.",
    ),
    (
        "programmes",
        "[]",
        (REPLACED, 13),
        "empty-field",
        '"programmes" is empty.',
        "Fill it in or take it away.",
    ),
    (
        "programmes",
        "[economy, Tax Justice]",
        (REPLACED, 23),
        "invalid-value",
        "A name here has 1 to 80 small letters, digits and hyphens, and no hyphen at either end.",
        'Did you mean "tax-justice"?',
    ),
    (
        "authors",
        "[a, 4]",
        (REPLACED, 14),
        "wrong-kind",
        'Item 2 of "authors" is a group of fields.',
        "Write each on a line of its own below, indented, as name: value.",
    ),
    (
        "authors",
        "[{given: A}]",
        (REPLACED, 11),
        "missing-field",
        'Item 1 of "authors" needs the field "family".',
        "Write family: and its value.",
    ),
    (
        "authors",
        "[{given: A, family: B, orcid: 0000-0002-1825-0098}]",
        (REPLACED, 40),
        "invalid-value",
        "The last character of this ORCID iD does not match the rest: it was mistyped.",
        "",
    ),
    (
        "published",
        "2026-02-30",
        (REPLACED, 12),
        "invalid-value",
        "There is no such day as 2026-02-30 in the calendar.",
        "",
    ),
    *(
        (
            "published",
            value,
            (REPLACED, 12),
            "invalid-value",
            "A date is written year-month-day, such as 2026-11-22.",
            "",
        )
        for value in (
            "22 November 2026",
            "2026",
            "1767225600",
            "'1767225600'",
            "2026-01-01T00:00:00",
            "20260101",
        )
    ),
    (
        "status",
        "publised",
        (REPLACED, 9),
        "unknown-value",
        '"status" cannot be "publised": it is one of draft, private, published, withdrawn.',
        'Did you mean "published"?',
    ),
    (
        "version",
        "'2'",
        (ADDED, 10),
        "wrong-kind",
        '"version" is a whole number, and "2" is not one.',
        "Write it in digits, without quotes.",
    ),
    (
        "version",
        "true",
        (ADDED, 10),
        "wrong-kind",
        '"version" is a whole number, and "True" is not one.',
        "Write it in digits, without quotes.",
    ),
    ("version", "0", (ADDED, 10), "wrong-kind", '"version" is 1 or more.', ""),
    (
        "keywords",
        "a, b",
        (ADDED, 11),
        "wrong-kind",
        '"keywords" is a list.',
        "Write [first, second], or each item on a line of its own after a hyphen.",
    ),
    (
        "keywords",
        "[a, ~]",
        (ADDED, 15),
        "wrong-kind",
        'Item 2 of "keywords" is empty.',
        "Fill it in or take it away.",
    ),
    (
        "nations",
        "[england, wals]",
        (ADDED, 20),
        "unknown-value",
        'Item 2 of "nations" cannot be "wals": it is one of england, scotland, wales, northern-ireland.',
        'Did you mean "wales"?',
    ),
    (
        "isbn",
        "978-1-4028-9462-7",
        (ADDED, 7),
        "invalid-value",
        "The last digit of this ISBN does not match the rest: it was mistyped.",
        "",
    ),
    (
        "doi",
        "https://doi.org/10.1/x",
        (ADDED, 6),
        "invalid-value",
        "A DOI is written without its address: 10.1234/abc.",
        "",
    ),
    (
        "contact",
        "{press: nobody}",
        (ADDED, 18),
        "invalid-value",
        "This is not an e-mail address, such as press@example.org.",
        "",
    ),
    ("embargo", "", (ADDED, 9), "empty-field", '"embargo" is empty.', "Fill it in or take the line away."),
    (
        "embargo",
        "{unti: x}",
        (ADDED, 10),
        "missing-field",
        '"embargo" needs the field "until".',
        "Write until: and its value.",
    ),
    (
        "embargo",
        "2026-01-01",
        (ADDED, 10),
        "wrong-kind",
        '"embargo" is a group of fields.',
        "Write each on a line of its own below, indented, as name: value.",
    ),
]


@pytest.mark.parametrize(("name", "value", "place", "code", "message", "hint"), FAULTS)
def test_a_fault_is_told_in_its_place_and_in_plain_words(
    name: str, value: str | None, place: tuple[int, int], code: str, message: str, hint: str
) -> None:
    problem = check(**{name: value}).problems[0]
    assert (problem.line, problem.column, problem.code) == (*place, f"front-matter.{code}")
    assert (problem.message, problem.hint) == (message, hint)


def test_a_misspelt_field_within_a_group_is_told_too() -> None:
    problems = check(embargo="{unti: 2026-01-01T00:00Z}").problems
    assert [(p.column, p.message, p.hint) for p in problems if p.code == "front-matter.unknown-field"] == [
        (11, 'There is no field "unti" in "embargo".', 'Did you mean "until"?')
    ]


def test_all_faults_of_a_record_are_told_at_once() -> None:
    faulty = dict.fromkeys(PaperRecord.model_fields, "[{x: *y}]")
    assert len({problem.line for problem in check(**faulty).problems}) >= len(faulty) - 1


def test_no_sentence_is_pydantics() -> None:
    jargon = re.compile(r"Input should|Field required|Extra inputs|validation|Value error|str_|_type\b|got ")
    values = ["1", "x", "[1]", "{a: 1}", "", "[]", "{}", "true", "[[x]]", "-1"]
    for name in PaperRecord.model_fields:
        for value in values:
            for problem in check(**{name: value}).problems:
                assert not jargon.search(f"{problem.message} {problem.hint}"), (name, value, problem)
                assert (
                    problem.code != "front-matter.wrong-kind"
                    or "cannot be of this kind" not in problem.message
                )


def test_a_single_name_may_stand_for_a_list_of_one() -> None:
    record = check(programmes="economy", authors="economy-team", nations="wales").record
    assert record is not None
    assert (record.programmes, record.authors, record.nations) == (
        ("economy",),
        ("economy-team",),
        ("wales",),
    )


def test_a_blank_optional_field_counts_as_left_out() -> None:
    checked = check(subtitle="", keywords="", contact="")
    assert checked.is_sound
    assert checked.record is not None
    assert checked.record.keywords == ()


def test_what_only_the_loader_may_say_is_an_unknown_field() -> None:
    fields = parse_front_matter(
        "---\nname: A\nphoto_path: /etc/passwd\nis_private: false\n---\n", "a.md"
    ).fields
    checked = check_record(PEOPLE.kind, fields, "a.md", {"id": "a"})
    assert [(p.line, p.code) for p in checked.problems] == [
        (3, "front-matter.unknown-field"),
        (4, "front-matter.unknown-field"),
    ]
    assert checked.record is not None
    assert checked.record.photo_path is None


def find_lax(annotation: object, marks: tuple[object, ...]) -> bool:
    """Whether pydantic would take "3" for 3, 1 for true or a count of seconds for a day."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return find_lax(inner, (*marks, *more))
    if isinstance(annotation, type) and annotation in (int, float, bool, date, datetime):
        words = " ".join(str(mark) for mark in marks)
        return not any(word in words for word in ("strict=True", "BeforeValidator", "Loaded"))
    return any(find_lax(part, ()) for part in get_args(annotation))


def all_records(base: type[Record]) -> list[type[Record]]:
    return [found for record in base.__subclasses__() for found in (record, *all_records(record))]


def test_every_record_is_strict_by_itself() -> None:
    lax = {
        f"{record.__name__}.{name}"
        for record in all_records(Record)
        if record.__module__.startswith("policy_tools.model.")  # those that authors write
        for name, field in record.model_fields.items()
        if find_lax(field.annotation, tuple(field.metadata))
    }
    assert lax == {"Embargo.until"}  # which has a reader of its own: test_embargo.py
    assert find_lax(tuple[int, ...] | None, ())
