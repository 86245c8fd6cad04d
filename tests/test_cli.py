"""Each command does what its help says, as a newcomer would try it, and says plainly when it cannot."""

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policy_tools.cli import common, main
from policy_tools.render.worker import Worker
from policy_tools.store import KEPT_DAYS

PAPER = "content/papers/a-first-paper/paper.md"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "think tank"
    made = run("init", root)
    assert made.exit_code == 0, made.output
    return root


@pytest.fixture
def inside(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The site, with the command run from within it."""
    monkeypatch.chdir(site)
    return site


def test_what_a_site_is_made_of_is_kept_as_long_as_it_is_built(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2026, 11, 22, 9, tzinfo=UTC)
    for days in range(0, 5 * KEPT_DAYS, KEPT_DAYS):
        monkeypatch.setattr(common, "read_clock", lambda day=moment + timedelta(days): day)
        assert run("build", site, "--now", moment.isoformat()).exit_code == 0
    monkeypatch.setattr(Worker, "ask", lambda *_: pytest.fail("Something is rendered again."))
    done = run("build", site, "--now", moment.isoformat(), "--output", tmp_path / "elsewhere")
    assert done.exit_code == 0, done.output
    made = {path.relative_to(site / "output"): path for path in (site / "output").rglob("*.*")}
    assert all(
        (tmp_path / "elsewhere" / name).read_bytes() == path.read_bytes() for name, path in made.items()
    )


def test_help_names_every_command_and_the_exit_codes() -> None:
    shown = run("--help").output
    for command in ("init", "new", "check", "build", "serve", "cite", "render", "pack", "brief"):
        assert re.search(rf"^  {command} ", shown, re.MULTILINE)
        assert len(run(command, "--help").output) > 100
    assert "0 fine, 1 the content has problems, 2 the command cannot run" in shown


def test_a_new_site_has_no_problems(site: Path) -> None:
    done = run("check", site)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "No problems.\n")
    assert json.loads(run("check", "--format", "json", site).stdout) == []
    assert run("check", "--format", "github", "--strict", site).output == ""


def test_a_new_site_has_the_guides_that_messages_name_and_nothing_compiled(site: Path) -> None:
    names = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    assert {f"docs/{name}.md" for name in ("writing", "records", "settings", "problems")} <= names
    assert not [name for name in names if "__pycache__" in name]


def test_help_shows_commands_a_line_each() -> None:
    shown = run("--help").output
    assert "\n      policy init my-think-tank\n      cd my-think-tank\n      policy serve\n" in shown
    assert "..." not in shown.partition("Commands:")[2]


def test_a_cache_that_cannot_be_used_is_told(site: Path) -> None:
    (site / ".cache").write_text("no folder")
    done = run("check", site)
    assert done.exit_code == 2
    assert done.output.startswith(f"policy: The cache {site}/.cache cannot be used: ")


def test_init_never_overwrites(site: Path) -> None:
    done = run("init", site)
    assert done.exit_code == 2
    assert done.output == f"policy: {site} is not empty. Name a folder that is new or empty.\n"
    assert run("init", site / "README.md").exit_code == 2


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (("paper", "A title: with 'quotes' and \"more\""), "papers/a-title-with-quotes-and-more/paper.md"),
        (("paper", "{{ 7*7 }} <b> # \\ % & *x"), "papers/7-7-b-x/paper.md"),
        (("paper", "政策", "--slug", "zhengce"), "papers/zhengce/paper.md"),
        (("paper", "x" * 300), f"papers/{'x' * 80}/paper.md"),
        (("paper", "Two\nlines: - [a]"), "papers/two-lines-a/paper.md"),
        (("person", "Zoë O’Brien"), "people/zoe-obrien.md"),
        (("person", "Ann: 'the' \"boss\"", "--role", "Head: all"), "people/ann-the-boss.md"),
        (("programme", "Peace & quiet: why?"), "programmes/peace-quiet-why.md"),
        (("pack", 'For a "new" minister'), "packs/for-a-new-minister.yaml"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_new_passes_the_check(words: tuple[str, ...], file: str, inside: Path) -> None:
    done = run("new", *words)
    assert (done.exit_code, done.output.strip()) == (0, str(inside / "content" / file))
    checked = run("check", "--strict")
    assert (checked.exit_code, checked.stdout) == (0, "")
    assert run("new", *words).exit_code == 2


@pytest.mark.parametrize("kind", ["paper", "person", "programme", "pack"])
@pytest.mark.parametrize(
    "words", [["政策"], [""], ["x", "--slug", "../../x"], ["x", "--slug", "A b"]], ids=str
)
@pytest.mark.usefixtures("inside")
def test_a_name_that_no_address_can_have_is_refused(kind: str, words: list[str]) -> None:
    before = sorted(Path.cwd().parent.rglob("*.md"))
    done = run("new", kind, *words)
    assert (done.exit_code, done.output[:9]) == (2, 'policy: "')
    assert sorted(Path.cwd().parent.rglob("*.md")) == before


def test_problems_end_the_check_with_1(site: Path) -> None:
    paper = site / PAPER
    paper.write_text(paper.read_text("utf-8") + "\nSee @nobody2020.\n", "utf-8")
    done = run("check", site)
    assert done.exit_code == 1
    assert re.fullmatch(rf"{PAPER}:\d+:5: \[citation\.unknown-key\] .+\n", done.stdout)
    assert done.stderr == "1 error.\n"


def test_warnings_do_so_only_when_strict(site: Path) -> None:
    paper = site / PAPER
    paper.write_text(paper.read_text("utf-8") + "\nTODO: write this.\n", "utf-8")
    done = run("check", site)
    assert (done.exit_code, done.stderr) == (0, "1 warning.\n")
    assert "] warning: " in done.stdout
    assert run("check", "--strict", site).exit_code == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("check", "{tmp}"), "There is no pelicanconf.py in {tmp}."),
        (("build", "{site}", "--now", "yesterday"), '"yesterday" is not a time.'),
        (("build", "{site}", "--now", "2026-01-01"), '"2026-01-01" has no time zone.'),
        (("build", "{site}", "--formats", "pdf,xyz"), 'There is no format "xyz" to download'),
        (
            ("build", "{site}", "--output", "{site}/content/out"),
            "The output cannot stand inside the content.",
        ),
        (("build", "{site}", "--formats", "", "--output", "{site}"), "The folder {site} holds files that"),
        (("build", "{site}", "--formats", "", "--output", "/proc/x"), "/proc/x cannot be written"),
        (("cite", "--site", "{site}", "zzz"), 'Nothing in library.bib is called "zzz"'),
        (("render", "/etc/passwd", "--to", "pdf"), "/etc/passwd is in no site"),
        (("render", "{site}/" + PAPER, "--to", "md", "--output", "/proc/x/y"), "/proc/x/y cannot be written"),
        (("init", "/proc/x"), "/proc/x cannot be made"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_what_cannot_be_done_ends_with_2_and_a_sentence(
    words: tuple[str, ...], sentence: str, site: Path, tmp_path: Path
) -> None:
    done = run(*(word.format(site=site, tmp=tmp_path) for word in words))
    assert done.exit_code == 2
    assert done.stderr.startswith("policy: " + sentence.format(site=site, tmp=tmp_path))
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_broken_settings_file_is_told_in_a_sentence(site: Path) -> None:
    (site / "pelicanconf.py").write_text("SITENAME = \n", "utf-8")
    done = run("check", site)
    assert done.exit_code == 2
    assert done.stderr.startswith("policy: pelicanconf.py cannot be run: SyntaxError:")


def test_build_says_what_it_made_and_makes_nothing_twice(inside: Path) -> None:
    first = run("build", "--formats", "")
    assert (first.exit_code, first.stderr) == (0, "")
    assert re.match(r"\d+ pages and \d+ files in output/\n", first.stdout)
    assert "policy serve" in first.stdout
    times = {file: file.stat().st_mtime_ns for file in (inside / "output").rglob("*.html")}
    assert len(times) > 10
    assert run("build", "--formats", "").exit_code == 0
    assert {file: file.stat().st_mtime_ns for file in (inside / "output").rglob("*.html")} == times


@pytest.mark.parametrize(
    "words", ["lijphart1999", "@lijphart1999", "LIJPHART", "patterns democracy", "arend govern"]
)
def test_a_work_is_found_by_key_or_words(words: str, site: Path) -> None:
    done = run("cite", "--site", site, *words.split())
    assert done.exit_code == 0
    key, reference = done.stdout.splitlines()
    assert key == "[@lijphart1999]"
    assert re.match(r"    Lijphart, A\. \(1999\) Patterns of democracy", reference)


def test_a_work_is_found_whatever_its_accents(site: Path) -> None:
    with (site / "content" / "library.bib").open("a", encoding="utf-8") as file:
        file.write(
            "@book{o2018, author={Ocampo, Jos{\\'e}}, title={Stra{\\ss}e}, publisher={P}, year=2018}\n"
        )
    for words in ("jose", "José", "strasse", "straße"):
        assert "[@o2018]\n    Ocampo, J. (2018)" in run("cite", "--site", site, words).stdout


@pytest.mark.parametrize(("style", "begins"), [("oscola", "Lijphart A, "), ("ieee", "[1] A. Lijphart, ")])
def test_a_work_is_printed_in_the_style_of_the_site(style: str, begins: str, site: Path) -> None:
    settings = site / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8").replace("harvard-cite-them-right", style), "utf-8")
    assert run("cite", "--site", site, "lijphart1999").stdout.splitlines()[1].strip().startswith(begins)


def test_an_unknown_style_is_told_when_citing(site: Path) -> None:
    settings = site / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8").replace("harvard-cite", "havard-cite"), "utf-8")
    done = run("cite", "--site", site, "lijphart1999")
    assert done.exit_code == 2
    assert 'Did you mean "harvard-cite-them-right"' in done.stderr


@pytest.mark.parametrize(
    ("target", "opening"),
    [("pdf", b"%PDF-1.7"), ("docx", b"PK"), ("epub", b"PK"), ("html", b"<!DOCTYPE html>"), ("md", b"")],
)
def test_one_paper_is_rendered_to_each_format(target: str, opening: bytes, inside: Path) -> None:
    done = run("render", PAPER, "--to", target)
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"a-first-paper.{target}\n", "")
    content = (inside / f"a-first-paper.{target}").read_bytes()
    assert content.startswith(opening)
    if opening == b"PK":
        assert zipfile.is_zipfile(inside / f"a-first-paper.{target}")
    if target in {"html", "md"}:
        assert "Lijphart" in content.decode()


@pytest.mark.usefixtures("inside")
def test_a_draft_is_rendered_too_and_what_is_no_paper_is_not() -> None:
    run("new", "paper", "A draft")
    assert run("render", "content/papers/a-draft/paper.md", "--to", "md").exit_code == 0
    done = run("render", "README.md", "--to", "pdf")
    assert done.exit_code == 1
    assert "README.md:1:1: [render.no-paper]" in done.stderr


@pytest.fixture
def preview(site: Path) -> Iterator[tuple[Path, http.client.HTTPConnection, "subprocess.Popen[str]"]]:
    """`policy serve` on a free port, and a connection to it."""
    command = [sys.executable, "-u", "-m", "policy_tools", "serve", str(site), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
            assert found
            connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=10)
            yield site, connection, process
            connection.close()
        finally:
            process.kill()


def read(connection: http.client.HTTPConnection, address: str) -> str:
    connection.request("GET", address)
    return connection.getresponse().read().decode()


def wait_for(connection: http.client.HTTPConnection, address: str, words: str) -> None:
    end = time.monotonic() + 20
    while words not in read(connection, address):
        assert time.monotonic() < end, words
        time.sleep(0.1)


def test_serve_follows_every_change(
    preview: tuple[Path, http.client.HTTPConnection, "subprocess.Popen[str]"],
) -> None:
    site, connection, process = preview
    address = "/papers/a-first-paper/"
    assert "Citing a work" in read(connection, address)
    assert "/-/reload.js" in read(connection, address)
    paper = site / PAPER
    good = paper.read_text("utf-8")

    paper.write_text(good.replace("Citing a work", "Quoting a work"), "utf-8")
    wait_for(connection, address, "Quoting a work")

    paper.write_text(
        good.replace("Citing a work", "Naming a work").replace("@lijphart1999", "@nobody"), "utf-8"
    )
    wait_for(connection, address, "Naming a work")

    (site / "content" / "papers" / "a-second").mkdir()
    shutil.copy(
        Path(__file__).parents[1] / "policy_tools/starters/paper.md", site / "content/papers/a-second/"
    )
    paper.write_text(good, "utf-8")
    wait_for(connection, address, "Citing a work")

    assert not (site / "output").exists()
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0
