"""A copy of a private pack reaches the one it is for, whole and marked, and nothing of it anybody else."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from policy_tools.archive import read_archive
from policy_tools.load.site import load_site
from policy_tools.model.problem import CannotRunError
from policy_tools.pack.copies import Register, RegisterError, load_register
from policy_tools.pipeline.copies import CopyOrder, IssueResult, issue_copy
from policy_tools.release.marker import MARKER
from policy_tools.scaffold import init_site
from policy_tools.store import Store
from tests.system.canary import find_canaries, read_every_way
from tests.system.recipients import (
    AMBER,
    BERYL,
    PACKS,
    name_recipient,
    write_private_half,
    write_public_half,
)
from tests.system.secrets import Canaries
from tests.system.sites import build_site, find_differences, list_files, run_policy

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FORMATS = ("docx", "epub", "pdf", "zip")
IN_THE_REGISTER_ONLY = {
    "organisation",
    "role of recipient",
    "reason",
    *"host office role to reference".split(),
}
NOT_IN_A_PACK = {
    *("paper: file name", "paper: image text", "paper: exif", "paper: affiliation", "paper: keyword"),
    "paper: slug",  # it would be the address of a paper that has none
    *("paper: data file", "paper: csv header", "paper: csv cell", "paper: data title", "paper: data source"),
    *IN_THE_REGISTER_ONLY,
}

NOT_IN_A_FORMAT = {
    "pdf": {
        "paper: bib key",
        "paper: recommendation",
        "paper: formula",
    },  # names of anchors; signs of a formula
    "epub": {"recipient"},  # it has no pages to stand on
}


@dataclass(frozen=True, slots=True)
class Recipients:
    """A site with two recipients, each of whom was issued a copy, its output, and that of its public half."""

    site: Path
    plain_output: Path
    output: Path
    words: dict[str, Canaries]
    logs: dict[str, str]

    def folder(self, secondment: str) -> Path:
        """The first copy that a recipient was given."""
        return self.site / f"output-private/{secondment}/{secondment}-{PACKS[secondment]}-001"


def write_site(folder: Path) -> Path:
    init_site(folder)
    write_public_half(folder)
    return folder


@pytest.fixture(scope="module")
def recipients(tmp_path_factory: pytest.TempPathFactory) -> Recipients:
    folder = tmp_path_factory.mktemp("recipients")
    plain, full = write_site(folder / "plain"), write_site(folder / "full")
    words = write_private_half(full)
    logs: dict[str, str] = {}
    for secondment in PACKS:
        done = run_policy(*name_recipient(secondment, words[secondment]), "--site", full)
        assert done.returncode == 0, done.stderr
        logs[secondment] = done.stdout + done.stderr
    done = run_policy("build", full, "--output", folder / "full-output")
    assert done.returncode == 0, done.stderr
    logs["build"] = done.stdout + done.stderr
    return Recipients(full, build_site(plain), folder / "full-output", words, logs)


def all_words(words: dict[str, Canaries], *names: str) -> list[str]:
    return [word for name in names or words for word in words[name].words.values()]


def test_the_words_are_many_and_each_belongs_to_one(recipients: Recipients) -> None:
    words = all_words(recipients.words)
    assert len(words) > 190
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("secondment", PACKS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_a_recipient_has_every_word_in_every_format(
    recipients: Recipients, secondment: str, format_name: str
) -> None:
    own = {**recipients.words[secondment].words, **recipients.words["both"].words}
    data = (recipients.folder(secondment) / f"{PACKS[secondment]}.{format_name}").read_bytes()
    text = "".join(read_every_way(data))
    assert {name for name, word in own.items() if word not in text} <= (
        NOT_IN_A_PACK | NOT_IN_A_FORMAT.get(format_name, set())
    )


@pytest.mark.parametrize(("secondment", "other"), [(AMBER, BERYL), (BERYL, AMBER)])
def test_a_recipient_has_no_word_of_another(recipients: Recipients, secondment: str, other: str) -> None:
    assert (
        find_canaries(recipients.site / "output-private" / secondment, all_words(recipients.words, other))
        == {}
    )
    kept = recipients.site / f"content/private/copies/{secondment}-{PACKS[secondment]}-001.json"
    assert not set(all_words(recipients.words, other)) & set(find_words(kept, recipients.words))
    assert not [word for word in all_words(recipients.words, other) if word in recipients.logs[secondment]]


def find_words(file: Path, words: dict[str, Canaries]) -> list[str]:
    text = "".join(read_every_way(file.read_bytes()))
    return [word for word in all_words(words) if word in text]


def test_no_word_of_any_of_them_is_public(recipients: Recipients) -> None:
    assert len(list_files(recipients.output)) > 40
    assert find_canaries(recipients.output, all_words(recipients.words)) == {}
    assert not [word for word in all_words(recipients.words) if word in recipients.logs["build"]]


def test_the_private_half_leaves_no_trace_in_the_output(recipients: Recipients) -> None:
    assert find_differences(recipients.plain_output, recipients.output) == []


def test_the_register_knows_each_copy_and_its_files(recipients: Recipients) -> None:
    loaded = load_register(recipients.site / "content", recipients.site)
    assert loaded.problems == ()
    assert [copy.copy_id for copy in loaded.copies] == [f"{AMBER}-amber-pack-001", f"{BERYL}-beryl-pack-001"]
    for copy in loaded.copies:
        word = recipients.words[copy.secondment]
        assert (copy.recipient, copy.organisation) == (word("recipient"), word("organisation"))
        assert (copy.role, copy.reason) == (word("role of recipient"), word("reason"))
        assert copy.issued_at == date(2026, 11, 22)
        files = {path.name: path.read_bytes() for path in recipients.folder(copy.secondment).iterdir()}
        assert copy.digest == {name: sha256(files[name]).hexdigest() for name in sorted(files)}
        assert set(copy.digest) == {f"{PACKS[copy.secondment]}.{name}" for name in FORMATS}


def test_every_page_bears_the_copy_and_its_reader(recipients: Recipients) -> None:
    word = recipients.words[AMBER]
    document = pypdfium2.PdfDocument(recipients.folder(AMBER) / "amber-pack.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    for text in pages:
        assert only_letters(f"{AMBER}-amber-pack-001") in only_letters(text)
        assert word("recipe: handling") in text
        assert word("recipient") in text


def test_every_chapter_of_the_book_bears_the_copy_and_its_reader(recipients: Recipients) -> None:
    word = recipients.words[AMBER]
    book = read_archive((recipients.folder(AMBER) / "amber-pack.epub").read_bytes())
    chapters = [data.decode() for name, data in book.items() if "/text/" in name and name.endswith(".xhtml")]
    assert len(chapters) > 2
    for chapter in chapters:
        assert f"{AMBER}-amber-pack-001" in chapter
        assert word("recipe: handling") in chapter
        assert word("recipient") in chapter


def test_the_zip_lists_what_it_holds(recipients: Recipients) -> None:
    contents = read_archive((recipients.folder(AMBER) / "amber-pack.zip").read_bytes())
    manifest = json.loads(contents.pop("manifest.json"))
    assert (manifest["pack"], manifest["copy_id"]) == ("amber-pack", f"{AMBER}-amber-pack-001")
    assert [row["name"] for row in manifest["files"]] == sorted(contents)
    for row in manifest["files"]:
        data = (recipients.folder(AMBER) / row["name"]).read_bytes()
        assert contents[row["name"]] == data
        assert (row["bytes"], row["sha256"]) == (len(data), sha256(data).hexdigest())


def copy_site(recipients: Recipients, folder: Path) -> Path:
    """The same site before any copy was issued."""
    shutil.copytree(recipients.site, folder, ignore=shutil.ignore_patterns("output*", "copies*", ".cache"))
    return folder


def issue(site: Path, cache: Path, **fields: object) -> IssueResult:
    loaded = load_site(site, "publishconf.py")
    plain: dict[str, object] = {"pack": "amber-pack", "secondment": AMBER, "issued_at": date(2026, 11, 22)}
    order = CopyOrder(**{**plain, **fields})  # type: ignore[arg-type]
    with Store(cache / "made.sqlite") as store:
        return issue_copy(loaded, store, order, now=NOW)


def test_the_same_copy_is_the_same_bytes(recipients: Recipients, tmp_path: Path) -> None:
    word = recipients.words[AMBER]
    site = copy_site(recipients, tmp_path / "elsewhere")
    made = issue(
        site,
        tmp_path / "cache",
        recipient=word("recipient"),
        organisation=word("organisation"),
        role=word("role of recipient"),
        reason=word("reason"),
    )
    assert made.folder is not None
    assert find_differences(made.folder, recipients.folder(AMBER)) == []
    lines = (recipients.site / "content/private/copies.jsonl").read_text().splitlines()
    assert (site / "content/private/copies.jsonl").read_text().splitlines() == lines[:1]


def says(folder: Path, words: str) -> bool:
    """Whether a copy's PDF has the words, wherever its lines break: by letters and digits alone."""
    document = pypdfium2.PdfDocument(folder / "amber-pack.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return only_letters(words) in only_letters(text)


def only_letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def replace_in(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


def test_the_next_copy_says_what_has_changed_since(recipients: Recipients, tmp_path: Path) -> None:
    site, cache = copy_site(recipients, tmp_path / "site"), recipients.site / ".cache"
    first = issue(site, cache)
    assert first.folder is not None
    assert first.changes is None
    assert says(first.folder, "This is the first copy of this pack")
    assert says(first.folder, "As at 3 March 2026 · Issued 22 November 2026")

    same = issue(site, cache)
    assert same.folder is not None
    assert same.changes == ()
    assert says(
        same.folder, f"Nothing has changed since your copy of 22 November 2026 ({AMBER}-amber-pack-001)"
    )

    paper = site / "content/papers/a-public-paper"
    replace_in(paper / "paper.md", "There are three.", "There are still three.")
    replace_in(paper / "recommendations.yaml", "central: -2", "central: -2.5")
    third = issue(site, cache)
    assert third.folder is not None
    assert third.changes is not None
    assert [change.kind for change in third.changes] == ["sentence-changed", "costing-changed"]
    assert says(third.folder, f"Since your copy of 22 November 2026 ({AMBER}-amber-pack-002):")
    assert says(third.folder, "It said: There are three.")
    assert says(third.folder, "It says now: There are still three.")

    shown = run_policy(
        *("pack", "diff", "amber-pack", f"{AMBER}-amber-pack-001", f"{AMBER}-amber-pack-003"),
        *("--site", site, "--format", "json"),
    )
    assert [change["now"] for change in json.loads(shown.stdout)] == [
        "There are still three.",
        "\u22122.5 (\u22123 to \u22121)",
    ]
    same_words = run_policy(
        *("pack", "diff", "amber-pack", f"{AMBER}-amber-pack-001", f"{AMBER}-amber-pack-002"), "--site", site
    )
    assert (same_words.stdout, same_words.stderr) == ("No changes.\n", "")


def test_a_password_closes_the_pdf_and_nothing_else_is_written(
    recipients: Recipients, tmp_path: Path
) -> None:
    site = copy_site(recipients, tmp_path / "site")
    password = tmp_path / "password"
    password.write_text("correct horse battery\n")
    shutil.copytree(recipients.site / ".cache", site / ".cache")

    done = run_policy(
        *("pack", "issue", "amber-pack", "--to", AMBER, "--copy-id", "quern-closed-1", "--site", site),
        *("--password-file", password),
    )

    assert done.returncode == 0, done.stderr
    assert "no Word, EPUB or ZIP file was made" in done.stderr
    assert list_files(site / "output-private") == [MARKER, f"{AMBER}/quern-closed-1/amber-pack.pdf"]
    pdf = (site / f"output-private/{AMBER}/quern-closed-1/amber-pack.pdf").read_bytes()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(pdf))
    with pikepdf.open(BytesIO(pdf), password="correct horse battery") as document:  # noqa: S106 - made up here
        assert (document.encryption.R, document.encryption.bits) == (6, 256)
        opened = BytesIO()
        document.save(opened)
    text = "".join(read_every_way(opened.getvalue()))
    assert recipients.words[AMBER]("fallback") in text
    assert not [word for word in all_words(recipients.words, BERYL) if word in text]
    said = [done.stdout, done.stderr, *(path.read_text("utf-8") for path in private_texts(site))]
    assert not [text for text in said if "correct horse" in text]
    assert not [text for text in read_store(site / ".cache") if "quern-closed-1" in text]


def read_store(cache: Path) -> Iterator[str]:
    """Every reading of what the cache keeps, which is for its owner only."""
    path = cache / "made.sqlite"
    assert path.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT value FROM kept").fetchall()
    return (text for (value,) in rows for text in read_every_way(value))


def test_no_word_of_a_copy_stays_in_the_cache(recipients: Recipients) -> None:
    ids = [f"{secondment}-{PACKS[secondment]}-001" for secondment in PACKS]
    marks = [recipients.words[secondment]("recipient") for secondment in PACKS]
    words = [*ids, *marks]
    assert not [word for text in read_store(recipients.site / ".cache") for word in words if word in text]


def private_texts(site: Path) -> Iterable[Path]:
    private = site / "content/private"
    return [private / "copies.jsonl", *(private / "copies").iterdir()]


REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "a pack for another": ({"pack": "beryl-pack"}, "not for the secondment"),
    "an unknown secondment": ({"secondment": "nobody"}, "There is no secondment"),
    "an unknown pack": ({"pack": "no-pack"}, "There is no pack"),
    "an id that is a path": ({"copy_id": "../../output/x"}, "cannot be a copy's id"),
    "a day to come": ({"issued_at": date(2026, 11, 23)}, "today is 2026-11-22"),
    "a day before the secondment": ({"issued_at": date(2026, 1, 31)}, "starts on 2026-02-01"),
    "a day before the pack's own": ({"issued_at": date(2026, 3, 2)}, "the pack is as at 2026-03-03"),
}


