"""A small think tank made by hand: three programmes, six papers, an earlier version, five recommendations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment

from policy_tools.edition.building import build_edition, build_pack_pages
from policy_tools.edition.catalogue import build_catalogue
from policy_tools.edition.dated import DatedCopy, MadePack
from policy_tools.edition.documents import DocumentSummary, Download, summarise
from policy_tools.edition.edition import Edition
from policy_tools.edition.files import OutputFile
from policy_tools.edition.output import OutputPage
from policy_tools.edition.theme import Theme
from policy_tools.model.body import Body, Citation, Link
from policy_tools.model.description import CitationFile, Description
from policy_tools.model.document import ContentsEntry, Document, RecommendationBox, RenderedReference
from policy_tools.model.library import PublicLibrary
from policy_tools.model.page import Page, PageRecord
from policy_tools.model.paper import Asset, InlineAuthor, Paper, PaperRecord
from policy_tools.model.person import Person
from policy_tools.model.problem import Position
from policy_tools.model.programme import Institute, Programme, Series, Topic
from policy_tools.model.site import Site
from tests.edition.asks import make_departments, make_recommendations

HERE = Path(__file__).parent
SUMMARY = (
    "Investment in the United Kingdom has been the lowest in the G7 for most of thirty years. This paper "
    "asks what a public bank could do about it, what it would cost, and how long it would take to open. "
    "It finds that the obstacles are fewer than is often said, and that most of them are questions of "
    "classification and of nerve.\n\nIt proposes a bank with a capital of £20 billion, owned by the state "
    "and run at arm’s length, which lends beside private lenders and never in place of them."
)
KEY_POINTS = (
    "Public investment has averaged 1.9% of GDP since 1990, half a point below comparable countries.",
    "A bank can be opened in fourteen months where its powers are taken from an existing Act.",
    "Its debt need not count towards the fiscal target, if its mandate is drawn with care.",
)


@dataclass(frozen=True)
class Sample:
    """What `build_edition` is given; `change` gives the same with something else in it."""

    site: Site
    library: PublicLibrary
    documents: Mapping[str, DocumentSummary]
    downloads: Mapping[str, tuple[Download, ...]]
    descriptions: Mapping[str, Description]
    cite_as: Mapping[str, str]
    theme: Theme
    packs: tuple[MadePack, ...] = ()
    briefs: tuple[DatedCopy, ...] = ()

    def build(self) -> Edition:
        """The edition."""
        catalogue = build_catalogue(
            self.site,
            self.library,
            self.theme,
            documents=self.documents,
            downloads=self.downloads,
            descriptions=self.descriptions,
            cite_as=self.cite_as,
        )
        return build_edition(
            catalogue,
            self.theme,
            pack_pages=build_pack_pages(catalogue, self.packs, self.briefs),
            more_files=tuple(
                OutputFile(item.address, b"", "0") for items in self.downloads.values() for item in items
            )
            + tuple(
                OutputFile(item.address, b"", "0")
                for record in self.descriptions.values()
                for item in record.citation_files
            ),
        )


def make_paper(slug: str = "national-investment-bank", **fields: Any) -> Paper:  # noqa: ANN401
    """A paper with everything that is required, and what the test says besides."""
    body = fields.pop("body", Body("", 1))
    assets = fields.pop("assets", (Asset("gap.svg", HERE / "gap.svg", 512, "e" * 64),))
    is_current = fields.pop("is_current", True)
    record: dict[str, Any] = {
        "title": slug.replace("-", " ").capitalize(),
        "series": "paper",
        "programmes": ("economy",),
        "authors": ("jo-marsh",),
        "published": date(2026, 11, 22),
        "status": "published",
        "summary": SUMMARY,
        "key_points": KEY_POINTS,
    }
    path = f"content/papers/{slug}/paper.md" if is_current else f"content/papers/{slug}/v1/paper.md"
    return Paper(
        slug, path, PaperRecord(**(record | fields)), body, assets, digest="0" * 64, is_current=is_current
    )


def make_document(paper: Paper) -> Document:
    """The body that tests/edition/body.html holds, as the renderer would give it."""
    return Document(
        id=paper.id,
        html=(HERE / "body.html").read_text(encoding="utf-8"),
        notes_html=(HERE / "notes.html").read_text(encoding="utf-8"),
        contents=(
            ContentsEntry(1, "1", "The investment gap", "the-investment-gap"),
            ContentsEntry(2, "1.1", "What the figures show", "what-the-figures-show"),
            ContentsEntry(1, "2", "What a bank could do, and what it should leave to others", "what-a-bank"),
        ),
        references=(
            RenderedReference(
                "keynes1936",
                "ref-keynes1936",
                "<p>Keynes, J.M. (1936) <em>The General Theory of Employment, Interest and Money</em>. "
                'London: Macmillan. <span class="backlinks"><a href="#cite-keynes1936-1" '
                'aria-label="Back to citation 1 of Keynes 1936">↩</a></span></p>',
                "Keynes, J.M. (1936) The General Theory of Employment, Interest and Money. London: "
                "Macmillan.",
            ),
        ),
        recommendations=(
            RecommendationBox(
                "nib-01",
                1,
                "<p>…</p>",
                "The Treasury should found a National Investment Bank by direction under the Infrastructure "
                "Act, with a first capital of £20 billion.",
            ),
            RecommendationBox("nib-02", 2, "<p>…</p>", "Parliament should give it a statutory mandate."),
        ),
        cited=("keynes1936",),
        words=3460,
    )


def make_library() -> PublicLibrary:
    """Six current papers and an earlier version."""
    bank = make_paper(
        number=3,
        title="A National Investment Bank: how to found it, and how to keep it",
        subtitle="What fourteen months of preparation look like",
        programmes=("economy", "public-services"),
        authors=("jo-marsh", InlineAuthor(given="Ada", family="Ny", affiliation="University of Leeds")),
        updated=date(2026, 12, 3),
        version=2,
        topics=("investment", "institutions"),
        keywords=("public banks", "investment"),
        nations=("england", "wales"),
        jel=("G21", "H54"),
        doi="10.1234/nib",
        isbn="978-0-306-40615-7",
        funding=(
            {"funder": "The Example Trust", "amount": 12000, "role": "Paid for the research"},
            {"funder": "Our members", "band": "under £5,000"},
        ),
        interests=("Jo Marsh advised the Treasury Committee in 2024.",),
        acknowledgements="With thanks to everyone who read the drafts.",
        reviewers=("Prof. Ann Other", "Dr Sam Else"),
        data=({"path": "gap.csv", "title": "The gap, by year", "source": "ONS", "licence": "OGL-UK-3.0"},),
        corrections=(
            {
                "date": date(2026, 12, 3),
                "version": 2,
                "severity": "significant",
                "where": "Paragraph 1.2",
                "was": "2.9%",
                "now": "1.9%",
                "affects_conclusions": False,
            },
        ),
        contact={"research": "research@example.org"},
        supersedes="a-bank-for-britain",
        body=Body(
            "",
            1,
            citations=(Citation("keynes1936", Position()),),
            links=(Link("../tax-gap/", "the tax gap", Position()),),
        ),
        assets=(
            Asset("gap.csv", HERE / "gap.csv", 61, "d" * 64),
            Asset("gap.svg", HERE / "gap.svg", 512, "e" * 64),
        ),
    )
    return PublicLibrary(
        papers=(
            bank,
            make_paper(
                "tax-gap",
                title="Closing the tax gap: what the first Finance Bill should hold",
                series="briefing",
                number=7,
                published=date(2026, 9, 1),
                topics=("institutions",),
            ),
            make_paper(
                "care-at-home",
                title="Care at home",
                authors=("services-team",),
                programmes=("public-services",),
                published=date(2026, 5, 4),
            ),
            make_paper("trade-after-brexit", programmes=("foreign",), published=date(2026, 3, 9), number=2),
            make_paper(
                "a-bank-for-britain",
                published=date(2025, 4, 1),
                superseded_by="national-investment-bank",
                topics=("investment",),
            ),
            make_paper("housing", published=date(2025, 2, 1), key_points=(), topics=("investment",)),
        ),
        earlier_versions=(
            make_paper(
                is_current=False,
                published=date(2026, 11, 22),
                number=3,
            ),
        ),
        pages=(
            Page(
                "about",
                "content/pages/about.md",
                PageRecord(title="About", summary="Who we are.", status="published", menu="main"),
                "We write *policy*.\n\n# How we work\n\nSee [the papers](/papers/).",
                1,
                "a" * 64,
            ),
            Page(
                "privacy",
                "content/pages/privacy.md",
                PageRecord(title="Privacy", summary="What we keep: nothing.", status="published"),
                "Nothing is kept.",
                1,
                "b" * 64,
            ),
        ),
        people={
            person.id: person
            for person in (
                Person(
                    id="jo-marsh",
                    name="Jo Marsh",
                    given="Jo",
                    family="Marsh",
                    role="Director of research",
                    programme="economy",
                    orcid="0000-0002-1825-0097",
                    email="jo@example.org",
                    interests=("Trustee of a credit union.",),
                    bio="Jo *works* on banks.",
                ),
                Person(
                    id="services-team", name="Public services team", kind="team", programme="public-services"
                ),
            )
        },
        programmes={
            programme.id: programme
            for programme in (
                Programme(
                    id="economy",
                    title="Economy and tax",
                    question="How can an economy that invests too little be made to invest more?",
                    summary="Tax justice, investment and the regulation of finance.",
                    lead="jo-marsh",
                    institute="tank",
                    description="The programme began in **2026**.",
                ),
                Programme(
                    id="public-services",
                    title="Public services",
                    question="What would services look like if those who use them had designed them?",
                    summary="Care, health and schools.",
                    institute="services",
                ),
                Programme(
                    id="foreign",
                    title="Foreign policy",
                    question="What does Britain owe to its neighbours, and they to it?",
                    summary="Trade, defence and law.",
                    institute="tank",
                    status="closed",
                ),
            )
        },
        institutes={
            "tank": Institute(
                id="tank",
                name="The Example Institute",
                legal_form="Company limited by guarantee",
                company_number="01234567",
                address=("1 High Street", "Leeds", "LS1 1AA"),
                publisher_place="Leeds",
                series=("paper", "briefing"),
                funders=("The Example Trust",),
                colour="#0b4f5c",
                description="We write policy that a government could carry out: worked through, costed and "
                "ready, in three programmes that may one day stand by themselves.\n\nFounded in 2026.",
            ),
            "services": Institute(
                id="services",
                name="The Services Institute",
                legal_form="Charitable incorporated organisation",
                charity_number="1234567",
                address=("2 High Street", "Leeds"),
                publisher_place="Leeds",
                colour="#e8b400",
            ),
        },
        series={
            "paper": Series(
                id="paper",
                title="Paper",
                plural="Papers",
                description="Research in full, with its evidence and its recommendations.",
            ),
            "briefing": Series(
                id="briefing",
                title="Briefing",
                plural="Briefings",
                description="One or two pages for those who have five minutes.",
            ),
        },
        departments=make_departments(),
        recommendations=make_recommendations(),
        topics={
            "investment": Topic(id="investment", title="Investment", description="Public and private."),
            "institutions": Topic(id="institutions", title="Institutions"),
            "unused": Topic(id="unused", title="Nothing yet"),
        },
    )


def make_sample(library: PublicLibrary, theme: Theme, site: Site | None = None) -> Sample:
    """Everything around a library."""
    downloads = {
        paper.id: tuple(
            Download(name, f"{paper.address}{paper.slug}.{name}", size, label)
            for name, size, label in (
                ("pdf", 412_345, "PDF"),
                ("docx", 98_000, "Word"),
                ("epub", 1_250_000, "EPUB"),
            )
        )
        for paper in library.all_papers
    } | {
        f"brief:{name}": (Download("pdf", f"{folder}/{name}/{name}-brief.pdf", 61_000, "Brief (PDF)"),)
        for folder, name in (("recommendations", "nib-01"), ("programmes", "economy"))
    }
    descriptions = {
        paper.address: Description(
            meta=(("citation_title", paper.record.title),),
            json_ld='{"name": "</script><script>alert(1)</script>"}',
            citation_files=(
                CitationFile("BibTeX", f"{paper.address}{paper.slug}.bib", "application/x-bibtex"),
                CitationFile(
                    "RIS", f"{paper.address}{paper.slug}.ris", "application/x-research-info-systems"
                ),
            ),
        )
        for paper in library.papers
    }
    return Sample(
        site=site
        or Site(
            root=HERE,
            content=HERE,
            output=HERE,
            cache=HERE,
            name="The Example Institute",
            tagline="Concrete policy, ready to be carried out",
            url="https://tank.example",
            institute="tank",
            timezone="Europe/London",
            demonstration=True,
            press_email="press@example.org",
            page_size=4,
        ),
        library=library,
        documents={paper.id: summarise(make_document(paper)) for paper in library.all_papers},
        downloads=downloads,
        descriptions=descriptions,
        cite_as={
            paper.id: f"Marsh, J. (2026) {paper.record.title}. Paper 3. Leeds: The Example Institute."
            for paper in library.all_papers
        },
        theme=theme,
    )


@dataclass(frozen=True)
class Render:
    """Pages to HTML, with the real templates."""

    environment: Environment

    def __call__(self, page: OutputPage) -> str:
        return self.environment.get_template(page.template).render(page.load())
