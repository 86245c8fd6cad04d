"""Does a public recommendation, pack or secondment speak of something that is not public?"""

from collections.abc import Iterator

from policy_tools.clear.addresses import SecretAddresses
from policy_tools.clear.naming import (
    Holdings,
    Name,
    is_held_back,
    names_in_pack,
    names_in_recommendation,
    names_in_secondment,
    names_of_relations,
    take_stock,
)
from policy_tools.model.library import Library, PublicLibrary
from policy_tools.model.problem import Position, Problem
from policy_tools.model.record import Record

LEAK_HINT = "Take it out, or hold this back as well."


def check_ask_leaks(library: Library, shown: PublicLibrary, secret: SecretAddresses) -> Iterator[Problem]:
    """Recommendations, secondments and packs in public files that speak of what is not public."""
    everything, public = take_stock(library), take_stock(shown)
    for path, place, code, name in _list_names(library, public):
        if is_held_back(name, everything, public):
            field = [step for step in name.field if not step.isdigit()][-1]
            yield _report(path, place, code, f'"{field}" names something that is not public.')
    for path, line, record in _list_records(shown):
        if any(True for _ in secret.find_in(record.model_dump_json())):
            yield _report(path, Position(line), "leak.link", "This links to something that is not public.")


def _list_records(shown: PublicLibrary) -> Iterator[tuple[str, int, Record]]:
    """The records that are shown, whose texts can hold addresses."""
    for ask in shown.recommendations.values():
        yield ask.path, ask.line, ask.record
    for secondment in shown.secondments.values():
        yield secondment.path, secondment.line, secondment
    for pack in shown.packs.values():
        yield pack.path, 1, pack.record
    for department in shown.departments.values():
        yield department.path, 1, department


def _list_names(library: Library, public: Holdings) -> Iterator[tuple[str, Position, str, Name]]:
    """Every name in a public file of these kinds: the file, the place in it, the problem it can be."""
    for ask in library.recommendations.values():
        if not ask.is_private and ask.paper in public.papers:
            place = Position(ask.line)
            yield from ((ask.path, place, "leak.record", name) for name in names_in_recommendation(ask))
            related = names_of_relations(ask.record)
            yield from ((ask.path, place, "leak.recommendation", name) for name in related)
    for secondment in library.secondments.values():
        if not secondment.is_private:
            place = Position(secondment.line)
            names = names_in_secondment(secondment)
            yield from ((secondment.path, place, "leak.record", name) for name in names)
    for pack in library.packs.values():
        if not pack.is_private:
            names = names_in_pack(pack)
            yield from ((pack.path, pack.place(*name.field), "leak.pack", name) for name in names)


def _report(path: str, place: Position, code: str, message: str) -> Problem:
    return Problem(path, place.line, place.column, code, message, LEAK_HINT)
