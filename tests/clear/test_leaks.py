"""Is it told, without naming it, when something public speaks of something that is not?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from policy_tools.clear.clearance import check_leaks, clear
from policy_tools.model.library import Library
from policy_tools.model.paper import Status
from tests.clear.shelves import make_library, make_page, make_paper, make_reference

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
SECRET = make_paper("quernstone", embargo=NOW + timedelta(days=1), is_private=True, supersedes="nib")


def leaks(library: Library, now: datetime = NOW) -> list[str]:
    problems = check_leaks(library, clear(library, now, "Europe/London"))
    assert all("quernstone" not in f"{p.message} {p.hint} {p.path}" for p in problems)
    return [f"{p.path}:{p.line}:{p.column} {p.code}" for p in problems]


@pytest.mark.parametrize(
    "target",
    [
        "/papers/quernstone/",
        "/papers/quernstone/#part",
        "/papers/quernstone/quernstone.pdf",
        "../quernstone/",
        "../quernstone",
        "https://example.org/papers/quernstone/",
        "../../papers/quernstone/?x",
        "papers/quernstone",
        "../../quernstone/v1/../",
        "/papers/Quernstone/",
        "/papers/%71uernstone/",
    ],
)
def test_a_link_to_a_secret_paper(target: str) -> None:
    library = make_library(make_paper(body=f"See [this paper]({target}).\n"), SECRET)
    assert leaks(library) == ["content/papers/nib/paper.md:20:5 leak.link"]
    assert leaks(library, NOW + timedelta(days=1)) == []


@pytest.mark.parametrize(
    "target", ["/papers/nib/", "/papers/quernstones/", "https://example.org/quernstone/x"]
)
def test_other_links_are_left_alone(target: str) -> None:
    assert leaks(make_library(make_paper(body=f"See [this]({target}).\n"), SECRET)) == []


def test_a_link_from_one_secret_paper_to_another_is_no_leak() -> None:
    other = make_paper("other", status=Status.DRAFT, body="[x](/papers/quernstone/)\n")
    assert leaks(make_library(make_paper(), other, SECRET)) == []


def test_a_link_to_a_secret_version() -> None:
    old = make_paper(version=1, is_current=False, status=Status.DRAFT)
    body = "[one](/papers/nib/v1/) and [two](/papers/nib/)\n"
    assert leaks(make_library(make_paper(version=2, body=body), old)) == [
        "content/papers/nib/paper.md:20:1 leak.link"
    ]


def test_a_successor_that_is_secret() -> None:
    library = make_library(make_paper(superseded_by="quernstone"), SECRET)
    assert leaks(library) == ["content/papers/nib/paper.md:6:16 leak.succession"]
    assert leaks(make_library(make_paper(), SECRET)) == []


def test_a_reference_that_is_private() -> None:
    references = [make_reference("quernstone2027", is_private=True)]
    library = make_library(make_paper(body="As [@quernstone2027] says.\n"), references=references)
    assert leaks(library) == ["content/papers/nib/paper.md:20:5 leak.reference"]


def test_a_public_reference_at_a_secret_address() -> None:
    references = [make_reference("trivet2027", url="https://example.org/papers/quernstone/")]
    library = make_library(make_paper(body="As [@trivet2027] says.\n"), SECRET, references=references)
    assert leaks(library) == ["content/papers/nib/paper.md:20:5 leak.reference"]


def test_a_private_record() -> None:
    assert leaks(make_library(make_paper(), private=["economy-team"])) == [
        "content/papers/nib/paper.md:7:11 leak.record"
    ]


def test_pages_and_records_that_link_to_a_secret_paper() -> None:
    pages = [
        make_page("about", text="One.\nSee [it](/papers/quernstone/).\n"),
        make_page("plans", "draft", "/papers/quernstone/"),
    ]
    library = make_library(make_paper(), SECRET, pages=pages)
    team = library.people["economy-team"].model_copy(
        update={"bio": "Wrote <https://e.org/papers/quernstone/>."}
    )
    library = replace(library, people={**library.people, "economy-team": team})
    assert leaks(library) == [
        "content/pages/about.md:7:18 leak.link",
        "content/people/economy-team.md:1:29 leak.link",
    ]


def test_a_paper_that_could_not_be_read_is_secret_too() -> None:
    library = make_library(make_paper(body="[x](/papers/quernstone/)\n"))
    library = replace(library, withheld_paths=("content/private/papers/quernstone/paper.md",))
    assert leaks(library) == ["content/papers/nib/paper.md:20:1 leak.link"]
