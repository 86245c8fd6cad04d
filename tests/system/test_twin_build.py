"""Output with the secret papers present is the same, byte for byte, as output with them deleted."""

import shutil
from pathlib import Path

import pytest

from policy_tools.scaffold import init_site
from tests.system.canary import find_canaries
from tests.system.recipients import write_public_half
from tests.system.secrets import (
    PUBLIC,
    WITHDRAWN,
    WITHHOLDING,
    Canaries,
    write_secret_ask,
    write_secret_department,
    write_secret_paper,
    write_secret_statistic,
    write_treasury,
)
from tests.system.sites import build_site, find_differences, list_files, run_policy

ROOT = Path(__file__).parents[2]
PACK = """\
title: Everything on democracy
summary: All papers and recommendations of a programme to which the secrets belong as well.
audience: public
select: {programmes: democracy, departments: hmt, nations: [england, scotland]}
parts: [cover, brief, introduction, asks, grid, bills, objections, lines, costings, annexes, colophon]
"""
NEVER_SHOWN = {"anchor", "affiliation", "exif", "image text", "bib key"}


def write_site(folder: Path) -> Path:
    init_site(folder)
    (folder / "content/private").mkdir()
    write_treasury(folder / "content")
    return folder


def write_paper_with_ask(papers: Path, visibility: str, number: int) -> Canaries:
    """A paper with canaries in every field, and the record of its recommendation beside it."""
    word = write_secret_paper(papers, visibility, number)
    write_secret_ask(papers / word("slug"), word)
    return word


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[Canaries]]:
    """Two outputs, without and with the secrets, and the canaries of the second."""
    folder = tmp_path_factory.mktemp("twins")
    plain, full = write_site(folder / "plain"), write_site(folder / "full")
    for site in (plain, full):
        write_public_half(site)
        (site / "content/packs").mkdir()
        (site / "content/packs/all-of-it.yaml").write_text(PACK)
    canaries = [
        write_paper_with_ask(full / "content/papers", visibility, number)
        for number, visibility in enumerate(WITHHOLDING.values(), start=1)
    ]
    private = full / "content/private"
    canaries.append(write_paper_with_ask(private / "papers", WITHHOLDING["embargoed"], 20))
    canaries.append(write_paper_with_ask(private / "papers", PUBLIC, 21))
    canaries.append(write_paper_with_ask(private / "papers", WITHDRAWN, 24))
    canaries.append(write_secret_department(private, 22))
    canaries.append(write_secret_statistic(private, 23))
    for number, kind in enumerate(("people", "programmes", "pages"), start=30):
        canaries.append(write_secret_record(private / kind, kind, number))
    return build_site(plain), build_site(full), canaries


def write_secret_record(folder: Path, kind: str, number: int) -> Canaries:
    word = Canaries(number)
    fields = {
        "people": f"name: {word('name')}\nrole: {word('role')}\n",
        "programmes": (
            f"title: {word('title')}\nquestion: {word('question')}\nsummary: {word('summary')}\n"
            "institute: our-institute\n"
        ),
        "pages": f"title: {word('title')}\nsummary: {word('summary')}\nstatus: published\nmenu: main\n",
    }
    folder.mkdir(parents=True)
    (folder / f"{word('id')}.md").write_text(f"---\n{fields[kind]}---\n\n{word('text')}\n")
    return word


def test_the_secrets_leave_no_trace(twins: tuple[Path, Path, list[Canaries]]) -> None:
    plain, full, _ = twins
    assert len(list_files(plain)) > 20
    assert find_differences(plain, full) == []


def test_no_canary_stands_in_the_index_backwards(twins: tuple[Path, Path, list[Canaries]]) -> None:
    """Misspelt words are looked for from their ends, in files that hold every term backwards."""
    _, full, canaries = twins
    words = [word[::-1] for secret in canaries for word in secret.words.values()]
    assert find_canaries(full / "search", words) == {}


