"""Packs and briefs as the command makes them: in every format, at their addresses, once."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from policy_tools.cli import main
from policy_tools.model.pack import Pack
from policy_tools.pipeline.pack_sources import EmptyPackError, PackSources, gather_pack
from tests.system.canary import read_every_way

RECOMMENDATIONS = """\
first-01:
  title: Count who votes
  ask_type: review
  owner: {lead_department: mhclg, minister: Secretary of State}
  vehicle: {kind: admin}
  nations: {england: reserved}
  why_now: The registers are about to change.
  timeline: {phase: 100-days}
  evidence: {strength: strong}
  questions: How many voted?
  statistics: turnout
  status: {state: proposed, date: 2026-01-20}
"""
DEPARTMENTS = """\
mhclg:
  name: Ministry of Housing, Communities and Local Government
  abbreviation: MHCLG
"""
STATISTIC = """\
title: Turnout
unit: per cent
sentence: "In {seat}, {value} per cent voted; in {nation} {nation_value}, in the United Kingdom {uk}."
source: A library
date: 2024-07-04
licence: A licence
geography: constituency-2024
comparators: {uk: 59.7, england: 60.0, scotland: 59.2}
"""
PACK = """\
title: All about voting
summary: For a new Minister.
audience: public
select: {programmes: democracy}
parts: [cover, brief, asks, annexes, colophon]
"""
PRIVATE_PACK = """\
title: For one office
summary: For our secondee.
audience: secondment:office
select: {recommendations: first-01}
parts: [cover, lines, contacts]
"""
SECONDMENTS = """\
office:
  person: democracy-team
  host: An office
  host_kind: committee
  role: Adviser
  start: 2026-01-01
  programme: democracy
  seconded_by: our-institute
  basis: commercial
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def make_site(root: Path) -> Path:
    """A new site with one recommendation, two packs and figures for two seats, one of which has none."""
    assert run("init", root).exit_code == 0
    content = root / "content"
    files = {
        "papers/a-first-paper/recommendations.yaml": RECOMMENDATIONS,
        "departments.yaml": DEPARTMENTS,
        "statistics/turnout.yaml": STATISTIC,
        "statistics/turnout.csv": "code,value\nE14001063,61.8\nS14000101,58.0\n",
        "seats.csv": "code,name\nE14001063,Aldershot\nS14000101,Somewhere in Scotland\nW07000101,Elsewhere\n",
        "packs/voting.yaml": PACK,
        "private/packs/office.yaml": PRIVATE_PACK,
        "private/secondments.yaml": SECONDMENTS,
        "private/secondment-notes.yaml": "office:\n  host_contact: Zanzibarquokka\n",
        "private/recommendation-notes.yaml": "first-01:\n  fallback: Quokkazanzibar\n",
    }
    for name, text in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    return root


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That site, built."""
    root = make_site(tmp_path_factory.mktemp("packs") / "site")
    done = run("build", root)
    assert done.exit_code == 0, done.output
    return root


def read_pdf(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_a_pack_is_made_in_every_format_at_its_address(site: Path) -> None:
    folder = site / "output/packs/voting"
    assert {path.name for path in folder.iterdir()} == {
        "index.html",
        *(f"voting.{name}" for name in ("pdf", "docx", "epub", "zip")),
    }
    pages = read_pdf(folder / "voting.pdf")
    assert "All about voting" in pages[0]
    assert any("Annex A" in page for page in pages)
    assert all("Not government advice" in page for page in pages)
    assert all("As at" in page for page in pages)


def test_the_zip_holds_all_files_with_their_digests(site: Path) -> None:
    folder = site / "output/packs/voting"
    with zipfile.ZipFile(folder / "voting.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for row in manifest["files"]:
            content = archive.read(row["name"])
            assert content == (folder / row["name"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == row["sha256"]
    assert [row["name"] for row in manifest["files"]] == ["voting.docx", "voting.epub", "voting.pdf"]


@pytest.mark.parametrize(
    "stem", ["recommendations/first-01/first-01-brief", "programmes/democracy/democracy-brief"]
)
def test_recommendations_and_programmes_have_briefs_of_one_page(site: Path, stem: str) -> None:
    (page,) = read_pdf(site / f"output/{stem}.pdf")
    assert "Count who votes" in page
    assert "Questions for the Minister" in page
    assert zipfile.is_zipfile(site / f"output/{stem}.docx")


def test_a_build_without_changes_renders_and_typesets_nothing(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("Everything is in the store.")

    monkeypatch.setattr("policy_tools.render.pool.Pool.ask", refuse)
    monkeypatch.setattr("policy_tools.typeset.documents._open_pool", refuse)
    monkeypatch.setattr("policy_tools.pipeline.pack_files.build_archive", refuse)
    done = run("build", site)
    assert done.exit_code == 0, done.output


def test_packs_are_listed_with_audience_date_and_parts(site: Path) -> None:
    shown = run("pack", "list", "--site", site).stdout
    assert "voting  public  as at 20" in shown
    assert "    All about voting\n    Cover; On one page; What we ask, by department; Annexes; About" in shown
    assert "office  secondment:office  as at 2026-01-20\n    For one office\n" in shown


def test_a_pack_built_alone_is_that_of_the_site(site: Path, tmp_path: Path) -> None:
    done = run("pack", "build", "voting", "--site", site, "--output", tmp_path)
    assert done.exit_code == 0, done.output
    assert "voting.pdf  " in done.stdout
    for path in (tmp_path / "voting").iterdir():
        assert path.read_bytes() == (site / "output/packs/voting" / path.name).read_bytes()


def test_a_private_pack_goes_to_the_private_root_with_what_only_it_may_say(site: Path) -> None:
    done = run("pack", "build", "office", "--site", site)
    assert done.exit_code == 0, done.output
    folder = site / "output-private/office/office-not-issued"
    pages = read_pdf(folder / "office.pdf")
    assert "Fallback: Quokkazanzibar" in " ".join(pages)
    assert "At the host: Zanzibarquokka" in " ".join(pages)
    assert all("In confidence" in page for page in pages)
    assert not [path for path in (site / "output").rglob("*") if "office" in path.name]


def test_a_seats_brief_has_its_figures_and_a_seat_without_any_the_plain_brief(
    site: Path, tmp_path: Path
) -> None:
    done = run("brief", "first-01", "--seat", "e14001063", "--site", site, "--output", tmp_path)
    assert done.exit_code == 0, done.output
    (page,) = read_pdf(tmp_path / "first-01-brief-E14001063.pdf")
    assert "For Aldershot" in page
    assert "In Aldershot, 61.8 per cent voted; in England 60.0, in the United Kingdom 59.7." in page
    assert "(A library, 4 July 2024. A licence.)" in page
    done = run("brief", "first-01", "--seat", "W07000101", "--site", site, "--output", tmp_path)
    assert done.stderr == "first-01 has no statistic that is valid for Elsewhere: this is the plain brief.\n"
    plain = (site / "output/recommendations/first-01/first-01-brief.pdf").read_bytes()
    assert (tmp_path / "first-01-brief.pdf").read_bytes() == plain


def test_all_seats_have_a_brief_each(site: Path, tmp_path: Path) -> None:
    done = run("brief", "first-01", "--all-seats", "--site", site, "--output", tmp_path / "all")
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == [
        "first-01-brief-E14001063.pdf",
        "first-01-brief-S14000101.pdf",
        "first-01-brief.pdf",
    ]
    assert "valid for Elsewhere" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["brief", "first-1"], 'There is no recommendation "first-1". Did you mean "first-01"?'),
        (
            ["brief", "first-01", "--seat", "E14001064"],
            'There is no seat "E14001064". Did you mean "E14001063"?',
        ),
        (["brief", "first-01", "--seat", "aldershot"], "Aldershot is E14001063."),
        (["brief", "first-01", "--seat", "E14001063", "--all-seats"], "give one of them"),
        (["pack", "build", "votes"], 'There is no pack "votes". There are: office, voting.'),
        (["pack", "build"], "Name the packs to make, or --all."),
    ],
)
def test_what_does_not_exist_is_said_with_what_does(site: Path, words: list[str], said: str) -> None:
    done = run(*words, "--site", site)
    assert done.exit_code == 2
    assert said in done.output


def test_a_brief_that_is_too_long_is_told_at_its_record(tmp_path: Path) -> None:
    root = make_site(tmp_path / "long")
    record = root / "content/papers/a-first-paper/recommendations.yaml"
    record.write_text(RECOMMENDATIONS.replace("about to change.", "about to change. " * 400), "utf-8")
    done = run("build", root)
    assert done.exit_code == 1
    path = "content/papers/a-first-paper/recommendations.yaml"
    assert f"{path}:1:1: [brief.too-long] This brief is too long for one side of A4" in done.output
    assert not (root / "output").exists()


def change(root: Path, **files: str) -> Path:
    """A site with other files; two underscores stand for a slash."""
    for name, text in files.items():
        path = root / "content" / f"{name.replace('__', '/')}.yaml"
        path.write_text(text, "utf-8")
    return root


def test_a_cover_alone_is_a_pack_in_every_format(tmp_path: Path) -> None:
    root = change(
        make_site(tmp_path / "site"), packs__voting=PACK.replace("brief, asks, annexes, colophon", "")
    )
    done = run("pack", "build", "voting", "--site", root, "--output", tmp_path / "made")
    assert done.exit_code == 0, done.output
    (page,) = read_pdf(tmp_path / "made/voting/voting.pdf")
    assert "For a new Minister." in page
    assert {path.suffix for path in (tmp_path / "made/voting").iterdir()} == {
        ".pdf",
        ".docx",
        ".epub",
        ".zip",
    }


def test_an_empty_pack_does_not_keep_the_others_from_being_made(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gather(pack: Pack, *arguments: Any, **named: Any) -> PackSources:  # noqa: ANN401
        if pack.id == "office":
            raise EmptyPackError('The pack "office" is empty.')
        return gather_pack(pack, *arguments, **named)

    monkeypatch.setattr("policy_tools.pipeline.pack_building.gather_pack", gather)
    done = run("pack", "build", "--all", "--site", site, "--output", tmp_path)
    assert done.exit_code == 1, done.output
    assert 'The pack "office" is empty.' in done.stderr
    assert (tmp_path / "voting/voting.pdf").is_file()
    assert run("pack", "build", "office", "--site", site).exit_code == 2


def test_no_older_file_stays_beside_a_newer_one(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "voting"
    folder.mkdir()
    (folder / "votes.pdf").write_bytes(b"older")
    assert run("pack", "build", "voting", "--site", site, "--output", tmp_path).exit_code == 0
    assert {path.name for path in folder.iterdir()} == {
        f"voting.{name}" for name in ("pdf", "docx", "epub", "zip")
    }
    assert [path.name for path in tmp_path.iterdir()] == ["voting"]


@pytest.mark.parametrize("words", [["pack", "build", "voting"], ["brief", "first-01"]])
@pytest.mark.parametrize("place", ["content/packs", "output", "output-private"])
def test_nothing_public_is_written_where_it_does_not_belong(site: Path, words: list[str], place: str) -> None:
    before = sorted(path for path in site.rglob("*") if ".cache" not in path.parts)
    assert run("pack", "build", "office", "--site", site).exit_code == 0
    done = run(*words, "--site", site, "--output", site / place)
    assert done.exit_code == 2, done.output
    assert "Name another" in done.output
    assert [path for path in before if not path.exists()] == []
    assert not list((site / place).glob("*voting*"))[1:]


def test_a_folder_of_something_else_is_not_replaced(site: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = run("brief", "first-01", "--all-seats", "--site", site, "--output", tmp_path)
    assert done.exit_code == 2
    assert "holds notes.txt" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_content_with_errors_gives_no_brief_and_no_comparison(tmp_path: Path) -> None:
    root = change(make_site(tmp_path / "site"), packs__other=PACK.replace("democracy", "demcracy"))
    done = run("brief", "first-01", "--site", root, "--output", tmp_path / "made")
    assert done.exit_code == 1, done.output
    assert "[record.unknown-programme]" in done.stderr
    assert not (tmp_path / "made").exists()
    done = run("pack", "diff", "voting", root, root, "--site", root)
    assert done.exit_code == 2, done.output
    assert f'Nothing is compared while the site in "{root}" has errors.' in done.output
    assert "[record.unknown-programme]" in done.output


def test_a_pack_is_not_compared_with_a_register_that_has_a_fault(tmp_path: Path) -> None:
    changes = PRIVATE_PACK.replace("[cover, ", "[cover, changes, ")
    root = change(make_site(tmp_path / "site"), private__packs__office=changes)
    (root / "content/private/copies.jsonl").write_text("{\n")
    done = run("pack", "build", "office", "--site", root)
    assert done.exit_code in {1, 2}
    assert "[copies.fault]" in done.output


def test_a_private_annex_has_no_public_address_and_says_its_embargo(tmp_path: Path) -> None:
    recipe = PRIVATE_PACK.replace(
        "{recommendations: first-01}\nparts: [cover, lines, contacts]",
        "{papers: [quernstone, a-first-paper]}\nparts: [cover, annexes, colophon]",
    )
    root = change(make_site(tmp_path / "site"), private__packs__office=recipe)
    text = (root / "content/papers/a-first-paper/paper.md").read_text("utf-8")
    head = "title: An embargoed paper\ndoi: 10.1000/quern\nembargo:\n  until: 2099-03-01T00:01+00:00\n"
    text = text.replace("title: A first paper\n", head).replace("number: 1\n", "")
    text = text.replace("published: 2026-01-15", "published: 2099-03-01")
    text = text.partition("\n# Saying")[0] + "\nHere is [a link](../a-first-paper/) to another.\n"
    paper = root / "content/private/papers/quernstone/paper.md"
    paper.parent.mkdir(parents=True)
    paper.write_text(text, "utf-8")
    done = run("pack", "issue", "office", "--to", "office", "--site", root)
    assert done.exit_code == 0, done.output
    notice = "mbargoed until 00:01 on 1 March 2099 (Europe/London). Not to be shown or quoted before."
    assert f"“An embargoed paper”: e{notice}" in done.stderr
    (folder,) = (root / "output-private/office").iterdir()
    pages = read_pdf(folder / "office.pdf")
    annex = next(page for page in pages if "Annex A: An embargoed paper" in page and "Please note" in page)
    assert f"e{notice}" in pages[0]
    assert f"E{notice}" in annex
    text = " ".join(pages)
    assert "Private. All rights reserved." in text
    assert text.count("How to cite") == 1
    for path in folder.iterdir():
        every = "".join(read_every_way(path.read_bytes()))
        assert "papers/quernstone" not in every
        assert "check/quernstone" not in every
        assert "10.1000/quern" not in every
