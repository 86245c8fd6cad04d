from datetime import date

import pytest

from policy_tools.edition.wording import (
    excerpt,
    first_sentence,
    format_count,
    format_date,
    format_size,
    reading_minutes,
    shorten,
    split_paragraphs,
)


@pytest.mark.parametrize(
    ("size", "printed"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (412_345, "412 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (1_250_000, "1.2 MB"),
        (20_060_000, "20.1 MB"),
    ],
)
def test_sizes_are_decimal_and_short(size: int, printed: str) -> None:
    assert format_size(size) == printed


def test_dates_are_british_and_machine_readable() -> None:
    printed = format_date(date(2026, 11, 2))
    assert (printed.text, printed.iso) == ("2 November 2026", "2026-11-02")


def test_counts_agree_with_their_noun() -> None:
    assert [format_count(count, "paper", "papers") for count in (0, 1, 1204)] == [
        "0 papers",
        "1 paper",
        "1,204 papers",
    ]


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (3_460, 15)])
def test_reading_time_is_at_least_a_minute(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Short enough.", "Short enough."),
        ("One two three, four", "One two three…"),
        ("Unbreakablewordthatislong", "Unbreakablewordt…"),
        ("  spaces \n are  one ", "spaces are one"),
    ],
)
def test_a_text_is_cut_after_a_word(text: str, short: str) -> None:
    assert shorten(text, 16) == short


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Found a bank. Then keep it.", "Found a bank."),
        ("Ask J. M. Keynes what to do. He knows.", "Ask J. M. Keynes what to do."),
        ("Raise it by 2.5 per cent (or 3%). Then stop.", "Raise it by 2.5 per cent (or 3%)."),
        ("One sentence without an end", "One sentence without an end"),
        ("Is it “enough?” We think so.", "Is it “enough?”"),
        (
            "A very long sentence that would fill a whole card all by itself. Next.",
            "A very long sentence that would fill a…",
        ),
    ],
)
def test_a_recommendation_is_told_by_its_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text, 42) == sentence


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("It fits.", "It fits."),
        (
            "The first is short. The second is not. The third is more than fits.",
            "The first is short. The second is not.",
        ),
        (
            "Short. And then a sentence that is much longer than may be shown.",
            "Short. And then a sentence that is much…",
        ),
    ],
)
def test_an_excerpt_ends_with_a_sentence_where_it_can(text: str, whole: str) -> None:
    assert excerpt(text, 42) == whole


def test_paragraphs_are_cut_at_empty_lines() -> None:
    assert split_paragraphs("One\nline.\n\n \nTwo.\n") == ("One line.", "Two.")
