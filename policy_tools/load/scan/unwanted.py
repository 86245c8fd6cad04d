"""What does the scanner say of things that have no place in a paper?"""

from policy_tools.load.scan.findings import Findings

_INSTEAD_OF = {
    "footnote": "Write ^[the note] here.",
    "href": "Write [words](address).",
    "url": "Write <address>, or [words](address).",
    "emph": "Write *words*.",
    "textit": "Write *words*.",
    "textbf": "Write **words**.",
    "ref": "Write @fig-name, @tbl-name or @sec-name, and give the thing itself {#fig-name}.",
    "label": "Write {#fig-name}, {#tbl-name} or {#sec-name} after the caption or heading.",
}


def report_raw_markup(found: Findings, offset: int, language: str) -> None:
    """Say that markup meant for one format only is not taken over."""
    found.report(
        "body.raw-markup",
        offset,
        f"Raw {language} is not taken over: the paper must say the same in every format.",
        "Say it in Markdown, or leave it out.",
    )


def report_include(found: Findings, offset: int) -> None:
    """Say that no other file is read."""
    found.report(
        "body.include",
        offset,
        "There is no include: a paper is one file.",
        "Put the text itself here.",
    )


def report_unclosed_comment(found: Findings, offset: int) -> None:
    """Say that what was to be hidden is not."""
    found.report(
        "body.unclosed-comment",
        offset,
        "This comment is opened here and never closed, so all of it is printed.",
        "Put --> at its end.",
    )


def warn_raw_html(found: Findings, offset: int, tag: str) -> None:
    """Say that a tag is for the web only."""
    found.warn(
        "body.raw-html",
        offset,
        f"<{tag}> is HTML: the page shows it where harmless, the PDF and Word file leave it out.",
        "Say it in Markdown; to show a < itself, write \\<.",
    )


def warn_tex(found: Findings, offset: int, command: str) -> None:
    r"""Say that a command of LaTeX, such as \newpage or bookdown's \@ref(, does nothing here."""
    if command == r"\@ref(" or command.startswith(r"\#"):
        written = r"\@ref(…)" if command == r"\@ref(" else rf"({command}…)"
        found.warn(
            "cross-reference.foreign",
            offset,
            f"Cross references are not written {written} here.",
            "Write @fig-name, @tbl-name or @sec-name, and give the thing itself {#fig-name}.",
        )
        return
    name = command.strip("\\*")
    instead = "Write [@key], or @key where the author's name is part of the sentence."
    found.warn(
        "body.latex",
        offset,
        f"{command} is LaTeX, which is printed as it stands.",
        instead if "cite" in name else _INSTEAD_OF.get(name, "Say it in Markdown, or leave it out."),
    )


def warn_reckoned(found: Findings, offset: int) -> None:
    """Say that what R would reckon in a sentence is printed as its code."""
    found.warn(
        "body.inline-code",
        offset,
        "This is code for R to run, which is printed as it stands.",
        "Put its result here; no code runs from a paper.",
    )


def warn_shortcode(found: Findings, offset: int, name: str) -> None:
    """Say that a command of another system to its own templates does nothing here."""
    found.warn(
        "body.shortcode",
        offset,
        f"{{{{< {name} >}}}} is a command to another system, which is printed as it stands.",
        "Say it in Markdown, or leave it out.",
    )


def warn_role(found: Findings, offset: int, name: str) -> None:
    """Say that a role of MyST or Sphinx, such as {ref}`growth`, does nothing here."""
    if name.startswith("cite"):
        hint = "Write [@key], or @key where the author's name is part of the sentence."
    elif name in ("ref", "numref", "eq", "doc"):
        hint = "Write @fig-name, @tbl-name or @sec-name, or a link: [words](#name)."
    else:
        hint = "Say it in Markdown, or leave it out."
    found.warn(
        "body.role",
        offset,
        f"{{{name}}} is a command to another system, which is printed as it stands.",
        hint,
    )


def warn_formula_id(found: Findings, offset: int, name: str) -> None:
    """Say that no formula has a number."""
    found.warn(
        "body.formula-id",
        offset,
        f"Formulas have no numbers or ids here, so {{#{name}}} is left out.",
        "Remove it, and say in words which formula you mean.",
    )


def warn_metadata(found: Findings, offset: int) -> None:
    """Say that facts of the paper stand nowhere but at its head."""
    found.warn(
        "body.metadata",
        offset,
        "These lines look like a second front matter, but they are printed as words.",
        "Move what it says to the front matter at the head of the file, or remove it.",
    )
