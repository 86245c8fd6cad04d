"""Do the scanner and pandoc see the same citations and the same anchors?"""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_tools.load.body import scan_body

CASES = Path(__file__).parents[1] / "cases" / "body"
PAPERS = Path(__file__).parents[2] / "content" / "papers"
READER = "markdown-yaml_metadata_block-raw_tex-raw_attribute"
OURS = ("fig-", "tbl-", "sec-", "rec-")
FOREIGN = ("fig:", "tbl:", "tab:", "eq:")


def read_with_pandoc(text: str) -> tuple[list[str], list[str]]:
    """The keys that pandoc takes for citations, and the anchors it gives to headings."""
    command = [pypandoc.get_pandoc_path(), "--from", READER, "--to", "json"]
    answer = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60)
    nodes = list(walk(json.loads(answer.stdout)["blocks"]))
    keys = [cited["citationId"] for node in nodes if node["t"] == "Cite" for cited in node["c"][0]]
    anchors = [node["c"][1][0] for node in nodes if node["t"] == "Header"]
    return [key for key in keys if not key.startswith(OURS + FOREIGN)], anchors


def walk(node: object) -> Iterator[dict[str, Any]]:
    """Every element of pandoc's tree, in the order of the text."""
    if isinstance(node, dict):
        if "t" in node:
            yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def body_of(file: Path) -> str:
    """A paper's text below its front matter."""
    return file.read_text(encoding="utf-8").split("\n---\n", 1)[1]


@pytest.mark.parametrize("file", sorted(PAPERS.glob("*/paper.md")), ids=lambda file: file.parent.name)
def test_demonstration_papers(file: Path) -> None:
    text = body_of(file)
    body, _ = scan_body(text, 1, "paper.md")
    keys, anchors = read_with_pandoc(text)
    assert Counter(citation.key for citation in body.citations) == Counter(keys)
    assert [heading.anchor for heading in body.headings] == anchors
    assert keys


@pytest.mark.parametrize("name", ["citations", "cross-references", "headings", "notes", "boxes"])
def test_cases(name: str) -> None:
    sections = (CASES / f"{name}.md").read_text(encoding="utf-8").split("\n.\n")
    texts = [text for text in sections[1::3] if text != "```\n@a"]
    text = "\n\n".join(text for text in texts if "never closed" not in text)
    body, _ = scan_body(text, 1, "paper.md")
    keys, anchors = read_with_pandoc(body.text)
    assert Counter(citation.key for citation in body.citations) == Counter(keys)
    assert [heading.anchor for heading in body.headings] == anchors


# A heading of pandoc's own is among the snippets, so that a list or a note does not reach into the next.
SNIPPETS = [
    "Text @a1 and [see @a2, p. 4; -@a3].",
    "# Heading with `code` and @b1",
    "## Same",
    "Setext *heading*\n-------",
    'Mail a@b.org, x.@c1, y...@c2 (@c3) "@c4" /@c5 é@c6',
    "`@d1` ``@d2 ` `` $@d3$ \\@d4 <http://x.org/@d5> [x](http://x.org/@d6)",
    "```\n@e1\n```",
    "~~~ {.sql}\n@e2\n\n@e3\n~~~",
    "    @f1",
    "- item @g1\n- item\n\n    @g2\n\n        @g3\n\nAfter @g4.",
    "1. one @h1\n    - two @h2\n\n# End of list",
    "> quoted @i1\n> more [@i2]\n\n# End of quotation",
    "| a | b |\n|---|---|\n| @j1 | `@j2` |\n\n: Caption @j3. {#tbl-j}",
    "::: {.note #k}\nIn a box @k1.\n\n- @k2\n:::",
    "<!-- @l1\n\n@l2 --> after @l3",
    '![Caption @m1](x.png){#fig-m alt="@m2"} inline',
    'Note.^[With @n1.] [span @n2]{.x key="@n3"}',
    "@{o1} [@{http://o.org/2}] @o:3/4 @o_5- @6o @o+7.",
    "$5 and @p1 for $6 with $@p2$",
    "All @* and @*s1*",
    "Line\n@q1\nline `code\n@q2` end @q3",
    "Unclosed `@r1 and [ and ( and * @r2",
    "* * *",
    "Term @t1\n\n:   Means @t2.\n\n    More @t3\n\n        code @t4\n        > @t5\n        :::\n\n# Terms",
    "Term\n:   Means @u1.\n:   Or @u2.\n\n    - @u3\n\nTerm\n\n  ~ Means @u4.\n\n    And @u5.\n\n# More",
    "# Dots... and `dots...` and -- dashes.\n\n# ...",
    "***\n# Under a rule @w1\n\n_ _ _\n# Under another",
    "# Code\n\n    @v1\n\n    > @v2\n    @v3\n\n# End of code",
]  # fmt: skip


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(SNIPPETS), min_size=25, max_size=40))
def test_mixtures_of_snippets(snippets: list[str]) -> None:
    text = "\n\n".join(snippets) + "\n"
    body, _ = scan_body(text, 1, "paper.md")
    keys, anchors = read_with_pandoc(text)
    assert Counter(citation.key for citation in body.citations) == Counter(keys)
    assert [heading.anchor for heading in body.headings] == anchors


