"""Small libraries made by hand, for clearing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from policy_tools.load.body import scan_body
from policy_tools.model.department import Department
from policy_tools.model.library import Library
from policy_tools.model.pack import Pack
from policy_tools.model.page import Page, PageRecord
from policy_tools.model.paper import Embargo, Paper, PaperRecord, Status
from policy_tools.model.person import Person
from policy_tools.model.programme import Topic
from policy_tools.model.recommendation import Recommendation, RecommendationNotes
from policy_tools.model.reference import Reference
from policy_tools.model.seat import Statistic
from policy_tools.model.secondment import Secondment, SecondmentNotes
from tests.small_records import make_department, make_institute, make_programme, make_series, make_team


def make_paper(
    slug: str = "nib",
    *,
    status: Status = Status.PUBLISHED,
    published: date = date(2026, 1, 15),
    embargo: datetime | None = None,
    label: str | None = None,
    is_private: bool = False,
    version: int = 1,
    is_current: bool = True,
    is_sound: bool = True,
    body: str = "",
    **fields: object,
) -> Paper:
    """A paper that would be public but for what is said of it."""
    record = PaperRecord.model_validate(
        {
            "title": slug,
            "series": "paper",
            "programmes": ["economy"],
            "authors": ["economy-team", {"given": "A", "family": "B"}],
            "published": published,
            "status": status,
            "summary": "Words.",
            "version": version,
            "embargo": Embargo(until=embargo, label=label) if embargo else None,
            **fields,
        }
    )
    folder = "content/private/papers" if is_private else "content/papers"
    path = f"{folder}/{slug}/paper.md" if is_current else f"{folder}/{slug}/v{version}/paper.md"
    scanned, _ = scan_body(body, 20, path)
    return Paper(
        slug,
        path,
        record,
        scanned,
        (),
        "0" * 64,
        is_private=is_private,
        is_current=is_current,
        places={"supersedes": (5, 13), "superseded_by": (6, 16), "authors.0": (7, 11)},
        is_sound=is_sound,
    )


def make_page(slug: str, status: str = "published", text: str = "", *, is_private: bool = False) -> Page:
    record = PageRecord.model_validate({"title": slug, "summary": "S", "status": status})
    return Page(slug, f"content/pages/{slug}.md", record, text, 6, "0" * 64, is_private=is_private)


def make_reference(key: str, *, is_private: bool = False, url: str = "") -> Reference:
    return Reference(key, "book", {"url": url}, "", "content/library.bib", 1, "0" * 64, is_private=is_private)


def add_asks(
    library: Library,
    *,
    recommendations: Iterable[Recommendation] = (),
    departments: Iterable[Department] = (),
    packs: Iterable[Pack] = (),
    secondments: Iterable[Secondment] = (),
    statistics: Iterable[Statistic] = (),
    notes: Mapping[str, RecommendationNotes] | None = None,
    secondment_notes: Mapping[str, SecondmentNotes] | None = None,
) -> Library:
    """The library with recommendations and what goes with them; the Treasury is always there."""
    return replace(
        library,
        departments={each.id: each for each in (make_department(), *departments)},
        recommendations={each.id: each for each in recommendations},
        packs={each.id: each for each in packs},
        secondments={each.id: each for each in secondments},
        statistics={each.id: each for each in statistics},
        recommendation_notes=notes or {},
        secondment_notes=secondment_notes or {},
    )


def make_library(
    *papers: Paper,
    references: Iterable[Reference] = (),
    pages: Iterable[Page] = (),
    private: Iterable[str] = (),
) -> Library:
    """A library with a record of each kind; those named in `private` are private."""
    hidden = frozenset(private)
    return Library(
        papers=tuple(paper for paper in papers if paper.is_current),
        earlier_versions=tuple(paper for paper in papers if not paper.is_current),
        pages=tuple(pages),
        people=MappingProxyType(
            {
                "economy-team": make_team(
                    programme="economy",
                    path="content/people/economy-team.md",
                    is_private="economy-team" in hidden,
                ),
                "spy": Person(id="spy", name="Spy", is_private=True),
            }
        ),
        programmes=MappingProxyType(
            {"economy": make_programme(lead="economy-team", is_private="economy" in hidden)}
        ),
        institutes=MappingProxyType(
            {"trivet": make_institute(series=("paper",), is_private="trivet" in hidden)}
        ),
        series=MappingProxyType({"paper": make_series(is_private="paper" in hidden)}),
        topics=MappingProxyType({"tax": Topic(id="tax", title="Tax", is_private="tax" in hidden)}),
        references=MappingProxyType({reference.key: reference for reference in references}),
    )
