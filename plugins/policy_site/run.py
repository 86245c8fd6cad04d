"""One run of Pelican over an edition that is already prepared."""

import logging
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from pelican import Pelican
from pelican.log import console
from pelican.settings import read_settings

from policy_tools.load.site import modules_beside
from policy_tools.pipeline.prepare import Prepared


def run_pelican(settings_file: Path, prepared: Prepared) -> None:
    """Write an edition with the site's own settings, theme and further plugins.

    Pelican's own closing line counts articles, of which there are none, so it stays unsaid.
    """
    site = prepared.site
    ours = {"PATH": str(site.content), "OUTPUT_PATH": str(site.output), "POLICY_PREPARED": prepared}
    with modules_beside(site.root):
        settings = read_settings(str(settings_file), override=ours)
    settings["JINJA_ENVIRONMENT"] |= _keep_compiled(site.cache / "templates")
    logging.getLogger("pelican").setLevel(logging.WARNING)
    console.quiet = True
    Pelican(settings).run()


def _keep_compiled(folder: Path) -> dict[str, Any]:
    """Compile a template once, and again when its text changes.

    Nothing is reckoned while compiling, so that what a filter of the site's own gives is never kept.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {"bytecode_cache": FileSystemBytecodeCache(str(folder)), "optimized": False}