def test_the_scanner_finds_the_words_of_a_published_paper_in_the_index(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    word = write_secret_paper(site / "content/papers", PUBLIC, 1)

    output = build_site(site, "--formats", "")

    canary = word("title")
    found = find_canaries(output / "search", [canary, canary[::-1]])
    assert {Path(name).parts[-2] for name in found[canary]} >= {"text", "t", "v"}
    assert {Path(name).parts[-2] for name in found[canary[::-1]]} == {"r"}


def test_no_canary_is_found_in_the_output(twins: tuple[Path, Path, list[Canaries]]) -> None:
    _, full, canaries = twins
    words = [word for secret in canaries for word in secret.words.values()]
    assert len(words) > 300
    assert find_canaries(full, words) == {}


def test_the_scanner_finds_every_canary_of_a_published_paper(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    word = write_paper_with_ask(site / "content/papers", PUBLIC, 1)
    department = write_secret_department(site / "content", 2)

    output = build_site(site)

    found = find_canaries(output, [*word.words.values(), *department.words.values()])
    missed = {name for name, canary in word.words.items() if canary not in found}
    assert missed <= NEVER_SHOWN
    assert set(department.words.values()) <= set(found)


def test_of_a_withdrawn_paper_only_names_and_days_are_left_for_those_who_hold_a_copy(tmp_path: Path) -> None:
    plain, site = write_site(tmp_path / "plain"), write_site(tmp_path / "site")
    for each in (plain, site):
        write_public_half(each)
        (each / "content/packs").mkdir()
        (each / "content/packs/all-of-it.yaml").write_text(PACK)
    word = write_paper_with_ask(site / "content/papers", WITHDRAWN, 1)

    without, output = build_site(plain, "--formats", ""), build_site(site, "--formats", "")

    assert set(find_canaries(output, word.words.values())) == {word("slug"), word("recommendation")}
    answers = {
        f"check/{word('slug')}/1/index.html",
        f"check/brief-{word('recommendation')}/2026-02-02/index.html",
        f"check/brief-{word('recommendation')}/2026-03-01/index.html",
    }
    of_packs = {
        "check/pack-all-of-it/2026-03-01/index.html",
        "check/brief-programme-democracy/2026-03-01/index.html",
    }
    assert set(list_files(output)) - set(list_files(without)) == answers | of_packs
    for file in answers:
        assert "This copy has been withdrawn" in (output / file).read_text("utf-8")
    for file in of_packs:
        assert "A paper in it has been withdrawn." in (output / file).read_text("utf-8")


def test_hidden_picture_data_is_not_even_published_with_the_paper(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    word = write_secret_paper(site / "content/papers", PUBLIC, 1)

    output = build_site(site)

    assert find_canaries(output, [word("exif"), word("image text")]) == {}


def test_an_embargo_ends_to_the_second_and_comes_back(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    word = write_paper_with_ask(site / "content/private/papers", WITHHOLDING["embargoed"], 1)
    before = build_site(site, "--now", "2031-03-01T00:00:59+00:00")
    assert not find_canaries(before, word.words.values())

    after = build_site(site, "--now", "2031-03-01T00:01:00+00:00")
    assert {word("title"), word("ask")} <= set(find_canaries(after, word.words.values()))

    again = build_site(site, "--now", "2031-03-01T00:00:59+00:00")
    assert not find_canaries(again, word.words.values())


def test_the_log_of_a_build_says_nothing_of_what_is_withheld(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    word = write_paper_with_ask(site / "content/private/papers", WITHHOLDING["embargoed"], 1)

    done = run_policy("build", site, "--output", tmp_path / "out", "--formats", "")

    assert done.returncode == 0, done.stderr
    assert not [canary for canary in word.words.values() if canary in (done.stdout + done.stderr).lower()]
    assert "withheld" not in done.stdout + done.stderr


def test_the_demonstration_is_the_same_without_its_private_folder(tmp_path: Path) -> None:
    for name in ("with", "without"):
        site = tmp_path / name
        site.mkdir()
        for settings in ("pelicanconf.py", "publishconf.py"):
            shutil.copy(ROOT / settings, site)
        shutil.copytree(ROOT / "content", site / "content")
    shutil.rmtree(tmp_path / "without/content/private")

    outputs = [build_site(tmp_path / name, "--formats", "") for name in ("with", "without")]

    assert find_differences(*outputs) == []
