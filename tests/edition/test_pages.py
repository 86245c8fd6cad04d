"""Every page of the sample site, rendered: whole, escaped, and with no link that leads nowhere."""

import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urldefrag, urlsplit

import pytest
from lxml import html
from lxml.html import HtmlElement

from policy_tools.edition.edition import Edition
from policy_tools.edition.theme import Theme
from policy_tools.model.glossary import GlossaryEntry
from policy_tools.model.page import PageRecord
from policy_tools.model.paper import InlineAuthor
from tests.edition.sample import Render, Sample, make_library, make_sample

NASTY = "\"><script>alert('x')</script><img src=x onerror=alert(1)> & 'q' {{ 7*7 }}"
KINDS = {
    "index.html",
    "paper.html",
    "paper_version.html",
    "listing.html",
    "directory.html",
    "programmes.html",
    "programme.html",
    "people.html",
    "person.html",
    "institute.html",
    "page.html",
    "recommendation.html",
    "bank.html",
    "grid.html",
    "dependencies.html",
    "department.html",
    "copy_check.html",
    "copy_check_index.html",
    "copy_check_private.html",
    "search.html",
    "search_index.html",
    "404.html",
}


def rendered(edition: Edition, render: Render) -> dict[str, HtmlElement]:
    return {page.address: html.document_fromstring(render(page)) for page in edition.pages}


def test_the_sample_has_a_page_of_every_kind_and_no_problem(sample: Sample) -> None:
    edition = sample.build()
    assert {page.template for page in edition.pages} == KINDS
    assert edition.problems == ()


def test_every_internal_link_leads_to_a_page_a_file_or_an_anchor(sample: Sample, render: Render) -> None:
    edition = sample.build()
    trees = rendered(edition, render)
    files = {file.address for file in edition.files}
    anchors = {address: {str(name) for name in tree.xpath("//@id")} for address, tree in trees.items()}
    dead = [
        f"{address}: {link}"
        for address, tree in trees.items()
        for link in tree.xpath("//@href | //@src")
        if not urlsplit(link).scheme and not leads_somewhere(address, str(link), anchors, files)
    ]
    assert dead == []


def leads_somewhere(page: str, link: str, anchors: Mapping[str, set[str]], files: set[str]) -> bool:
    path, fragment = urldefrag(link)
    target = (
        posixpath.normpath(posixpath.join("/", posixpath.dirname(page), path)).lstrip("/") if path else page
    )
    if path.endswith("/"):
        target = posixpath.join(target, "index.html")
    if target in anchors:
        return not fragment or fragment in anchors[target]
    return target in files


def test_every_label_and_description_points_to_an_id(sample: Sample, render: Render) -> None:
    for address, tree in rendered(sample.build(), render).items():
        ids = [str(name) for name in tree.xpath("//@id")]
        assert len(ids) == len(set(ids)), address
        assert set(tree.xpath("//@aria-labelledby")) <= set(ids), address


def test_every_page_has_one_heading_of_the_first_level_a_title_and_a_language(
    sample: Sample, render: Render
) -> None:
    for address, tree in rendered(sample.build(), render).items():
        assert len(tree.xpath("//h1")) == 1, address
        assert tree.xpath("string(//title)").strip(), address
        assert tree.get("lang") == "en-GB", address


def test_no_page_needs_anything_from_elsewhere_or_inline(sample: Sample, render: Render) -> None:
    """What `default-src 'self'` forbids: inline script, style and handlers, and other hosts."""
    for address, tree in rendered(sample.build(), render).items():
        assert (
            tree.xpath("//style | //*[@style] | //script[not(@src)][not(@type='application/ld+json')]") == []
        )
        assert tree.xpath("//@*[starts-with(name(), 'on')]") == [], address
        loaded = tree.xpath("//@src | //link[@rel!='canonical']/@href")
        assert not [link for link in loaded if urlsplit(str(link)).scheme], address


def test_json_ld_is_json_and_cannot_end_its_element(sample: Sample, render: Render) -> None:
    page = next(page for page in sample.build().pages if page.template == "paper.html")
    text = render(page)
    assert "<script>alert" not in text
    (record,) = html.document_fromstring(text).xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(str(record)) == {"name": "</script><script>alert(1)</script>"}


