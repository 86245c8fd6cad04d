"""What does the scanner say of things that have no place in a paper?"""

from policy_tools.load.scan.findings import Findings


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


def warn_shortcode(found: Findings, offset: int, name: str) -> None:
    """Say that a command of another system to its own templates does nothing here."""
    found.warn(
        "body.shortcode",
        offset,
        f"{{{{< {name} >}}}} is a command to another system, which is printed as it stands.",
        "Say it in Markdown, or leave it out.",
    )
