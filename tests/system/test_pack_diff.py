"""Between two versions of the demonstration, the edits that were made are named, and nothing else is."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from policy_tools.load.site import load_site
from policy_tools.model.problem import CannotRunError
from policy_tools.model.site import Site
from policy_tools.pack.changes import Change
from policy_tools.pipeline.comparing import compare_pack
from policy_tools.store import Store
from tests.system.conftest import NOW

ROOT = Path(__file__).parents[2]
PACK = "weekly-chancellor-office"
BANK = "content/papers/national-investment-bank/paper.md"
ANSWERS = "content/papers/answering-treasury-on-the-bank/paper.md"
ASKS = "content/papers/national-investment-bank/recommendations.yaml"
NOTES = "content/private/recommendation-notes.yaml"
RECIPE = f"content/private/packs/{PACK}.yaml"
CORRECTION = (
    "date: 2026-11-20, severity: minor, where: paragraph 2.3, was: 89 per cent, now: 88 per cent, "
    "affects_conclusions: false"
)
STATUS = "state: announced, date: 2026-11-21, source: Budget, log: [{state: proposed, date: 2026-03-16}]"

Edit = tuple[str, str, str]
"""A file, what stands in it, and what is put in its place the first time that it stands there."""


def copy_demonstration(folder: Path) -> Site:
    """A copy that shares the demonstration's store, in which its papers are rendered already."""
    folder.mkdir()
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "content", folder / "content")
    return replace(load_site(folder), cache=ROOT / ".cache")


def edit(site: Site, *edits: Edit) -> None:
    for path, before, after in edits:
        file = site.root / path
        text = file.read_text("utf-8")
        assert before in text, f"{path} has no {before!r} any more: change this test with it"
        file.write_text(text.replace(before, after, 1), "utf-8")


def compare(site: Site, old: str | Path, new: str | Path) -> list[Change]:
    with Store(site.cache / "made.sqlite") as store:
        return list(compare_pack(site, store, PACK, str(old), str(new), now=NOW))


def brief(changes: list[Change]) -> list[tuple[str, str, str, str]]:
    return [(change.kind.value, change.subject, change.was, change.now) for change in changes]


EDITS: dict[str, tuple[tuple[Edit, ...], tuple[str, str, str, str]]] = {
    "a sentence of a paper": (
        ((ANSWERS, "There were reviews in 1931, 1980 and 2012.", "There were reviews in 1931 and 2012."),),
        (
            "sentence-changed",
            "answering-treasury-on-the-bank",
            "There were reviews in 1931, 1980 and 2012.",
            "There were reviews in 1931 and 2012.",
        ),
    ),
    "a sentence more": (
        ((BANK, "\n# ", "\nThis sentence is new, i.e. it was not there on 1 Nov. 2026 (et al.).\n\n# "),),
        (
            "sentence-new",
            "national-investment-bank",
            "",
            "This sentence is new, i.e. it was not there on 1 Nov. 2026 (et al.).",
        ),
    ),
    "a correction": (
        (
            (
                BANK,
                "corrections:\n",
                "corrections:\n  - {" + CORRECTION + "}\n",
            ),
        ),
        ("paper-corrected", "national-investment-bank", "89 per cent", "88 per cent"),
    ),
    "the title of a paper": (
        ((BANK, "title: A National Investment Bank", "title: The National Investment Bank"),),
        (
            "paper-field",
            "national-investment-bank",
            "A National Investment Bank",
            "The National Investment Bank",
        ),
    ),
    "a line of a costing": (
        ((ASKS, "central: -2, high: -1}", "central: -2.5, high: -1}"),),
        ("costing-changed", "nib-01", "\u22122 (\u22123 to \u22121)", "\u22122.5 (\u22123 to \u22121)"),
    ),
    "a status": (
        (
            (
                ASKS,
                "status: {state: proposed, date: 2026-03-16}",
                "status: {" + STATUS + "}",
            ),
        ),
        ("status-changed", "nib-01", "Proposed, 16 March 2026", "Announced, 21 November 2026 (Budget)"),
    ),
    "an answer to an objection": (
        ((ASKS, "To make a sale visible is not to prevent it.", "A sale may be made, in the open."),),
        ("recommendation-field", "nib-01", "", ""),
    ),
    "a line to take": (
        ((ASKS, '    - "We are not founding another bank. We are finishing the one we have."\n', ""),),
        (
            "recommendation-field",
            "nib-01",
            "We are not founding another bank. We are finishing the one we have.",
            "",
        ),
    ),
    "a private note": (
        ((NOTES, "concede: The size and the speed of the equity.", "concede: The speed of the equity."),),
        ("note-changed", "nib-02", "The size and the speed of the equity.", "The speed of the equity."),
    ),
    "the recipe": (
        ((RECIPE, "title: Weekly pack", "title: The weekly pack"),),
        ("recipe-changed", PACK, "", ""),
    ),
    "a department": (
        (("content/departments.yaml", "abbreviation: HMT", "abbreviation: HM-T"),),
        ("record-changed", "department hmt", "HMT", "HM-T"),
    ),
    "a withdrawn paper": (
        (
            (ANSWERS, "status: published", "status: withdrawn"),
            ("content/packs/day-one-chancellor.yaml", "answering-treasury-on-the-bank, ", ""),
            ("content/packs/nib-objections.yaml", ", answering-treasury-on-the-bank", ""),
        ),
        ("paper-withdrawn", "answering-treasury-on-the-bank", "version 1", ""),
    ),
}


