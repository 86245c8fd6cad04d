"""What does pelicanconf.py say of the think tank and of how its site is made?"""

import runpy
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from policy_tools.model.embargo import load_zone
from policy_tools.model.problem import CannotRunError
from policy_tools.model.site import DOWNLOADS, SEARCHES, Site

T = TypeVar("T")

SETTINGS_FILE = "pelicanconf.py"


class SiteError(CannotRunError):
    """The site's settings cannot be used; the message says in plain words why."""


def load_site(root: Path, settings_file: str = SETTINGS_FILE) -> Site:
    """The site whose folder is `root`. Its settings file is trusted code, and is run."""
    root = root.resolve()
    file = root / settings_file
    if not file.is_file():
        raise SiteError(
            f"There is no {settings_file} in {root}. Name the folder of a site, or make one: policy init DIR"
        )
    try:
        with modules_beside(root):
            settings = runpy.run_path(str(file))
    except (Exception, SystemExit) as error:
        raise SiteError(f"{settings_file} cannot be run: {type(error).__name__}: {error}") from error
    return site_from_settings(settings, root)


@contextmanager
def modules_beside(root: Path) -> Iterator[None]:
    """Let settings import what stands beside them, and forget it, since every site has a pelicanconf."""
    known = set(sys.modules)
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        sys.path.remove(str(root))
        for name in set(sys.modules) - known:
            file = getattr(sys.modules[name], "__file__", None)
            if file and Path(file).parent == root:
                del sys.modules[name]


def site_from_settings(settings: Mapping[str, object], root: Path) -> Site:
    """The site of a folder by its settings: the upper-case names of a pelicanconf.py."""
    root = root.resolve()
    read = _Settings(settings)
    site = Site(
        root=root,
        content=root / read.take("PATH", str, "content"),
        output=root / read.take("OUTPUT_PATH", str, "output"),
        cache=root / read.take_path("POLICY_CACHE", ".cache"),
        name=read.take_words("SITENAME"),
        tagline=read.take("SITESUBTITLE", str, ""),
        url=read.take_address("SITEURL"),
        institute=read.take_words("INSTITUTE"),
        timezone=read.take_zone("TIMEZONE"),
        language=_write_language(read.take("DEFAULT_LANG", str, "en-GB")),
        csl=read.take("CSL", str, "harvard-cite-them-right"),
        formats=read.take_names("FORMATS", DOWNLOADS),
        demonstration=read.take("DEMONSTRATION", bool, default=False),
        press_email=read.take("PRESS_EMAIL", str, "") or None,
        page_size=read.take_count("DEFAULT_PAGINATION", 25),
        feed_items=read.take_count("FEED_MAX_ITEMS", 25),
        max_image_bytes=read.take_count("MAX_IMAGE_BYTES", 2_000_000),
        max_paper_bytes=read.take_count("MAX_PAPER_BYTES", 2_000_000),
        render_seconds=read.take_seconds("RENDER_SECONDS", 60.0),
        private_output=root / read.take_path("PRIVATE_OUTPUT", "output-private"),
        fonts=root / read.take_path("FONTS", "content/fonts"),
        search=read.take_one_of("SEARCH", SEARCHES),
    )
    if not site.content.is_dir():
        raise SiteError(
            f"There is no folder {site.content}. Make it, or name another as PATH in {SETTINGS_FILE}."
        )
    return site


def _write_language(tag: str) -> str:
    """A BCP 47 tag in its usual letter case, which Pelican takes away."""
    language, _, region = tag.partition("-")
    return f"{language.lower()}-{region.upper()}" if region else language.lower()


class _Settings:
    """Settings by name, each of the kind it has to be."""

    def __init__(self, settings: Mapping[str, object]) -> None:
        self.settings = settings

    def take(self, name: str, kind: type[T], default: T) -> T:
        """A setting of one kind; one that is missing or None has the default."""
        value = self.settings.get(name)
        if value is None:
            return default
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise SiteError(f"{name} in {SETTINGS_FILE} is {_KINDS[kind]}, and {value!r} is not.")
        return value

    def take_path(self, name: str, default: str) -> str:
        value = self.settings.get(name)
        return str(value) if isinstance(value, Path) else self.take(name, str, default)

    def take_words(self, name: str) -> str:
        words = self.take(name, str, "").strip()
        if not words:
            raise SiteError(f"{SETTINGS_FILE} does not set {name}. {_PURPOSES[name]}")
        return words

    def take_address(self, name: str) -> str:
        address = self.take(name, str, "").rstrip("/")
        if address and not address.startswith(("https://", "http://")):
            raise SiteError(
                f"{name} in {SETTINGS_FILE} is empty or begins with https://, and {address!r} does not."
            )
        return address

    def take_zone(self, name: str) -> str:
        try:
            return load_zone(self.take(name, str, "Europe/London")).key
        except ValueError as error:
            raise SiteError(f"{name} in {SETTINGS_FILE}: {error}") from None

    def take_one_of(self, name: str, known: tuple[str, ...]) -> str:
        """One of a few words; the first of them when nothing is said."""
        value = self.take(name, str, known[0])
        if value not in known:
            raise SiteError(f"{name} in {SETTINGS_FILE} is one of {', '.join(known)}, and {value!r} is not.")
        return value

    def take_names(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self.settings.get(name, default)
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise SiteError(f"{name} in {SETTINGS_FILE} is a list of texts, and {value!r} is not.")
        unknown = [item for item in value if item not in default]
        if unknown:
            raise SiteError(
                f"{name} in {SETTINGS_FILE} holds {unknown[0]!r}; there are {', '.join(default)}."
            )
        return tuple(dict.fromkeys(value))

    def take_count(self, name: str, default: int) -> int:
        """A whole number from 1. Pelican's False, for no limit, has the default."""
        value = self.settings.get(name)
        number = default if value is False else self.take(name, int, default)
        if number < 1:
            raise SiteError(f"{name} in {SETTINGS_FILE} is 1 or more, and {number} is not.")
        return number

    def take_seconds(self, name: str, default: float) -> float:
        value = self.settings.get(name)
        seconds = float(value) if type(value) is int else self.take(name, float, default)
        if not 0 < seconds < float("inf"):
            raise SiteError(
                f"{name} in {SETTINGS_FILE} is a number of seconds above 0, and {seconds} is not."
            )
        return seconds


_KINDS: Mapping[type, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
}
_PURPOSES: Mapping[str, str] = {
    "SITENAME": "It is the name of the think tank.",
    "INSTITUTE": "It is the id of the publisher, whose record stands in content/institutes/.",
}
