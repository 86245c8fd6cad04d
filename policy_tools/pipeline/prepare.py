"""From content to an edition that is ready to be written: the pipeline as a list.

Nothing is written here but the cache. What stands in the way of publishing is returned, and the caller
decides what to do with it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tools.clear.clearance import Clearance, clear
from policy_tools.clear.preview import clear_for_preview
from policy_tools.load.library import load_library
from policy_tools.model.problem import Problem, has_errors
from policy_tools.pipeline.ahead import begin_papers
from policy_tools.pipeline.check import check_library
from policy_tools.pipeline.track import Track, track_silently
from policy_tools.processes import Processes
from policy_tools.render.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from policy_tools.edition.edition import Edition
    from policy_tools.model.site import Site
    from policy_tools.store import Store


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edition ready to be written, or the problems that stand in its way.

    `edition` is None when the content has errors, except in a preview, which shows what it can.
    """

    site: Site
    edition: Edition | None
    problems: tuple[Problem, ...]
    clearance: Clearance


def prepare_edition(
    site: Site,
    store: Store,
    *,
    now: datetime,
    preview: bool = False,
    workers: int | None = None,
    track: Track = track_silently,
    meanwhile: Callable[[], object] = lambda: None,
) -> Prepared:
    """Load, check, clear, render, typeset, and lay out the whole site as at `now` (aware).

    A preview shows drafts, and the rest of the site where there are errors. `meanwhile` is done while the
    index of search is being made: what the caller will need afterwards.
    """
    library = load_library(site, store)
    public = clear(library, now, site.timezone)
    problems = check_library(library, site, now=now, public=public)
    clearance = clear_for_preview(library, now, site.timezone) if preview else public
    if has_errors(problems) and not preview:
        return Prepared(site, None, problems, clearance)
    with Processes(1) as processes, Pool(workers or os.cpu_count() or 1) as pool:
        begun = begin_papers(clearance.library, site, store, pool, processes)
        # What comes next takes a while to import: pandoc is at work by now.
        from policy_tools.pipeline.layout import Layout  # noqa: PLC0415
        from policy_tools.pipeline.making import Making  # noqa: PLC0415

        making = Making(site, store, clearance.library, begun, pool, processes)
        layout = Layout(site, making.recall(), store)
        made = making.make(track)
        pool.dismiss()
        problems = tuple(sorted({*problems, *made.problems}))
        if has_errors(problems) and not preview:
            return Prepared(site, None, problems, clearance)
        edition = layout.lay_out(made, meanwhile)
    problems = tuple(sorted({*problems, *edition.problems}))
    return Prepared(site, edition, problems, clearance)
