"""What will be said against a recommendation, and what is said for it: objections, lines, questions."""

from dataclasses import dataclass

from policy_tools.edition.wording import format_sentence
from policy_tools.model.recommendation import Objection, Question, RecommendationRecord
from policy_tools.model.terms import ACCOUNTING_OFFICER_TESTS, GROUNDS, OBJECTORS


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """An objection and its answer; `is_test` marks the Accounting Officer's four tests."""

    raised_by: str
    ground: str
    claim: str
    response: str
    source: str
    is_test: bool
    direction_needed: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that helps to make the case and to answer for it."""

    objections: tuple[ObjectionLine, ...]
    lines: tuple[str, ...]
    qa: tuple[Question, ...]
    questions: tuple[str, ...]


def build_answers(record: RecommendationRecord) -> Answers:
    """The answers in the order of the record."""
    return Answers(
        tuple(_build_objection(item) for item in record.objections),
        record.lines_to_take,
        record.qa,
        record.questions,
    )


def _build_objection(item: Objection) -> ObjectionLine:
    return ObjectionLine(
        raised_by=OBJECTORS[item.raised_by],
        ground=GROUNDS[item.ground],
        claim=item.claim,
        response=item.response,
        source=format_sentence(item.source),
        is_test=item.ground in ACCOUNTING_OFFICER_TESTS,
        direction_needed=item.direction_needed,
    )
