from datetime import date

import pytest

from policy_tools.edition.wording import (
    format_count,
    format_date,
    format_names,
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


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_names_are_joined_as_said(names: list[str], said: str) -> None:
    assert format_names(names) == said


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


def test_paragraphs_are_cut_at_empty_lines() -> None:
    assert split_paragraphs("One\nline.\n\n \nTwo.\n") == ("One line.", "Two.")
