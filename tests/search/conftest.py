"""A small index of made-up papers, and a browser in which the theme's own modules answer from it."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from policy_tools.search.analyser import Analyser, build_analyser
from policy_tools.search.entries import SearchDocument, SearchSection
from policy_tools.search.index import Index, analyse, build_index
from policy_tools.search.query import Searcher
from policy_tools.search.shards import address_text, build_index_files, build_texts
from tests.bench.search.corpus import write_documents
from tests.system.conftest import QuietHandler

ROOT = Path(__file__).parents[2]
GLOSSARY = {
    "OBR": ("Office for Budget Responsibility",),
    "R&D": ("research and development",),
    "social care": ("adult care", "care for older people"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """An index as files below `folder`, and what it was made from."""

    folder: Path
    documents: Sequence[SearchDocument]
    analyser: Analyser
    index: Index
    searcher: Searcher


def write_paper(name: str, title: str, *texts: str, language: str = "en", **facets: str) -> SearchDocument:
    """A short paper with a section for each text."""
    sections = tuple(SearchSection(f"s{number}", "", text) for number, text in enumerate(texts))
    return SearchDocument(
        id=name,
        kind="Paper",
        address=f"papers/{name}/",
        title=title,
        sections=sections,
        facets={facet: (value,) for facet, value in facets.items()},
        language=language,
    )


SHORT = (
    write_paper("will", "The will of the people", "A will and a way.", "Voters are against it.", year="2024"),
    write_paper(
        "against", "For and against", "Those for, those against.", "He may say no in May.", year="2025"
    ),
    write_paper(
        "us", "What the US did for us", "The U.S. pays; let us pay.", "Who is able? The WHO.", year="2025"
    ),
    write_paper("codes", "Codes", "HC 123 and nib-03 cost £20bn, or 20 billion.", "1,250,000 homes; R&D."),
    write_paper("obr", "The watchdog", "The OBR said so.", "Offices differ in their responsibility."),
    write_paper(
        "office", "An office", "The Office for Budget Responsibility said so.", "Research and development."
    ),
    write_paper(
        "care", "Older people", "Care for older people costs more.", "Adult care too, and social care."
    ),
    write_paper(
        "cafe", "Café society", "Zoë’s café, the workers' co-operative and O’Brien's résumé.", "organise"
    ),
    write_paper("british", "The programme of the Labour centre", "Organisation, labour, defence, judgement."),
    write_paper("american", "The program of the labor center", "Organization, labor, defense, judgment."),
    write_paper(
        "tlodi",
        "Tlodi yng Nghymru",
        "Mae tlodi plant yn cynyddu, a rhaid i'r polisi newid.",
        "Her fawr yw tai: polisïau tai a'r Senedd.",
        language="cy",
    ),
)


def build_sample(folder: Path, documents: Sequence[SearchDocument]) -> Sample:
    """Writes the index of the documents, as a site would hold it."""
    analyser = build_analyser(GLOSSARY)
    index = build_index(analyse(document, analyser) for document in documents)
    for file in build_index_files(index, documents, analyser):
        path = folder / file.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    (folder / "search/text").mkdir()
    for number, document in enumerate(documents):
        for piece, content in enumerate(build_texts(document)):
            (folder / address_text(number, piece)).write_bytes(content)
    return Sample(folder, documents, analyser, index, Searcher(lambda name: (folder / name).read_bytes()))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return build_sample(tmp_path_factory.mktemp("index"), (*SHORT, *write_documents(30)))


@pytest.fixture(scope="session")
def short(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The short papers alone, of which each word is known."""
    return build_sample(tmp_path_factory.mktemp("short"), SHORT)


@pytest.fixture(scope="session")
def modules(browser: Browser, sample: Sample) -> Iterator[Page]:
    """A page with `analyser`, `engine` and the modules of the theme as globals."""
    (sample.folder / "js").symlink_to(ROOT / "theme/static/js/search")
    (sample.folder / "index.html").write_text("<!doctype html><title>Modules</title>")
    handler = partial(QuietHandler, directory=str(sample.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.evaluate("""async () => {
            for (const name of ['analyser', 'engine', 'excerpt', 'facets', 'lunr_query', 'places'])
                Object.assign(window, await import(`/js/${name}.js`));
            window.engine = await new Engine(location.origin + '/').open();
            window.analyser = engine.analyser;
        }""")
        yield page
        page.close()
        server.shutdown()


def ask_all(page: Page, script: str, values: Sequence[Any]) -> list[Any]:
    """What a script makes of each value, in the browser."""
    ask = f"""async values => {{
        const made = [];
        for (const value of values) made.push(await ({script})(value));
        return made;
    }}"""
    found: list[Any] = page.evaluate(ask, list(values))
    return found
