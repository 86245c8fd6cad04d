"""A pack's ZIP says what is in it, and the same pack is the same bytes."""

import hashlib
import json

from policy_tools.archive import read_archive
from policy_tools.pack.archive import PackFacts, build_archive

FACTS = PackFacts("day-one", "Day one", "2026-11-22", copy_id="treasury-day-one-001")
FILES = {"day-one.pdf": b"%PDF-1.7", "day-one.docx": b"PK", "notes.txt": b"word " * 400}


def test_the_manifest_lists_every_file_with_its_digest() -> None:
    contents = read_archive(build_archive(FILES, FACTS))

    manifest = json.loads(contents.pop("manifest.json"))
    assert contents == FILES
    assert manifest["copy_id"] == "treasury-day-one-001"
    assert (manifest["pack"], manifest["title"], manifest["as_at"]) == ("day-one", "Day one", "2026-11-22")
    assert manifest["files"] == [
        {"name": name, "bytes": len(FILES[name]), "sha256": hashlib.sha256(FILES[name]).hexdigest()}
        for name in sorted(FILES)
    ]


def test_the_same_files_in_another_order_are_the_same_bytes() -> None:
    assert build_archive(dict(reversed(FILES.items())), FACTS) == build_archive(FILES, FACTS)


def test_a_public_pack_has_no_copy_id() -> None:
    contents = read_archive(build_archive(FILES, PackFacts("day-one", "Day one", "2026-11-22")))
    assert "copy_id" not in json.loads(contents["manifest.json"])
