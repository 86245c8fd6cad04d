"""Words are cut to the same stems in Python and in the browser."""

import random

import pytest
from playwright.sync_api import Page

from policy_tools.search.stemmer import stem
from tests.bench.search.corpus import build_lexicon
from tests.search.conftest import ask_all


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("money", "money"),
        ("pay", "pay"),
        ("survey", "survey"),
        ("policies", "polici"),
        ("policy", "polici"),
        ("banking", "bank"),
        ("banks", "bank"),
        ("responsibility", "respons"),
        ("y", "y"),
        ("yes", "ye"),
        ("hopping", "hop"),
        ("filing", "file"),
        ("falling", "fall"),
        ("agreed", "agre"),
        ("ss", "ss"),
        ("us", "us"),
    ],
)
def test_a_word_has_the_stem_that_lunr_gives_it(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_the_browser_cuts_every_word_alike(modules: Page) -> None:
    chance = random.Random(3)
    lexicon = build_lexicon(chance)
    endings = "s es ies ed ing ly y ational tional izer ousli fulness iviti ement sion tion e ll eed".split()
    words = [*lexicon.common, *lexicon.invented]
    words += [word + chance.choice(endings) for word in words]
    words += ["".join(chance.choices("aeiouybdlstz'", k=chance.randint(1, 9))) for _ in range(20_000)]
    assert len(words) > 100_000
    assert ask_all(modules, "stem", words) == [stem(word) for word in words]
