"""The policy bank: everything is in it, facets count right, sums are right; and the grid and the graph."""

import csv
import io
import json
from collections import Counter
from dataclasses import replace

from lxml.html import HtmlElement

from policy_tools.edition.theme import Theme
from tests.edition.asks import make_cost, make_recommendation
from tests.edition.sample import Render, Sample, make_library, make_sample
from tests.edition.test_recommendation import read, words


def bank(sample: Sample, render: Render) -> HtmlElement:
    return read(sample, render, "recommendations/")


def cells(row: HtmlElement) -> list[str]:
    return [words(cell) for cell in row.xpath("./th | ./td")]


def test_each_recommendation_stands_once_in_the_table_of_its_first_programme(
    sample: Sample, render: Render
) -> None:
    tree = bank(sample, render)
    groups = {
        words(group.xpath("./h2")[0]): group.xpath(".//tbody/tr/th/a/@href")
        for group in tree.xpath("//section[@class='bank__group']")
    }
    assert groups == {
        "Economy and tax": [f"../recommendations/{id_}/" for id_ in ("nib-01", "nib-02", "tax-01", "tax-02")],
        "Public services": ["../recommendations/care-01/"],
    }
    captions = [words(caption) for caption in tree.xpath("//table[@class='bank__table']/caption")]
    assert captions == ["Economy and tax: 4 recommendations", "Public services: 1 recommendation"]


def test_a_row_tells_everything(sample: Sample, render: Render) -> None:
    row = bank(sample, render).xpath("//tbody/tr")[0]
    assert cells(row) == [
        "Found the bank by direction nib-01 United Kingdom",
        "HMT with DBT",
        "First 100 days",
        "Direction",
        "Moderate",
        "Announced 1 December 2026",
        "Costs £1.3 billion −£1.5 billion to −£1 billion 2027-28 to 2028-29",  # noqa: RUF001
    ]
    assert row.get("data-costs") == "2027-28 -300000 -250000 -200000,2028-29 -1200000 -1000000 -800000"


def test_facets_list_what_occurs_in_the_order_of_the_field(sample: Sample, render: Render) -> None:
    facets = {
        facet.get("data-facet"): [(item.get("data-value"), cells_of(item)) for item in facet]
        for facet in bank(sample, render).xpath("//ul[@data-facet]")
    }
    assert list(facets) == [
        "programme",
        "department",
        "phase",
        "vehicle",
        "nation",
        "evidence",
        "status",
        "cost",
        "size",
    ]
    assert facets["phase"] == [
        ("first-100-hours", "First 100 hours 1"),
        ("100-days", "First 100 days 1"),
        ("first-session", "First session 2"),
        ("first-term", "First term 1"),
    ]
    assert facets["department"] == [
        ("dbt", "Department for Business and Trade 1"),
        ("dhsc", "dhsc 1"),
        ("hmrc", "HM Revenue and Customs 2"),
        ("hmt", "HM Treasury 3"),
    ]
    assert facets["cost"] == [
        ("costs", "Costs money 1"),
        ("raises", "Raises money 2"),
        ("none", "No costing 2"),
    ]
    assert facets["size"] == [
        ("under-100m", "Under £100 million 1"),
        ("1bn-10bn", "£1 billion to £10 billion 2"),
    ]


def cells_of(item: HtmlElement) -> str:
    return " ".join(words(part) for part in item)


def test_every_option_counts_the_rows_that_bear_it(sample: Sample, render: Render) -> None:
    tree = bank(sample, render)
    for facet in tree.xpath("//ul[@data-facet]"):
        name = facet.get("data-facet")
        borne = Counter(
            value for row in tree.xpath("//tr[@data-phase]") for value in row.get(f"data-{name}").split()
        )
        shown = {item.get("data-value"): int(item[1].text) for item in facet}
        assert shown == dict(borne), name


def test_sums_by_year_and_by_programme(sample: Sample, render: Render) -> None:
    tree = bank(sample, render)
    years = [cells(row) for row in tree.xpath("//table[@id='page-years-table']//tr[@data-year]")]
    assert years == [
        ["2027-28", "£420 million", "£650 million", "£880 million"],
        ["2028-29", "−£208 million", "£240 million", "£688 million"],  # noqa: RUF001
        ["All years", "£212 million", "£890 million", "£1.6 billion"],
    ]
    programmes = [cells(row) for row in tree.xpath("//div[@id='page-programmes-table']//tbody/tr")]
    assert programmes == [
        ["Economy and tax", "3 of 4", "£212 million", "£890 million", "£1.6 billion"],
        ["Public services", "0 of 1", "Not costed"],
    ]
    assert words(tree.xpath("//*[@id='page-costed']")[0]) == "3 of 5 recommendations have a costing."


def test_sums_of_unlike_prices_ask_for_care(sample: Sample, theme: Theme, render: Render) -> None:
    caution = bank(sample, render).xpath("//aside[@id='page-caution']")[0]
    assert "2025-26 prices and cash" in words(caution)
    library = make_library()
    alike = {id_: item for id_, item in library.recommendations.items() if id_ != "nib-02"}
    tree = bank(make_sample(replace(library, recommendations=alike), theme), render)
    assert tree.xpath("//aside[@id='page-caution']") == []
    assert "in 2025-26 prices" in words(tree.xpath("//*[@id='page-years']")[0])


