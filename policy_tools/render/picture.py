"""What is a picture that may be published, and how is one refused?"""

from dataclasses import dataclass

EXTENSIONS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}


class ImageError(Exception):
    """A picture cannot be used; the message is a sentence for its author, beginning with the file's name."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture without hidden metadata: its bytes, media type, and size in pixels.

    `removed` names what a reader would have seen or heard and no longer does ("script", "foreignObject"):
    a cause for a warning, never for silence.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    removed: tuple[str, ...] = ()

    @property
    def needs_fallback(self) -> bool:
        """Whether Word needs a PNG in its place."""
        return self.media_type in {"image/svg+xml", "image/webp"}
