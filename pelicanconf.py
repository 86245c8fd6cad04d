"""Settings of the demonstration think tank. docs/settings.md lists what else can be set."""

from policy_tools.defaults import *  # noqa: F403

SITENAME = "Trivet"
SITESUBTITLE = "One question in every programme: what should be done, and by whom?"
INSTITUTE = "trivet"
TIMEZONE = "Europe/London"
CSL = "harvard-cite-them-right"
DEMONSTRATION = True
