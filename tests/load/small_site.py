"""A whole think tank of a few lines, in which a test changes one thing."""

from collections.abc import Mapping
from pathlib import Path

from policy_tools.load.library import load_library
from policy_tools.load.site import load_site
from policy_tools.model.library import Library
from policy_tools.store import Store

SUMMARY = " ".join(["word"] * 160)

FRONT_MATTER = f"""\
title: A National Investment Bank
series: paper
programmes: [economy]
authors: [economy-team]
published: 2026-01-15
status: published
summary: {SUMMARY}
key_points: [One point., Two points., Three points.]
"""

BODY = "# Start\n\nThe text.\n"

FILES: Mapping[str, str] = {
    "pelicanconf.py": 'SITENAME = "Trivet"\nINSTITUTE = "trivet"\n',
    "content/series.yaml": ("paper:\n  title: Paper\n  plural: Papers\n  description: A long study.\n"),
    "content/topics.yaml": "tax:\n  title: Tax\n",
    "content/institutes/trivet.md": (
        "---\nname: Trivet\nlegal_form: Charity\naddress: [1 High Street]\npublisher_place: London\n---\n"
    ),
    "content/programmes/economy.md": (
        "---\ntitle: Economy\nquestion: Who pays?\nsummary: Money.\ninstitute: trivet\n---\nA text.\n"
    ),
    "content/people/economy-team.md": "---\nname: Economy team\nkind: team\nprogramme: economy\n---\n",
    "content/papers/nib/paper.md": f"---\n{FRONT_MATTER}---\n{BODY}",
}


def write_paper(*, fields: str = FRONT_MATTER, body: str = BODY) -> str:
    """The text of a paper."""
    return f"---\n{fields}---\n{body}"


def change(**changes: str | None) -> str:
    """The usual front matter with other values for some fields; None takes a field away."""
    kept = [line for line in FRONT_MATTER.splitlines() if line.split(":")[0] not in changes]
    added = [f"{name}: {value}" for name, value in changes.items() if value is not None]
    return "\n".join([*kept, *added]) + "\n"


class SmallSite:
    """The site of `FILES` in a folder, to be changed and loaded."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for path, text in FILES.items():
            self.write(path, text)

    def write(self, path: str, content: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def load(self) -> Library:
        site = load_site(self.root)
        with Store(site.cache / "made.sqlite") as store:
            return load_library(site, store)

    def problems(self) -> list[str]:
        """Place and code of each problem, as `nib/paper.md:7:3 front-matter.unknown-field`."""
        return [
            f"{problem.path.removeprefix('content/')}:{problem.line}:{problem.column} {problem.code}"
            for problem in self.load().problems
        ]
