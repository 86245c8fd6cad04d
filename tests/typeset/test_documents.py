"""Many documents at once: order, store, and what a bad one costs the others."""

from dataclasses import replace
from pathlib import Path

import pytest

from policy_tools.model.document import Cover, Marks
from policy_tools.store import Store
from policy_tools.typeset import documents
from policy_tools.typeset.documents import TypesettingJob, digest_job, typeset_documents
from tests.typeset.conftest import DATE

ENDLESS = "#{ let n = 0; for a in range(9000) { for b in range(9000) { n += 1 } } }"
GREEDY = "#{ let a = (0,); for i in range(40) { a = a + a } }"


@pytest.fixture
def job(cover: Cover) -> TypesettingJob:
    return TypesettingJob("nib", "Words.", cover, "paper", "en-GB", DATE)


def test_results_keep_the_order_and_a_bad_document_costs_only_itself(
    job: TypesettingJob, tmp_path: Path
) -> None:
    bodies = ["One.", ENDLESS, "Two.", GREEDY, "#nothing", "Three."]
    jobs = [replace(job, id=str(number), body=body) for number, body in enumerate(bodies)]
    with Store(tmp_path / "store.sqlite") as store:
        results = list(typeset_documents(jobs, workers=2, store=store, seconds=1.5))
    assert [result.id for result in results] == ["0", "1", "2", "3", "4", "5"]
    assert [result.pdf[:4] for result in results] == [b"%PDF", b"", b"%PDF", b"", b"", b"%PDF"]
    messages = [str(result.error) for result in results if result.error]
    assert messages[0].startswith("Setting this document took more than 1.5 seconds or too much memory.")
    assert messages[2] == "Unknown variable: nothing."


def test_what_is_in_the_store_starts_no_process(
    job: TypesettingJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path / "store.sqlite") as store:
        first = list(typeset_documents([job], workers=1, store=store, seconds=20))
        monkeypatch.setattr(documents, "ProcessPoolExecutor", None)
        again = list(typeset_documents(iter([job]), workers=1, store=store, seconds=20))
    assert again == first


def test_the_digest_changes_with_everything_the_pdf_depends_on(job: TypesettingJob) -> None:
    changes = [
        replace(job, body="Other words."),
        replace(job, cover=replace(job.cover, title="Other")),
        replace(job, layout="briefing"),
        replace(job, language="cy"),
        replace(job, accent="#123456"),
        replace(job, date=DATE.replace(year=2027)),
        replace(job, asset_digests=(("a.png", "0" * 64),)),
        replace(job, marks=Marks(copy_id="k7f3-2")),
        replace(job, has_cover=False),
        replace(job, has_contents=False),
        replace(job, has_colophon=False),
        replace(job, cover=replace(job.cover, check_address="https://example.org/check/nib/2/")),
    ]
    assert len({digest_job(changed) for changed in [job, *changes]}) == 1 + len(changes)
    assert digest_job(replace(job, id="other", assets={"a.png": Path("a.png")})) == digest_job(job)
