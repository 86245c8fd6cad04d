"""Which terms a text holds and a query asks for: the same in Python and in the browser."""

import random
from collections.abc import Sequence

import pytest
from playwright.sync_api import Page

from policy_tools.search.analyser import Analyser, build_analyser, load_words
from policy_tools.search.query import has_run
from tests.bench.search.corpus import write_documents
from tests.search.conftest import GLOSSARY, ask_all

HOSTILE = (
    "",
    " ",
    "\0",
    "'",
    "’s",
    "'''",
    "a'b'c",
    "-",
    "--",
    "a-b-c-d",
    "re-use",
    "co\u2010operative",
    "U.K.",
    "e.g.",
    "...",
    "1,000,000.5",
    "1,00",
    "£20bn",
    "20 billion",
    "20 billion billion",
    "1.5 m",
    "½",
    "²",
    "①",
    "20 MN",
    "Ǆ",
    "ﬃ",
    "ß",
    "İstanbul",
    "ﬁnance",
    "Straße",
    "日本語 の 政策",
    "नीति",
    "السياسة",
    "🏦🏦",
    "e\u0301",
    "a\u0308\u0308",
    "\u200bzero\u200b",
    "\u00adsoft",
    "constructor __proto__ toString",
    "x" * 500,
    "a." * 100,
    "'s 's",
    "O’Brien’s",
    "R&D",
    "AT&T",
    "C++",
    "C#",
    ".net",
    "<b>bold</b>",
    "&amp;",
    "\ud83c",
    "٣٤٥",
    "१२",
    "Ⅷ",
    "ᵃ",
    "K",
    "Å",
    "ﷺ",
    "\U0001d400",
    "\U0001d427\uff4e",
)


def test_what_stands_in_a_text_is_found_as_it_is_typed() -> None:
    plain = Analyser()
    for text, asked in (
        ("HC 123", ["hc", "123"]),
        ("nib-03", ["nib", "03"]),
        ("£20bn", ["20bn"]),
        ("20 billion", ["20bn"]),
        ("1,250,000", ["1250000"]),
        ("Zoë’s café", ["zoe", "cafe"]),
        ("O'Brien", ["obrien"]),
        ("U.K.", ["uk"]),
        ("organise", ["organ"]),
        ("labour", ["labor"]),
    ):
        assert plain.list_asked(text) == asked
        assert set(asked) <= set(plain.list_terms(text))


@pytest.mark.parametrize("word", "will against may us who own must let no not".split())
def test_words_of_policy_are_kept(word: str) -> None:
    assert Analyser().list_asked(word)
    assert word not in load_words().stop


def test_a_compound_is_found_in_one_word_and_in_two() -> None:
    terms = set(Analyser().list_terms("the co-operative"))
    assert set(Analyser().list_asked("cooperative")) <= terms
    assert set(Analyser().list_asked("co-operative")) <= terms


def test_a_phrase_of_the_glossary_is_found_by_its_short_form_and_the_other_way() -> None:
    analyser = build_analyser(GLOSSARY)
    long, short = "Office for Budget Responsibility", "OBR"
    assert analyser.list_asked(long) == analyser.list_asked(short) == ["obr"]
    assert "obr" in analyser.list_terms(long)
    assert analyser.list_asked("the Office for Budgets") != ["obr"]


def test_british_and_american_spellings_ask_for_the_same() -> None:
    plain = Analyser()
    for british, american in (
        ("programme", "program"),
        ("organisation", "organization"),
        ("labour", "labor"),
        ("centre", "center"),
        ("defence", "defense"),
        ("analyse", "analyze"),
        ("neighbourhood", "neighborhood"),
        ("modelling", "modeling"),
    ):
        assert plain.list_asked(british) == plain.list_asked(american), british


def test_welsh_words_stay_whole_and_apart() -> None:
    terms = Analyser().list_terms("Mae’r polisïau am 2024 yn newid", "cy")
    assert terms == ["cy:maer", "cy:polisiau", "cy:am", "2024", "cy:yn", "cy:newid"]


