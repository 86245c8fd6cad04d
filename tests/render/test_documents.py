"""Does the renderer make of Markdown what the cases say?"""

from dataclasses import replace
from pathlib import Path

import pytest

from policy_tools.model.document import Document, Format
from policy_tools.render.documents import part_digests, render_documents
from policy_tools.render.pool import Pool
from policy_tools.store import Store
from tests.render.cases import FOLDER, Case, read_cases
from tests.render.rendering import COVER, dead_links, make_request, page_of, render, repeated_ids

DRAWING = FOLDER / "growth.svg"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case.title}")
    for path in sorted(FOLDER.glob("*.md"))
    for case in read_cases(path)
]


def write_part(document: Document, name: str) -> str:  # noqa: PLR0911 - a table
    match name:
        case "html":
            return document.html
        case "notes":
            return document.notes_html
        case "references":
            return "\n".join(f"{entry.anchor}: {entry.html}" for entry in document.references)
        case "recommendations":
            return "\n".join(f"{box.number} {box.id}: {box.text}" for box in document.recommendations)
        case "contents":
            return "\n".join(
                f"{entry.level} {entry.number or '-'} {entry.title} #{entry.anchor}"
                for entry in document.contents
            )
        case "plain":
            return document.plain
        case _:
            return "\n".join(
                f"{problem.line}:{problem.column} {problem.severity} [{problem.code}] {problem.message}"
                for problem in document.problems
            )


def render_case(case: Case, store: Store, pool: Pool) -> str:
    document = render(make_request(case.text, assets={"growth.svg": DRAWING}), store, pool)
    return "\n".join(f"--- {name}\n{write_part(document, name).strip()}" for name in case.parts)


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case, store: Store, pool: Pool) -> None:
    assert render_case(case, store, pool) == case.expected


@pytest.mark.parametrize("case", CASES)
def test_links_have_ends_and_ids_are_given_once(case: Case, store: Store, pool: Pool) -> None:
    page = page_of(render(make_request(case.text, assets={"growth.svg": DRAWING}), store, pool))
    assert dead_links(page) == set()
    assert repeated_ids(page) == set()


def test_paragraphs_and_headings_of_a_briefing_have_no_numbers(store: Store, pool: Pool) -> None:
    request = make_request("# Ask\n\nDo it.\n", number_paragraphs=False, layout="briefing")
    document = render(request, store, pool)
    assert "number" not in document.html
    assert document.contents[0].number == ""


def test_a_paper_without_paragraph_numbers_keeps_those_of_its_sections(store: Store, pool: Pool) -> None:
    document = render(make_request("# Ask\n\nDo it.\n", number_paragraphs=False), store, pool)
    assert document.contents[0].number == "1"
    assert "para-number" not in document.html


def test_a_format_not_asked_for_is_empty(store: Store, pool: Pool) -> None:
    document = render(make_request("# Ask\n\nDo it.\n"), store, pool, [Format.PLAIN])
    assert document.plain.startswith("1 Ask")
    assert (document.html, document.typst, document.docx) == ("", "", b"")
    assert document.words == 5


def test_what_was_made_is_not_made_again(store: Store) -> None:
    request = make_request("# Ask\n\nDo it.\n")
    with Pool(1) as pool:
        first = render(request, store, pool, [Format.HTML])
    moved = replace(request, path="content/papers/growth/v1/paper.md", first_line=20)
    with Pool(1) as idle:
        assert render(moved, store, idle, [Format.HTML]).html == first.html
        assert idle.processes_started == 0
        render(moved, store, idle, [Format.TYPST])
        assert idle.processes_started == 1


def test_a_new_cover_leaves_the_page_as_it_is() -> None:
    request = make_request("# Ask\n")
    other = replace(request, cover=replace(COVER, notices=("Corrected.",)))
    old, new = (part_digests(item, [Format.HTML, Format.DOCX]) for item in (request, other))
    assert old[Format.HTML] == new[Format.HTML]
    assert old[Format.DOCX] != new[Format.DOCX]


def test_problems_stand_where_they_are_in_the_file(store: Store, pool: Pool) -> None:
    request = replace(make_request("# Ask\n\nSee @nobody2020.\n"), first_line=31)
    (problem,) = render(request, store, pool).problems
    assert (problem.line, problem.column, problem.code) == (33, 5, "citation.unknown-key")


def test_documents_come_in_the_order_of_the_requests(store: Store) -> None:
    requests = [make_request(f"# Part {number}\n" * (40 - number), id_=str(number)) for number in range(40)]
    documents = render_documents(requests, [Format.HTML], store=store, workers=2)
    assert [document.id for document in documents] == [str(number) for number in range(40)]


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md")))
    made = []
    for name in ("a", "b"):
        with Store(tmp_path / name) as store, Pool(1) as pool:
            made.append(render(make_request(text), store, pool))
    assert made[0] == made[1]
