"""Lunr's language of queries: a part of the index answers as the whole of it does in lunr.js."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from policy_tools.search.entries import FIELDS
from policy_tools.search.index import Index
from tests.search.conftest import Sample, ask_all
from tests.search.hostile import list_hostile

LUNR = Path(__file__).parents[2] / "theme/third_party/lunr.js"
WHOLE = """text => {
    const found = whole.query(query => {
        new lunr.QueryParser(text, query).parse();
        for (const clause of query.clauses) {
            clause.usePipeline = false;
            if (!clause.term.includes('*')) [clause.term] = analyser.listAsked(clause.term);
        }
    });
    return found.map(({ ref, score }) => [Number(ref), score]);
}"""
PART = """async text => {
    const { found } = await askLunr(engine, lunr, text);
    return found.map(({ ref, score }) => [Number(ref), score]);
}"""
PLAIN = """async words => {
    const terms = words.flatMap(word => analyser.listAsked(word));
    const postings = await Promise.all(terms.map(async term => [await engine.find(term)]));
    const { scores, held } = engine.reckon(terms.map(term => ({ terms: [[term, 1]] })), postings);
    const scale = 1000 * Math.sqrt(terms.length);
    return [...held].flatMap((mask, entry) => (mask ? [[entry, scores[entry] / scale]] : []));
}"""


@pytest.fixture(scope="module")
def lunr(modules: Page, sample: Sample) -> Page:
    if not LUNR.is_file():
        pytest.fail("lunr.js is missing: run theme/set-up, which brings it from npm or from a wheel.")
    modules.evaluate(f"() => {{ (0, eval)({json.dumps(LUNR.read_text('utf-8'))}); }}")
    modules.evaluate("index => { window.whole = lunr.Index.load(index); }", serialise(sample.index))
    return modules


def serialise(index: Index) -> dict[str, Any]:
    """The whole index as lunr.js would load it."""
    vectors: dict[str, list[float]] = {}
    inverted = []
    for number, term in enumerate(index.terms):
        posting: dict[str, Any] = {"_index": number, **{field: {} for field in FIELDS}}
        for field, rows in index.find(number):
            for entry, weight in zip(rows.entries.tolist(), rows.weights.tolist(), strict=True):
                posting[FIELDS[field]][str(entry)] = {}
                vectors.setdefault(f"{FIELDS[field]}/{entry}", []).extend((number, weight / 1000))
        inverted.append([term, posting])
    return {
        "version": "2.3.9",
        "fields": list(FIELDS),
        "fieldVectors": list(vectors.items()),
        "invertedIndex": inverted,
        "pipeline": [],
    }


def write_queries(sample: Sample, count: int) -> list[str]:
    chance = random.Random(17)
    terms = [term for term in sample.index.terms if term.isascii() and term.isalpha() and len(term) > 4]
    stable = [term for term in terms if sample.analyser.list_asked(term) == [term]]
    made: list[str] = []
    while len(made) < count:
        one, two, three = chance.sample(stable, 3)
        field = chance.choice(FIELDS)
        cut = chance.randrange(1, len(one))
        made += [
            one,
            f"{one} {two} {three}",
            f"{one[:4]}*",
            f"*{one[-4:]}",
            f"{one[:2]}*{one[-2:]}",
            f"{one[:cut]}{one[cut + 1 :]}~1 {two}",
            f"{one}^5 {two}",
            f"{field}:{one} {two}^2",
            f"+{one} {two}",
            f"{one} -{two} {three[:3]}*",
            f"+{chance.choice(stable[:50])} +{chance.choice(stable[:50])}",
        ]
    return [text for text in made if all(sample.analyser.list_asked(part) for part in text.split())]


def in_order(found: list[list[float]]) -> list[tuple[float, int]]:
    """Best first; lunr leaves open which of two equals comes first."""
    return sorted((-round(score, 9), int(entry)) for entry, score in found)


def test_a_part_of_the_index_answers_as_the_whole_does(lunr: Page, sample: Sample) -> None:
    queries = write_queries(sample, 220)
    wholes, parts = ask_all(lunr, WHOLE, queries), ask_all(lunr, PART, queries)
    assert len(queries) >= 200
    for text, whole, part in zip(queries, wholes, parts, strict=True):
        assert in_order(part) == in_order(whole), text
    assert sum(bool(whole) for whole in wholes) > 180


def test_the_scorer_gives_every_entry_the_score_that_lunr_does(lunr: Page, sample: Sample) -> None:
    queries = [text for text in write_queries(sample, 600) if text.replace(" ", "").isalpha()]
    wholes = ask_all(lunr, WHOLE, queries)
    scores = ask_all(lunr, PLAIN, [text.split() for text in queries])
    for text, whole, ours in zip(queries, wholes, scores, strict=True):
        assert [entry for _, entry in in_order(ours)] == [entry for _, entry in in_order(whole)], text


def test_no_query_breaks_lunr(lunr: Page) -> None:
    asked = """async text => {
        const found = await searchLunr(engine, lunr, text.slice(0, 200));
        return !found || found.hits.length;
    }"""
    assert len(ask_all(lunr, asked, list_hostile())) > 500
