"""Is a citation style found by the names that people know it by?"""

import pytest

from policy_tools.render.styles import StyleError, load_style, style_names


@pytest.mark.parametrize("name", ["apa", "APA", " apa.csl ", "http://www.zotero.org/styles/apa"])
def test_spellings_of_one_name(name: str) -> None:
    assert load_style(name) == load_style("apa")


def test_old_names_of_renamed_styles() -> None:
    assert load_style("agriculture-ecosystems-environment") == load_style(
        "agriculture-ecosystems-and-environment"
    )


def test_a_dependent_style_is_its_parent() -> None:
    assert load_style("2d-materials") == load_style("institute-of-physics-numeric")


@pytest.mark.parametrize("name", ["apa", "oscola", "harvard-cite-them-right", "chicago-author-date"])
def test_styles_are_set_in_british_english(name: str) -> None:
    style = load_style(name)
    assert style.count('default-locale="en-GB"') == 1
    assert "en-US" not in style[: style.index(">", style.index("<style"))]


def test_a_wrong_name_is_met_with_near_ones() -> None:
    with pytest.raises(StyleError) as caught:
        load_style("harvard-cite-them-rigth")
    assert "harvard-cite-them-right" in caught.value.nearest
    assert caught.value.hint.startswith("Did you mean")


@pytest.mark.parametrize("name", ["", "../apa", "/etc/passwd", "a/b", "dependent/2d-materials"])
def test_a_name_is_never_a_path(name: str) -> None:
    with pytest.raises(StyleError):
        load_style(name)


def test_all_names_are_known() -> None:
    names = style_names()
    assert len(names) > 9_000
    assert {"oscola", "2d-materials"} <= set(names)
    assert list(names) == sorted(names)
