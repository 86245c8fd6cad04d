"""The output folder keeps what has not changed and loses what does not belong."""

import json
from pathlib import Path

import pytest

from policy_tools.release.output_folder import OutputError, OutputFolder


def write_site(root: Path, cache: Path, files: dict[str, str]) -> tuple[OutputFolder, tuple[str, ...]]:
    folder = OutputFolder(root, cache)
    for address, words in files.items():
        folder.keep_or_write(address, f"inputs of {words}", words.encode)
    return folder, folder.finish()


def test_writes_every_file_and_a_manifest_of_them(tmp_path: Path) -> None:
    write_site(tmp_path / "out", tmp_path / "cache", {"index.html": "home", "papers/nib/index.html": "nib"})

    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    assert [row["path"] for row in manifest["files"]] == ["index.html", "papers/nib/index.html"]
    assert (tmp_path / "out/papers/nib/index.html").read_text() == "nib"


def test_leaves_a_file_alone_whose_inputs_have_not_changed(tmp_path: Path) -> None:
    write_site(tmp_path / "out", tmp_path / "cache", {"a.html": "a", "b.html": "b"})

    folder = OutputFolder(tmp_path / "out", tmp_path / "cache")
    kept = folder.keep_or_write("a.html", "inputs of a", lambda: pytest.fail("made again"))
    rewritten = folder.keep_or_write("b.html", "inputs of c", lambda: b"c")

    assert (kept, rewritten) == (False, True)
    assert (tmp_path / "out/b.html").read_text() == "c"


def test_mends_a_file_that_someone_changed(tmp_path: Path) -> None:
    write_site(tmp_path / "out", tmp_path / "cache", {"a.html": "a"})
    (tmp_path / "out/a.html").write_text("tampered with")

    write_site(tmp_path / "out", tmp_path / "cache", {"a.html": "a"})

    assert (tmp_path / "out/a.html").read_text() == "a"


def test_removes_what_the_edition_no_longer_names(tmp_path: Path) -> None:
    write_site(tmp_path / "out", tmp_path / "cache", {"a.html": "a", "papers/secret/secret.pdf": "pdf"})

    _, removed = write_site(tmp_path / "out", tmp_path / "cache", {"a.html": "a"})

    assert removed == ("papers/secret/secret.pdf",)
    assert not (tmp_path / "out/papers").exists()


def test_removes_stale_files_even_when_the_cache_was_lost(tmp_path: Path) -> None:
    write_site(tmp_path / "out", tmp_path / "cache", {"a.html": "a", "old.html": "old"})

    write_site(tmp_path / "out", tmp_path / "another cache", {"a.html": "a"})

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.html", "manifest.json"]


def test_refuses_a_folder_of_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")

    with pytest.raises(OutputError, match="did not write"):
        OutputFolder(tmp_path, tmp_path / "cache")
    assert (tmp_path / "thesis.docx").exists()


def test_the_manifest_is_plain_json_whatever_the_names(tmp_path: Path) -> None:
    files = {'say "a".html': "a", "é/ü.html": "b"}
    write_site(tmp_path / "out", tmp_path / "cache", files)

    text = (tmp_path / "out/manifest.json").read_text()
    manifest = json.loads(text)
    assert [row["path"] for row in manifest["files"]] == sorted(files)
    assert text == json.dumps(manifest, indent=1) + "\n"


def test_only_folders_without_any_file_are_removed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    files = {"a/b/c.html": "c", "old/older/oldest.html": "old", "x.html": "x"}
    write_site(out, tmp_path / "cache", files)
    (out / "empty/within").mkdir(parents=True)
    (out / ".git/refs/tags").mkdir(parents=True)

    write_site(out, tmp_path / "cache", {"a/b/c.html": "c", "x.html": "x"})

    folders = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_dir())
    assert folders == [".git", ".git/refs", ".git/refs/tags", "a", "a/b"]
