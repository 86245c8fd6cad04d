"""Is what stands from the last edition what would be laid out anew, after whatever edit?"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from policy_tools.edition.edition import Edition
from policy_tools.edition.output import StandingPage
from policy_tools.load.site import load_site
from policy_tools.pipeline import layout, memory
from policy_tools.pipeline.prepare import prepare_edition
from policy_tools.store import Store

ROOT: Final = Path(__file__).parents[2]
NOW: Final = datetime(2026, 11, 22, tzinfo=UTC)
WEALTH: Final = "content/papers/taxing-wealth/paper.md"
ACADEMIES: Final = "content/papers/policy-academies/paper.md"
BANK: Final = "content/papers/national-investment-bank"


@dataclass(frozen=True)
class Edit:
    """Some words of a file of the demonstration that become others; no words stand for the file's end."""

    name: str
    path: str
    old: str
    new: str
    is_own: bool = False
    """Whether it changes nothing but a paper's own words."""


EDITS: Final = (
    Edit("a sentence", WEALTH, "", "\nOne more sentence.\n", is_own=True),
    Edit("a sentence above the others", WEALTH, "\n---\n", "\n---\n\nOne more before all.\n", is_own=True),
    Edit("a work that others cite", WEALTH, "", "\nAs others say [@mazzucato2013].\n"),
    Edit("a link to a paper", WEALTH, "", "\nSee [turnout](../why-turnout-fell/).\n"),
    Edit("the same link again", WEALTH, "See [turnout]", "See our [turnout]", is_own=True),
    Edit("many words, and so more minutes", WEALTH, "", "\n" + "Many words make reading slow. " * 200 + "\n"),
    Edit("a title", WEALTH, "title: Taxing wealth", "title: Taxing large wealth"),
    Edit("a summary", WEALTH, "A tenth of British households", "One in ten British households"),
    Edit("an author", WEALTH, "authors: [economy-team]", "authors: [economy-team, democracy-team]"),
    Edit("a version", WEALTH, "version: 1\n", "version: 2\nupdated: 2026-10-01\n"),
    Edit("words of a recommendation", WEALTH, " #wealth-01}\n", " #wealth-01}\nAt once. "),
    Edit("the record of a recommendation", f"{BANK}/recommendations.yaml", "title: ", "title: In short, "),
    Edit("a drawing", f"{BANK}/figures/capacity-and-commitments.svg", "</svg>", "<!-- the same --></svg>"),
    Edit("an earlier version", f"{BANK}/v1/paper.md", "", "\nA later sentence.\n", is_own=True),
    Edit("a person", "content/people/economy-team.md", "name: Economy programme team", "name: Economy team"),
    Edit("a biography", "content/people/economy-team.md", "", "\nThey work.\n"),
    Edit("a programme", "content/programmes/economy.md", "order: 1", "order: 9"),
    Edit("a series", "content/series.yaml", "paragraph_numbers: true", "paragraph_numbers: false"),
    Edit("a colour", "content/institutes/trivet-economy.md", "colour: ", "colour: '#5a1d3b' # "),
    Edit("a page", "content/pages/privacy.md", "", "\nAnd nothing else.\n"),
    Edit("a term", "content/glossary.yaml", "meaning: ", "meaning: In short, "),
    Edit("a work", "content/library.bib", "{Mazzucato, Mariana and Penna,", "{Mazzucato, M. and Penna,"),
    Edit("a setting", "pelicanconf.py", 'SITENAME = "Trivet"', 'SITENAME = "Trivets"'),
    Edit("a successor", ACADEMIES, "\nversion: ", "\nsuperseded_by: why-turnout-fell\nversion: "),
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The demonstration without downloads."""
    root = tmp_path / "site"
    shutil.copytree(ROOT / "content", root / "content")
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, root)
    with (root / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write("FORMATS = ()\n")
    return root


@dataclass
class Builder:
    """Builds a site at a moment, from what is kept or as if nothing had been laid out before."""

    root: Path
    store: Store
    patch: pytest.MonkeyPatch
    now: datetime = NOW
    times: int = 0

    def build(self) -> Edition:
        """From what is kept."""
        site = load_site(self.root, "publishconf.py")
        prepared = prepare_edition(site, self.store, now=self.now)
        assert prepared.edition is not None, prepared.problems
        return prepared.edition

    def build_anew(self) -> Edition:
        """What was rendered is found; what was gathered and laid out goes by another name each time."""
        self.times += 1
        with self.patch.context() as patch:
            for module, name in ((layout, "_KIND"), (memory, "_KIND"), (memory, "_LAST_KIND")):
                patch.setattr(module, name, f"{name} {self.times}")
            return self.build()


@pytest.fixture
def builder(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Builder]:
    """One that has built the site once."""
    with Store(root / ".cache" / "made.sqlite") as store:
        builder = Builder(root, store, monkeypatch)
        builder.build()
        yield builder


def describe(edition: Edition) -> set[tuple[str, str]]:
    """Address and digest of everything."""
    return {(each.address, each.digest) for each in (*edition.pages, *edition.files)}


def list_fresh(edition: Edition) -> list[str]:
    """The pages that were laid out anew."""
    return [page.address for page in edition.pages if not isinstance(page, StandingPage)]


def change(root: Path, edit: Edit) -> None:
    file = root / edit.path
    text = file.read_text("utf-8")
    assert edit.old in text, edit.name
    file.write_text(text.replace(edit.old, edit.new, 1) if edit.old else text + edit.new, "utf-8")


def test_after_every_edit_the_edition_is_the_one_that_is_laid_out_anew(builder: Builder) -> None:
    for edit in EDITS:
        change(builder.root, edit)
        edition, anew = builder.build(), builder.build_anew()
        assert describe(edition) ^ describe(anew) == set(), edit.name
        assert edition.problems == anew.problems, edit.name
        fresh = [address for address in list_fresh(edition) if not address.startswith(("packs/", "check/"))]
        own = f"{edit.path.removeprefix('content/').removesuffix('paper.md')}index.html"
        assert (fresh == [own]) == edit.is_own, edit.name
        assert list_fresh(builder.build()) == [], edit.name


def test_a_paper_that_comes_and_goes_changes_the_frame(builder: Builder) -> None:
    before = describe(builder.build())
    head = (builder.root / ACADEMIES).read_text("utf-8").partition("\n---\n")[0]
    lines = [line for line in head.split("\n") if not line.startswith("number:")]
    folder = builder.root / "content/papers/a-second-look"
    folder.mkdir()
    (folder / "paper.md").write_text("\n".join([*lines, "---", "", "A second look.", ""]), "utf-8")
    edition = builder.build()
    assert describe(edition) == describe(builder.build_anew())
    assert "papers/a-second-look/index.html" in list_fresh(edition)
    shutil.rmtree(folder)
    assert describe(builder.build()) == describe(builder.build_anew()) == before


def test_a_page_stands_as_it_would_be_made_anew(builder: Builder) -> None:
    standing, anew = builder.build(), builder.build_anew()
    assert list_fresh(standing) == []
    for page, other in zip(standing.pages, anew.pages, strict=True):
        said, would_say = page.load(), other.load()
        assert (page.address, page.template, page.source) == (other.address, other.template, other.source)
        assert repr(said) == repr(would_say)
    made = {file.address: file for file in anew.files}
    assert all(file.read() == made[file.address].read() for file in standing.files)


def test_when_an_embargo_lifts_nothing_stands_that_should_not(builder: Builder) -> None:
    for moment in (datetime(2027, 3, 2, tzinfo=UTC), NOW):
        builder.now = moment
        edition = builder.build()
        assert describe(edition) == describe(builder.build_anew())
        papers = [page.address for page in edition.pages if "stamp-duty" in page.address]
        assert bool(papers) == (moment > NOW)
