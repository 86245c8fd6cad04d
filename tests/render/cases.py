"""Cases of the renderer: Markdown and what becomes of it, in tests/cases/render/*.md.

A case is a title, a line with a full stop, the Markdown, another full stop, the expected lines, and another.
What is expected comes in parts that begin with `--- html`, `--- notes`, `--- references`, `--- plain` or
`--- problems`; only the parts that stand there are compared. `python -m tests.render.cases` writes them anew.
"""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from policy_tools.render.pool import Pool
from policy_tools.store import Store

FOLDER = Path(__file__).parents[1] / "cases" / "render"


@dataclass(frozen=True, slots=True)
class Case:
    title: str
    text: str
    expected: str

    @property
    def parts(self) -> list[str]:
        return [line.removeprefix("--- ") for line in self.expected.splitlines() if line.startswith("--- ")]


def read_cases(path: Path) -> list[Case]:
    lines = path.read_text(encoding="utf-8").splitlines()
    cases = []
    while "." in lines:
        first = lines.index(".")
        second = lines.index(".", first + 1)
        third = lines.index(".", second + 1)
        title = next(line for line in reversed(lines[:first]) if line)
        text, expected = lines[first + 1 : second], lines[second + 1 : third]
        cases.append(Case(title, "\n".join(text) + "\n", "\n".join(expected)))
        lines = lines[third + 1 :]
    return cases


def write_cases(path: Path, cases: list[Case]) -> None:
    written = (f"{case.title}\n.\n{case.text}.\n{case.expected}\n.\n" for case in cases)
    path.write_text("\n".join(written), encoding="utf-8")


def rewrite_all() -> None:
    # Not above, since the test reads its cases from this module.
    from tests.render.test_documents import render_case  # noqa: PLC0415

    with TemporaryDirectory() as folder, Store(Path(folder) / "store.db") as store, Pool(1) as pool:
        for path in sorted(FOLDER.glob("*.md")):
            cases = read_cases(path)
            fresh = [Case(case.title, case.text, render_case(case, store, pool)) for case in cases]
            write_cases(path, fresh)


if __name__ == "__main__":
    rewrite_all()
