"""What is found by which words, in which order: by the command and in the browser alike."""

import random
import time

import pytest
from playwright.sync_api import Page

from policy_tools.search.answers import Answer, describe_hits
from policy_tools.search.query import OtherVersionError, Searcher, is_one_edit
from policy_tools.search.shards import CURRENT, VERSION, pack
from tests.search.conftest import Sample, ask_all
from tests.search.hostile import list_hostile

ENGINE = """async ([text, isTyping]) => {
    const { hits, groups } = await engine.search(text, { isTyping });
    const terms = groups.flatMap(group => group.terms.map(([term]) => term));
    const finder = new WordFinder(analyser, new Set(terms));
    const kept = await engine.putPhrasesFirst(hits, text, finder);
    return kept.map(({ document, tier, score, entries }) => [document, tier, score, entries]);
}"""


def find(sample: Sample, text: str) -> list[str]:
    return [sample.documents[hit.document].id for hit in sample.searcher.search(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("will", "will"),
        ("against", "against"),
        ("say no in May", "against"),
        ("us", "us"),
        ("US", "us"),
        ("HC 123", "codes"),
        ("nib-03", "codes"),
        ("£20bn", "codes"),
        ("20 billion", "codes"),
        ("1250000 homes", "codes"),
        ("workers cooperative", "cafe"),
        ("OBrien", "cafe"),
        ("zoes cafe", "cafe"),
        ("resume", "cafe"),
        ("organisation of labour", "british"),
        ("organization of labor", "british"),
        ("tlodi plant", "tlodi"),
        ("polisi", "tlodi"),
        ("Polisïau", "tlodi"),
        ("her", "tlodi"),
        ("watchdg", "obr"),
    ],
)
def test_the_right_paper_comes_first(short: Sample, text: str, first: str) -> None:
    assert find(short, text)[:1] == [first]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("OBR", {"obr", "office"}),
        ("Office for Budget Responsibility", {"obr", "office"}),
        ("R&D", {"codes", "office"}),
        ("research and development", {"codes", "office"}),
        ("social care", {"care"}),
        ("adult care", {"care"}),
        ("labour", {"british", "american"}),
        ("labor", {"british", "american"}),
        ("programme", {"british", "american"}),
    ],
)
def test_another_word_for_the_same_finds_it(short: Sample, text: str, both: set[str]) -> None:
    assert both <= set(find(short, text))


def test_answers_have_the_addresses_of_their_sections(short: Sample) -> None:
    (answer, *_) = describe_hits(short.searcher, short.searcher.search("watchdog OBR"))
    assert (answer.title, answer.sections) == ("The watchdog", (("papers/obr/", ""), ("papers/obr/#s0", "")))


def test_both_languages_answer_one_query(short: Sample) -> None:
    assert find(short, "tai")[0] == "tlodi"
    assert find(short, "defence tai")[0] in {"tlodi", "british", "american"}
    assert {"tlodi", "british"} <= set(find(short, "defence tlodi"))


@pytest.mark.parametrize("text", ["", " ", "the", "of the", "…", "+-*~^:", "🏦"])
def test_what_asks_for_nothing_finds_nothing(short: Sample, text: str) -> None:
    assert find(short, text) == []


def test_one_edit_is_one_letter_put_in_left_out_changed_or_swapped() -> None:
    for other in ("bnak", "ban", "banks", "bonk", "abank"):
        assert is_one_edit("bank", other), other
    for other in ("bank", "knab", "bakns", "ba"):
        assert not is_one_edit("bank", other), other


def test_the_words_as_they_stand_come_first(sample: Sample) -> None:
    document = sample.documents[20]
    sentence = document.sections[4].text.split(". ")[1]
    assert find(sample, sentence)[0] == document.id


def write_queries(sample: Sample, count: int) -> list[tuple[str, bool]]:
    chance = random.Random(11)
    texts = [section.text.split() for document in sample.documents for section in document.sections]
    queries = []
    for _ in range(count):
        words = [chance.choice(chance.choice(texts)) for _ in range(chance.choice((1, 1, 2, 2, 3, 5, 9, 14)))]
        place = chance.randrange(len(words))
        word = words[place]
        cut = chance.randrange(len(word))
        words[place] = chance.choice((word, word, word[: cut + 1], word[:cut] + word[cut + 1 :], f"{word}x"))
        queries.append((" ".join(words), chance.random() < 0.5))
    return queries


def test_the_browser_answers_every_query_alike(modules: Page, sample: Sample) -> None:
    queries = write_queries(sample, 400)
    browser = ask_all(modules, ENGINE, queries)
    for (text, is_typing), found in zip(queries, browser, strict=True):
        hits = sample.searcher.search(text, is_typing=is_typing)
        expected = [[hit.document, hit.tier, hit.score, list(hit.entries)] for hit in hits]
        assert found == expected, (text, is_typing)
    assert sum(bool(found) for found in browser) > 300


def test_no_query_throws_or_takes_long(modules: Page, sample: Sample) -> None:
    texts = list_hostile()
    assert len(texts) > 500
    timed = """async text => {
        const began = performance.now();
        for (const isTyping of [false, true]) await engine.search(text, { isTyping });
        return performance.now() - began;
    }"""
    ask_all(modules, timed, texts)  # what is fetched is fetched: what remains is thinking
    slow = {
        text: spent for text, spent in zip(texts, ask_all(modules, timed, texts), strict=True) if spent > 200
    }
    assert slow == {}
    for text in texts:
        began = time.perf_counter()
        sample.searcher.search(text)
        sample.searcher.search(text, is_typing=True)
        assert time.perf_counter() - began < 1, text


def test_an_index_of_another_version_is_not_read() -> None:
    def read(address: str) -> bytes:
        return pack({"version": VERSION - 1, "build": "0"}) if address == CURRENT else b""

    with pytest.raises(OtherVersionError):
        Searcher(read)


def test_an_answer_names_its_kind_once() -> None:
    lines = {
        Answer("A", kind, label, ()).description
        for kind, label in (("Briefing", "Briefing 2 · 1 May"), ("Person", "Economist"), ("Page", ""))
    }
    assert lines == {"Briefing 2 · 1 May", "Person · Economist", "Page"}
