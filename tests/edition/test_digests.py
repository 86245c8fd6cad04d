"""A page is rewritten exactly when what it shows has changed, and a paper's text is loaded only then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from policy_tools.edition.documents import Download, summarise
from policy_tools.edition.output import OutputPage
from policy_tools.edition.theme import Theme
from policy_tools.model.body import Body, Heading
from policy_tools.model.document import Document
from policy_tools.model.library import PublicLibrary
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Position
from tests.edition.sample import Render, Sample, make_document, make_library, make_paper, make_sample

Change = Callable[[Sample], Sample]


def with_library(sample: Sample, **parts: object) -> Sample:
    return make_sample(replace(sample.library, **parts), sample.theme, sample.site)  # type: ignore[arg-type]


def with_record(slug: str, **fields: object) -> Change:
    def change(sample: Sample) -> Sample:
        return with_library(
            sample,
            papers=tuple(edit(paper) if paper.slug == slug else paper for paper in sample.library.papers),
        )

    def edit(paper: Paper) -> Paper:
        return replace(paper, record=paper.record.model_copy(update=fields))

    return change


def with_new_paper(sample: Sample) -> Sample:
    paper = make_paper("a-new-one", programmes=("foreign",), published=date(2026, 12, 24))
    return with_library(sample, papers=(paper, *sample.library.papers))


def without_a_paper(sample: Sample) -> Sample:
    return with_library(
        sample, papers=tuple(item for item in sample.library.papers if item.slug != "housing")
    )


def with_other_text(sample: Sample) -> Sample:
    paper = sample.library.papers[1]
    document = replace(make_document(paper), html="<p>Another text.</p>")
    return replace(sample, documents={**sample.documents, paper.id: summarise(document)})


def with_recommendation(id_: str, **fields: object) -> Change:
    def change(sample: Sample) -> Sample:
        item = sample.library.recommendations[id_]
        edited = replace(item, record=item.record.model_copy(update=fields))
        return with_library(sample, recommendations={**sample.library.recommendations, id_: edited})

    return change


def with_department(id_: str, **fields: object) -> Change:
    def change(sample: Sample) -> Sample:
        edited = sample.library.departments[id_].model_copy(update=fields)
        return with_library(sample, departments={**sample.library.departments, id_: edited})

    return change


def without_a_recommendation(sample: Sample) -> Sample:
    kept = {id_: item for id_, item in sample.library.recommendations.items() if id_ != "nib-02"}
    return with_library(sample, recommendations=kept)


def with_other_words_of_an_ask(sample: Sample) -> Sample:
    """A citation in it leads elsewhere: the paper's page changes, and the recommendation's own."""
    paper = sample.library.papers[0]
    document = make_document(paper)
    html = document.html.replace("with a first capital", 'with a <a href="#ref-x">first</a> capital')
    assert html != document.html
    return replace(sample, documents={**sample.documents, paper.id: summarise(replace(document, html=html))})


def with_other_brief(sample: Sample) -> Sample:
    brief = (Download("pdf", "recommendations/nib-01/nib-01-brief.pdf", 5, "PDF"),)
    return replace(sample, downloads={**sample.downloads, "brief:nib-01": brief})


def with_other_download(sample: Sample) -> Sample:
    downloads = {**sample.downloads, "housing": (Download("pdf", "papers/housing/housing.pdf", 5, "PDF"),)}
    return replace(sample, downloads=downloads)


def with_other_biography(sample: Sample) -> Sample:
    person = sample.library.people["jo-marsh"].model_copy(update={"bio": "Other words."})
    return with_library(sample, people={**sample.library.people, "jo-marsh": person})


def with_other_name(sample: Sample) -> Sample:
    person = sample.library.people["jo-marsh"].model_copy(update={"name": "Josephine Marsh"})
    return with_library(sample, people={**sample.library.people, "jo-marsh": person})


def with_other_footer(sample: Sample) -> Sample:
    return replace(sample, site=replace(sample.site, tagline="Other words"))


def with_nothing_new(sample: Sample) -> Sample:
    library: PublicLibrary = make_library()
    return make_sample(library, sample.theme, replace(sample.site))


def with_an_unseen_field(sample: Sample) -> Sample:
    """The file's own digest, where the body stands and how it is typeset show on no page."""
    papers = tuple(replace(paper, digest="f" * 64) for paper in sample.library.papers)
    return with_library(sample, papers=papers)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (with_nothing_new, 0),
        (with_an_unseen_field, 0),
        (with_record("housing", csl="apa"), 0),
        (with_record("housing", licence="CC0-1.0"), 1),
        (with_record("housing", title="Homes"), None),
        (with_record("care-at-home", key_points=("One point.",)), 1),
        (with_record("tax-gap", topics=("investment",)), None),
        (with_record("tax-gap", superseded_by="housing"), None),
        (with_new_paper, None),
        (without_a_paper, None),
        (with_other_text, 1),
        (with_other_download, 1),
        (with_other_biography, 1),
        (with_other_name, None),
        (with_other_footer, None),
        (with_recommendation("tax-01", lines_to_take=("It is fair.",)), 1),
        (with_recommendation("tax-01", title="Count the gap anew"), None),
        (with_recommendation("tax-01", blocks=("nib-01",)), None),
        (without_a_recommendation, None),
        (with_department("hmt", former_names=("The Board of Treasury",)), 1),
        (with_department("hmt", name="His Majesty’s Treasury"), None),
        (with_other_words_of_an_ask, 2),
        (with_other_brief, 1),
    ],
)
def test_a_digest_changes_exactly_when_the_page_does(
    sample: Sample, render: Render, change: Change, changed: int | None
) -> None:
    before = {page.address: page for page in sample.build().pages}
    after = {page.address: page for page in change(sample).build().pages}
    both = before.keys() & after.keys()
    by_digest = {address for address in both if before[address].digest != after[address].digest}
    by_bytes = {address for address in both if render(before[address]) != render(after[address])}
    assert by_digest == by_bytes
    assert changed in (None, len(by_digest))
    assert changed is not None or by_digest


