"""A site of mistakes: its settings are sound, but small pictures are too big for it."""

from policy_tools.defaults import *  # noqa: F403

SITENAME = "Mistaken think tank"
INSTITUTE = "our-institute"
MAX_IMAGE_BYTES = 300
