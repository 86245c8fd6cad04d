"""Settings of the demonstration as it is published: the same, with an address."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403

SITEURL = "https://trivet.example"
