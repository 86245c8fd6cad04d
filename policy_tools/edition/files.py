"""A file of the site that is no page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OutputFile:
    """`content` is the file's bytes, the checked file to copy, or what makes the bytes when they are written.

    `digest` is that of the bytes, or of all that they are made from. `address` is relative to the site's
    root; `source` is the content file that asks for it, empty for the system's own.
    """

    address: str
    content: bytes | Path | Callable[[], bytes] = field(repr=False)
    digest: str
    source: str = ""

    def read(self) -> bytes:
        """The bytes to write."""
        if isinstance(self.content, bytes):
            return self.content
        return self.content.read_bytes() if isinstance(self.content, Path) else self.content()
