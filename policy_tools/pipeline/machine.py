"""What is made once for all sites on a machine: web fonts, which take seconds to cut and never differ."""

import sqlite3

from policy_tools.model.site import Site
from policy_tools.places import machine_cache
from policy_tools.store import Store


def open_machine_store(site: Site) -> Store:
    """The store shared by all sites of this user; the site's own where that one cannot be written."""
    try:
        return Store(machine_cache() / "made.sqlite")
    except (OSError, sqlite3.Error):
        return Store(site.cache / "made.sqlite")