def matches(found: tuple[str, str, str, str], expected: tuple[str, str, str, str]) -> bool:
    """Whether kind and subject agree, and what was and is said, where the test says it."""
    return found[:2] == expected[:2] and (expected[2:] == ("", "") or found[2:] == expected[2:])


@pytest.mark.parametrize(("edits", "expected"), EDITS.values(), ids=EDITS)
def test_one_edit_is_named_and_nothing_else(
    tmp_path: Path, edits: tuple[Edit, ...], expected: tuple[str, str, str, str]
) -> None:
    old, new = copy_demonstration(tmp_path / "old"), copy_demonstration(tmp_path / "new")
    edit(new, *edits)

    found = brief(compare(old, old.root, new.root))

    assert len(found) == 1, found
    assert matches(found[0], expected), found


def test_all_edits_at_once_are_named_and_nothing_else(tmp_path: Path) -> None:
    old, new = copy_demonstration(tmp_path / "old"), copy_demonstration(tmp_path / "new")
    together = {name: case for name, case in EDITS.items() if name != "a withdrawn paper"}
    edit(new, *(each for edits, _ in together.values() for each in edits))

    found = brief(compare(old, old.root, new.root))

    left = list(found)
    exact_first = sorted(together.items(), key=lambda item: item[1][1][2:] == ("", ""))
    for name, (_, expected) in exact_first:
        match = next((change for change in left if matches(change, expected)), None)
        assert match is not None, f"{name}: {left}"
        left.remove(match)
    assert left == []


def test_the_same_demonstration_has_no_changes(tmp_path: Path) -> None:
    one, other = copy_demonstration(tmp_path / "one"), copy_demonstration(tmp_path / "other")
    assert compare(one, one.root, other.root) == []


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True, timeout=60)


def test_revisions_are_compared_as_folders_are(tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    site = copy_demonstration(tmp_path / "repository/site")
    git(tmp_path / "repository", "init", "--quiet")
    git(site.root, "add", ".")
    git(site.root, "commit", "--quiet", "--message", "Old")
    edit(site, *EDITS["a sentence of a paper"][0])
    git(site.root, "commit", "--quiet", "--all", "--message", "New")
    edit(site, *EDITS["a line of a costing"][0])

    assert [change.kind.value for change in compare(site, "HEAD~1", "HEAD")] == ["sentence-changed"]
    assert [change.kind.value for change in compare(site, "HEAD", site.root)] == ["costing-changed"]
    assert not list(Path("/tmp").glob("policy-revision-*"))  # noqa: S108 - where they are made


@pytest.mark.parametrize("name", ["HEAD~99", "--output=/tmp/x", "nowhere", "-x", ""])
def test_what_is_nothing_of_the_kind_is_told(tmp_path: Path, name: str) -> None:
    site = copy_demonstration(tmp_path / "site")
    with pytest.raises(CannotRunError, match="is no copy that was issued"):
        compare(site, name, site.root)


def test_an_unknown_pack_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    site = copy_demonstration(tmp_path / "site")
    with Store(site.cache / "made.sqlite") as store, pytest.raises(CannotRunError, match=PACK):
        compare_pack(site, store, "no-such-pack", str(site.root), str(site.root), now=NOW)
