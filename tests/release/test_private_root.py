"""Private packs have a root of their own, and nothing public is ever written where that could be reached."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from policy_tools.model.problem import CannotRunError
from policy_tools.model.site import Site
from policy_tools.release.marker import MARKER, refuse_private_ground
from policy_tools.release.output_folder import OutputError, OutputFolder
from policy_tools.release.private_root import PrivateRootError, open_private_root


@pytest.fixture
def site(tmp_path: Path) -> Site:
    root = tmp_path / "site"
    (root / "content/private").mkdir(parents=True)
    return Site(
        *(root, root / "content", root / "output", root / ".cache"),
        *("Trivet", "", "", "trivet", "Europe/London"),
        private_output=root / "output-private",
    )


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def build_public(root: Path) -> None:
    folder = OutputFolder(root, root.parent / f"cache of {root.name}")
    folder.keep_or_write("index.html", "home", b"home".strip)
    folder.finish()


def test_the_root_is_made_marked_and_for_its_owner_only(site: Site) -> None:
    before = os.umask(0)
    try:
        root = open_private_root(site)
        folder = root.write_folder("treasury/treasury-day-one-001", {"day-one.pdf": b"%PDF"})
    finally:
        os.umask(before)

    assert root.path == site.private_output
    assert "may be published" in (root.path / MARKER).read_text()
    assert [mode(path) for path in (root.path, folder.parent, folder)] == [0o700] * 3
    assert [mode(path) for path in (root.path / MARKER, folder / "day-one.pdf")] == [0o600] * 2


def test_the_same_root_is_opened_again(site: Site) -> None:
    open_private_root(site).write_folder("treasury/a", {"a.pdf": b"a"})
    site.private_output.chmod(0o755)
    assert (open_private_root(site).path / "treasury/a/a.pdf").read_bytes() == b"a"
    assert mode(site.private_output) == 0o700


@pytest.mark.parametrize(
    "place",
    [
        "output",
        "output/private",
        "content",
        "content/packs",
        "content/private/copies",
        ".",
        "..",
        ".cache",
        ".cache/private",
        "theme/static",
        "output-private/../output/packs",
        "content/../output",
    ],
)
def test_no_private_root_shares_ground_with_public_output_content_or_theme(site: Site, place: str) -> None:
    (site.root / "theme/static").mkdir(parents=True)
    (site.root / "output").mkdir()
    with pytest.raises(PrivateRootError, match="apart from output, content and theme"):
        open_private_root(
            replace(site, private_output=site.root / place), apart_from=[site.root / "theme/static"]
        )
    assert not list(site.root.rglob(MARKER))


def test_a_relative_root_is_refused_as_an_absolute_one_is(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.root)
    with pytest.raises(PrivateRootError):
        open_private_root(replace(site, private_output=Path("output/packs")))


@pytest.mark.parametrize("target", ["output", "content/private", "output/packs"])
def test_a_link_into_public_ground_is_no_private_root(site: Site, target: str) -> None:
    (site.root / target).mkdir(parents=True, exist_ok=True)
    site.private_output.symlink_to(site.root / target)
    with pytest.raises(PrivateRootError):
        open_private_root(site)


def test_the_output_may_be_a_link_too(site: Site, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    site.output.symlink_to(tmp_path / "www")
    with pytest.raises(PrivateRootError):
        open_private_root(replace(site, private_output=tmp_path / "www/private"))


def test_a_folder_with_public_output_in_it_is_refused(site: Site, tmp_path: Path) -> None:
    build_public(tmp_path / "other/www")
    for place in ("other", "other/www", "other/www/private"):
        with pytest.raises(PrivateRootError, match="public output"):
            open_private_root(replace(site, private_output=tmp_path / place))


def test_a_folder_with_files_of_somebody_elses_is_refused(site: Site) -> None:
    site.private_output.mkdir()
    (site.private_output / "thesis.docx").write_text("years of work")
    with pytest.raises(PrivateRootError, match="not marked"):
        open_private_root(site)


@pytest.mark.parametrize("place", ["output-private", "output-private/www", ".", "output-private/../."])
def test_no_public_output_goes_into_above_or_below_a_marked_folder(site: Site, place: str) -> None:
    open_private_root(site)
    with pytest.raises(OutputError, match="never published"):
        OutputFolder(site.root / place, site.cache)


def test_a_relative_public_output_is_refused_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    open_private_root(site)
    monkeypatch.chdir(site.private_output)
    with pytest.raises(OutputError):
        OutputFolder(Path("www"), site.cache)


def test_no_link_leads_public_output_to_private_packs(site: Site, tmp_path: Path) -> None:
    root = open_private_root(site)
    root.write_folder("treasury/a", {"a.pdf": b"a"})
    links = {
        tmp_path / "www": root.path,
        tmp_path / "packs": root.path / "treasury",
        tmp_path / "outer/packs": root.path / "treasury/a",
        tmp_path / "far/site": site.root,
    }
    for link, target in links.items():
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(target)
    for output in ("www", "packs", "outer", "far", "www/new"):
        with pytest.raises(OutputError):
            OutputFolder(tmp_path / output, tmp_path / "cache")


def test_links_that_go_round_in_a_circle_are_followed_once(tmp_path: Path) -> None:
    build_public(tmp_path / "www")
    (tmp_path / "www/again").symlink_to(tmp_path / "www")
    build_public(tmp_path / "www")


def test_public_output_stands_beside_a_private_root(site: Site) -> None:
    open_private_root(site)
    build_public(site.output)
    open_private_root(site)


def test_a_folder_appears_whole_or_not_at_all(site: Site) -> None:
    root = open_private_root(site)
    with pytest.raises(PrivateRootError, match="cannot be written"):
        root.write_folder("treasury/a", {"a.pdf": b"a", "no/such/folder.pdf": b"b"})
    assert not list((root.path / "treasury").iterdir())


def test_what_stands_there_is_replaced_only_where_that_is_asked_for(site: Site) -> None:
    root = open_private_root(site)
    root.write_folder("treasury/a", {"a.pdf": b"one", "b.pdf": b"two"})
    with pytest.raises(PrivateRootError, match="stands there already"):
        root.write_folder("treasury/a", {"a.pdf": b"three"})
    folder = root.write_folder("treasury/a", {"a.pdf": b"three"}, replace=True)
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("a.pdf", b"three")]
    assert [path.name for path in folder.parent.iterdir()] == ["a"]


@pytest.mark.parametrize("address", ["../output/a", "treasury/../../a", "", ".", "linked/a"])
def test_nothing_is_written_outside_the_root(site: Site, address: str) -> None:
    root = open_private_root(site)
    site.output.mkdir()
    (root.path / "linked").symlink_to(site.output)
    with pytest.raises(PrivateRootError):
        root.write_folder(address, {"a.pdf": b"a"}, replace=True)
    assert not list(site.output.iterdir())


def test_a_folder_is_taken_away_again(site: Site) -> None:
    root = open_private_root(site)
    root.write_folder("treasury/a", {"a.pdf": b"one"})
    root.remove_folder("treasury/a")
    assert [path.name for path in root.path.iterdir()] == [MARKER]


def test_single_files_for_the_public_stay_out_of_it_too(site: Site, tmp_path: Path) -> None:
    root = open_private_root(site)
    (tmp_path / "link").symlink_to(root.path)
    for folder in (root.path, root.path / "treasury", tmp_path / "link/packs"):
        with pytest.raises(CannotRunError, match="for the public"):
            refuse_private_ground(folder)
    refuse_private_ground(site.root)
