"""Problems are told to people, to programs and to reviewers of a change."""

import json

from policy_tools.model.problem import Problem, Severity
from policy_tools.report import count_problems, format_github, format_json, format_text

ERROR = Problem(
    "content/a.md", 4, 2, "citation.unknown-key", "No reference: 50%,\nreally.", "Did you mean b?"
)
WARNING = Problem("content/b.md", 1, 1, "figure.alt", "Same words.", severity=Severity.WARNING)


def test_text_names_file_line_column_code_and_hint() -> None:
    assert format_text([WARNING]) == "content/b.md:1:1: [figure.alt] warning: Same words.\n"
    assert format_text([ERROR]).startswith("content/a.md:4:2: [citation.unknown-key] No reference")


def test_json_is_one_array_of_documented_objects() -> None:
    (row,) = json.loads(format_json([WARNING]))
    assert list(row) == ["code", "severity", "message", "path", "line", "column", "hint"]
    assert row["severity"] == "warning"
    assert format_json([]) == "[]\n"


def test_github_escapes_what_would_end_the_command() -> None:
    line = format_github([ERROR])
    assert line.startswith("::error file=content/a.md,line=4,col=2,title=citation.unknown-key::")
    assert "50%25,%0Areally. Did you mean b?" in line
    assert line.count("\n") == 1


def test_problems_are_counted_in_words() -> None:
    assert count_problems([ERROR, ERROR, WARNING]) == "2 errors and 1 warning"
    assert count_problems([]) == "No problems"