def test_hostile_words_stay_words_on_every_page(theme: Theme, render: Render) -> None:
    library = make_library()
    poisoned = replace(
        library,
        papers=tuple(
            replace(
                paper,
                record=paper.record.model_copy(
                    update={
                        "title": NASTY,
                        "subtitle": NASTY,
                        "summary": NASTY,
                        "key_points": (NASTY,),
                        "keywords": (NASTY,),
                        "interests": (NASTY,),
                        "acknowledgements": NASTY,
                        "reviewers": (NASTY,),
                        "imprint": NASTY,
                        "licence": NASTY,
                        "authors": ("jo-marsh", InlineAuthor(given=NASTY, family=NASTY, affiliation=NASTY)),
                    }
                ),
            )
            for paper in library.papers
        ),
        pages=tuple(
            replace(
                page,
                record=PageRecord(title=NASTY, summary=NASTY, status="published", menu=page.record.menu),
                text=NASTY,
            )
            for page in library.pages
        ),
        people={
            key: person.model_copy(update={"name": NASTY, "role": NASTY, "bio": NASTY, "interests": (NASTY,)})
            for key, person in library.people.items()
        },
        programmes={
            key: item.model_copy(
                update={"title": NASTY, "question": NASTY, "summary": NASTY, "description": NASTY}
            )
            for key, item in library.programmes.items()
        },
        institutes={
            key: item.model_copy(
                update={"name": NASTY, "address": (NASTY,), "funders": (NASTY,), "colour": NASTY}
            )
            for key, item in library.institutes.items()
        },
        series={
            key: item.model_copy(update={"title": NASTY, "plural": NASTY, "description": NASTY})
            for key, item in library.series.items()
        },
        topics={
            key: item.model_copy(update={"title": NASTY, "description": NASTY})
            for key, item in library.topics.items()
        },
    )
    clean = make_sample(library, theme)
    hostile = make_sample(poisoned, theme, replace(clean.site, name=NASTY, tagline=NASTY))
    expected = rendered(clean.build(), render)
    for address, tree in rendered(hostile.build(), render).items():
        assert count_active(tree) == count_active(expected[address]), address
        assert "49" not in re.findall(r"\b49\b", tree.text_content()), address


def count_active(tree: HtmlElement) -> tuple[int, int]:
    handlers = len(tree.xpath("//@*[starts-with(name(), 'on')]"))
    return len(tree.xpath("//script")), handlers


def test_an_earlier_version_says_so_and_stays_out_of_search_engines(sample: Sample, render: Render) -> None:
    tree = rendered(sample.build(), render)["papers/national-investment-bank/v1/index.html"]
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    notice = tree.xpath("//aside[contains(@class, 'notice--earlier-version')]")[0]
    assert "This is version 1 of this paper" in notice.text_content()
    assert notice.xpath(".//a/@href") == ["../../../papers/national-investment-bank/"]
    assert not tree.xpath("//*[@id='page-related']")


@pytest.mark.parametrize(
    ("url", "root", "canonical"),
    [
        ("https://tank.example", "/", "https://tank.example/about/"),
        ("https://tank.example/policy", "/policy/", "https://tank.example/policy/about/"),
        ("", "/", None),
    ],
)
def test_addresses_follow_the_site(
    sample: Sample, render: Render, url: str, root: str, canonical: str | None
) -> None:
    trees = rendered(replace(sample, site=replace(sample.site, url=url)).build(), render)
    assert trees["about/index.html"].xpath("//link[@rel='canonical']/@href") == (
        [canonical] if canonical else []
    )
    assert trees["404.html"].xpath("//a[@class='wordmark']/@href") == [root]
    assert trees["404.html"].xpath("//link[@rel='canonical']") == []
    assert trees["papers/page/2/index.html"].xpath("//a[@class='wordmark']/@href") == ["../../../"]
    assert trees["index.html"].xpath("//a[@class='wordmark']/@href") == ["./"]


def test_optional_fields_left_out_show_no_empty_heading(theme: Theme, render: Render) -> None:
    library = make_library()
    bare = replace(
        library,
        papers=library.papers[-1:],
        earlier_versions=(),
        pages=(),
        people={},
        programmes={},
        topics={},
    )
    sample = make_sample(bare, theme)
    empty = replace(sample, downloads={}, cite_as={}, descriptions={})
    for address, tree in rendered(empty.build(), render).items():
        for heading in tree.xpath("//h2 | //h3 | //dt"):
            assert heading.text_content().strip(), address
        for part in tree.xpath("//dd | //ul | //ol | //dl | //section"):
            assert part.text_content().strip(), address
    paper = rendered(empty.build(), render)["papers/housing/index.html"]
    assert not paper.xpath("//*[@id='page-cite' or @id='page-download' or @id='page-corrections']")


def test_the_list_from_a_to_z_ends_with_the_glossary(theme: Theme, render: Render) -> None:
    entries = (
        GlossaryEntry(id="obr", short="OBR", phrases=("Budget Responsibility",), meaning="A judge"),
        GlossaryEntry(id="nhs", short="NHS", phrases=("health service", "National Health Service")),
    )
    library = replace(make_library(), glossary={entry.id: entry for entry in entries})
    trees = rendered(make_sample(library, theme).build(), render)
    (terms,) = trees["search/a-z/index.html"].xpath("//dl")
    assert [" ".join(item.text_content().split()) for item in terms.xpath("./div/*")] == [
        "NHS",
        "health service; National Health Service",
        "OBR",
        "Budget Responsibility. A judge.",
    ]


def test_a_site_with_no_papers_still_stands(theme: Theme, render: Render) -> None:
    library = replace(make_library(), papers=(), earlier_versions=())
    edition = make_sample(library, theme).build()
    assert (
        "Nothing has been published here yet."
        in rendered(edition, render)["papers/index.html"].text_content()
    )
    assert edition.problems == ()


def test_content_cannot_take_the_place_of_the_systems_pages(theme: Theme) -> None:
    library = make_library()
    pages = tuple(replace(page, slug="papers") for page in library.pages[:1])
    (problem,) = make_sample(replace(library, pages=pages), theme).build().problems
    assert (problem.path, problem.code) == ("content/pages/about.md", "address.taken")