def write_texts(count: int) -> list[str]:
    chance = random.Random(5)
    words = " ".join(section.text for document in write_documents(3) for section in document.sections).split()
    signs = [
        " ",
        " ",
        " ",
        "-",
        "'",
        "’",
        ".",
        ",",
        " \u2010",
        "\u00ad",
        "é",
        "£",
        "%",
        " 20 ",
        "bn ",
        " million ",
    ]
    made = []
    for _ in range(count):
        parts = [
            chance.choice((*HOSTILE[:40], *words[:400])) + chance.choice(signs)
            for _ in range(chance.randint(1, 9))
        ]
        made.append("".join(parts))
    return made


def test_the_browser_reads_every_text_alike(modules: Page) -> None:
    analyser = build_analyser(GLOSSARY)
    texts = [text for text in (*HOSTILE, *write_texts(15_000)) if text.isprintable() or text.isspace()]
    asked = ask_all(modules, "text => analyser.listAskedWords(text)", texts)
    assert [tuple(map(tuple, pairs)) for pairs in asked] == [
        tuple(map(tuple, analyser.list_asked_words(text))) for text in texts
    ]
    assert ask_all(modules, "text => analyser.listSequence(text)", texts) == [
        analyser.list_sequence(text) for text in texts
    ]


def test_what_is_asked_for_in_a_text_is_among_its_terms() -> None:
    plain = Analyser()
    for text in (*HOSTILE, *write_texts(5_000)):
        assert set(plain.list_sequence(text)) <= set(plain.list_terms(text)), text


def test_the_places_of_words_are_those_of_a_reader_of_every_word(modules: Page) -> None:
    chance = random.Random(6)
    analyser = build_analyser(GLOSSARY)
    asked = [
        [text, chance.sample(terms, min(2, len(terms)))]
        for text in write_texts(3_000)
        if text.isprintable() and (terms := analyser.list_terms(text))
    ]
    compare = """([text, terms]) => {
        const finder = new WordFinder(analyser, new Set(terms));
        const places = [...text.matchAll(WORD)].map(({ index, 0: written }) => [index, index + written.length,
            analyser.readWritten(written).find(term => finder.terms.has(term))]).filter(([, , term]) => term);
        const isWord = ([start, end]) => !/\\s/.test(text.slice(start, end));
        return finder.find(text).filter(isWord).join() === places.join();
    }"""
    word = r"/[\p{L}\p{N}\p{M}]+(?:['’.,\-\u2010\u2011][\p{L}\p{N}\p{M}]+)*/gu"
    assert len(asked) > 1_000
    assert all(ask_all(modules, compare.replace("WORD", word), asked))


def test_a_sum_in_words_is_a_place_of_its_number(modules: Page) -> None:
    texts = [
        "a fund of £20 billion",
        "£20\u00a0bn and 20bn",
        "20 Billion",
        "20 of a billion",
        "20 billionaires",
    ]
    find = "text => new WordFinder(analyser, new Set(['20bn'])).find(text)"
    assert ask_all(modules, find, texts) == [
        [[11, 21, "20bn"]],
        [[1, 6, "20bn"], [11, 15, "20bn"]],
        [[0, 10, "20bn"]],
        [],
        [],
    ]


def test_a_phrase_is_where_the_places_of_its_words_follow_one_another(modules: Page) -> None:
    chance = random.Random(7)
    analyser = build_analyser(GLOSSARY)
    asked: list[tuple[str, Sequence[str]]] = []
    for text in write_texts(4_000):
        words = analyser.list_sequence(text)
        if text.isprintable() and len(words) > 1:
            place = chance.randrange(len(words) - 1)
            asked += [(text, words[place : place + 2]), (text, chance.choices(words, k=2))]
    held = ask_all(
        modules, "([text, phrase]) => new WordFinder(analyser, new Set(phrase)).holds(text, phrase)", asked
    )
    assert held == [has_run(analyser.list_sequence(text), phrase) for text, phrase in asked]
    assert 1_000 < sum(held) < len(held) - 1_000


def test_a_unit_that_belongs_to_a_number_is_no_word_of_a_phrase(modules: Page) -> None:
    holds = "text => new WordFinder(analyser, new Set(['billion'])).holds(text, ['billion', 'billion'])"
    assert ask_all(modules, holds, ["20 billion billion", "a billion billion"]) == [False, True]