def test_without_costings_there_are_no_sums(theme: Theme, render: Render) -> None:
    one = {"care-01": make_recommendation("care-01", "care-at-home", ("public-services",))}
    sample = make_sample(replace(make_library(), recommendations=one), theme)
    tree = bank(sample, render)
    assert tree.xpath("//*[@id='page-totals' or @id='page-facets']") == []
    addresses = {file.address for file in sample.build().files}
    assert "recommendations/recommendations.csv" in addresses
    assert "recommendations/costings.csv" not in addresses


def test_a_programme_that_cannot_be_read_loses_no_recommendation(theme: Theme, render: Render) -> None:
    library = make_library()
    tree = bank(make_sample(replace(library, programmes={}), theme), render)
    assert [words(title) for title in tree.xpath("//section[@class='bank__group']/h2")] == ["Others"]
    assert len(tree.xpath("//tr[@data-phase]")) == 5


def test_without_recommendations_there_is_no_bank(theme: Theme, render: Render) -> None:
    edition = make_sample(replace(make_library(), recommendations={}), theme).build()
    assert not [page.address for page in edition.pages if page.address.startswith("recommendations/")]
    assert not [file.address for file in edition.files if file.address.startswith("recommendations/reco")]
    assert all('href="recommendations/"' not in render(page) for page in edition.pages[:1])


def test_the_files_say_the_same(sample: Sample) -> None:
    files = {
        file.address: file.read().decode("utf-8-sig")
        for file in sample.build().files
        if file.address.startswith("recommendations/") and not file.address.endswith(".pdf")
    }
    rows = list(csv.DictReader(io.StringIO(files["recommendations/recommendations.csv"])))
    assert [row["id"] for row in rows] == ["nib-01", "nib-02", "tax-01", "tax-02", "care-01"]
    assert rows[0]["lead_department_name"] == "HM Treasury"
    assert rows[0]["ask"].startswith("The Treasury should found")
    assert (rows[0]["low"], rows[0]["central"], rows[0]["high"]) == ("-1500", "-1250", "-1000")
    everything = json.loads(files["recommendations/recommendations.json"])
    assert [item["id"] for item in everything["recommendations"]] == [row["id"] for row in rows]
    assert everything["recommendations"][0]["cost"]["lines"][0]["central"] == -250
    assert everything["totals"][0] == {"year": "2027-28", "low": 420, "central": 650, "high": 880}
    lines = list(csv.DictReader(io.StringIO(files["recommendations/costings.csv"])))
    assert [(line["id"], line["year"]) for line in lines][:3] == [
        ("nib-01", "2027-28"),
        ("nib-01", "2028-29"),
        ("nib-02", "2028-29"),
    ]


def test_the_grid_has_a_tile_and_a_row_for_each(sample: Sample, render: Render) -> None:
    tree = read(sample, render, "recommendations/grid/")
    tiles = tree.xpath("//svg//a/@href")
    rows = tree.xpath("//table//tr/td[last()]/a/@href")
    assert sorted(tiles) == sorted(rows)
    assert len(set(tiles)) == 5
    assert tree.xpath("//div[@role='group'][svg]/@aria-label")[0].endswith("The table below says the same.")
    phases = [words(head) for head in tree.xpath("//th[@scope='rowgroup']")]
    assert phases == ["First 100 hours", "First 100 days", "First session", "First term"]


def test_the_graph_and_its_table_say_the_same(sample: Sample, render: Render) -> None:
    tree = read(sample, render, "recommendations/dependencies/")
    boxes = tree.xpath("//svg//a/@href")
    rows = tree.xpath("//tbody/tr/th/a/@href")
    assert sorted(boxes) == sorted(rows)
    table = {words(row[0]): [words(cell) for cell in row[1:]] for row in tree.xpath("//tbody/tr")}
    assert table["Do what care-01 asks"] == [
        "Give it a mandate in law Do what tax-02 asks",
        "Nothing",
        "Nothing",
    ]
    assert table["Found the bank by direction"][2] == "Do what tax-02 asks"
    assert table["Do what tax-02 asks"][2] == "Found the bank by direction"
    assert len(tree.xpath("//*[@class='picture__arrow']")) == 4
    assert len(tree.xpath("//*[contains(@class, 'picture__line--broken')]")) == 1


def test_nothing_that_hangs_together_is_no_page(theme: Theme) -> None:
    library = make_library()
    alone = {id_: item for id_, item in library.recommendations.items() if id_ in {"nib-01", "care-01"}}
    pages = make_sample(replace(library, recommendations=alone), theme).build().pages
    assert "recommendations/dependencies/index.html" not in {page.address for page in pages}


def test_sums_are_exact_to_a_thousand_pounds(theme: Theme, render: Render) -> None:
    cost = make_cost(y2027=1)
    line = {**cost["lines"][0], "low": "0.001", "central": "0.102", "high": "0.3"}
    item = make_recommendation("nib-02", cost={"price_base": "cash", "lines": (line,)})
    sample = make_sample(replace(make_library(), recommendations={"nib-02": item}), theme)
    assert bank(sample, render).xpath("//tbody/tr/@data-costs") == ["2027-28 1 102 300"]
