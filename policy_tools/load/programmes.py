"""Which programmes and institutes, series and topics are there?"""

from policy_tools.load.files import decode, name_below, read_text_file
from policy_tools.load.folders import FolderKind, LoadedFolder, LoadedRecord, load_folder
from policy_tools.load.records import R, RecordKind, check_record
from policy_tools.load.strict_yaml import parse_yaml
from policy_tools.load.suggestion import suggest_slug
from policy_tools.load.yaml_text import YamlText
from policy_tools.model.problem import Problem
from policy_tools.model.programme import Institute, Programme, Series, Topic
from policy_tools.model.site import Site
from policy_tools.model.slug import SLUG

PROGRAMMES = FolderKind(RecordKind(Programme, "programme"), "programmes", "description")
INSTITUTES = FolderKind(RecordKind(Institute, "institute"), "institutes", "description")
SERIES = RecordKind(Series, "series")
TOPICS = RecordKind(Topic, "topic")


def load_programmes(site: Site) -> LoadedFolder[Programme]:
    """The programmes of content/programmes/."""
    return load_folder(PROGRAMMES, site)


def load_institutes(site: Site) -> LoadedFolder[Institute]:
    """The institutes of content/institutes/."""
    return load_folder(INSTITUTES, site)


def load_series(site: Site) -> LoadedFolder[Series]:
    """The series of content/series.yaml, in its order."""
    return _load_list(SERIES, "series.yaml", site)


def load_topics(site: Site) -> LoadedFolder[Topic]:
    """The topics of content/topics.yaml, in its order."""
    return _load_list(TOPICS, "topics.yaml", site)


def _load_list(kind: RecordKind[R], name: str, site: Site) -> LoadedFolder[R]:
    """The records of one YAML file, each under its id; private ones stand in the same file in private/."""
    records: list[LoadedRecord[R]] = []
    problems: list[Problem] = []
    for base, is_private in ((site.content, False), (site.content / "private", True)):
        file = base / name
        if not file.exists() and not file.is_symlink():
            continue
        path = name_below(file, site.root)
        read = read_text_file(file, path, site.max_paper_bytes)
        if isinstance(read, Problem):
            problems.append(read)
            continue
        whole = parse_yaml(decode(read), path)
        problems.extend(whole.problems)
        known = {record.id for record in records}
        for record_id in whole.data:
            loaded, faults = _load_one(kind, record_id, whole, path, is_private=is_private)
            problems.extend(faults)
            if record_id in known:
                problems.append(_report_double(path, whole, record_id))
            elif loaded:
                records.append(loaded)
    return LoadedFolder(tuple(records), tuple(problems))


def _load_one(
    kind: RecordKind[R], record_id: str, whole: YamlText, path: str, *, is_private: bool
) -> tuple[LoadedRecord[R] | None, tuple[Problem, ...]]:
    place = whole.key_place(record_id)
    if not SLUG.fullmatch(record_id):
        message = f'The id "{record_id[:80]}" has other signs than small letters, digits and hyphens.'
        hint = suggest_slug(record_id)
        return None, (Problem(path, place.line, place.column, "content.bad-name", message, hint),)
    fields = whole.below(record_id)
    filled_in = {"id": record_id, "path": path, "is_private": is_private}
    problems: tuple[Problem, ...] = ()
    if not isinstance(whole.data[record_id], dict) and record_id not in whole.broken:
        message = f'"{record_id}" needs fields below it.'
        hint = "Write each on a line of its own, indented, as name: value."
        problems = (Problem(path, place.line, place.column, "front-matter.wrong-kind", message, hint),)
        return LoadedRecord(record_id, path, is_private, None, fields), problems
    checked = check_record(kind, fields, path, filled_in)
    if fields.data.get("id", record_id) != record_id:
        place = fields.place("id")
        message, hint = f'This id is not "{record_id}", under which it stands.', "Take the line away."
        problems = (Problem(path, place.line, place.column, "front-matter.id-differs", message, hint),)
    loaded = LoadedRecord(record_id, path, is_private, checked.record, fields, is_sound=checked.is_sound)
    return loaded, (*checked.problems, *problems)


def _report_double(path: str, whole: YamlText, record_id: str) -> Problem:
    place = whole.key_place(record_id)
    message = f'The public list has "{record_id}" already.'
    return Problem(path, place.line, place.column, "content.same-name", message, "Rename one of the two.")
