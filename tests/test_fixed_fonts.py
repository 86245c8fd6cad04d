"""Fixed fonts are what their names say, and are cut once on a machine."""

from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from policy_tools import fixed_fonts
from policy_tools.fixed_fonts import drawing_font_folder, text_font_folder
from policy_tools.font_cutting import Axes, cut_font


@pytest.fixture
def another_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def describe(folder: Path) -> set[tuple[str, str, int, bool]]:
    """Family, style, weight and whether it varies, of each font."""
    found = set()
    for file in folder.iterdir():
        font = TTFont(file)
        name = font["name"]
        family = name.getDebugName(16) or name.getDebugName(1)
        found.add((family, name.getDebugName(2), font["OS/2"].usWeightClass, "fvar" in font))
    return found


def test_text_is_set_in_fixed_weights_of_a_family_of_its_own() -> None:
    styles = ("Regular", "Italic")
    assert describe(text_font_folder()) == {
        ("Text Serif", style, weight, False) for style in styles for weight in (400, 600, 650)
    }


def test_drawings_are_lettered_in_fixed_weights_of_public_sans() -> None:
    weights = {("Public Sans", "Regular", weight, False) for weight in (400, 500, 600, 700)}
    assert describe(drawing_font_folder()) == weights | {("Public Sans", "Italic", 100, True)}


@pytest.mark.parametrize("find_folder", [text_font_folder, drawing_font_folder])
def test_another_machine_cuts_the_same_bytes_once(
    find_folder: object, another_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cutting = find_folder.__wrapped__  # type: ignore[attr-defined]  # without what this process remembers
    here = find_folder()  # type: ignore[operator]
    there = cutting()
    assert there.is_relative_to(another_machine)
    assert {file.name: file.read_bytes() for file in here.iterdir()} == {
        file.name: file.read_bytes() for file in there.iterdir()
    }
    monkeypatch.setattr(fixed_fonts, "cut_font", lambda *_, **__: pytest.fail("cut twice"))
    assert cutting() == there


def test_a_font_keeps_the_characters_and_the_part_of_its_axes_that_are_asked_for() -> None:
    source = files("fontpkg_source_serif_4").joinpath("files", "SourceSerif4[opsz,wght].ttf").read_bytes()
    axes: Axes = {"wght": (400, 700), "opsz": 20}
    font = TTFont(BytesIO(cut_font(source, axes, characters=map(ord, "A£ŵ"), features=["kern"])))
    assert set(font.getBestCmap()) == {ord("A"), ord("£"), ord("ŵ")}
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [
        ("wght", 400, 700)
    ]
    assert {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord} == {"kern"}
