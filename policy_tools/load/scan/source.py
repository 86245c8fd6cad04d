"""Where in the file does a place in the text stand?"""

from bisect import bisect_right
from dataclasses import dataclass, field

from policy_tools.model.problem import Position, Problem, Severity


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of a file: its text, and the number of its first line in the file."""

    text: str
    first_line: int
    path: str
    starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        starts = [0]
        find = self.text.find
        end = find("\n")
        while end != -1:
            starts.append(end + 1)
            end = find("\n", end + 1)
        object.__setattr__(self, "starts", tuple(starts))

    def position(self, offset: int) -> Position:
        """The line and column of a character."""
        index = bisect_right(self.starts, offset) - 1
        return Position(self.first_line + index, offset - self.starts[index] + 1)

    def problem(
        self, code: str, offset: int, message: str, hint: str = "", severity: Severity = Severity.ERROR
    ) -> Problem:
        """A problem that stands at a character."""
        place = self.position(offset)
        return Problem(self.path, place.line, place.column, code, message, hint, severity)
