"""Is there a text at all?"""

from collections.abc import Iterator

from policy_tools.load.checking.report import report
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Position, Problem


def check_text(paper: Paper) -> Iterator[Problem]:
    """A paper without words."""
    body = paper.body
    has_front_matter = bool(paper.places)  # without one, nobody can say where the text begins
    if has_front_matter and not body.text.strip():
        place = Position(body.first_line, 1)
        yield report(
            paper, place, "body.empty", "This paper has no text.", "Write it below the front matter."
        )
