"""Settings of the demonstration as it is published: the same, with an address."""

from pelicanconf import *  # noqa: F403

SITEURL = "https://trivet.example"
