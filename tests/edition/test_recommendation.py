"""A recommendation's page, a department's, and what papers and programmes show of them."""

from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from lxml.html import HtmlElement

from policy_tools.edition.theme import Theme
from policy_tools.model.recommendation import RecommendationRecord
from tests.edition.asks import make_departments, make_recommendation, make_recommendations
from tests.edition.sample import Render, Sample, make_library, make_sample
from tests.small_records import make_statistic

NASTY = "\"><script>alert('x')</script><img src=x onerror=alert(1)> & 'q' {{ 7*7 }}"


def read(sample: Sample, render: Render, address: str) -> HtmlElement:
    page = next(page for page in sample.build().pages if page.address == f"{address}index.html")
    return html.document_fromstring(render(page))


def words(tree: HtmlElement) -> str:
    return " ".join(tree.text_content().split())


def sections(tree: HtmlElement) -> dict[str, str]:
    """The words of each band, by its label."""
    return {
        words(section.xpath("./h2")[0]): words(section.xpath("./*[2]")[0])
        for section in tree.xpath("//section[h2[contains(@class, 'band__label')]]")
    }


def facts(part: HtmlElement) -> dict[str, str]:
    """The terms of its lists of facts, and what is said of each."""
    return {words(fact.xpath("./dt")[0]): words(fact.xpath("./dd")[0]) for fact in part.xpath(".//dl/div")}


def test_everything_in_the_record_is_shown(sample: Sample, render: Render) -> None:
    found = sections(read(sample, render, "recommendations/nib-01/"))
    assert list(found) == [
        "The ask",
        "Why now",
        "Status",
        "Who and how",
        "Nations",
        "Timeline",
        "Costing",
        "Evidence",
        "Objections and responses",
        "Lines to take",
        "Questions and answers",
        "Questions for the Minister",
        "Whom it affects",
        "What it hangs on",
        "Cite this",
    ]
    said = " ".join(found.values())
    for text in leaves(make_recommendations()["nib-01"].record):
        assert text.removesuffix(".") in said, text


def test_the_statistics_that_bear_on_it_are_told_with_source_and_licence(
    theme: Theme, render: Render
) -> None:
    library = make_library()
    ask = library.recommendations["nib-01"]
    ask = replace(ask, record=ask.record.model_copy(update={"statistics": ("turnout",)}))
    library = replace(
        library,
        recommendations={**library.recommendations, "nib-01": ask},
        statistics={"turnout": make_statistic()},
    )
    found = facts(read(make_sample(library, theme), render, "recommendations/nib-01/"))
    assert found["Figures"] == "Turnout (per cent). A library, 4 July 2024. A licence."


def test_the_minister_is_the_one_who_heads_the_department_unless_another_is_named(
    sample: Sample, render: Render
) -> None:
    assert sample.library.recommendations["nib-02"].record.owner.minister is None
    found = facts(read(sample, render, "recommendations/nib-02/"))
    assert found["Minister"] == "Chancellor of the Exchequer"


def leaves(record: RecommendationRecord) -> list[str]:
    """Every sentence of a record: what has a space in it is no id, and no term."""

    def walk(value: Any) -> list[str]:  # noqa: ANN401
        if isinstance(value, dict):
            return [text for item in value.values() for text in walk(item)]
        if isinstance(value, list | tuple):
            return [text for item in value for text in walk(item)]
        return [value] if isinstance(value, str) and " " in value else []

    return walk(record.model_dump(exclude={"title"}))


def test_status_is_dated_and_its_source_is_told(sample: Sample, render: Render) -> None:
    tree = read(sample, render, "recommendations/nib-01/")
    steps = tree.xpath("//section[@aria-labelledby='page-status']//li")
    assert [step.xpath(".//time/@datetime") for step in steps] == [["2026-11-22"], ["2026-12-01"]]
    assert [step.xpath(".//strong/text()") for step in steps] == [["Proposed"], ["Announced"]]
    assert words(steps[0]).endswith("The paper.")
    assert words(steps[1]).endswith("(now)Autumn Statement.")


