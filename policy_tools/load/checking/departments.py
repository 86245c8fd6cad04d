"""Is every department the one that is meant, also when it has been renamed?"""

from collections.abc import Iterable, Iterator, Mapping

from policy_tools.load.checking.fields import Known, Loaded, check_name, check_repeated, report_field
from policy_tools.load.folders import LoadedFolder
from policy_tools.load.sentences import Steps
from policy_tools.model.department import Department
from policy_tools.model.problem import Problem
from policy_tools.model.recommendation import RecommendationRecord


class FormerNames:
    """What departments used to be called, and the one that each of those names now means."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self._by_name: dict[str, Department] = {}
        for department in departments:
            for name in (*department.former_names, department.name, department.abbreviation):
                self._by_name.setdefault(name.casefold(), department)

    def find(self, name: str, *, is_private: bool) -> Department | None:
        """The department that a name which is no id means; a public file is told of public ones only."""
        found = self._by_name.get(name.casefold()) or self._by_name.get(name.casefold().replace("-", " "))
        return found if found and (is_private or not found.is_private) else None


def check_department_name(
    loaded: Loaded, steps: Steps, name: str, known: Known, former: FormerNames
) -> Iterator[Problem]:
    """A name of a department that is no id, with what to write where it is one that it has had."""
    if not name or name in known.everything["department"]:
        return
    department = former.find(name, is_private=loaded.is_private)
    if department is None:
        yield from check_name(loaded, steps, "department", name, known)
        return
    message = f'"{name}" is called {department.name} now.'
    code = "record.former-department"
    yield report_field(loaded, steps, code, message, f"Write {department.id}.")


def check_owner(
    loaded: Loaded, record: RecommendationRecord, known: Known, former: FormerNames
) -> Iterator[Problem]:
    """Who has to act: departments that are not there, or named twice."""
    owner = record.owner
    steps: Steps = ("owner", "lead_department")
    yield from check_department_name(loaded, steps, owner.lead_department, known, former)
    for index, name in enumerate(owner.others):
        yield from check_department_name(loaded, ("owner", "others", index), name, known, former)
        if name == owner.lead_department:
            message = f'"{name}" leads already.'
            yield report_field(
                loaded, ("owner", "others", index), "record.repeated", message, "Name the others only."
            )
    yield from check_repeated(loaded, ("owner", "others"), owner.others)


def check_departments(departments: LoadedFolder[Department]) -> Iterator[Problem]:
    """Two departments that answer to one name: a private one is told of it, rather than a public one."""
    bearers: dict[str, Loaded] = {}
    for loaded in departments.records:
        for steps, name in _names_of(loaded.record):
            first = bearers.setdefault(name.casefold(), loaded)
            if first.id != loaded.id:
                message = f'"{name}" is a name of "{first.id}" already.'
                hint = "A name, also a former one, can mean one department only."
                yield report_field(loaded, steps, "department.same-name", message, hint)


def _names_of(department: Department | None) -> Iterator[tuple[Steps, str]]:
    if department is None:
        return
    yield ("name",), department.name
    yield ("abbreviation",), department.abbreviation
    for index, name in enumerate(department.former_names):
        yield ("former_names", index), name


def by_id(departments: LoadedFolder[Department]) -> Mapping[str, Department]:
    """The departments that could be read."""
    return {loaded.id: loaded.record for loaded in departments.records if loaded.record}
