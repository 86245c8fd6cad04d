"""What each element becomes, and that no author's words become code."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typst import compile as compile_typst

from policy_tools.model.document import Cover
from policy_tools.typeset.pdf import compile_pdf
from tests.typeset.conftest import DATE
from tests.typeset.test_pdf import read_text

ToTypst = Callable[[str], str]


@pytest.mark.parametrize(
    ("markdown", "typst"),
    [
        ("Words.", "Words."),
        ("*a* **b** ~~c~~ x^2^ H~2~O", "#emph[a]; #strong[b]; #strike[c]; x#super[2]; H#sub[2];O"),
        ("*a*(b)", "#emph[a];\\(b)"),
        ("*a*;b", "#emph[a];\\;b"),
        ("*a*.b", "#emph[a];\\.b"),
        ("\"a\" and 'b' -- c", "“a” and ‘b’ – c"),  # noqa: RUF001
        ("-5 and --option", "\\-5 and –option"),
        ("1\\. no list", "1\\. no list"),
        ("\\- no list", "\\- no list"),
        ("\\= no heading", "\\= no heading"),
        ("a  \nb", "a#linebreak();b"),
        ('`a"b\\c`', '#raw("a\\"b\\\\c");'),
        ("---", "#thematic-break();"),
        ("[w](https://e.org/a?b=c#d)", '#external-link("https://e.org/a?b=c#d", "w")[w];'),
        ("[w](../data.csv)", '#external-link("https://example.org/papers/data.csv", "w")[w];'),
        ("[w](javascript:alert%281%29)", "w"),
        ("[w](#gone)", "w"),
        ("[w](#here) [x]{#here}", '#internal-link("here")[w]; #anchor("here");x'),
        ("[x]{#a} [y]{#a}", '#anchor("a");x y'),
        ("[Cymru]{lang=cy}", '#in-language("cy")[Cymru];'),
        ("a[^1]\n\n[^1]: n", "a#footnote[n];"),
        ("# H {#h number=4}", '#section-heading(1, number: "4", id: "h")[H];'),
        ("# [4]{.section-number} H {#h number=4}", '#section-heading(1, number: "4", id: "h")[H];'),
        ("# A {#a}\n\n### B {#b}", '#section-heading(1, id: "a")[A];\n\n#section-heading(2, id: "b")[B];'),
        ("# {#a}\n\nb", '#anchor("a");\n\nb'),
        ("- a\n- b\n    - c", "#list(tight: true, [a], [b\n#list(tight: true, [c]);]);"),
        ("- a\n\n- b", "#list(tight: false, [a], [b]);"),
        ("c) a\nd) b", '#enum(tight: true, start: 3, numbering: "a)", [a], [b]);'),
        ("t\n:   m", "#terms(tight: true, terms.item([t], [m]));"),
        ("> q", "#quote(block: true)[q];"),
        ("| a\n| b", "a#linebreak();b"),
        ('``` r\nx <- "1"\n```', '#code-block("x <- \\"1\\"", lang: "r");'),
        (
            "![[Figure 1:]{.caption-label} c](a.png){#fig-a alt='d' width=50%}",
            (
                '#paper-figure(id: "fig-a", caption: [#caption-label[Figure 1:]; c])'
                '[#picture("a.png", alt: "d", width: 50.00%);];'
            ),
        ),
        ("a ![d](b%20c.png) e", 'a #inline-picture("b c.png", alt: "d"); e'),
        ("a ![d](https://e.org/x.png) e", "a d e"),
        ("a ![d](../x.png) e", "a d e"),
        ("a ![d](/etc/x.png) e", "a d e"),
        (
            "::: {#n .note}\n[Note]{.box-label}\n\na\n:::",
            '#callout(kind: "note", id: "n", label: [Note])[a];',
        ),
        (
            "::: {#nib-01 .recommendation}\n[Recommendation 1]{.box-label}\n\na\n:::",
            '#recommendation(id: "nib-01", label: [Recommendation 1])[a];',
        ),
        ("$x^2$", '#formula(alt: "x squared", block: false, $x^2$);'),
        ("$\\unknown{x}$", '#raw("\\\\unknown{x}");'),
        (
            "$a \\cap \\text{a sect}$",
            '#formula(alt: "a intersection a sect", block: false, $a ∩ upright("a sect")$);',
        ),
        (
            '$\\text{"sect"} \\cap.$',
            '#formula(alt: "\\"sect\\" intersection .", block: false, $upright("\\"sect\\"") ∩ .$);',
        ),
    ],
)
def test_each_element_becomes_its_call(to_typst: ToTypst, markdown: str, typst: str) -> None:
    assert to_typst(markdown) == typst


def test_every_sign_of_a_formula_is_one_that_typst_knows(to_typst: ToTypst) -> None:
    blocks = ((0xA1, 0x600), (0x2000, 0x2C00))
    signs = [chr(code) for block in blocks for code in range(*block)]
    signs = [sign for sign in signs if unicodedata.category(sign)[0] in "LSP"]
    written = to_typst("\n\n".join(f"${sign}$" for sign in signs))
    assert written.count("#formula(") == len(signs)
    compile_typst(f"#let formula(alt: none, block: false, it) = it\n{written}".encode(), format="svg")


@pytest.mark.parametrize(
    ("tex", "typst"),
    [
        ("\\begin{vmatrix} a \\end{vmatrix}", 'mat(delim: "|", a)'),
        ("\\begin{Vmatrix} a \\end{Vmatrix}", 'mat(delim: "‖", a)'),
        ("\\begin{equation}\\label{eq:a} a = b\\end{equation}", "a = b"),
        ("√", '"√"'),
        ("\\sqrt{a}", "sqrt(a)"),
        ("\\bigotimes_i a \\odot \\hbar", "⨂_i a ⊙ ℏ"),
    ],
)
def test_formulas_that_pandoc_and_typst_write_differently(
    to_typst: ToTypst, cover: Cover, tex: str, typst: str
) -> None:
    written = to_typst(f"$${tex}$$")
    assert f"$ {typst} $" in written
    compile_pdf(written, cover, "paper", {}, language="en-GB", date=DATE)


def test_a_table_has_a_repeated_header_and_the_alignment_of_its_columns(to_typst: ToTypst) -> None:
    written = to_typst("| a | b |\n|:--|--:|\n| Leeds | 1 |\n\n: c {#tbl-x}")
    assert written == (
        '#data-table(id: "tbl-x", caption: [c], columns: (auto, auto,), least: 9, heads: 1, breaks: false, '
        "table.header(repeat: true, table.cell(align: left)[a], table.cell(align: right)[b]), "
        "table.cell(align: left)[Leeds], table.cell(align: right)[1]);"
    )


@pytest.mark.parametrize("head", ["[a](https://example.org)", "a[^1]", "[a]{#here}", "[a](#here)"])
def test_heads_that_lead_elsewhere_stand_on_the_first_page_only(
    to_typst: ToTypst, cover: Cover, head: str
) -> None:
    rows = "\n".join(f"| Row {number} |" for number in range(90))
    written = to_typst(f"| {head} |\n|---|\n{rows}\n\n[b]{{#here}}\n\n[^1]: Note.\n")
    assert "table.header(repeat: false, " in written
    assert "Row 89" in read_text(compile_pdf(written, cover, "paper", {}, language="en-GB", date=DATE))


def test_cells_that_span_keep_their_columns(to_typst: ToTypst, cover: Cover) -> None:
    grid = """
