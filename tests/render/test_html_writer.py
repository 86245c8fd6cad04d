"""Does our HTML say what pandoc's own writer says, and does pandoc's tree come back whole from plain tables?

Where our HTML differs on purpose, compare_writers.lua and `cleaned` give both texts one form.
"""

import json
import re
import subprocess
from collections.abc import Iterable
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from policy_tools.render.html import Sanitiser
from policy_tools.render.worker import FILTERS, pandoc_path
from tests.corpora import CORPORA

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
PAPERS = (PROJECT / "content", PROJECT / "tests" / "sites")
EVERY = 15  # of the corpora's papers: all of them take a minute

# Markdown has no rows with heads of their own.
SPANNING = """<table><caption>Spans</caption>
<thead><tr><th rowspan="2">a</th><th colspan="2">b</th></tr><tr><th>c</th><th></th></tr></thead>
<tbody><tr><th rowspan="2">d</th><td align="right">e</td><td>f</td></tr><tr><td>g</td><td></td></tr></tbody>
<tbody><tr><th></th><td rowspan="2" colspan="2">h</td></tr><tr><th>i</th></tr></tbody>
<tfoot><tr><td>j</td><td align="center">k</td><td>l</td></tr></tfoot></table>
"""

_PICTURE = re.compile(r'src="([^"]*\.(?:png|jpg|svg))"')
_TAG = re.compile(r"<([a-z0-9]+)((?: [^\s=>]+=\"[^\"]*\")+)>")
_ATTRIBUTE = re.compile(r' [^\s=>]+="[^"]*"')
_PART_END = re.compile(r"(</t(?:body|foot)>)\s*")
_TASK_SIGN = re.compile(r"(<li>\s*(?:<p>)?)[☐☒] ")


def compare(*pieces: dict[str, Any]) -> list[dict[str, Any]]:
    command = [pandoc_path(), "lua", str(HERE / "compare_writers.lua"), str(FILTERS)]
    done = subprocess.run(command, input=json.dumps(pieces), capture_output=True, text=True, check=True)
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def write(text: str) -> str:
    html: str = compare({"text": text})[0]["html"]
    return html


def cleaned(html: str) -> str:
    """As a page carries it, each tag's attributes in one order, without the signs of tasks."""
    images = {unescape(source) for source in _PICTURE.findall(html)}
    clean = Sanitiser(images).clean(html)
    clean = _TAG.sub(lambda tag: f"<{tag[1]}{''.join(sorted(_ATTRIBUTE.findall(tag[2])))}>", clean)
    return _TASK_SIGN.sub(r"\1", _PART_END.sub(r"\1\n", clean))


def assert_same(ours: str, expected: str, name: str) -> None:
    """Fails with both texts around the first place where they part."""
    if ours == expected:
        return
    pairs = enumerate(zip(ours, expected, strict=False))
    place = next((at for at, (one, other) in pairs if one != other), min(len(ours), len(expected)))
    around = slice(max(place - 120, 0), place + 120)
    message = f"{name}, at {place}:\nours:     {ours[around]!r}\nexpected: {expected[around]!r}"
    pytest.fail(message, pytrace=False)


