import io
import re
from pathlib import Path

from fontTools.ttLib import TTFont

from policy_tools.edition.fonts import FACES, make_face
from policy_tools.edition.theme import Theme
from policy_tools.store import Store, digest_of

LARGEST_FONT = 180_000


def read(theme: Theme, address: str) -> bytes:
    return next(file.read() for file in theme.files if file.address == address)


def test_names_change_with_the_bytes(theme: Theme) -> None:
    for file in theme.files:
        mark = digest_of(file.read())[:8]
        assert file.address.endswith("-licence.txt") or f".{mark}." in file.address


def test_the_style_sheet_names_only_files_of_the_theme(theme: Theme) -> None:
    css = read(theme, theme.stylesheet).decode()
    addresses = {f"theme/{name}" for name in re.findall(r'url\("([^"]+)"\)', css)}
    assert len(addresses) == 3
    assert addresses <= {file.address for file in theme.files}
    assert set(theme.preloads) <= addresses
    assert "http" not in re.sub(r'a\[href\^="http"\]', "", css)


def test_each_institute_wears_its_own_colour(theme: Theme) -> None:
    css = read(theme, theme.stylesheet).decode()
    assert "html { --accent: #0b4f5c; }" in css
    assert "html.brand-services { --accent: " in css


def test_fonts_are_small_and_hold_the_letters_of_these_islands(theme: Theme) -> None:
    for file in theme.files:
        if file.address.endswith(".woff2"):
            data = file.read()
            assert len(data) < LARGEST_FONT
            letters = TTFont(io.BytesIO(data)).getBestCmap()
            assert all(ord(letter) in letters for letter in "aZ09ŵŷàéœß£€–—‘’“”…•×−½")  # noqa: RUF001


def test_each_typeface_stands_beside_its_licence(theme: Theme) -> None:
    licences = [file for file in theme.files if file.address.endswith("-licence.txt")]
    assert [file.address for file in licences] == [
        "theme/fonts/public-sans-licence.txt",
        "theme/fonts/source-serif-4-licence.txt",
    ]
    assert all(b"SIL OPEN FONT LICENSE" in file.read().upper() for file in licences)


def test_a_face_has_the_same_bytes_made_anew_and_kept(theme: Theme, tmp_path: Path) -> None:
    face = next(face for face in FACES if face.name == "public-sans")
    with Store(tmp_path / "store.sqlite") as store:
        assert make_face(face, store) == make_face(face, store)
        assert make_face(face, store) in [file.read() for file in theme.files]