def test_pages_hang_on_no_more_of_a_body_than_the_works_and_links_in_it(sample: Sample) -> None:
    """So that an edit of a paper's words need not lay out any page but its own."""
    heading = Heading(1, "Another heading", "another-heading", Position(90, 1))

    def reword(paper: Paper) -> Paper:
        links = tuple(
            link._replace(text="other words", position=Position(99, 9)) for link in paper.body.links
        )
        citations = tuple(citation._replace(position=Position(98, 8)) for citation in paper.body.citations)
        body = Body("Another text.", 97, citations=citations, links=links, headings=(heading,))
        return replace(paper, body=body, digest="another")

    library = sample.library
    reworded = replace(
        sample,
        library=replace(
            library,
            papers=tuple(map(reword, library.papers)),
            earlier_versions=tuple(map(reword, library.earlier_versions)),
        ),
    )
    before, after = sample.build(), reworded.build()
    assert [(page.address, page.digest) for page in before.pages] == [
        (page.address, page.digest) for page in after.pages
    ]
    assert [(file.address, file.digest) for file in before.files] == [
        (file.address, file.digest) for file in after.files
    ]


def test_a_text_is_loaded_only_for_a_page_that_is_rendered(sample: Sample, render: Render) -> None:
    loaded: list[str] = []

    def watch(paper: Paper) -> Callable[[], Document]:
        def load() -> Document:
            loaded.append(paper.id)
            return make_document(paper)

        return load

    documents = {
        paper.id: replace(sample.documents[paper.id], load=watch(paper))
        for paper in sample.library.all_papers
    }
    pages: tuple[OutputPage, ...] = replace(sample, documents=documents).build().pages
    assert loaded == []
    render(next(page for page in pages if page.address == "papers/tax-gap/index.html"))
    assert loaded == ["tax-gap"]


def test_another_template_or_style_changes_every_page(sample: Sample, theme: Theme) -> None:
    other = replace(sample, theme=replace(theme, digest="0" * 64))
    pairs = zip(sample.build().pages, other.build().pages, strict=True)
    assert all(one.digest != two.digest for one, two in pairs)


def test_no_two_pages_share_a_digest(sample: Sample) -> None:
    pages = sample.build().pages
    assert len({page.digest for page in pages}) == len(pages)
