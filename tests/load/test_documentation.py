"""Is everything that an author can write, and everything that can be wrong with it, explained?"""

import re
from pathlib import Path

import pytest

from policy_tools.model.department import Department
from policy_tools.model.embargo import Embargo
from policy_tools.model.glossary import GlossaryEntry
from policy_tools.model.pack import PackContact, PackRecord, PartRecord, Selection, Stakeholder
from policy_tools.model.page import PageRecord
from policy_tools.model.paper import Contact, Correction, DataFile, Funding, InlineAuthor, PaperRecord
from policy_tools.model.person import Person
from policy_tools.model.programme import Institute, Programme, Series, Topic
from policy_tools.model.recommendation import (
    ConsentMotion,
    Cost,
    CostLine,
    Evidence,
    Milestone,
    NationsAffected,
    Objection,
    Owner,
    Precedent,
    Question,
    RecommendationNotes,
    RecommendationRecord,
    RecommendationStatus,
    StatusEntry,
    Timeline,
    Uncertainty,
    Vehicle,
)
from policy_tools.model.record import Record, loaded_fields
from policy_tools.model.seat import Comparators, StatisticRecord
from policy_tools.model.secondment import Declaration, Secondment, SecondmentNotes

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z0-9]+)*")
FILE_ENDINGS = re.compile(
    r"\.(?:bib|css|csl|csv|docx|epub|html|ico|js|json|jsonl|lua|md|opf|pdf|png|py|sqlite|svg|toml|txt|typ|xhtml|xml|yaml)$"
)

HEADINGS = {
    PaperRecord: "## Paper: `content/papers/<slug>/paper.md`",
    Embargo: "### `embargo`",
    InlineAuthor: "### One of `authors`",
    Funding: "### One of `funding`",
    DataFile: "### One of `data`",
    Correction: "### One of `corrections`",
    Contact: "### `contact`",
    Person: "## Person: `content/people/<id>.md`",
    Programme: "## Programme: `content/programmes/<id>.md`",
    Institute: "## Institute: `content/institutes/<id>.md`",
    Series: "## Series: one of `content/series.yaml`",
    Topic: "## Topic: one of `content/topics.yaml`",
    GlossaryEntry: "## Glossary: one of `content/glossary.yaml`",
    PageRecord: "## Page: `content/pages/<slug>.md`",
    RecommendationRecord: "## Recommendation: one of `recommendations.yaml` beside `paper.md`",
    Owner: "### `owner`",
    Vehicle: "### `vehicle`",
    NationsAffected: "### `nations`",
    ConsentMotion: "### `consent_motion`",
    Cost: "### `cost`",
    CostLine: "### One of `lines`",
    Uncertainty: "### `uncertainty`",
    Timeline: "### `timeline`",
    Milestone: "### One of `milestones`",
    Evidence: "### `evidence`",
    Precedent: "### One of `precedents`",
    Objection: "### One of `objections`",
    Question: "### One of `qa`",
    RecommendationStatus: "### `status`",
    StatusEntry: "### One of `log`",
    RecommendationNotes: (
        "## What only a private pack may say: one of `content/private/recommendation-notes.yaml`"
    ),
    Department: "## Department: one of `content/departments.yaml`",
    PackRecord: "## Pack: `content/packs/<id>.yaml`",
    Selection: "### `select`",
    PartRecord: "### One of `parts`",
    Stakeholder: "### One of `stakeholders`",
    PackContact: "### One of a pack's `contacts`",
    Secondment: "## Secondment: one of `content/secondments.yaml`",
    Declaration: "### `declared`",
    SecondmentNotes: "## A secondment's private half: one of `content/private/secondment-notes.yaml`",
    StatisticRecord: "## Statistic: `content/statistics/<id>.yaml`",
    Comparators: "### `comparators`",
}


MODEL = "policy_tools.model."
"""Where the records stand that authors write; packs keep others of their own."""


def find_documented(heading: str) -> dict[str, bool]:
    """The fields of a section's table, and whether each is printed bold, as required."""
    text = (ROOT / "docs/records.md").read_text("utf-8")
    section = text.partition(f"{heading}\n")[2]
    section = re.split(r"^#", section, maxsplit=1, flags=re.MULTILINE)[0]
    return {name: bool(bold) for bold, name in re.findall(r"^\| (\*\*)?`(\w+)`", section, re.MULTILINE)}


@pytest.mark.parametrize("record", HEADINGS, ids=lambda record: record.__name__)
def test_every_field_of_every_record_is_documented(record: type[Record]) -> None:
    by_loader = loaded_fields(record)
    expected = {
        name: field.is_required() and name != "id"
        for name, field in record.model_fields.items()
        if name not in by_loader
    }
    assert find_documented(HEADINGS[record]) == expected


def test_every_record_has_its_section() -> None:
    written = {record for record in Record.__subclasses__() if record.__module__.startswith(MODEL)}
    assert written <= set(HEADINGS)


def find_codes() -> set[str]:
    """Every text in the code that has the form of a problem's code."""
    found: set[str] = set()
    for file in (ROOT / "policy_tools").rglob("*.py"):
        found.update(re.findall(rf'"({CODE.pattern})"', file.read_text("utf-8")))
    for file in (ROOT / "policy_tools").rglob("*.lua"):
        found.update(re.findall(rf"code = '({CODE.pattern})'", file.read_text("utf-8")))
    return {code for code in found if not FILE_ENDINGS.search(code)} - {"e.g", "n.d"}


def test_every_problem_is_explained() -> None:
    table = set(re.findall(rf"`({CODE.pattern})`", (ROOT / "docs/problems.md").read_text("utf-8")))
    codes = find_codes()
    assert len(codes) > 100
    assert codes - table == set()


def test_every_problem_that_is_explained_exists() -> None:
    cells = re.findall(r"^\| (`.*?`) \|", (ROOT / "docs/problems.md").read_text("utf-8"), re.MULTILINE)
    explained = {code for cell in cells for code in re.findall(CODE, cell)}
    assert explained - find_codes() == set()


def test_every_problem_of_loading_has_a_test() -> None:
    areas = ("front-matter.", "content.", "asset.", "leak.", "record.unknown", "record.own", "record.double")
    tests = "".join(
        file.read_text("utf-8") for file in (ROOT / "tests").rglob("*.py") if file != Path(__file__)
    )
    untested = {
        code
        for code in find_codes()
        if code.startswith(areas) and not re.search(rf'["\s.]{re.escape(code.partition(".")[2])}\b', tests)
    }
    assert untested == set()
