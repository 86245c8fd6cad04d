"""Can a paper cite this key, and which key was meant?"""

import re

_SIMPLE = re.compile(r"(?:[^\W_]|_)(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*")
_BRACED = re.compile(r"[^\s{},\"#%~]+")


def is_simple(key: str) -> bool:
    """Whether `@key` cites it."""
    return _SIMPLE.fullmatch(key) is not None


def is_citable(key: str) -> bool:
    """Whether `@key` or `@{key}` cites it."""
    return is_simple(key) or _BRACED.fullmatch(key) is not None
