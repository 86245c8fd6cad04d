"""Are works cited and listed, and linked both ways, in every kind of style?"""

import re
from dataclasses import replace

import pytest

from policy_tools.model.document import Document, Format
from policy_tools.render.pool import Pool
from policy_tools.store import Store
from tests.render.cases import FOLDER
from tests.render.rendering import FORMATS, dead_links, make_request, page_of, render, repeated_ids, work

STYLES = (
    "harvard-cite-them-right",
    "apa",
    "ieee",
    "vancouver",
    "nature",
    "chicago-notes-bibliography",
    "chicago-author-date",
    "oscola",
    "modern-language-association",
)
TEXT = """# One

A bracket [@smith2020, p. 4], a cluster [@smith2020; @jones2019; @brown2018], a sentence: @jones2019 says
so, and again [-@jones2019, ch. 2].[^n]

- A list [@who/report:2021+x].

| Table           |
|-----------------|
| [@smith2020]    |

: Caption [@brown2018] {#tbl-x}

[^n]: A note [see @brown2018, p. 7; @smith2020].
"""
KEYS = {"smith2020", "jones2019", "brown2018", "who/report:2021+x"}
USES = {"smith2020": 4, "jones2019": 3, "brown2018": 3, "who/report:2021+x": 1}


@pytest.fixture(params=STYLES)
def cited(request: pytest.FixtureRequest, store: Store, pool: Pool) -> Document:
    return render(make_request(TEXT, style=request.param), store, pool)


def test_what_is_cited_is_listed_and_nothing_else(cited: Document) -> None:
    assert set(cited.cited) == {entry.key for entry in cited.references} == KEYS
    assert [problem.code for problem in cited.problems] == []


def test_every_use_has_a_place_and_every_entry_leads_back_to_each(cited: Document) -> None:
    page = page_of(cited)
    assert dead_links(page) == set()
    assert repeated_ids(page) == set()
    for entry in cited.references:
        links = re.findall(r'href="#(cite-[^"]+)"', entry.html)
        assert len(links) == len(set(links)) == USES[entry.key]


def test_every_work_is_linked_from_the_text(cited: Document) -> None:
    linked = set(re.findall(r'href="#(ref-[^"]+)"', cited.html + cited.notes_html))
    assert linked == {entry.anchor for entry in cited.references}


def test_no_citation_is_left_unfinished(cited: Document) -> None:
    for text in (cited.html, cited.notes_html, cited.plain, cited.typst):
        assert "?</strong>" not in text
        assert "smith2020]" not in text.replace("cite-smith2020", "")
    assert "#cite(" not in cited.typst


def test_links_back_say_where_they_lead(cited: Document) -> None:
    entry = next(entry for entry in cited.references if entry.key == "jones2019")
    assert 'aria-label="Back to citation 2 of Jones 2019"' in entry.html
    assert "↩" not in entry.text


def test_print_leads_back_by_paragraph_where_each_use_stands_in_one(store: Store, pool: Pool) -> None:
    text = (
        "# One\n\nFirst [@smith2020] and again [@smith2020].\n\nSecond [@jones2019].[^n]\n\n"
        "- In a list [@brown2018].\n\n"
        "# Two\n\n- Before any paragraph [@who/report:2021+x].\n\n[^n]: A note [@smith2020].\n"
    )
    typst = render(make_request(text), store, pool).typst
    assert 'paragraphs: (("1.1", "cite-smith2020-1",), ("1.2", "cite-smith2020-3",),)' in typst
    assert 'paragraphs: (("1.2", "cite-jones2019-1",),)' in typst
    assert 'paragraphs: (("1.2", "cite-brown2018-1",),)' in typst
    assert 'places: ("cite-who-report-2021-x-1",)' in typst


def test_a_use_in_a_box_a_table_or_a_figure_stands_in_no_paragraph(store: Store, pool: Pool) -> None:
    typst = render(make_request(TEXT + "\n::: note\nBoxed [@jones2019].\n:::\n"), store, pool).typst
    for key in ("smith2020", "jones2019", "brown2018"):
        assert re.search(rf'#reference\(id: "ref-{key}", places: \("cite-{key}-1", ', typst)


