"""An institute's colour, made readable on a light and on a dark page."""

import colorsys
import re
from collections.abc import Iterator, Mapping

from policy_tools.model.programme import Institute

Channels = tuple[float, float, float]

LIGHT_PAGE: Channels = (0.937, 0.937, 0.918)  # --surface of tokens.css, the darkest that text stands on
DARK_PAGE: Channels = (0.137, 0.149, 0.157)  # the same at night, the lightest
_DEFAULT_COLOUR: Channels = (0.043, 0.31, 0.361)
_DARK_SATURATION = 0.42
_RATIO = 6.0  # WCAG 2.2 asks 4.5; the rest is for links in small print
_LINEAR_BELOW = 0.04045
_MIDDLE_GREY = 0.18  # on lighter pages words are dark, on darker ones light
_STEPS = 100


def parse_colour(text: str) -> Channels | None:
    """Red, green and blue from 0 to 1 of "#0b4f5c" or "#05c"; None when it is neither."""
    if not re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", text.strip()):
        return None
    digits = text.strip().removeprefix("#")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else re.findall("..", digits)  # noqa: PLR2004
    red, green, blue = (int(pair, 16) / 255 for pair in pairs)
    return red, green, blue


def contrast(first: Channels, second: Channels) -> float:
    """The contrast ratio of two colours by WCAG 2.2, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(colour: Channels, page: Channels, ratio: float) -> Channels:
    """The colour itself, or the nearest lightness of its hue that reaches the ratio on the page."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    end = 0.0 if _luminance(page) > _MIDDLE_GREY else 1.0
    for step in range(_STEPS + 1):
        towards = lightness + (end - lightness) * step / _STEPS
        shade = colour if step == 0 else colorsys.hls_to_rgb(hue, towards, saturation)
        if contrast(shade, page) >= ratio:
            return shade
    return end, end, end


def _soften(colour: Channels) -> Channels:
    """The same hue with less colour in it: what is rich on white glares on black."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    return colorsys.hls_to_rgb(hue, lightness, min(saturation, _DARK_SATURATION))


def accent_rules(institutes: Mapping[str, Institute], publisher: str) -> str:
    """CSS that sets the accent: the publisher's on every page, each institute's on its own pages."""
    return "\n".join(_format_rules(institutes, publisher))


def accent_pair(text: str | None) -> tuple[str, str]:
    """The accent on light and on dark pages, from an institute's colour as written."""
    colour = parse_colour(text or "") or _DEFAULT_COLOUR
    return (
        _format_colour(readable_on(colour, LIGHT_PAGE, _RATIO)),
        _format_colour(readable_on(_soften(colour), DARK_PAGE, _RATIO)),
    )


def _format_rules(institutes: Mapping[str, Institute], publisher: str) -> Iterator[str]:
    owner = institutes.get(publisher)
    rows = [("html", owner.colour if owner else None)]
    rows += [
        (f"html.brand-{name}", institute.colour)
        for name, institute in institutes.items()
        if name != publisher
    ]
    for selector, text in rows:
        light, dark = accent_pair(text)
        yield f"{selector} {{ --accent: {light}; }}"
        yield f"@media screen and (prefers-color-scheme: dark) {{ {selector} {{ --accent: {dark}; }} }}"


def _luminance(colour: Channels) -> float:
    red, green, blue = (
        value / 12.92 if value <= _LINEAR_BELOW else ((value + 0.055) / 1.055) ** 2.4 for value in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _format_colour(colour: Channels) -> str:
    return "#" + "".join(f"{round(value * 255):02x}" for value in colour)
