"""Settings for the published site: the same, with the address it is published at."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403

SITEURL = "https://think-tank.example"
