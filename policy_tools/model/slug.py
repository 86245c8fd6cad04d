"""What is a name that can stand in an address, a file name and an anchor, and how is one made of a title?"""

import re
import unicodedata

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
"""1 to 80 small letters, digits and hyphens, with no hyphen at either end."""


def make_slug(title: str) -> str:
    """The title as such a name; empty where it holds no letter or digit that has one."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    return words[:80].rstrip("-")
