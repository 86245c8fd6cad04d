import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tools.edition.colour import DARK_PAGE, LIGHT_PAGE, Channels, accent_pair, contrast, parse_colour
from policy_tools.places import THEME

ENOUGH = 4.5  # WCAG 2.2, 1.4.3


def channels(text: str) -> Channels:
    colour = parse_colour(text)
    assert colour is not None
    return colour


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_becomes_readable_by_day_and_by_night(number: int) -> None:
    light, dark = accent_pair(f"#{number:06x}")
    assert contrast(channels(light), LIGHT_PAGE) >= ENOUGH
    assert contrast(channels(dark), DARK_PAGE) >= ENOUGH


def test_a_colour_that_is_readable_stays_as_it_is() -> None:
    assert accent_pair("#14532d")[0] == "#14532d"


@pytest.mark.parametrize("text", ["", "red", "#12345", "#ggg", "url(x)", "#fff; } body { display: none"])
def test_what_is_no_colour_never_reaches_the_style_sheet(text: str) -> None:
    assert parse_colour(text) is None
    assert accent_pair(text) == accent_pair(None)


def test_short_and_long_notation_agree() -> None:
    assert parse_colour("#05c") == parse_colour("#0055CC")


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(channels("#000"), channels("#fff")) == pytest.approx(21)
    assert contrast(channels("#777"), channels("#fff")) == pytest.approx(4.48, abs=0.01)


def test_the_pages_that_colours_are_measured_on_are_those_of_the_style_sheet() -> None:
    tokens = (THEME / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    light, dark = re.findall(r"--surface: (#[0-9a-f]{6});", tokens)
    for written, measured in ((light, LIGHT_PAGE), (dark, DARK_PAGE)):
        assert channels(written) == pytest.approx(measured, abs=0.005)


@pytest.mark.parametrize("surface", ["page", "surface"])
@pytest.mark.parametrize("text", ["ink", "quiet"])
def test_words_are_readable_on_every_surface(surface: str, text: str) -> None:
    tokens = (THEME / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    values = {name: re.findall(rf"--{name}: (#[0-9a-f]{{6}});", tokens) for name in (surface, text)}
    for ground, ink in zip(values[surface], values[text], strict=True):
        assert contrast(channels(ground), channels(ink)) >= ENOUGH
