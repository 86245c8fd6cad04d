"""Who writes, leads or answers for something?"""

from collections.abc import Mapping

from policy_tools.load.assets import AssetFinder, Mention
from policy_tools.load.folders import FolderKind, LoadedFolder, LoadedRecord, load_folder
from policy_tools.load.records import RecordKind
from policy_tools.model.person import Person
from policy_tools.model.problem import Problem
from policy_tools.model.site import Site

PEOPLE = FolderKind(RecordKind(Person, "person"), "people", "bio")


def load_people(site: Site) -> LoadedFolder[Person]:
    """The people and teams of content/people/."""
    return load_folder(PEOPLE, site)


def find_photos(
    people: LoadedFolder[Person], finder: AssetFinder, site: Site
) -> tuple[Mapping[str, Person], tuple[Problem, ...]]:
    """The people with the files of their photos, which stand beside their records."""
    found: dict[str, Person] = {}
    problems: list[Problem] = []
    for loaded in people.records:
        if loaded.record is None or loaded.id in found:
            continue
        person, faults = _find_photo(loaded, loaded.record, finder, site)
        found[loaded.id] = person
        problems.extend(faults)
    return found, tuple(problems)


def _find_photo(
    loaded: LoadedRecord[Person], person: Person, finder: AssetFinder, site: Site
) -> tuple[Person, tuple[Problem, ...]]:
    if person.photo is None:
        return person, ()
    folder = (site.root / loaded.path).parent
    mention = Mention(person.photo, loaded.fields.place("photo"), is_image=True)
    asset = finder.find(folder, mention, loaded.path)
    if isinstance(asset, Problem):
        return person, (asset,)
    return person.model_copy(update={"photo_path": asset.path}), ()