+---+---+---+
| a | b | c |
+===+===+===+
| d     | e |
+---+---+   |
| f | g |   |
+---+---+---+
"""
    written = to_typst(grid)
    assert "colspan: 2" in written
    assert "rowspan: 2" in written
    assert "d e f g" in read_text(compile_pdf(written, cover, "paper", {}, language="en-GB", date=DATE))


HOSTILE = [
    '#import "/cover.json": *',
    '#read("/etc/passwd")',
    "#panic(1)",
    "`#panic(1)`{=typst}",
    "```{=typst}\n#panic(1)\n```",
    "```\n#panic(1)\n```",
    "<script>alert(1)</script> \\input{x} <x>",
    "@label <label> $x$ \\$ #x; ]] [[ )) #[ $",
    "*a*(1) **b**[c] [d]{.smallcaps}.e",
    "\\u{1F600} \\ \\\\ // /* */ ~ _ * ` ''' \"\"\"",
    "a\u2028= heading\u2029- item\u0085+ item",
    '[x](https://e.org/"#panic%281%29)',
    '# h {#a"b}\n\n[x](#a"b)',
    '$\\text{" #panic(1) "}$ $\\mathrm{#panic(1)}$ $#panic(1)$ $\\text{$}$ $\\text{\\}$',
    '$a]b$ $// x$ $/* x$ $"$ $\\\\#panic(1)$ $\\#panic(1)$ $@x <x>$',
    "[x]{lang='cy\")#panic(1)'}",
    ': "#panic(1)" {#t}\n\n| #panic(1) | ] |\n|---|---|\n| #panic(1) | \\ |',
    '``` {.x"#panic(1)}\n"#panic(1)\n```',
]


@pytest.mark.parametrize("markdown", HOSTILE)
def test_hostile_words_are_set_as_words(to_typst: ToTypst, cover: Cover, markdown: str) -> None:
    pdf = compile_pdf(to_typst(markdown), cover, "paper", {}, language="en-GB", date=DATE)
    if "panic" in markdown and "](" not in markdown and "$" not in markdown and "lang" not in markdown:
        assert "panic(1)" in read_text(pdf)


def test_raw_markup_is_dropped(to_typst: ToTypst) -> None:
    assert to_typst("a <b>c</b>\n\n<div>\n\nd\n\n</div>") == "a c\n\nd"


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text("#\\*_`$<>@[]~/'\"=+-.;:(){}!?,&^|%a1 é\t", min_size=1, max_size=12), min_size=60, max_size=60
    )
)
def test_no_string_of_marks_breaks_out(to_typst: ToTypst, words: list[str]) -> None:
    """Every mark outside strings is escaped or part of a call of ours."""
    written = to_typst("\n\n".join(words))
    outside = re.sub(r"\\.", "", written)
    outside = re.sub(r"\$[^$]*\$|\"[^\"]*\"", "", outside)
    calls = set(re.findall(r"#([a-z-]*)", outside))
    assert calls <= {
        "emph", "strong", "strike", "super", "sub", "raw", "quote", "list", "enum", "terms", "linebreak",
        "section-heading", "code-block", "thematic-break", "external-link", "formula", "footnote",
        "data-table", "internal-link", "anchor", "inline-picture",
    }  # fmt: skip


def test_the_body_compiles_whatever_the_marks(to_typst: ToTypst, cover: Cover, tmp_path: Path) -> None:
    marks = "#\\*_`$<>@[]~/'\"=+-.;:(){}!?,&^|%"
    lines = [f"a{first}{second} {first}{second}b {first} {second}" for first in marks for second in marks]
    body = to_typst("\n\n".join(lines))
    pdf = compile_pdf(body, cover, "paper", {"x": tmp_path}, language="en-GB", date=DATE)
    assert pdf.startswith(b"%PDF")
