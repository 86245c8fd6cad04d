"""Where do the theme, the Pelican plugins, the guides and the caches stand?"""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _beside_the_code(name: str) -> Path:
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


THEME = _beside_the_code("theme")
PLUGINS = _beside_the_code("plugins")
EXAMPLE_SITE = _PACKAGE / "example"
STARTERS = _PACKAGE / "starters"
AUTHORS_GUIDES = tuple(
    _beside_the_code("docs") / f"{name}.md" for name in ("writing", "records", "settings", "problems")
)


def machine_cache() -> Path:
    """The folder of things that are made once for all sites on this machine, such as web fonts (XDG)."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "policy-publishing"
