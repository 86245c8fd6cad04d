"""Do real documents of others come out whole: every citation listed, every link with an end?"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_tools.load.library import load_library
from policy_tools.load.site import load_site
from policy_tools.model.document import Document, DocumentRequest, Format
from policy_tools.render.documents import render_documents
from policy_tools.render.pool import Pool
from policy_tools.render.references import convert_references
from policy_tools.render.requests import build_request
from policy_tools.store import Store
from tests.corpora import CORPORA, CORPUS_NAMES, build_corpus_site
from tests.render.rendering import dead_links, page_of, repeated_ids

pytestmark = [
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not at hand"),
    pytest.mark.xdist_group("corpora"),
]
KEYS = {"geographic-scale": 76, "dime-handbook": 125, "ohdsi": 106}
TRULY_MISSING = {"geographic-scale": {"FfE:2016"}}
ABOUT_THEIR_TEXT = {"citation.unknown-key", "formula.not-convertible", "link.unsafe-scheme"}

Rendered = tuple[str, list[tuple[DocumentRequest, Document]]]


@pytest.fixture(scope="module", params=CORPUS_NAMES)
def rendered(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    name: str = request.param
    root = build_corpus_site(name, CORPORA, tmp_path_factory.mktemp(name))
    return name, list(render_site(root))


def render_site(root: Path) -> Iterator[tuple[DocumentRequest, Document]]:
    site = load_site(root)
    with Store(root / "store.db") as store, Pool(2) as pool:
        library = load_library(site, store)
        cited = {key for paper in library.papers for key in paper.body.cited_keys}
        converted = convert_references(
            [reference for key, reference in library.references.items() if key in cited], store, pool
        )
        assert converted.problems == ()
        requests = [build_request(paper, library, site, converted.items) for paper in library.papers]
        documents = render_documents(requests, [Format.HTML], store=store, workers=pool)
        yield from zip(requests, documents, strict=True)


def test_keys_cited_are_those_the_corpus_is_known_for(rendered: Rendered) -> None:
    name, pairs = rendered
    cited = {key for _, document in pairs for key in document.cited}
    assert len(cited) == KEYS.get(name, len(cited))
    assert cited


def test_every_work_cited_is_listed_and_links_have_ends(rendered: Rendered) -> None:
    _, pairs = rendered
    for request, document in pairs:
        page = page_of(document)
        assert set(document.cited) == {entry.key for entry in document.references}, request.id
        assert dead_links(page) == set(), request.id
        assert repeated_ids(page) == set(), request.id
        assert all("cite-" in entry.html for entry in document.references), request.id


def test_nothing_else_is_wrong(rendered: Rendered) -> None:
    name, pairs = rendered
    problems = [problem for _, document in pairs for problem in document.problems]
    assert {problem.code for problem in problems} <= ABOUT_THEIR_TEXT
    unknown = {
        problem.message.split('"')[1] for problem in problems if problem.code == "citation.unknown-key"
    }
    assert unknown == TRULY_MISSING.get(name, set())


def test_no_words_are_lost(rendered: Rendered) -> None:
    _, pairs = rendered
    for request, document in pairs:
        assert document.words > 0.5 * len(request.text.split()) - 50, request.id