@pytest.mark.parametrize(("fields", "words"), REFUSED.values(), ids=REFUSED)
def test_what_must_not_be_issued_is_refused(
    recipients: Recipients, tmp_path: Path, fields: dict[str, object], words: str
) -> None:
    site = copy_site(recipients, tmp_path / "site")
    with pytest.raises(CannotRunError, match=words):
        issue(site, recipients.site / ".cache", **fields)
    assert_nothing_was_issued(site)


def test_nothing_is_issued_after_a_secondment_or_before_its_last_copy(
    recipients: Recipients, tmp_path: Path
) -> None:
    site, cache = copy_site(recipients, tmp_path / "site"), recipients.site / ".cache"
    issue(site, cache)
    with pytest.raises(CannotRunError, match="was issued on 2026-11-22"):
        issue(site, cache, issued_at=date(2026, 11, 21))
    replace_in(
        site / "content/secondments.yaml",
        "start: 2026-02-01",
        "start: 2026-02-01\n  end: 2026-11-20",
    )
    with pytest.raises(CannotRunError, match="ended on 2026-11-20"):
        issue(site, cache)


def assert_nothing_was_issued(site: Path) -> None:
    root = site / "output-private"
    assert not root.exists() or [path.name for path in root.iterdir()] == [MARKER]
    assert not (site / "content/private/copies.jsonl").exists()
    assert not (site / "content/private/copies").exists()


