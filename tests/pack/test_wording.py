"""Sums, sentences and the words of an ask, as packs print them."""

from decimal import Decimal

import pytest

from policy_tools.model.costing import YearTotal
from policy_tools.pack.wording import (
    clean_ask,
    curl_quotes,
    end_sentence,
    first_sentences,
    format_effects,
    format_figure,
    link_addresses,
    lower_first,
)


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        (
            '<p>Do <a href="#a"><em>it</em></a> <span class="citation">(<a>Smith 2020</a>)</span>.</p>',
            "<p>Do <em>it</em> (Smith 2020).</p>",
        ),
        ('<p>Now<a role="doc-noteref" href="#n"><sup>1</sup></a>, all.</p>', "<p>Now, all.</p>"),
        ('<ul><li id="x" class="y">One</li></ul>', "<ul><li>One</li></ul>"),
        ('<p><img src="a.svg" alt="A">A &lt;b&gt; &amp; c</p>', "<p>A &lt;b&gt; &amp; c</p>"),
        ("<p>So <math><mi>g</mi></math> it is</p>", "<p>So <math><mi>g</mi></math> it is</p>"),
        ("bare &amp; plain", "bare &amp; plain"),
    ],
)
def test_the_words_of_an_ask_lose_what_points_elsewhere(html: str, printed: str) -> None:
    assert clean_ask(html) == printed


def test_addresses_become_links_and_all_else_stays_words() -> None:
    assert link_addresses("See https://a.example/x?a=1&b=2. <b>") == (
        'See <a href="https://a.example/x?a=1&amp;b=2">https://a.example/x?a=1&amp;b=2</a>. &lt;b&gt;'
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("It's \"the bank's\" way", "It’s “the bank’s” way"),
        ("('so')", "(‘so’)"),  # noqa: RUF001
        ('"A" — "B"', "“A” — “B”"),
    ],
)
def test_quotation_marks_are_those_of_print(typed: str, printed: str) -> None:
    assert curl_quotes(typed) == printed


def test_sentences_begin_and_end() -> None:
    assert (
        first_sentences("By J. Smith, in s. 4. Then £2 more. And so.", 2)
        == "By J. Smith, in s. 4. Then £2 more."
    )
    assert [end_sentence(text) for text in ("So", "So.", "So?")] == ["So.", "So.", "So?"]
    assert [lower_first(text) for text in ("Settle it", "A bank", "VAT cut", "")] == [
        "settle it",
        "a bank",
        "VAT cut",
        "",
    ]


@pytest.mark.parametrize(
    ("value", "printed"),
    [("-1250.50", "−1,250.5"), ("0", "0"), ("1000", "1,000"), ("0.125", "0.125"), ("-0.0", "0")],  # noqa: RUF001
)
def test_figures_of_tables(value: str, printed: str) -> None:
    assert format_figure(Decimal(value)) == printed


def test_what_a_costing_does_is_said_in_words() -> None:
    years = [("2027-28", -20), ("2028-29", -1200), ("2029-30", 0), ("2030-31", 5), ("2031-32", 6)]
    totals = [YearTotal(year, Decimal(0), Decimal(value), Decimal(0)) for year, value in years]
    assert format_effects(totals) == (
        "costs £20 million in 2027-28 and £1.2 billion in 2028-29; costs nothing in 2029-30; "
        "raises £5 million in 2030-31 and £6 million in 2031-32"
    )
