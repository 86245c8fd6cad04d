"""Settings for the published site: the same, with the address it is published at."""

from pelicanconf import *  # noqa: F403

SITEURL = "https://think-tank.example"
