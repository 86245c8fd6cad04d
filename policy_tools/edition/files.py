"""A file of the site that is no page."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OutputFile:
    """`content` is the file's bytes, or the checked file to copy; `digest` is that of its bytes.

    `address` is relative to the site's root; `source` is the content file that asks for it, empty for the
    system's own.
    """

    address: str
    content: bytes | Path = field(repr=False)
    digest: str
    source: str = ""