def test_the_costing_adds_up_and_has_true_minus_signs(sample: Sample, render: Render) -> None:
    tree = read(sample, render, "recommendations/nib-01/")
    table = tree.xpath("//section[@aria-labelledby='page-costing']//table")[0]
    rows = [[words(cell) for cell in row] for row in table.xpath(".//tr")]
    assert rows[1:] == [
        ["2027-28", "Capital DEL", "−£300 million", "−£250 million", "−£200 million"],  # noqa: RUF001
        ["2028-29", "Capital DEL", "−£1.2 billion", "−£1 billion", "−£800 million"],  # noqa: RUF001
        ["All years", "−£1.5 billion", "−£1.3 billion", "−£1 billion"],  # noqa: RUF001
    ]
    assert "2025-26 prices" in words(table.xpath("./caption")[0])
    told = facts(tree.xpath("//section[@aria-labelledby='page-costing']")[0])
    assert told["Uncertainty"] == "Data: low; modelling: medium; behaviour: high; all in all: medium-high"


def test_objections_are_marked_as_the_accounting_officers(sample: Sample, render: Render) -> None:
    tree = read(sample, render, "recommendations/nib-01/")
    first, second = tree.xpath("//ul[@class='objections']/li")
    assert words(first.xpath("./h3")[0]) == "The Accounting Officer: value for money"
    assert [words(tag) for tag in first.xpath(".//*[contains(@class, 'tag')]")] == [
        "Accounting Officer’s test",
        "Ministerial direction needed",
    ]
    assert second.xpath(".//*[contains(@class, 'tag')]") == []


def test_a_citation_in_the_ask_leads_to_the_papers_page(sample: Sample, render: Render) -> None:
    box = (
        '<div id="nib-01" class="recommendation"><p><span class="box-label">Recommendation 1</span></p>'
        '<p id="p-1">Do it <span id="cite-x-1" class="citation"><a href="#ref-x">(X, 2020)</a></span>, '
        '<a href="/papers/tax-gap/">as here</a>, <a href="https://example.org/">there</a> '
        '<img src="gap.svg" alt="The gap"></p><div class="note"><p>A box in it.</p></div></div><p>After.</p>'
    )
    paper = sample.library.papers[0]
    summary = sample.documents[paper.id]
    document = replace(summary.load(), html=f"<p>Before.</p>{box}")
    documents = {**sample.documents, paper.id: replace(summary, load=lambda: document)}
    tree = read(replace(sample, documents=documents), render, "recommendations/nib-01/")
    ask = tree.xpath("//div[contains(@class, 'ask ')]")[0]
    assert words(ask) == "Do it (X, 2020), as here, there A box in it."
    assert ask.xpath(".//a/@href") == [
        "../../papers/national-investment-bank/#ref-x",
        "../../papers/tax-gap/",
        "https://example.org/",
    ]
    assert ask.xpath(".//img/@src") == ["../../papers/national-investment-bank/gap.svg"]
    assert ask.xpath(".//@id") == ["ask-p-1", "ask-cite-x-1"]
    (place,) = tree.xpath("//p[@class='ask-place']/a[1]/@href")
    assert place == "../../papers/national-investment-bank/#nib-01"


def test_what_is_left_out_shows_no_heading(sample: Sample, render: Render) -> None:
    tree = read(sample, render, "recommendations/tax-01/")
    assert list(sections(tree)) == [
        "The ask",
        "Status",
        "Who and how",
        "Nations",
        "Timeline",
        "Evidence",
        "What it hangs on",
        "Cite this",
    ]
    for part in tree.xpath("//h2 | //h3 | //dt | //dd | //ul | //ol | //dl | //section | //th | //td"):
        assert part.text_content().strip(), html.tostring(part)
    assert "None" not in words(tree)


def test_connections_are_told_from_both_ends(sample: Sample, render: Render) -> None:
    def connections(id_: str) -> dict[str, str]:
        tree = read(sample, render, f"recommendations/{id_}/")
        return facts(tree.xpath("//section[@aria-labelledby='page-connections']")[0])

    assert connections("nib-02") == {
        "Depends on": "Found the bank by direction",
        "Needed by": "Do what care-01 asks",
    }
    assert connections("nib-01") == {
        "Needed by": "Give it a mandate in law",
        "Rules out": "Do what tax-02 asks",
    }
    assert connections("tax-02")["Ruled out by"] == "Found the bank by direction"


def test_what_the_public_may_not_see_is_named_nowhere(theme: Theme, render: Render) -> None:
    """`clear` takes a secret recommendation away; those that name it do not tell."""
    library = make_library()
    secret = {id_: item for id_, item in library.recommendations.items() if id_ != "tax-02"}
    edition = make_sample(replace(library, recommendations=secret), theme).build()
    assert not [page.address for page in edition.pages if "tax-02" in render(page)]
    assert not [file.address for file in edition.files if b"Do what tax-02" in file.read()]


