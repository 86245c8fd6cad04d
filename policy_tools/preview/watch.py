"""Which changes on disk call for another build?"""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, DefaultFilter, watch

from policy_tools.model.site import Site
from policy_tools.places import THEME


class _SourceFilter(DefaultFilter):
    def __init__(self, site: Site) -> None:
        self._ours = (site.output, site.cache)
        super().__init__()

    def __call__(self, change: Change, path: str) -> bool:
        made_by_us = any(Path(path).is_relative_to(folder) for folder in self._ours)
        return not made_by_us and super().__call__(change, path)


def watch_sources(site: Site, stopping: Event) -> Iterator[None]:
    """Yield once when the watch has begun, since something may have changed meanwhile; then for every change.

    Bursts of changes to the content, the settings or the theme count as one. It ends when `stopping` is set.
    """
    folders = [site.content, THEME, *site.root.glob("*conf.py")]
    has_begun = False
    for changes in watch(
        *folders,
        watch_filter=_SourceFilter(site),
        step=50,
        debounce=200,
        rust_timeout=500,
        stop_event=stopping,
        yield_on_timeout=True,
    ):
        if changes or not has_begun:
            yield
        has_begun = True
