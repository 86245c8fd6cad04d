"""How problems are told: to people, to programs, and as annotations of a code review."""

import json
import re
from collections.abc import Callable, Sequence
from types import MappingProxyType

from policy_tools.model.problem import Problem, Severity

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def format_text(problems: Sequence[Problem]) -> str:
    """A line each, `file:line:column: [code] message. Hint`; warnings say that they are."""
    lines = []
    for problem in problems:
        text = str(problem)
        if problem.severity is Severity.WARNING:
            text = text.replace(f"[{problem.code}]", f"[{problem.code}] warning:", 1)
        lines.append(_INVISIBLE.sub(_escape_character, text) + "\n")
    return "".join(lines)


def format_json(problems: Sequence[Problem]) -> str:
    """One array of objects with code, severity, message, path, line, column and hint."""
    return json.dumps([problem.to_dict() for problem in problems], ensure_ascii=False, indent=2) + "\n"


def format_github(problems: Sequence[Problem]) -> str:
    """Workflow commands that mark the lines of a pull request."""
    return "".join(_format_annotation(problem) for problem in problems)


def count_problems(problems: Sequence[Problem]) -> str:
    """How many of each, such as "2 errors and 1 warning"."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    parts = [
        f"{count} {word}{'' if count == 1 else 's'}"
        for count, word in ((errors, "error"), (warnings, "warning"))
        if count
    ]
    return " and ".join(parts) or "No problems"


def _escape_character(found: re.Match[str]) -> str:
    """A name or value of an author's must neither begin a line of its own nor command the terminal."""
    return f"\\u{ord(found[0]):04x}"


def _format_annotation(problem: Problem) -> str:
    text = f"{problem.message} {problem.hint}".strip()
    return (
        f"::{problem.severity} file={_escape_property(problem.path)},line={problem.line},"
        f"col={problem.column},title={_escape_property(problem.code)}::{_escape_data(text)}\n"
    )


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: MappingProxyType[str, Callable[[Sequence[Problem]], str]] = MappingProxyType(
    {"text": format_text, "json": format_json, "github": format_github}
)
