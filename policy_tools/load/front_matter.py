"""Where does the front matter of a Markdown file end, what does it say, and where does its body begin?"""

from dataclasses import dataclass, field

from policy_tools.load.strict_yaml import parse_yaml
from policy_tools.load.yaml_text import YamlText
from policy_tools.model.problem import Problem

_FENCE = "---"
_UNREADABLE = YamlText(is_unreadable=True)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The two parts of a Markdown file. `body_line` is the line of the file on which `body` begins."""

    fields: YamlText = field(default_factory=YamlText)
    body: str = ""
    body_line: int = 1
    problems: tuple[Problem, ...] = ()


def parse_front_matter(text: str, path: str) -> FrontMatter:
    """The fields between two lines of three hyphens at the head of a text, and the body below them."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return FrontMatter(_UNREADABLE, text, problems=(_report_missing(lines, path),))
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            fields = parse_yaml("\n".join(lines[1:number]) + "\n", path, first_line=2)
            body = "\n".join(lines[number + 1 :])
            return FrontMatter(fields, body, number + 2, fields.problems)
    unclosed = Problem(
        path,
        1,
        1,
        "front-matter.unclosed",
        "The front matter begins here and never ends.",
        "Write a line of three hyphens, ---, between the last field and the text.",
    )
    return FrontMatter(_UNREADABLE, body_line=len(lines) + 1, problems=(unclosed,))


def _report_missing(lines: list[str], path: str) -> Problem:
    later = next((number for number, line in enumerate(lines[:20], start=1) if line.strip() == _FENCE), None)
    hint = "Begin the file with a line of three hyphens, ---, then the fields, then --- again."
    if later and not any(line.strip() for line in lines[: later - 1]):
        hint = "The three hyphens, ---, have to be the very first line: delete what is above them."
    elif later == 1:
        hint = "The three hyphens, ---, have to stand at the margin."
    return Problem(
        path, 1, 1, "front-matter.missing", "There is no front matter at the head of this file.", hint
    )