FENCES = (
    "",
    "r",
    ".r",
    "{.r #id key='two words' n=1}",
    "{#id .r}",
    "python {.numberLines}",
    "{}",
    "{r}",
    "{r, echo=FALSE, fig.cap='With a `tick`'}",
    "{.r, echo=FALSE}",
    "{code-cell} ipython3",
    "{note} With @a title",
    'python title="a.py"',
    "r, echo=FALSE",
    "{.c++}",
    "{{r}}",
    "{",
    "c++",
)


@pytest.mark.parametrize("info", FENCES)
def test_whatever_follows_a_fence_the_block_is_code(info: str) -> None:
    in_list = f"- [@b]\n\n  ```{info}\n  @a\n\n  @a\n  ```\n"
    text = f"# One\n\n```{info}\n@a\n\n# Two [@a]\n```\n\n{in_list}\n# Three\n"
    body, _ = scan_body(text, 1, "paper.md")
    assert [citation.key for citation in body.citations] == ["b"]
    assert [heading.anchor for heading in body.headings] == ["one", "three"]
    assert read_with_pandoc(body.text) == (["b"], ["one", "three"])
    assert body.text.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "\\begin{align}\na_i &= b \\\\\nc_i &= @d\n\\end{align}",
            "$$\\begin{align}\na_i &= b \\\\\nc_i &= @d\n\\end{align}$$",
        ),
        ("\\begin{equation*}a (\\#eq:x)\\end{equation*} b", "$$\\begin{equation*}a \\end{equation*}$$ b"),
        ("$$\na \\label{eq:x} \\nonumber\n$$", "$$\na  \n$$"),
        ("$$\na\n  \\label{eq:x}\n$$", "$$\na\n{}\n$$"),
        ("\\begin{align}\n\na\n\n\\end{align}", None),
        ("\\begin{table}a\\end{table}", None),
        ("`\\begin{align}a\\end{align}` $\\nonumberx$", None),
        ("$$\\begin{align}a\\end{align}$$", None),
    ],
)
def test_formulas_of_latex_get_dollar_signs_and_lose_their_numbers(text: str, expected: str | None) -> None:
    body, _ = scan_body(text + "\n", 1, "paper.md")
    assert body.text == (text if expected is None else expected) + "\n"
    assert read_with_pandoc(body.text) == ([], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Columns @{}ll@{}, or [@{}].", "Columns \\@{}ll@{}, or [\\@{}]."),
        ("One \ufeff two\ufeff.", "One  two."),
    ],
)
def test_what_pandoc_or_a_format_cannot_take_is_left_out(text: str, expected: str) -> None:
    body, _ = scan_body(text + "\n", 1, "paper.md")
    assert body.text == expected + "\n"
    assert read_with_pandoc(body.text) == ([], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a name="x"></a>', '<div id="x"></div>'),
        ("# One <A class=b ID=x></A>", '# One <span id="x"></span>'),
        ("Two <a\nname='x'>words</a>", 'Two <span id="x">\nwords</span>'),
        ('<a href="#x" name="y">words</a>', None),
        ('<a name="x">', None),
    ],
)
def test_the_places_of_old_pages_are_places_of_ours(text: str, expected: str | None) -> None:
    body, _ = scan_body(text + "\n", 1, "paper.md")
    assert body.text == (text if expected is None else expected) + "\n"
    assert ("x" in dict(body.anchors)) == (expected is not None)


# Where the scanner sees more or less than pandoc does, and why.
@pytest.mark.parametrize(
    ("text", "ours", "pandocs"),
    [
        pytest.param(
            "[^1]: @a\n", ["a"], [], id="a note that nobody mentions is not printed, but is checked"
        ),
        pytest.param(
            "A[^1] b[^1].\n\n[^1]: @a\n", ["a"], ["a", "a"], id="a note is read once, and printed twice"
        ),
        pytest.param("![@a](x.png)\n", ["a"], ["a", "a"], id="a figure's caption is its description too"),
        pytest.param("https://x.org/@me/post\n", ["me/post"], ["me/post"], id="a bare address is no link"),
        pytest.param("Ask @handle.\n", ["handle"], ["handle"], id="a handle is not told from a key"),
        pytest.param("<a href='@a'>b</a>\n", [], [], id="tags are not read"),
    ],
)
def test_differences(text: str, ours: list[str], pandocs: list[str]) -> None:
    body, _ = scan_body(text, 1, "paper.md")
    assert [citation.key for citation in body.citations] == ours
    assert read_with_pandoc(text)[0] == pandocs
