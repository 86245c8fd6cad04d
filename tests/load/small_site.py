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

RECOMMENDATION = """\
title: Found the bank
ask_type: institution
owner: {lead_department: hmt}
vehicle: {kind: admin}
nations: {england: reserved}
timeline: {phase: 100-days}
evidence: {strength: moderate}
status: {state: proposed, date: 2026-01-15}
"""

ASKS: Mapping[str, str] = {
    "content/departments.yaml": (
        "hmt: {name: HM Treasury, abbreviation: HMT}\n"
        "dbt: {name: Department for Business and Trade, abbreviation: DBT, former_names: [BEIS]}\n"
    ),
    "content/packs/day-one.yaml": (
        "title: Day one\nsummary: S\naudience: public\nselect: {programmes: economy}\nparts: [cover, asks]\n"
    ),
    "content/institutes/trivet-trading.md": (
        "---\nname: Trivet Trading\nlegal_form: Company limited by shares\naddress: [1 High Street]\n"
        "publisher_place: London\n---\n"
    ),
    "content/secondments.yaml": (
        "leader:\n  person: economy-team\n  host: An office\n  host_kind: party\n  role: Adviser\n"
        "  start: 2026-02-01\n  programme: economy\n  seconded_by: trivet-trading\n  basis: commercial\n"
    ),
    "content/statistics/turnout.yaml": (
        "title: Turnout\nunit: per cent\nsentence: 'In {seat}, it was {value}; in all, {uk}.'\n"
        "source: A library\ndate: 2024-07-04\nlicence: A licence\ngeography: constituency-2024\n"
        "comparators: {uk: 59.7}\n"
    ),
    "content/statistics/turnout.csv": "code,value\nE14001063,57.1\n",
    "content/private/recommendation-notes.yaml": "nib-01: {concede: Its name}\n",
    "content/private/secondment-notes.yaml": "leader: {note: For you}\n",
}
"""One of each of the records that go with the recommendation of `SmallSite.write_asks`."""


def write_recommendation(id_: str = "nib-01", **changes: str | None) -> str:
    """One of a recommendations.yaml, with other values for some fields; None takes a field away."""
    kept = [line for line in RECOMMENDATION.splitlines() if line.split(":")[0] not in changes]
    added = [f"{name}: {value}" for name, value in changes.items() if value is not None]
    lines = "\n".join([*kept, *added]).splitlines()
    return f"{id_}:\n" + "".join(f"  {line}\n" for line in lines)


def write_boxes(*ids: str) -> str:
    """The body of a paper with these recommendations."""
    return BODY + "".join(f"\n::: {{.recommendation #{id_}}}\nWe ask.\n:::\n" for id_ in ids)


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

    def write_asks(self, **recommendations: str) -> None:
        """Add the records of `ASKS`, and a paper with these recommendations: the usual one, if none is given.

        An underscore in a name stands for a hyphen.
        """
        records = {id_.replace("_", "-"): text for id_, text in recommendations.items()}
        records = records or {"nib-01": write_recommendation()}
        for path, text in ASKS.items():
            self.write(path, text)
        self.write("content/papers/nib/paper.md", write_paper(body=write_boxes(*records)))
        self.write("content/papers/nib/recommendations.yaml", "".join(records.values()))

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
