"""The settings of this think tank. docs/settings.md says what else can be set."""

from policy_tools.defaults import *  # noqa: F403

SITENAME = "Our think tank"
SITESUBTITLE = "Policy, written in the open"
INSTITUTE = "our-institute"
TIMEZONE = "Europe/London"
CSL = "harvard-cite-them-right"
