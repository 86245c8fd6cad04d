"""Which code made what the store keeps? A result is never older than the code it came from."""

from functools import cache
from pathlib import Path

from policy_tools.store import digest_of


def digest_of_loading_code() -> str:
    """The digest of the source of everything between a file and its record."""
    return digest_of_code("load", "model")


def digest_of_code(*folders: str) -> str:
    """The digest of all our modules in these folders of the package."""
    return digest_of(*map(_digest_folder, folders))


@cache
def _digest_folder(folder: str) -> str:
    package = Path(__file__).resolve().parents[1]
    files = sorted((package / folder).rglob("*.py"))
    return digest_of(
        *(part for file in files for part in (file.relative_to(package).as_posix(), file.read_bytes()))
    )
