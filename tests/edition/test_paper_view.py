from dataclasses import replace

import pytest

from policy_tools.edition.colophon import link_licence
from policy_tools.edition.output import PageView
from policy_tools.edition.paper import PaperView
from policy_tools.model.reference import Reference
from tests.edition.sample import Sample


def view_of(sample: Sample, address: str) -> PaperView:
    page = next(page for page in sample.build().pages if page.address == f"{address}index.html")
    assert isinstance(page, PageView)
    assert isinstance(page.view, PaperView)
    return page.view


@pytest.fixture
def bank(sample: Sample) -> PaperView:
    return view_of(sample, "papers/national-investment-bank/")


def test_the_title_block(bank: PaperView) -> None:
    assert bank.series_line == "Paper 3"
    assert [(author.name, author.address, author.affiliation) for author in bank.authors] == [
        ("Jo Marsh", "people/jo-marsh/", ""),
        ("Ada Ny", "", "University of Leeds"),
    ]
    assert bank.updated is not None
    assert (bank.published.text, bank.updated.text) == ("22 November 2026", "3 December 2026")
    assert (bank.words, bank.minutes) == ("3,460 words", 15)


def test_downloads_say_what_they_are_and_how_large(bank: PaperView) -> None:
    assert [(line.label, line.size) for line in bank.downloads] == [
        ("PDF", "412 kB"),
        ("Word", "98 kB"),
        ("EPUB", "1.2 MB"),
    ]


def test_notices_stand_gravest_first(sample: Sample, bank: PaperView) -> None:
    assert [notice.kind for notice in bank.notices] == ["corrected", "replaces"]
    (old,) = view_of(sample, "papers/a-bank-for-britain/").notices
    assert old.kind == "superseded"
    assert old.link is not None
    assert old.link.address == "papers/national-investment-bank/"


def test_a_correction_says_whether_the_conclusions_change(bank: PaperView) -> None:
    (line,) = bank.colophon.corrections
    assert (line.was, line.now, line.where) == ("2.9%", "1.9%", "Paragraph 1.2")
    assert line.conclusions == "The correction does not change the paper’s conclusions."


def test_the_number_of_the_series_stands_beside_that_of_the_paper(sample: Sample) -> None:
    series = sample.library.series["paper"].model_copy(update={"issn": "1234-5679"})
    library = replace(sample.library, series={**sample.library.series, "paper": series})
    about = view_of(replace(sample, library=library), "papers/national-investment-bank/").colophon
    assert (about.isbn, about.issn) == ("978-0-306-40615-7", "1234-5679")


def test_versions_are_listed_newest_first(bank: PaperView) -> None:
    assert [(line.number, line.address, line.is_current) for line in bank.versions] == [
        (2, "", True),
        (1, "papers/national-investment-bank/v1/", False),
    ]


def test_our_papers_that_refer_to_each_other_say_so(sample: Sample, bank: PaperView) -> None:
    assert [link.address for link in bank.cites] == ["papers/tax-gap/"]
    cited = view_of(sample, "papers/tax-gap/")
    assert [link.address for link in cited.cited_by] == ["papers/national-investment-bank/"]


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "https://tank.example/papers/housing/"},
        {"doi": "10.1/HOUSING"},
        {"doi": "https://doi.org/10.1/housing"},
    ],
)
def test_a_reference_to_one_of_our_papers_is_found_by_address_and_by_doi(
    sample: Sample, fields: dict[str, str]
) -> None:
    reference = Reference("keynes1936", "report", fields, "", "content/library.bib", 1, "0")
    papers = tuple(
        replace(paper, record=paper.record.model_copy(update={"doi": "10.1/housing"}))
        if paper.slug == "housing"
        else paper
        for paper in sample.library.papers
    )
    library = replace(sample.library, papers=papers, references={"keynes1936": reference})
    view = view_of(replace(sample, library=library), "papers/national-investment-bank/")
    assert [link.address for link in view.cites] == ["papers/housing/", "papers/tax-gap/"]


def test_a_link_to_what_the_public_may_not_see_is_not_counted(sample: Sample) -> None:
    papers = tuple(paper for paper in sample.library.papers if paper.slug != "tax-gap")
    view = view_of(
        replace(sample, library=replace(sample.library, papers=papers)), "papers/national-investment-bank/"
    )
    assert view.cites == ()


@pytest.mark.parametrize(
    ("name", "label", "is_linked"),
    [
        ("CC-BY-4.0", "CC BY 4.0", True),
        ("CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0", True),
        ("CC0-1.0", "CC0 1.0", True),
        ("All rights reserved", "All rights reserved", False),
    ],
)
def test_licences_are_called_by_their_usual_names(name: str, label: str, is_linked: bool) -> None:  # noqa: FBT001
    link = link_licence(name)
    assert (link.label, bool(link.address)) == (label, is_linked)
