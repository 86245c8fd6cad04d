"""Which records does a folder hold, one a file: in the front matter of Markdown, or in YAML alone?

The name of a file is the id of its record. The same folder below content/private/ holds private ones.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from policy_tools.load.checking.prose import check_prose
from policy_tools.load.files import decode, list_folder, name_below, read_text_file
from policy_tools.load.front_matter import FrontMatter, parse_front_matter
from policy_tools.load.records import CheckedRecord, R, RecordKind, check_record
from policy_tools.load.strict_yaml import parse_yaml
from policy_tools.load.suggestion import suggest_slug
from policy_tools.load.yaml_text import YamlText
from policy_tools.model.problem import Problem
from policy_tools.model.site import Site
from policy_tools.model.slug import SLUG


@dataclass(frozen=True, slots=True)
class LoadedRecord(Generic[R]):
    """A record as far as it could be made, and where its fields stand."""

    id: str
    path: str
    is_private: bool
    record: R | None
    fields: YamlText
    body: str = ""
    body_line: int = 1
    digest: str = ""
    is_sound: bool = False


@dataclass(frozen=True, slots=True)
class LoadedFolder(Generic[R]):
    """All records of one kind. A record that could not be made still counts as known."""

    records: tuple[LoadedRecord[R], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FolderKind(Generic[R]):
    """How a kind of record is kept: its folder's name, and the field that takes the body, if any.

    `ending` is that of its files: those of YAML have no body. Files of other endings are not looked at.
    """

    kind: RecordKind[R]
    name: str
    body_field: str = ""
    has_id: bool = True
    ending: str = ".md"


def load_folder(folder_kind: FolderKind[R], site: Site) -> LoadedFolder[R]:
    """The records of a kind, by id, public ones first."""
    problems: list[Problem] = []
    records: list[LoadedRecord[R]] = []
    for base, is_private in ((site.content, False), (site.content / "private", True)):
        for entry in list_folder(base / folder_kind.name, site.root, problems):
            file = Path(entry.path)
            if file.suffix != folder_kind.ending:
                continue
            path = name_below(file, site.root)
            if not SLUG.fullmatch(file.stem):
                problems.append(_report_name(path, file.stem))
                continue
            loaded, faults = _load_record(
                folder_kind, file, path, site.max_paper_bytes, is_private=is_private
            )
            records.append(loaded)
            problems.extend(faults)
    problems.extend(_find_doubles(records))
    return LoadedFolder(tuple(records), tuple(problems))


def _load_record(
    folder_kind: FolderKind[R], file: Path, path: str, max_bytes: int, *, is_private: bool
) -> tuple[LoadedRecord[R], tuple[Problem, ...]]:
    read = read_text_file(file, path, max_bytes)
    if isinstance(read, Problem):
        return LoadedRecord(file.stem, path, is_private, None, YamlText()), (read,)
    front_matter = _parse_file(decode(read), path, folder_kind.ending)
    fields = front_matter.fields
    if fields.is_unreadable:
        return LoadedRecord(file.stem, path, is_private, None, fields), front_matter.problems
    checked = _check(folder_kind, front_matter, file.stem, path, is_private=is_private)
    problems = (*front_matter.problems, *checked.problems)
    if folder_kind.has_id and fields.data.get("id", file.stem) != file.stem:
        problems = (*problems, _report_id(path, fields, file.stem))
    loaded = LoadedRecord(
        file.stem,
        path,
        is_private,
        checked.record,
        fields,
        front_matter.body,
        front_matter.body_line,
        read.digest,
        is_sound=not problems,
    )
    return loaded, (*problems, *check_prose(front_matter.body, front_matter.body_line, path))


def _parse_file(text: str, path: str, ending: str) -> FrontMatter:
    """The fields of a file, and what stands below them in a Markdown file."""
    if ending == ".md":
        return parse_front_matter(text, path)
    fields = parse_yaml(text, path)
    return FrontMatter(fields, problems=fields.problems)


def _check(
    folder_kind: FolderKind[R], front_matter: FrontMatter, name: str, path: str, *, is_private: bool
) -> CheckedRecord[R]:
    filled_in: dict[str, object] = {}
    if folder_kind.has_id:
        filled_in = {"id": name, "path": path, "is_private": is_private}
    if folder_kind.body_field:
        filled_in[folder_kind.body_field] = front_matter.body.strip("\n")
    return check_record(folder_kind.kind, front_matter.fields, path, filled_in)


def _report_name(path: str, name: str) -> Problem:
    message = "The name of this file cannot be an id: small letters, digits and hyphens, at most 80."
    return Problem(path, 1, 1, "content.bad-name", message, suggest_slug(name))


def _report_id(path: str, fields: YamlText, name: str) -> Problem:
    place = fields.place("id")
    message = f'The id is not the name of the file, "{name}".'
    hint = "Take the line away: the name of the file is the id."
    return Problem(path, place.line, place.column, "front-matter.id-differs", message, hint)


def _find_doubles(records: list[LoadedRecord[R]]) -> list[Problem]:
    """Private records that bear the id of a public one; the fault stands in the private file."""
    public = {record.id: record for record in records if not record.is_private}
    return [
        Problem(
            record.path,
            1,
            1,
            "content.same-name",
            f"{public[record.id].path} has this name already.",
            "Rename one of the two.",
        )
        for record in records
        if record.is_private and record.id in public
    ]
