"""Does the cover say, in British words, what stands in the records?"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from policy_tools.model.body import Body, Citation
from policy_tools.model.library import PackLibrary, PublicLibrary
from policy_tools.model.paper import Asset, Correction, Funding, InlineAuthor, Paper, PaperRecord, Status
from policy_tools.model.problem import Position
from policy_tools.model.site import Site
from policy_tools.render.cover import build_cover, format_correction, format_funding
from policy_tools.render.requests import build_request, check_style
from policy_tools.render.styles import load_style
from tests.clear.shelves import make_paper
from tests.small_records import make_institute, make_programme, make_series, make_team

SITE = Site(
    root=Path("site"),
    content=Path("site/content"),
    output=Path("site/output"),
    cache=Path("site/cache"),
    name="Trivet",
    tagline="",
    url="https://trivet.example",
    institute="trivet",
    timezone="Europe/London",
)
CORRECTION = Correction(
    date=date(2026, 5, 3),
    severity="significant",
    where="Section 2",
    was="Growth was 4 per cent",
    now="Growth was 5 per cent.",
    affects_conclusions=False,
)
RECORD = PaperRecord(
    title="A bank",
    subtitle="How to found one",
    series="paper",
    number=3,
    programmes=("economy",),
    authors=("economy-team", InlineAuthor(given="Ada", family="Lovelace")),
    published=date(2026, 3, 16),
    status=Status.PUBLISHED,
    summary="A summary.",
    version=2,
)
LIBRARY = PublicLibrary(
    people={"economy-team": make_team()},
    programmes={"economy": make_programme()},
    institutes={"trivet": make_institute(charity_number="123")},
    series={"paper": make_series(layout="briefing", paragraph_numbers=False, issn="1234-5678")},
)


def paper(**changes: object) -> Paper:
    record = RECORD.model_copy(update=changes)
    return Paper("bank", "content/papers/bank/paper.md", record, Body("Text.\n", 9), (), "digest")


def test_lines_of_the_cover() -> None:
    cover = build_cover(paper(updated=date(2026, 10, 5)), LIBRARY, SITE)
    assert cover.authors == ("Economy team", "Ada Lovelace")
    assert (cover.series_line, cover.version_line) == ("Paper 3", "Version 2")
    assert cover.date_line == "16 March 2026, updated 5 October 2026"
    assert cover.date_iso == "2026-10-05"
    assert cover.rights == "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
    assert cover.current_address == "https://trivet.example/papers/bank/"
    assert cover.check_address == "https://trivet.example/check/bank/2/"


def test_how_to_cite() -> None:
    assert build_cover(paper(), LIBRARY, SITE).how_to_cite == (
        "Economy team and Ada Lovelace (2026) A bank: How to found one. Paper 3, version 2. London: Trivet. "
        "Available at: https://trivet.example/papers/bank/"
    )


def test_a_paper_whose_authors_and_publisher_could_not_be_read_still_has_a_cover() -> None:
    cover = build_cover(paper(authors=()), PublicLibrary(), SITE)
    assert cover.authors == ()
    assert cover.publisher == "Trivet"
    assert cover.how_to_cite.startswith("(2026) A bank: How to found one. paper 3, version 2. Trivet.")


def test_an_earlier_version_leads_to_the_current_one() -> None:
    current = paper()
    earlier = replace(paper(version=1), is_current=False)
    cover = build_cover(earlier, replace(LIBRARY, papers=(current,)), SITE)
    assert cover.current_address == "https://trivet.example/papers/bank/"
    assert cover.notices == ("This is version 1. Version 2 of 16 March 2026 replaces it.",)
    assert cover.how_to_cite.endswith("https://trivet.example/papers/bank/v1/")


def test_a_successor_is_named_only_when_the_public_may_see_it() -> None:
    old = paper(superseded_by="newer")
    newer = replace(paper(title="A better bank"), slug="newer")
    named = build_cover(old, replace(LIBRARY, papers=(old, newer)), SITE).notices
    assert named == (
        "This paper has been superseded by “A better bank”, https://trivet.example/papers/newer/.",
    )
    assert build_cover(old, LIBRARY, SITE).notices == ("This paper has been superseded.",)


def test_corrections_say_whether_the_conclusions_change() -> None:
    assert format_correction(CORRECTION) == (
        "Corrected on 3 May 2026 (significant). Where: Section 2. What it said: Growth was 4 per cent. "
        "What it says now: Growth was 5 per cent. The conclusions do not change."
    )
    assert format_correction(CORRECTION.model_copy(update={"affects_conclusions": True})).endswith(
        "The conclusions change."
    )


def test_only_weighty_corrections_are_announced() -> None:
    minor = CORRECTION.model_copy(update={"severity": "minor"})
    assert build_cover(paper(corrections=(minor,)), LIBRARY, SITE).notices == ()
    (notice,) = build_cover(paper(corrections=(CORRECTION,)), LIBRARY, SITE).notices
    assert notice.startswith("Corrected on 3 May 2026.")


def test_a_demonstration_says_so() -> None:
    (notice,) = build_cover(paper(), LIBRARY, replace(SITE, demonstration=True)).notices
    assert notice.startswith("This is a demonstration.")


def test_the_colophon_holds_what_there_is_and_no_empty_line() -> None:
    colophon = dict(build_cover(paper(isbn="978-0-00-000000-2"), LIBRARY, SITE).colophon)
    assert colophon == {
        "Published by": "Trivet. A charity.",
        "Charity number": "123",
        "Address": "1 Street, London",
        "ISSN": "1234-5678",
    }


def test_the_identifier_is_the_most_lasting_one() -> None:
    assert build_cover(paper(doi="10.1234/x"), LIBRARY, SITE).identifier == "https://doi.org/10.1234/x"
    assert build_cover(paper(), LIBRARY, SITE).identifier == "https://trivet.example/papers/bank/"
    assert build_cover(paper(), LIBRARY, replace(SITE, url="")).identifier == "trivet:bank:2"


def test_funding_names_payer_amount_and_part() -> None:
    funding = Funding(funder="A trust", amount=12000, role="No part in the findings")
    assert format_funding(funding) == "A trust, £12,000. No part in the findings."


@pytest.mark.parametrize(("name", "expected"), [("apa", "apa"), ("no-such-style", "harvard-cite-them-right")])
def test_a_request_gathers_what_a_rendering_depends_on(name: str, expected: str) -> None:
    cited = (Citation("a", Position()), Citation("lost", Position()), Citation("a", Position()))
    asset = Asset("chart.svg", Path("chart.svg"), 10, "abc")
    item = replace(paper(csl=name), body=Body("Text.\n", 9, citations=cited), assets=(asset,))
    request = build_request(item, LIBRARY, SITE, {"a": "{}", "b": "{}"})
    assert request.references == ("{}",)
    assert request.style == load_style(expected)
    assert (request.layout, request.number_paragraphs) == ("briefing", False)
    assert (dict(request.assets), request.asset_digests) == (
        {"chart.svg": Path("chart.svg")},
        (("chart.svg", "abc"),),
    )


def test_an_unknown_style_is_a_problem_of_the_file_that_names_it() -> None:
    assert check_style(paper(), SITE) == ()
    (problem,) = check_style(paper(csl="harvard-cite-them-rigth"), SITE)
    assert (problem.path, problem.code) == ("content/papers/bank/paper.md", "style.unknown")
    assert "harvard-cite-them-right" in problem.hint
    (problem,) = check_style(paper(), replace(SITE, csl="nothing"))
    assert problem.path == "pelicanconf.py"


UNTIL = datetime(2027, 3, 1, 0, 1, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize("until", [None, UNTIL])
def test_a_paper_that_is_not_public_has_nothing_by_which_it_could_be_found(until: datetime | None) -> None:
    paper = make_paper("quern", doi="10.1000/quern", isbn="978-0-306-40615-7")
    library = PackLibrary(papers=(paper,), unpublished={"quern": until})
    cover = build_cover(paper, library, SITE)
    assert cover.rights == "Private. All rights reserved."
    assert cover.check_address == "https://trivet.example/check/copy/"
    assert (cover.how_to_cite, cover.current_address, cover.identifier) == ("", "", "")
    assert "/quern" not in repr(cover)
    notice = "Embargoed until 00:01 on 1 March 2027 (Europe/London). Not to be shown or quoted before."
    assert (notice in cover.notices) is (until is not None)


def test_the_label_of_an_embargo_stands_in_place_of_our_own_words() -> None:
    paper = make_paper("quern", embargo=UNTIL, label="Hold until one past midnight.")
    library = PackLibrary(papers=(paper,), unpublished={"quern": UNTIL})
    assert build_cover(paper, library, SITE).notices == ("Hold until one past midnight.",)


def test_a_successor_that_is_not_public_has_no_address() -> None:
    papers = (make_paper("nib", superseded_by="quern"), make_paper("quern"))
    cover = build_cover(papers[0], PackLibrary(papers=papers, unpublished={"quern": None}), SITE)
    assert cover.notices == ("This paper has been superseded by “quern”.",)
    assert cover.current_address == "https://trivet.example/papers/nib/"
