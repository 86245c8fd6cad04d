"""The order in which all is done: to check a site, to prepare an edition of it, to render one paper."""

from policy_tools.pipeline.check import check_site
from policy_tools.pipeline.prepare import Prepared, prepare_edition
from policy_tools.pipeline.single import SingleFile, render_one

__all__ = ["Prepared", "SingleFile", "check_site", "prepare_edition", "render_one"]
