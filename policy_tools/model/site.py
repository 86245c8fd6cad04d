"""The think tank's own settings, as the rest of the system sees them."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

SEARCHES = ("lunr", "pagefind")
"""What can answer a search on the site."""

DOWNLOADS = ("pdf", "docx", "epub")
"""Every format in which a paper can be downloaded."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a site stands and how it is called: the upper-case names of its pelicanconf.py, typed.

    `root` holds pelicanconf.py; `url` has no closing slash and may be empty (relative addresses);
    `csl` is a CSL style's name; `formats` are the downloads made of each paper; `institute` is the id of
    the publisher; `timezone` is an IANA name; limits are in bytes and seconds; `private_output`
    is where private packs go; `search` is one of `SEARCHES`.
    """

    root: Path
    content: Path
    output: Path
    cache: Path
    name: str
    tagline: str
    url: str
    institute: str
    timezone: str
    language: str = "en-GB"
    csl: str = "harvard-cite-them-right"
    formats: tuple[str, ...] = DOWNLOADS
    demonstration: bool = False
    press_email: str | None = None
    page_size: int = 25
    feed_items: int = 25
    max_image_bytes: int = 2_000_000
    max_paper_bytes: int = 2_000_000
    render_seconds: float = 60.0
    private_output: Path = Path("output-private")
    fonts: Path = Path("content/fonts")
    search: str = "lunr"

    def day_of(self, moment: datetime) -> date:
        """The day that it is at an aware moment where the site is."""
        return moment.astimezone(ZoneInfo(self.timezone)).date()
