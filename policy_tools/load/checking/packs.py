"""Does a recipe name what is there, in the version that is current, and can its parts be filled?"""

import re
from collections.abc import Iterator, Mapping

from policy_tools.load.checking.departments import FormerNames, check_department_name
from policy_tools.load.checking.fields import (
    Known,
    Loaded,
    check_name,
    check_names,
    check_repeated,
    report_field,
    warn_of_field,
)
from policy_tools.load.folders import LoadedFolder
from policy_tools.model.library import Library
from policy_tools.model.pack import PackRecord, PartRecord
from policy_tools.model.problem import Problem

_STATE_MARK = re.compile(r"\b(?:OFFICIAL|SECRET|TOP SECRET|RESTRICTED|CONFIDENTIAL)\b")

_LISTED = ("stakeholders", "contacts")
"""Parts that show a list of the recipe's own."""

_WITHOUT_WORDS = ("cover", "briefs", "colophon")
"""Parts that have no heading of their own."""


def check_packs(
    packs: LoadedFolder[PackRecord], library: Library, known: Known, former: FormerNames
) -> Iterator[Problem]:
    """What is wrong with each recipe, beside everything else that was loaded."""
    versions = _list_versions(library)
    for loaded in packs.records:
        record = loaded.record
        if record is None:
            continue
        yield from _check_audience(loaded, record, known)
        yield from _check_selection(loaded, record, known, former)
        for index, pin in enumerate(record.select.papers):
            yield from _check_pin(loaded, index, pin, known, versions)
        yield from _check_parts(loaded, record)
        if record.handling and _STATE_MARK.search(record.handling):
            message = (
                "This handling mark is one of the Government's, and a reader would take the pack for its."
            )
            hint = "Say in words who may have it, such as: For the recipient only."
            yield warn_of_field(loaded, ("handling",), "pack.state-mark", message, hint)


def _check_audience(loaded: Loaded, record: PackRecord, known: Known) -> Iterator[Problem]:
    secondment = record.audience.partition(":")[2]
    yield from check_name(loaded, ("audience",), "secondment", secondment, known)
    if secondment and not loaded.is_private:
        message = "This pack is for one secondment, and lies where everyone can read what it is made of."
        hint = "Put it into content/private/packs/."
        yield report_field(loaded, ("audience",), "pack.not-private", message, hint)
    if record.audience == "public" and loaded.is_private:
        message = "This pack lies in content/private/ and is for the public, so that it is made for nobody."
        hint = "Move it to content/packs/, or write audience: secondment: and an id."
        yield report_field(loaded, ("audience",), "pack.for-nobody", message, hint)


def _check_selection(
    loaded: Loaded, record: PackRecord, known: Known, former: FormerNames
) -> Iterator[Problem]:
    chosen = record.select
    yield from check_names(loaded, ("select", "programmes"), "programme", chosen.programmes, known)
    yield from check_names(loaded, ("select", "topics"), "topic", chosen.topics, known)
    asks = chosen.recommendations
    yield from check_names(loaded, ("select", "recommendations"), "recommendation", asks, known)
    for index, name in enumerate(chosen.departments):
        steps = ("select", "departments", index)
        yield from check_department_name(loaded, steps, name, known, former)
    slugs = [pin.partition("@")[0] for pin in chosen.papers]
    for field, values in (
        ("departments", chosen.departments),
        ("nations", chosen.nations),
        ("phases", chosen.phases),
        ("papers", slugs),
    ):
        yield from check_repeated(loaded, ("select", field), values)


def _list_versions(library: Library) -> Mapping[str, tuple[int, frozenset[int]]]:
    """For every paper its current version, and all that there are."""
    found = {paper.slug: {paper.record.version} for paper in library.papers}
    for paper in library.earlier_versions:
        found.setdefault(paper.slug, set()).add(paper.record.version)
    current = {paper.slug: paper.record.version for paper in library.papers}
    return {slug: (current[slug], frozenset(found[slug])) for slug in current}


def _check_pin(
    loaded: Loaded, index: int, pin: str, known: Known, versions: Mapping[str, tuple[int, frozenset[int]]]
) -> Iterator[Problem]:
    """A paper that is not there, a version that is not, or one that has been replaced."""
    steps = ("select", "papers", index)
    slug, _, version = pin.partition("@")
    yield from check_name(loaded, steps, "paper", slug, known)
    if not version or slug not in versions:
        return
    current, kept = versions[slug]
    if int(version) not in kept:
        message = f'"{slug}" has no version {version}.'
        hint = f"Write {slug}@{current}, or {slug} for the current version."
        yield report_field(loaded, steps, "pack.unknown-version", message, hint)
    elif int(version) != current:
        message = f'"{pin}" has been replaced: version {current} is the current one.'
        hint = f"Read what has changed, and write {slug}@{current}; or {slug}, to follow it always."
        yield report_field(loaded, steps, "pack.superseded-pin", message, hint)


def _check_parts(loaded: Loaded, record: PackRecord) -> Iterator[Problem]:
    """Parts that stand twice, that this reader cannot have, or that have nothing to show.

    Where the list of parts has a fault there are none, and nobody knows what they print.
    """
    names = [choice.part if isinstance(choice, PartRecord) else choice for choice in record.parts]
    for index, name in enumerate(names):
        if name in names[:index]:
            message = f'The part "{name}" is in this pack already.'
            yield report_field(
                loaded, ("parts", index), "pack.repeated-part", message, "Keep one of the two."
            )
        elif name == "changes" and record.audience == "public":
            message = "A public pack has no reader whose last copy is known, and so nothing to compare with."
            hint = "Take the part out: the page of the pack says what has changed."
            yield report_field(loaded, ("parts", index), "pack.changes-for-all", message, hint)
        elif name == "stakeholders" and name not in loaded.fields.data:  # contacts are also who leads
            message = f'The part "{name}" has nothing to show.'
            hint = f"List them under {name}:, or take the part out."
            yield warn_of_field(loaded, ("parts", index), "pack.empty-part", message, hint)
    for index, choice in enumerate(record.parts):
        yield from _check_words(loaded, index, choice)
    for listed in _LISTED:
        if getattr(record, listed) and names and listed not in names:
            message = f'These are printed nowhere: the pack has no part "{listed}".'
            yield warn_of_field(loaded, (listed,), "pack.no-such-part", message, f"Add {listed} to parts.")


def _check_words(loaded: Loaded, index: int, choice: str | PartRecord) -> Iterator[Problem]:
    """A title or a note for a part that prints neither."""
    if not isinstance(choice, PartRecord) or choice.part not in _WITHOUT_WORDS:
        return
    for field in ("title", "note"):
        if getattr(choice, field):
            message = f'The part "{choice.part}" has no {field} of its own, so that this is printed nowhere.'
            hint = "Take it away. The pack's own title and note stand on its cover."
            yield warn_of_field(loaded, ("parts", index, field), "pack.unprinted-words", message, hint)
