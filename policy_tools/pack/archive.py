"""How do all files of one pack travel together, with a list by which each can be checked?"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policy_tools import archive
from policy_tools.archive import write_archive

MANIFEST = "manifest.json"
_COMPRESSED_ALREADY = (".docx", ".epub", ".pdf", ".zip")


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What the manifest says of the pack: `as_at` is ISO 8601; `copy_id` is empty in a public one."""

    id: str
    title: str
    as_at: str
    copy_id: str = ""


def digest_files(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file's bytes, in hexadecimal, by name."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}


def build_archive(files: Mapping[str, bytes], facts: PackFacts) -> bytes:
    """A ZIP of the files with the manifest first; the same bytes for the same files and facts."""
    manifest = build_manifest(files, facts)
    stored = [name for name in files if name.endswith(_COMPRESSED_ALREADY)]
    return write_archive({**files, MANIFEST: manifest}, first=[MANIFEST], stored=stored)


def build_manifest(files: Mapping[str, bytes], facts: PackFacts) -> bytes:
    """The JSON list of the files by name, with bytes and SHA-256, under what the pack is."""
    named = {"pack": facts.id, "title": facts.title, "as_at": facts.as_at}
    named |= {"copy_id": facts.copy_id} if facts.copy_id else {}
    listed = [
        {"name": name, "bytes": len(files[name]), "sha256": digest}
        for name, digest in digest_files(files).items()
    ]
    return (json.dumps(named | {"files": listed}, ensure_ascii=False, indent=1) + "\n").encode()


@cache
def digest_archive_code() -> str:
    """Changes with what writes these files."""
    files = (Path(archive.__file__), Path(__file__))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
