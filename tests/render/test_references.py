"""Do entries of a .bib file become what citeproc needs, each once, and is the one that cannot named?"""

import json
import re
from pathlib import Path

import pytest

from policy_tools.model.reference import Reference
from policy_tools.render.pool import Pool
from policy_tools.render.references import convert_references
from policy_tools.store import Store, digest_of
from tests.render.rendering import make_request, render


def reference(source: str, line: int = 1) -> Reference:
    entry_type, _, rest = source.strip().removeprefix("@").partition("{")
    key = rest.partition(",")[0].strip()
    fields = dict(re.findall(r"(\w+)=\{([^{}]*)\}", source))
    return Reference(key, entry_type, fields, source, "content/library.bib", line, digest_of(source))


def convert(source: str, store: Store, pool: Pool) -> dict[str, object]:
    converted = convert_references([reference(source)], store, pool)
    assert converted.problems == ()
    (text,) = converted.items.values()
    item: dict[str, object] = json.loads(text)
    return item


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "@report{a, title={R}, institution={Treasury}, number={4}}",
            {"type": "report", "publisher": "Treasury"},
        ),
        ("@techreport{a, title={R}, institution={Treasury}}", {"type": "report", "publisher": "Treasury"}),
        ("@online{a, title={W}, url={https://x.org/a_b}}", {"type": "webpage", "URL": "https://x.org/a_b"}),
        ("@dataset{a, title={D}, publisher={ONS}}", {"type": "dataset", "publisher": "ONS"}),
        ('@book{a, title={Br\\"uning and {\\v{C}apek}}}', {"title": "Brüning and Čapek"}),
        ('@book{a, title={Tr{\\"o}ndle {\\&} co}}', {"title": "Tröndle & co"}),
        ("@book{a, title={T}, year={2019}}", {"issued": {"date-parts": [[2019]]}}),
        ("@book{a, title={T}, year={2019.}}", {"issued": {"date-parts": [[2019]]}}),
        ("@book{a, title={T}, year={[2019],}}", {"issued": {"date-parts": [[2019]]}}),
        ("@book{a, title={T}, date={2019-03}}", {"issued": {"date-parts": [[2019, 3]]}}),
    ],
)
def test_fields(source: str, expected: dict[str, object], store: Store, pool: Pool) -> None:
    item = convert(source, store, pool)
    assert item | expected == item


def test_a_year_that_is_no_year_is_kept_as_it_is_written(store: Store, pool: Pool) -> None:
    item = convert("@book{a, title={T}, year={forthcoming}}", store, pool)
    assert item["issued"] == {"literal": "forthcoming"}


def test_no_date_is_left_to_the_style(store: Store, pool: Pool) -> None:
    source = "@book{a, title={T}, author={Smith, Ada}, year={n.d.}}"
    assert "issued" not in convert(source, store, pool)
    items = convert_references([reference(source)], store, pool).items.values()
    document = render(make_request("See [@a].\n", works=items), store, pool)
    assert "Smith, no date" in document.plain


def test_an_entry_stands_with_its_parents(store: Store, pool: Pool) -> None:
    source = (
        "@incollection{a, title={C}, crossref={b}}\n@collection{b, title={Whole}, publisher={P}, year={2001}}"
    )
    item = convert(source, store, pool)
    assert (item["id"], item["container-title"], item["publisher"]) == ("a", "Whole", "P")


def test_the_bad_one_is_named_and_the_others_are_converted(store: Store, pool: Pool) -> None:
    sources = ["@book{a, title={A}}", "@book{b, title={B", "@book{c, title={C}}"]
    converted = convert_references(
        [reference(source, 10 * n) for n, source in enumerate(sources, 1)], store, pool
    )
    assert set(converted.items) == {"a", "c"}
    (problem,) = converted.problems
    assert (problem.code, problem.path, problem.line) == (
        "bibliography.not-convertible",
        "content/library.bib",
        20,
    )
    assert '"b"' in problem.message
    assert "/" not in problem.message


def test_what_was_converted_is_not_converted_again(store: Store) -> None:
    references = [reference(f"@book{{k{number}, title={{T{number}}}}}") for number in range(90)]
    with Pool(2) as pool:
        first = convert_references(references, store, pool)
    with Pool(1) as idle:
        assert convert_references(references, store, idle).items == first.items
        assert idle.processes_started == 0
        assert convert_references(references[:-1], store, idle).items.keys() < first.items.keys()
        assert idle.processes_started == 0
    assert len(first.items) == 90


def test_what_cannot_be_converted_is_told_every_time(store: Store, pool: Pool) -> None:
    references = [reference("@book{a, title={T}}"), reference("@book{b, title={T", line=2)]
    first = convert_references(references, store, pool)
    assert [problem.line for problem in first.problems] == [2]
    assert convert_references(references, store, pool) == first


def test_a_bad_neighbour_changes_no_entry(tmp_path: Path) -> None:
    good = [
        reference(f"@book{{good{number}, title={{Good {number}}}, year={{2001}}}}") for number in range(3)
    ]
    bad = reference("@book{bad, title={Never closed, year={2001}")
    with Store(tmp_path / "one.sqlite") as store, Pool(1) as pool:
        alone = convert_references(good, store, pool)
    with Store(tmp_path / "two.sqlite") as store, Pool(1) as pool:
        among = convert_references([good[0], bad, *good[1:]], store, pool)
    assert dict(among.items) == dict(alone.items)
    assert [problem.code for problem in among.problems] == ["bibliography.not-convertible"]


def test_entries_are_the_same_together_as_apart(tmp_path: Path) -> None:
    library = Path(__file__).parents[2] / "content/library.bib"
    sources = re.findall(r"^@\w+\{.*?^\}", library.read_text("utf-8"), re.MULTILINE | re.DOTALL)[:60]
    references = [reference(source) for source in sources]
    with Store(tmp_path / "one.sqlite") as store, Pool(1) as pool:
        together = convert_references(references, store, pool)
    with Store(tmp_path / "two.sqlite") as store, Pool(1) as pool:
        apart = {entry.key: convert(entry.source, store, pool) for entry in references}
    assert {key: json.loads(text) for key, text in together.items.items()} == apart
