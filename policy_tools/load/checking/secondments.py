"""May this person be placed in this office, by this body, on these terms?"""

import re
from collections.abc import Iterator, Mapping

from policy_tools.load.checking.fields import (
    Known,
    Loaded,
    check_name,
    check_names,
    report_field,
    warn_of_field,
)
from policy_tools.load.folders import LoadedFolder
from policy_tools.model.problem import Problem
from policy_tools.model.programme import Institute
from policy_tools.model.recommendation import RecommendationNotes
from policy_tools.model.secondment import Secondment, SecondmentNotes

_POLITICAL = frozenset({"party", "member"})
_NO_CHARITY = re.compile(r"\b(?:non|not)[- ]?(?:a |an |for )*charit\w*", re.IGNORECASE)
_CHARITY = re.compile(r"\bcharit|\bS?CIO\b", re.IGNORECASE)


def check_secondments(
    secondments: LoadedFolder[Secondment], institutes: Mapping[str, Institute], known: Known
) -> Iterator[Problem]:
    """People, programmes and bodies that are not there, dates that run backwards, and two laws."""
    for loaded in secondments.records:
        record = loaded.record
        if record is None:
            continue
        yield from check_name(loaded, ("person",), "person", record.person, known)
        yield from check_name(loaded, ("programme",), "programme", record.programme, known)
        yield from check_name(loaded, ("seconded_by",), "institute", record.seconded_by, known)
        if record.end and "start" in loaded.fields.data and record.end < record.start:
            message = f"This ends on {record.end}, before it begins on {record.start}."
            yield report_field(
                loaded, ("end",), "secondment.ends-before-start", message, "Check the two dates."
            )
        yield from _check_charity(loaded, record, institutes.get(record.seconded_by))
        yield from _check_value(loaded, record)


def is_charity(institute: Institute) -> bool:
    """Whether a body says of itself that it is a charity: by a number, or by its legal form."""
    form = _NO_CHARITY.sub("", institute.legal_form)
    return bool(institute.charity_number or _CHARITY.search(form))


def _check_charity(loaded: Loaded, record: Secondment, institute: Institute | None) -> Iterator[Problem]:
    if institute is None or record.host_kind not in _POLITICAL or not is_charity(institute):
        return
    office = "a party office" if record.host_kind == "party" else "the office of a Member"
    message = (
        f"{institute.name} is a charity, and a charity must not support a political party or a politician "
        f"(Charity Commission guidance CC9): it cannot second to {office}."
    )
    hint = (
        "Let a body that is no charity second this person and bear the cost, such as a company beside the "
        "charity that is not funded by it, and name that body here; or do not make this secondment."
    )
    yield report_field(loaded, ("seconded_by",), "secondment.charity", message, hint)


def _check_value(loaded: Loaded, record: Secondment) -> Iterator[Problem]:
    if record.basis != "non-commercial" or (record.value is not None and record.declared):
        return
    missing = "value" if record.value is None else "declaration"
    message = f"What is lent free or cheaply is worth something, and this has no {missing}."
    hint = (
        f"Write {'value: in whole pounds' if record.value is None else 'declared: {to, date, reference}'}, "
        "and see who has to publish it: a department or council by its own rules for secondees."
    )
    if record.host_kind in _POLITICAL:
        hint = (
            "It can be a donation under the Political Parties, Elections and Referendums Act 2000: the host "
            "has to check that the donor is permissible before accepting it, and to report it. Write value: "
            "and declared:, with where it was reported."
        )
    yield warn_of_field(loaded, ("basis",), "secondment.not-declared", message, hint)


def check_notes(
    notes: LoadedFolder[RecommendationNotes], secondment_notes: LoadedFolder[SecondmentNotes], known: Known
) -> Iterator[Problem]:
    """Notes that belong to nothing, say nothing, or are for a secondment that is not there."""
    for loaded in notes.records:
        yield from _check_head(loaded, "recommendation", known)
        if loaded.record:
            yield from check_names(loaded, ("only_for",), "secondment", loaded.record.only_for, known)
    for note in secondment_notes.records:
        yield from _check_head(note, "secondment", known)


def _check_head(loaded: Loaded, kind: str, known: Known) -> Iterator[Problem]:
    """The steps of no field lead to the name under which the notes stand."""
    yield from check_name(loaded, (), kind, loaded.id, known)
    if loaded.record and not set(loaded.fields.data) - {"only_for"}:
        message = f'The note under "{loaded.id}" says nothing.'
        yield warn_of_field(loaded, (), "notes.empty", message, "Write it, or take it away.")