def test_a_brief_is_offered_where_there_is_one(sample: Sample, render: Render) -> None:
    tree = read(sample, render, "recommendations/nib-01/")
    assert tree.xpath("//section[contains(@class, 'downloads')]//a/@href") == [
        "../../recommendations/nib-01/nib-01-brief.pdf"
    ]
    programme = read(sample, render, "programmes/economy/")
    assert programme.xpath("//section[contains(@class, 'downloads')]//a/@href") == [
        "../../programmes/economy/economy-brief.pdf"
    ]
    assert read(sample, render, "recommendations/nib-02/").xpath("//*[contains(@class, 'downloads')]") == []


def test_it_can_be_cited_by_an_address_that_stays(sample: Sample, render: Render) -> None:
    cite = sections(read(sample, render, "recommendations/nib-01/"))["Cite this"]
    assert cite.startswith("“Found the bank by direction” (recommendation nib-01), in Marsh, J. (2026) A N")
    assert cite.count("https://tank.example/recommendations/nib-01/") == 2


def test_papers_and_programmes_lead_to_their_recommendations(sample: Sample, render: Render) -> None:
    paper = read(sample, render, "papers/national-investment-bank/")
    assert paper.xpath("//*[@class='asks__more']/a/@href") == [
        "../../recommendations/nib-01/",
        "../../recommendations/nib-02/",
    ]
    earlier = read(sample, render, "papers/national-investment-bank/v1/")
    assert earlier.xpath("//*[@class='asks__more']") == []
    programme = read(sample, render, "programmes/public-services/")
    assert programme.xpath("//ul[@class='ask-list']//p[@class='ask-list__title']/a/text()") == [
        "Found the bank by direction",
        "Give it a mandate in law",
        "Do what care-01 asks",
    ]


def test_a_department_shows_what_it_leads_and_shares(sample: Sample, render: Render) -> None:
    found = sections(read(sample, render, "departments/hmrc/"))
    assert found["Leads on"].startswith("Do what tax-01 asks")
    assert found["Takes part in"].startswith("Do what tax-02 asks")
    about = facts(read(sample, render, "departments/hmt/"))
    assert about["Has been called"] == "Exchequer"
    assert about["Accounting Officer"] == "Permanent Secretary to the Treasury"


def test_a_department_that_has_no_record_stands_by_its_id(sample: Sample, render: Render) -> None:
    tree = read(sample, render, "recommendations/care-01/")
    assert facts(tree)["Lead department"] == "dhsc"
    assert tree.xpath("//a[contains(@href, 'departments/dhsc')]") == []


def poison(value: Any) -> Any:  # noqa: ANN401
    """A record with an attack in place of every sentence."""
    if isinstance(value, dict):
        return {name: poison(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(poison(item) for item in value)
    return NASTY if isinstance(value, str) and " " in value else value


@pytest.mark.parametrize("address", ["nib-01/", "nib-02/", "", "grid/", "dependencies/"])
def test_hostile_words_stay_words(address: str, sample: Sample, theme: Theme, render: Render) -> None:
    library = make_library()
    hostile = replace(
        library,
        recommendations={
            id_: replace(item, record=RecommendationRecord(**poison(item.record.model_dump())))
            for id_, item in library.recommendations.items()
        },
        departments={
            id_: item.model_copy(
                update={
                    "name": NASTY,
                    "abbreviation": NASTY,
                    "minister": NASTY,
                    "accounting_officer": NASTY,
                    "former_names": (NASTY,),
                }
            )
            for id_, item in make_departments().items()
        },
    )
    place = f"recommendations/{address}"
    tree = read(make_sample(hostile, theme), render, place)
    assert words(tree).count("<script>alert('x')</script>") > 2
    assert len(tree.xpath("//script")) == len(read(sample, render, place).xpath("//script"))
    assert tree.xpath("//@*[starts-with(name(), 'on')] | //img") == []
    assert "49" not in words(tree).split()


def test_a_recommendation_cannot_take_the_grids_place(theme: Theme) -> None:
    library = make_library()
    taken = {**library.recommendations, "grid": make_recommendation("grid")}
    (problem,) = make_sample(replace(library, recommendations=taken), theme).build().problems
    assert problem.code == "address.taken"
    assert problem.path == "content/papers/national-investment-bank/recommendations.yaml"
