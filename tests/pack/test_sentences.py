"""A paragraph is cut where its sentences end, and nowhere else."""

import pytest

from policy_tools.pack.printed_words import read_sentences
from policy_tools.pack.sentences import cut_sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in cut_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The bank may lend under s. 4 of the Act, as ss. 3 and 5 allow.",
        "Some taxes, e.g. Stamp duty, fall on title.",
        "It is shown by Mirrlees et al. (2011, pp. 12–14) for houses.",
        "It costs £1.5 billion a year, i.e. £30 a head.",
        "J. M. Keynes was never No. 10’s man.",
        "Dr. Smith and Prof. Jones met at 10 a.m. London time.",
        "See para. 12 and Fig. 3, cf. Vol. 2.",
        "In the U.K. Parliament decides.",
        "The rate rose by 0.25 per cent. of income.",
    ],
)
def test_a_full_stop_inside_a_sentence_ends_nothing(sentence: str) -> None:
    assert cut(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The trade stayed.", "So did the revenue."],
        ["“It raises the cost of capital.”", "It does, a little."],
        ["Is it legal?", "Yes!", "It rests on s. 4.", "Nothing else is needed."],
        ["It was raised in 2010.", "2011 was another matter."],
        ["Trade fell (see Umlauf, 1993).", "‘Nobody’ noticed."],  # noqa: RUF001 - quotation marks are meant
        ["The answer is no.", "The reason is plain."],
        ["It would cost £2 billion.", "£1 billion of that is new."],
    ],
)
def test_sentences_are_cut_where_they_end(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_numbers_that_the_system_gives_are_no_words() -> None:
    markup = """
<h2 id="a"><span class="section-number">2</span> Costs <a class="self-link" href="#a">#</a></h2>
<p><span class="para-number"><a href="#p-2-1">2.1</a></span> It costs little.<a class="note-ref"
href="#note-1"><sup>1</sup></a> See <a class="cross-reference" href="#tbl-x">Table 4</a> and <a href="https://a.org/">this</a>.</p>
<table><tr><td>One</td><td><p>Two. Three.</p></td></tr></table>
<div class="recommendation" id="nib-01"><p><span class="box-label">Recommendation 1</span></p>
<p>Do it.</p></div>
"""
    sentences = read_sentences(markup, without=["nib-01"])

    assert [sentence.text for sentence in sentences] == [
        "Costs",
        "It costs little.",
        "See Table 4 and this.",
        "One | Two. Three.",
    ]
    assert sentences[2].key == "See [#tbl-x] and this (https://a.org/)."
    assert (sentences[2].section, sentences[2].paragraph) == ("2 Costs", "2.1")
    assert read_sentences(markup)[-1].text == "Do it."


def test_a_formula_is_read_as_it_was_written() -> None:
    markup = (
        "<p>Let <math><semantics><mi>x</mi><annotation>x_2</annotation></semantics></math> "
        'be. <img alt="A line." src="a.png"></p>'
    )
    assert [sentence.text for sentence in read_sentences(markup)] == ["Let x_2 be.", "[A line.]"]
