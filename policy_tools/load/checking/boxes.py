"""Has every recommendation of a paper's text an id of its own, and its record; and every record its text?"""

from collections.abc import Iterable, Iterator, Mapping

from policy_tools.load.checking.report import report, warn
from policy_tools.load.recommendations import RecommendationFile
from policy_tools.load.suggestion import find_nearest
from policy_tools.model.library import Library
from policy_tools.model.paper import Paper, Status
from policy_tools.model.problem import Problem
from policy_tools.model.slug import SLUG


def check_boxes(files: Iterable[RecommendationFile], papers: Iterable[Paper]) -> Iterator[Problem]:
    """Recommendations of current papers that stand in the text alone, or in the records alone."""
    current = list(papers)
    by_slug = {file.slug: file for file in files}
    elsewhere = {
        note.label: paper.path
        for paper in reversed(current)
        if not paper.is_private
        for note in paper.body.recommendations
    }
    for file in by_slug.values():
        if file.paper:
            yield from _check_records(file, _find_misspelt(file, file.paper), elsewhere)
    for paper in current:
        yield from _check_text(paper, by_slug.get(paper.slug))


def check_double_boxes(library: Library) -> Iterator[Problem]:
    """Ids that another paper has: told in the later of the two, and rather in a private one."""
    first: dict[str, list[Paper]] = {}
    for paper in sorted(library.papers, key=_rank):
        for label in dict.fromkeys(note.label for note in paper.body.recommendations):
            first.setdefault(label, []).append(paper)
    for paper in library.all_papers:
        for note in paper.body.recommendations:
            other = next((found for found in first.get(note.label, ()) if found.slug != paper.slug), None)
            if other and _rank(other) < _rank(paper) and SLUG.fullmatch(note.label):
                message = f'The recommendation "{note.label}" stands in {other.path} already.'
                hint = "Give this one an id of its own: an id is permanent and never used twice."
                yield report(paper, note.position, "recommendation.duplicate-id", message, hint)


def _rank(paper: Paper) -> tuple[bool, str]:
    return paper.is_private, paper.path


def _find_misspelt(file: RecommendationFile, paper: Paper) -> Mapping[str, str | None]:
    """The ids of records that no recommendation of the text has, each with the one that seems to be meant."""
    ids = {note.label for note in paper.body.recommendations}
    left = ids - {loaded.id for loaded in file.records}
    meant: dict[str, str | None] = {}
    for loaded in file.records:
        if loaded.id not in ids:
            meant[loaded.id] = nearest = find_nearest(loaded.id, left)
            left -= {nearest}
    return meant


def _check_records(
    file: RecommendationFile, misspelt: Mapping[str, str | None], elsewhere: Mapping[str, str]
) -> Iterator[Problem]:
    for loaded in file.records:
        if loaded.id not in misspelt:
            continue
        line, column = loaded.fields.head
        hint = f"Put ::: {{.recommendation #{loaded.id}}} around its words."
        if loaded.id in elsewhere:
            hint = f"It stands in {elsewhere[loaded.id]}: move the record beside that paper."
        elif nearest := misspelt[loaded.id]:
            hint = f'Did you mean "{nearest}"?'
        message = f'No recommendation "{loaded.id}" stands in the text of the paper.'
        yield Problem(file.path, line, column, "recommendation.without-text", message, hint)


def _check_text(paper: Paper, file: RecommendationFile | None) -> Iterator[Problem]:
    boxes = [note for note in paper.body.recommendations if SLUG.fullmatch(note.label)]
    if file is None and boxes and paper.record.status is not Status.DRAFT:  # a draft may still lack one
        number = "a recommendation" if len(boxes) == 1 else f"{len(boxes)} recommendations"
        message = f"This paper has {number}, and no recommendations.yaml beside it says who has to do what."
        hint = "Write one: docs/records.md has the fields."
        yield warn(paper, boxes[0].position, "recommendation.without-record", message, hint)
    elif file is not None and not file.is_unreadable:
        told = {loaded.id for loaded in file.records} | {*_find_misspelt(file, paper).values()}
        for note in boxes:
            if note.label not in told:
                message = f'The recommendation "{note.label}" has no record in recommendations.yaml.'
                hint = f"Add {note.label}: and its fields there."
                yield report(paper, note.position, "recommendation.without-record", message, hint)
