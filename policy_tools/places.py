"""Where do the theme and the Pelican plugins stand, in a checkout and in an installed wheel?"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _beside_the_code(name: str) -> Path:
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


THEME = _beside_the_code("theme")
PLUGINS = _beside_the_code("plugins")
EXAMPLE_SITE = _PACKAGE / "example"
STARTERS = _PACKAGE / "starters"
