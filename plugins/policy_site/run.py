"""One run of Pelican over an edition that is already prepared."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from pelican import Pelican
from pelican.log import console
from pelican.settings import read_settings

from policy_tools.load.site import modules_beside
from policy_tools.model.site import Site
from policy_tools.pipeline.prepare import Prepared
from policy_tools.release.output_folder import OutputFolder


def open_output(site: Site, settings_file: Path) -> Callable[[Prepared], None]:
    """Look at what stands in the site's output; give what writes an edition there."""
    return partial(_run_pelican, settings_file, OutputFolder(site.output, site.cache))


def _run_pelican(settings_file: Path, output: OutputFolder, prepared: Prepared) -> None:
    """Write an edition with the site's own settings, theme and further plugins.

    Pelican's own closing line counts articles, of which there are none, so it stays unsaid.
    """
    site = prepared.site
    ours = {
        "PATH": str(site.content),
        "OUTPUT_PATH": str(site.output),
        "POLICY_PREPARED": prepared,
        "POLICY_OUTPUT": output,
    }
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
