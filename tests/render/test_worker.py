"""Does one bad request cost that request, and nothing else?"""

import os
import time
from pathlib import Path

import pytest

from policy_tools.model.document import Format
from policy_tools.render.documents import render_documents
from policy_tools.render.pool import Pool
from policy_tools.render.worker import Worker, WorkerError, WorkerTimeoutError
from policy_tools.store import Store
from tests.render.rendering import make_request, render

GOOD = {"task": "references", "sources": ["@book{a, title = {A}}"]}
ENDLESS = "[" * 60 + "x" + "]" * 60  # pandoc's time grows threefold with each bracket


def ask_endless(worker: Worker, seconds: float) -> None:
    worker.ask({"task": "render", "text": ENDLESS, "references": [], "formats": [], "assets": {}}, seconds)


def test_a_worker_answers_again_and_again() -> None:
    with Worker() as worker:
        first, second = (worker.ask(GOOD, 10) for _ in range(2))
    assert first == second
    assert '"title": "A"' in first["references"][0]["items"]
    assert worker.processes_started == 1


def test_too_long_is_ended_in_time_and_the_next_request_is_answered() -> None:
    with Worker() as worker:
        worker.ask(GOOD, 10)
        started = time.monotonic()
        with pytest.raises(WorkerTimeoutError):
            ask_endless(worker, 0.5)
        assert time.monotonic() - started < 3
        assert worker.ask(GOOD, 10)["references"]


def test_a_worker_that_dies_is_replaced() -> None:
    with Worker() as worker:
        worker.ask(GOOD, 10)
        assert worker._process is not None  # noqa: SLF001 - to kill it from outside
        os.kill(worker._process.pid, 9)  # noqa: SLF001
        with pytest.raises(WorkerError):
            worker.ask(GOOD, 10)
        assert worker.ask(GOOD, 10)["references"]


def test_too_much_memory_ends_the_request() -> None:
    text = "".join(f"word{number} " for number in range(400_000))
    request = {"task": "render", "text": text, "references": [], "formats": [], "assets": {}}
    with Worker(memory=60_000_000) as worker:
        with pytest.raises(WorkerError, match="memory"):
            worker.ask(request | {"number_paragraphs": True, "layout": "paper"}, 60)
        assert worker.ask(GOOD, 10)["references"]


def test_a_worker_is_replaced_after_its_number_of_requests() -> None:
    with Worker(requests=2) as worker:
        for _ in range(5):
            worker.ask(GOOD, 10)
        assert worker.processes_started == 3


def test_a_fault_in_a_request_is_told_and_the_worker_lives_on() -> None:
    with Worker() as worker:
        with pytest.raises(WorkerError):
            worker.ask({"task": "unheard-of"}, 10)
        assert worker.ask(GOOD, 10)["references"]
        assert worker.processes_started == 1


def test_a_worker_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_SECRET", "zanzibarquokka")
    with Worker() as worker:
        worker.ask(GOOD, 10)
        assert worker._process is not None  # noqa: SLF001
        environment = Path(f"/proc/{worker._process.pid}/environ").read_bytes()  # noqa: SLF001
    assert b"POLICY" not in environment


def test_one_endless_paper_among_others(store: Store) -> None:
    requests = [make_request(f"# {number}\n", id_=str(number)) for number in range(6)]
    requests[2] = make_request(f"# Two\n\n{ENDLESS}\n", id_="2")
    started = time.monotonic()
    documents = list(render_documents(requests, [Format.HTML], store=store, workers=2, seconds=1.5))
    assert time.monotonic() - started < 15
    assert [document.id for document in documents] == ["0", "1", "2", "3", "4", "5"]
    (problem,) = documents[2].problems
    assert (problem.code, documents[2].html) == ("render.timeout", "")
    assert all(document.html and not document.problems for document in documents if document.id != "2")


def test_a_failure_is_not_kept(store: Store, pool: Pool) -> None:
    request = make_request("# One\n")
    assert render(request, store, pool, seconds=0.0).problems[0].code == "render.timeout"
    assert render(request, store, pool).problems == ()


def test_thousands_of_brackets_end_at_once(store: Store, pool: Pool) -> None:
    started = time.monotonic()
    (problem,) = render(make_request("# A\n\n" + "[" * 3000), store, pool).problems
    assert time.monotonic() - started < 0.5
    assert (problem.code, problem.line, problem.column) == ("render.nested-too-deeply", 3, 201)


def test_ten_megabytes_of_words_end_as_a_problem(store: Store, pool: Pool) -> None:
    document = render(make_request("# A\n\n" + "word " * 2_000_000), store, pool, [Format.HTML], seconds=2.0)
    assert [problem.code for problem in document.problems] == ["render.timeout"]


def test_deep_quotations_and_lists_end(store: Store, pool: Pool) -> None:
    for text in (">" * 2000 + " x\n", "".join("  " * depth + "- x\n" for depth in range(150))):
        document = render(make_request(text), store, pool, [Format.HTML], seconds=5.0)
        assert document.html or document.problems
