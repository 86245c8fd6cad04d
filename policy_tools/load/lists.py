"""Which records does one YAML file hold, each under its id?

The same file below content/private/ holds private ones.
"""

from pathlib import Path

from policy_tools.load.files import TextFile, decode, name_below, read_text_file
from policy_tools.load.folders import LoadedFolder, LoadedRecord
from policy_tools.load.records import R, RecordKind, check_record
from policy_tools.load.strict_yaml import parse_yaml
from policy_tools.load.suggestion import suggest_slug
from policy_tools.load.yaml_text import YamlText
from policy_tools.model.problem import Problem
from policy_tools.model.site import Site
from policy_tools.model.slug import SLUG


def load_list(kind: RecordKind[R], name: str, site: Site) -> LoadedFolder[R]:
    """The records of content/<name> and of content/private/<name>, in their order, public ones first."""
    public = read_list(kind, site.content / name, site, is_private=False)
    private = read_list(kind, site.content / "private" / name, site, is_private=True)
    known = {record.id for record in public.records}
    doubles = [record for record in private.records if record.id in known]
    return LoadedFolder(
        (*public.records, *(record for record in private.records if record.id not in known)),
        (*public.problems, *private.problems, *map(_report_double, doubles)),
    )


def read_list(kind: RecordKind[R], file: Path, site: Site, *, is_private: bool) -> LoadedFolder[R]:
    """The records of one file; none where there is no such file."""
    if not file.exists() and not file.is_symlink():
        return LoadedFolder((), ())
    read = read_text_file(file, name_below(file, site.root), site.max_paper_bytes)
    if isinstance(read, Problem):
        return LoadedFolder((), (read,))
    return parse_list(kind, read, is_private=is_private)


def parse_list(kind: RecordKind[R], file: TextFile, *, is_private: bool) -> LoadedFolder[R]:
    """The records of a file that was read, and everything wrong with them."""
    records: list[LoadedRecord[R]] = []
    whole = parse_yaml(decode(file), file.path)
    problems = list(whole.problems)
    for record_id in whole.data:
        loaded, faults = _make_one(kind, record_id, whole, file.path, is_private=is_private)
        problems.extend(faults)
        if loaded:
            records.append(loaded)
    return LoadedFolder(tuple(records), tuple(problems))


def _make_one(
    kind: RecordKind[R], record_id: str, whole: YamlText, path: str, *, is_private: bool
) -> tuple[LoadedRecord[R] | None, tuple[Problem, ...]]:
    place = whole.key_place(record_id)
    if not SLUG.fullmatch(record_id):
        message = f'The id "{record_id[:80]}" has other signs than small letters, digits and hyphens.'
        hint = suggest_slug(record_id)
        return None, (Problem(path, place.line, place.column, "content.bad-name", message, hint),)
    fields = whole.below(record_id)
    if not isinstance(whole.data[record_id], dict):
        problems = () if record_id in whole.broken else (_report_no_fields(path, whole, record_id),)
        return LoadedRecord(record_id, path, is_private, None, fields), problems
    known = {"id": record_id, "path": path, "line": place.line, "is_private": is_private}
    filled_in = {name: value for name, value in known.items() if name in kind.record_type.model_fields}
    checked = check_record(kind, fields, path, filled_in)
    problems = ()
    if "id" in filled_in and fields.data.get("id", record_id) != record_id:
        place = fields.place("id")
        message, hint = f'This id is not "{record_id}", under which it stands.', "Take the line away."
        problems = (Problem(path, place.line, place.column, "front-matter.id-differs", message, hint),)
    loaded = LoadedRecord(record_id, path, is_private, checked.record, fields, is_sound=checked.is_sound)
    return loaded, (*checked.problems, *problems)


def _report_no_fields(path: str, whole: YamlText, record_id: str) -> Problem:
    place = whole.key_place(record_id)
    message = f'"{record_id}" needs fields below it.'
    hint = "Write each on a line of its own, indented, as name: value."
    return Problem(path, place.line, place.column, "front-matter.wrong-kind", message, hint)


def _report_double(record: LoadedRecord[R]) -> Problem:
    line, column = record.fields.head
    message = f'The public list has "{record.id}" already.'
    return Problem(record.path, line, column, "content.same-name", message, "Rename one of the two.")