def test_a_style_without_a_list_gets_one(store: Store, pool: Pool) -> None:
    request = make_request(TEXT, style="chicago-notes")
    text = re.sub(r"<bibliography.*?</bibliography>", "", request.style, flags=re.DOTALL)
    assert "<bibliography" not in text
    document = render(replace(request, style=text), store, pool)
    assert {entry.key for entry in document.references} == KEYS
    assert any("on investment" in entry.text.lower() for entry in document.references)


def test_note_styles_cite_in_notes(store: Store, pool: Pool) -> None:
    document = render(make_request("See.[@smith2020]\n", style="oscola"), store, pool)
    assert 'id="note-1"' in document.notes_html
    assert "on investment" in document.notes_html.lower()
    assert 'id="cite-smith2020-1"' in document.notes_html


def test_keys_that_differ_only_in_odd_characters_get_anchors_of_their_own(store: Store, pool: Pool) -> None:
    works = [work("a:b", "Alpha", 2001, "First"), work("a/b", "Beta", 2002, "Second")]
    document = render(make_request("See [@a:b; @a/b].\n", works=works), store, pool)
    assert len({entry.anchor for entry in document.references}) == 2
    assert dead_links(page_of(document)) == set()


def test_formats_cite_the_same_works(store: Store, pool: Pool) -> None:
    document = render(make_request(TEXT), store, pool, [*FORMATS, Format.DOCX])
    for title in ("On investment", "Banks and growth", "Patience", "Odd keys"):
        assert title in document.plain
        assert title in document.typst
        assert any(title in entry.text for entry in document.references)


def test_a_work_that_is_called_like_a_section_is_cited_where_no_section_is(store: Store, pool: Pool) -> None:
    works = (work("sec-2019", "Securities Commission", 2019, "Annual report"),)
    cited = render(make_request("# One\n\nAs it says [@sec-2019].\n", works=works), store, pool)
    assert cited.cited == ("sec-2019",)
    mentioned = render(make_request("# One {#sec-2019}\n\nAs @sec-2019 says.\n", works=works), store, pool)
    assert mentioned.cited == ()
    assert 'href="#sec-2019"' in mentioned.html


@pytest.mark.parametrize(
    "text", ["![Growth [@smith2020]](growth.svg)", "![Growth\n[@smith2020]](growth.svg)"]
)
def test_a_caption_cites_once_though_the_picture_repeats_its_words(
    text: str, store: Store, pool: Pool
) -> None:
    drawing = FOLDER / "growth.svg"
    document = render(
        make_request(f"# One\n\n{text}\n", style="ieee", assets={"growth.svg": drawing}), store, pool
    )
    assert re.findall(r'id="(cite-[^"]+)"', document.html) == ["cite-smith2020-1"]


def test_a_place_that_an_author_gives_the_list_gets_no_second_one(store: Store, pool: Pool) -> None:
    text = "# One\n\nSo [@smith2020].\n\n# References\n\n::: {#refs}\n:::\n"
    document = render(make_request(text), store, pool)
    assert [entry.key for entry in document.references] == ["smith2020"]
    assert "On investment" not in document.html
    assert [entry.title for entry in document.contents] == [
        "One"
    ]  # a page has a place of its own for the list


def test_an_address_with_an_at_sign_is_none(store: Store, pool: Pool) -> None:
    document = render(
        make_request("# One\n\nWrite to ada@example.org, or @ home [@smith2020].\n"), store, pool
    )
    assert document.cited == ("smith2020",)
    assert document.problems == ()
    assert "ada@example.org" in document.html


def test_the_places_of_a_headings_words_stand_before_it_in_print(store: Store, pool: Pool) -> None:
    """Its words are set again in the contents, and a place can be in one place alone."""
    typst = render(make_request("# One [here]{#mark} [@smith2020]\n"), store, pool).typst
    before, heading = typst.split("#section-heading", 1)
    for name in ("mark", "cite-smith2020-1"):
        assert before.count(f'#anchor("{name}");') == 1
        assert f'#anchor("{name}")' not in heading
