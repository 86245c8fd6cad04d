"""What is left of the photographs of people when nothing is hidden in them?"""

import hashlib
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from policy_tools.model.library import PublicLibrary
from policy_tools.model.person import Person
from policy_tools.model.problem import Problem
from policy_tools.render.assets import clean_assets
from policy_tools.store import Store


def clean_photos(
    library: PublicLibrary, cache: Path, store: Store
) -> tuple[PublicLibrary, tuple[Problem, ...]]:
    """The library with cleaned photographs in place of those given, and without those that are refused."""
    people: dict[str, Person] = {}
    problems: list[Problem] = []
    for name, person in library.people.items():
        people[name], found = _clean_photo(person, cache, store)
        problems += found
    return replace(library, people=MappingProxyType(people)), tuple(problems)


def _clean_photo(person: Person, cache: Path, store: Store) -> tuple[Person, list[Problem]]:
    if person.photo is None or person.photo_path is None:
        return person, []
    digest = hashlib.sha256(person.photo_path.read_bytes()).hexdigest()
    cleaned, problems = clean_assets(
        {person.photo: person.photo_path}, {person.photo: digest}, cache / "images", store
    )
    changes = {"photo_path": cleaned.get(person.photo)}
    return person.model_copy(update=changes), [replace(problem, path=person.path) for problem in problems]