def test_a_copy_id_is_issued_once(recipients: Recipients, tmp_path: Path) -> None:
    site, cache = copy_site(recipients, tmp_path / "site"), recipients.site / ".cache"
    issue(site, cache, copy_id="once")
    before = list_files(site)
    with pytest.raises(RegisterError, match="was issued already"):
        issue(site, cache, copy_id="once")
    assert list_files(site) == before


def test_mistakes_in_the_content_stop_the_issue(recipients: Recipients, tmp_path: Path) -> None:
    site = copy_site(recipients, tmp_path / "site")
    replace_in(site / "content/papers/a-public-paper/paper.md", "There are three.", "See [@nobody].")
    made = issue(site, recipients.site / ".cache")
    assert made.copy is None
    assert "citation.unknown-key" in {problem.code for problem in made.problems}
    assert_nothing_was_issued(site)


def test_a_failure_at_the_very_end_leaves_nothing(
    recipients: Recipients, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = copy_site(recipients, tmp_path / "site")

    def fail(*_: object) -> None:
        raise RegisterError("The register cannot be written: No space left on device.")

    monkeypatch.setattr(Register, "add", fail)
    with pytest.raises(RegisterError):
        issue(site, recipients.site / ".cache")
    assert_nothing_was_issued(site)


SPOIL: dict[str, Callable[[Path], object]] = {
    "register": lambda site: (site / "content/private/copies.jsonl").write_text("{}\n"),
    "private root": lambda site: (site / "output-private").symlink_to(site / "content"),
}


@pytest.mark.parametrize("spoil", SPOIL.values(), ids=SPOIL)
def test_what_cannot_be_trusted_stops_the_command_with_a_sentence(
    recipients: Recipients, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    site = copy_site(recipients, tmp_path / "site")
    spoil(site)
    done = run_policy("pack", "issue", "amber-pack", "--to", AMBER, "--site", site)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("policy: ")
    assert not (site / "content/private/copies").exists()


def test_no_site_is_built_into_the_private_folder(recipients: Recipients) -> None:
    private = recipients.site / "output-private"
    before = list_files(private)
    for output in (private, private / "www", recipients.site):
        done = run_policy("build", recipients.site, "--formats", "", "--output", output)
        assert done.returncode != 0
        assert "never published" in done.stdout + done.stderr
    assert list_files(private) == before