def normal(node: object) -> object:
    """A tree of pandoc's with words that follow each other as one, and attributes by name."""
    if isinstance(node, dict):
        return {key: normal(value) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    if [type(part) for part in node] == [str, list, list]:
        return [node[0], node[1], sorted(node[2])]
    return _joined(normal(item) for item in node)


def _joined(items: Iterable[object]) -> list[object]:
    kept: list[Any] = []
    for item in items:
        kept.append(item)
        if [_kind(one) for one in kept[-3:]] == ["Str", "Space", "Str"]:
            word, _, after = kept[-3:]
            kept[-3:] = [{"t": "Str", "c": f"{word['c']} {after['c']}"}]
    return kept


def _kind(item: object) -> str:
    kind: str = item.get("t", "") if isinstance(item, dict) else ""
    return "Space" if kind == "SoftBreak" else kind


def assert_alike(paths: Iterable[Path]) -> None:
    named = {str(path): {"text": path.read_text(encoding="utf-8", errors="replace")} for path in paths}
    for name, answer in zip(named, compare(*named.values()), strict=True):
        assert_same(cleaned(answer["html"]), cleaned(answer["expected_html"]), f"HTML of {name}")
        tree, expected_tree = (normal(json.loads(answer[key])) for key in ("tree", "expected_tree"))
        if tree != expected_tree:
            assert_same(json.dumps(tree), json.dumps(expected_tree), f"tree of {name}")


def test_every_element_is_written_as_pandoc_writes_it() -> None:
    assert_alike([HERE / "every_element.md"])


def test_papers_are_written_as_pandoc_writes_them() -> None:
    assert_alike([HERE / "sample_paper.md", *chain.from_iterable(sorted(at.rglob("*.md")) for at in PAPERS)])


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not at hand")
def test_papers_of_others_are_written_as_pandoc_writes_them() -> None:
    assert_alike(sorted(chain(CORPORA.rglob("*.md"), CORPORA.rglob("*.Rmd")))[::EVERY])


def test_formulas_stand_where_they_were_written() -> None:
    html = write("One $a<b$, two $\\mathrm{d}$, one again $a<b$ and words $\\nosuch{<>}$.\n\n$$c$$\n")
    sources = re.findall(r'x-tex">(.*?)</annotation>|(\$[^$]*\$)', html)
    assert ["".join(found) for found in sources] == [
        "a&lt;b", "\\mathrm{d}", "a&lt;b", "$\\nosuch{&lt;&gt;}$", "c",
    ]  # fmt: skip
    assert html.count('<math display="block"') == 1


def test_a_formula_that_cannot_be_set_is_warned_of_once() -> None:
    answer = compare({"text": "$\\nosuch{x}$ and $\\nosuch{x}$ and $\\neither$"})[0]
    assert len(answer["warnings"]) == 2
    assert set(answer["warnings"]) == set(answer["expected_warnings"])


def test_a_counted_paragraph_starts_with_its_number() -> None:
    answer = compare({"text": "One *two*.", "paragraph": {"number": "4.12", "anchor": "p-4-12"}})[0]
    number = '<span id="p-4-12" class="para-number"><a href="#p-4-12">4.12</a></span>'
    assert answer["html"] == f"<p>{number} One <em>two</em>.</p>"
    span, space, words, *_ = json.loads(answer["tree"])["blocks"][0]["c"]
    link = {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "4.12"}], ["#p-4-12", ""]]}
    assert span == {"t": "Span", "c": [["p-4-12", ["para-number"], []], [link]]}
    assert (space["t"], words["c"]) == ("Space", "One")


def test_header_cells_say_what_they_head() -> None:
    html = write("| a |  |\n|--:|:-:|\n| 1 | 2 |\n")
    assert html.splitlines() == [
        "<table>",
        "<thead>",
        "<tr>",
        '<th class="align-right" scope="col">a</th>',
        '<td class="align-center"></td>',
        "</tr>",
        "</thead>",
        "<tbody>",
        "<tr>",
        '<td class="align-right">1</td>',
        '<td class="align-center">2</td>',
        "</tr>",
        "</tbody>",
        "</table>",
    ]


def test_rows_heads_and_spans_are_where_pandoc_puts_them() -> None:
    answer = compare({"text": SPANNING, "format": "html"})[0]
    assert_same(cleaned(answer["html"]), cleaned(answer["expected_html"]), "HTML")
    tree, expected_tree = (json.dumps(normal(json.loads(answer[key]))) for key in ("tree", "expected_tree"))
    assert_same(tree, expected_tree, "tree")


def test_tasks_keep_their_signs_as_words() -> None:
    html = write("- [ ] to do\n- [x] done\n")
    assert html == '<ul class="task-list">\n<li>☐ to do</li>\n<li>☒ done</li>\n</ul>'


def test_attributes_come_by_name() -> None:
    html = write("[x]{title=t lang=fr dir=ltr aria-label=a made-up=m .c #i}")
    assert html == (
        '<p><span id="i" class="c" aria-label="a" dir="ltr" lang="fr" data-made-up="m" title="t">x</span></p>'
    )
