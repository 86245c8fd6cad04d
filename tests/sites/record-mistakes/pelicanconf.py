"""A site of mistakes in records: its settings are sound."""

from policy_tools.defaults import *  # noqa: F403

SITENAME = "Mistaken think tank"
INSTITUTE = "our-institute"
