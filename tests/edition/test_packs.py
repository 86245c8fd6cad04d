"""What does the page of a public pack show?"""

from dataclasses import replace

from lxml import html

from policy_tools.edition.dated import MadePack
from policy_tools.edition.documents import Download
from policy_tools.model.pack import Pack, PackRecord
from tests.edition.sample import Render, Sample
from tests.edition.test_copy_check import PACK

RECIPE = Pack(
    "bank",
    PackRecord.model_validate(
        {
            "title": "The bank in ten pages",
            "summary": "For a new minister.",
            "audience": "public",
            "handling": "May be passed on",
            "select": {"papers": ["national-investment-bank"]},
            "parts": ["cover", "annexes"],
        }
    ),
    "content/packs/bank.yaml",
)
MADE = MadePack(
    id="bank",
    copy=PACK,
    parts=("Cover", "Annexes"),
    papers=("national-investment-bank",),
    recommendations=(),
    downloads=(Download("pdf", "packs/bank/bank.pdf", 812_000, "PDF"),),
)


def with_pack(sample: Sample) -> Sample:
    library = replace(sample.library, packs={"bank": RECIPE})
    downloads = dict(sample.downloads) | {"pack:bank": MADE.downloads}
    return replace(sample, library=library, packs=(MADE,), downloads=downloads)


def read(sample: Sample, render: Render, address: str) -> str:
    edition = with_pack(sample).build()
    assert edition.problems == ()
    page = next(page for page in edition.pages if page.address == address)
    (main,) = html.document_fromstring(render(page)).xpath("//main")
    return " ".join(" ".join(main.itertext()).split())


def test_a_pack_says_what_is_in_it_as_at_when_and_how_large_its_files_are(
    sample: Sample, render: Render
) -> None:
    words = read(sample, render, "packs/bank/index.html")
    assert "As at 3 December 2026" in words
    assert "PDF , 812 kB" in words
    assert "Cover Annexes" in words
    assert "Handling: May be passed on" in words
    assert "A National Investment Bank: how to found it, and how to keep it" in words


def test_what_has_changed_stands_newest_first(sample: Sample, render: Render) -> None:
    words = read(sample, render, "packs/bank/index.html")
    assert words.index("3 December 2026 A National") < words.index("1 December 2026 Found the bank")


def test_packs_are_listed_with_their_dates(sample: Sample, render: Render) -> None:
    assert "The bank in ten pages as at 3 December 2026" in read(sample, render, "packs/index.html")


def test_a_site_without_packs_has_no_list_of_them(sample: Sample) -> None:
    assert not [page for page in sample.build().pages if page.address.startswith("packs/")]
