"""The settings of this think tank. Everything that is left out has a sensible value: docs/settings.md."""

from policy_tools.defaults import *  # noqa: F403

SITENAME = "Our think tank"
SITESUBTITLE = "Policy, written in the open"
INSTITUTE = "our-institute"
TIMEZONE = "Europe/London"
CSL = "harvard-cite-them-right"
