"""What is a reader told who holds a copy of some version or some day?"""

from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from policy_tools.edition.dated import DatedCopy
from policy_tools.model.library import WithdrawnPaper
from policy_tools.pack.events import Event
from tests.edition.sample import Render, Sample, make_paper

PACK = DatedCopy(
    id="pack-bank",
    kind="Briefing pack",
    title="The bank in ten pages",
    address="packs/bank/",
    as_at=date(2026, 12, 3),
    edition="3f9a21",
    events=(
        Event(date(2026, 11, 22), "A National Investment Bank", "published"),
        Event(date(2026, 12, 1), "Found the bank", "now announced"),
        Event(date(2026, 12, 3), "A National Investment Bank", "corrected"),
    ),
)


def read(sample: Sample, render: Render, address: str) -> str:
    """The words of a page's main part."""
    return words_of(parse(sample, render, address))


def parse(sample: Sample, render: Render, address: str) -> html.HtmlElement:
    edition = (sample if sample.briefs else replace(sample, briefs=(PACK,))).build()
    page = next(page for page in edition.pages if page.address == f"{address}index.html")
    main: html.HtmlElement = html.document_fromstring(render(page)).xpath("//main")[0]
    return main


def words_of(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_the_newest_version_is_current(sample: Sample, render: Render) -> None:
    words = read(sample, render, "check/national-investment-bank/2/")
    assert words.startswith("Home Is my copy current? Is my copy current? This copy is current")
    assert "What has changed" not in words


def test_an_older_version_is_told_what_was_corrected_since(sample: Sample, render: Render) -> None:
    words = read(sample, render, "check/national-investment-bank/1/")
    assert "This copy is out of date" in words
    assert "Version 2 of 3 December 2026 has replaced version 1." in words
    assert "What it said: 2.9%. What it says now: 1.9%. The conclusions do not change." in words


@pytest.mark.parametrize("version", [None, 1])
def test_a_correction_without_a_new_version_may_be_missing_from_a_copy_of_it(
    sample: Sample, render: Render, version: int | None
) -> None:
    correction = {
        "date": date(2026, 12, 4),
        "version": version,
        "severity": "minor",
        "where": "Page 3",
        "was": "ten",
        "now": "eleven",
        "affects_conclusions": False,
    }
    papers = (*sample.library.papers, make_paper("corrected", corrections=(correction,)))
    changed = replace(sample.library, papers=papers)
    documents = dict(sample.documents) | {"corrected": sample.documents["housing"]}
    words = read(replace(sample, library=changed, documents=documents), render, "check/corrected/1/")
    assert "This copy is current" not in words
    assert "Corrected since: look at the date of your copy" in words
    assert "Only if it is newer It is the newest version" in words
    assert "A copy made before the date below lacks what was corrected then." in words
    assert "4 December 2026" in words


def test_a_superseded_paper_leads_to_its_successor(sample: Sample, render: Render) -> None:
    words = read(sample, render, "check/a-bank-for-britain/1/")
    assert "This copy is out of date" in words
    assert "has been superseded by “A National Investment Bank: how to found it, and how to keep it”" in words


def test_a_withdrawn_paper_is_answered_for_without_its_title(sample: Sample, render: Render) -> None:
    library = replace(sample.library, withdrawn=(WithdrawnPaper("gone", 2),))
    words = read(replace(sample, library=library), render, "check/gone/1/")
    assert "This copy has been withdrawn" in words
    assert "should not be used or cited any more" in words


def test_packs_and_briefs_of_a_withdrawn_paper_are_answered_for(sample: Sample, render: Render) -> None:
    days, figures = (date(2026, 6, 1),), (date(2026, 6, 2),)
    gone = WithdrawnPaper("gone", 1, ("economy",), days, figures, ("gone-01",))
    sample = replace(sample, library=replace(sample.library, withdrawn=(gone,)))
    for address in (
        "check/brief-gone-01/2026-06-01/",
        "check/brief-gone-01/2026-06-02/",
        "check/brief-programme-economy/2026-06-01/",
    ):
        words = read(sample, render, address)
        assert "This copy has been withdrawn" in words
        assert "made of was taken back. It should not be used or cited any more." in words


def test_a_pack_says_that_a_paper_in_it_has_been_withdrawn(sample: Sample, render: Render) -> None:
    pack = replace(PACK, held=(date(2026, 11, 30), date(2026, 12, 2)))
    assert [day.day for day in pack.days] == [22, 30, 1, 2, 3]
    sample = replace(sample, briefs=(pack,))
    newest = read(sample, render, "check/pack-bank/2026-12-03/")
    assert "Since other editions A paper in it has been withdrawn." in newest
    older = read(sample, render, "check/pack-bank/2026-12-02/")
    assert "Since your copy A paper in it has been withdrawn." in older
    oldest = read(sample, render, "check/pack-bank/2026-11-22/")
    assert "withdrawn" not in oldest


def test_a_pack_answers_for_each_day_on_which_it_changed(sample: Sample, render: Render) -> None:
    newest = read(sample, render, "check/pack-bank/2026-12-03/")
    older = read(sample, render, "check/pack-bank/2026-11-22/")
    assert "Current if it is edition 3f9a21" in newest
    assert "This copy is out of date" in older
    assert "edition" not in older
    assert "1 December 2026 Found the bank: now announced" in older
    assert "published" not in older


def test_a_copy_of_the_newest_day_is_told_by_its_edition_whether_it_is_current(
    sample: Sample, render: Render
) -> None:
    main = parse(sample, render, "check/pack-bank/2026-12-03/")
    assert "nothing in it has changed" not in words_of(main).casefold()
    (answer,) = main.xpath("//*[@id='3f9a21']")
    yours, newest = answer.xpath("p")
    assert words_of(yours) == "Your copy bears this edition: it is current."
    assert "hidden" in yours.attrib  # until the address that led here ends in this edition
    assert words_of(newest) == (
        "The newest copy is as at 3 December 2026, edition 3f9a21. If yours bears another edition, or "
        "none, it was changed since, and this should be used instead."
    )


def test_the_page_of_private_copies_names_nothing(sample: Sample, render: Render) -> None:
    words = read(sample, render, "check/copy/")
    assert "says nothing about any of them" in words
    assert "Bank" not in words


def test_the_list_gives_every_document_with_its_current_version(sample: Sample, render: Render) -> None:
    words = read(sample, render, "check/")
    assert "Version 2, 3 December 2026" in words
    assert "The bank in ten pages Briefing pack As at 3 December 2026, edition 3f9a21" in words
