"""Papers that the public may not see, with an invented word in every field."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

_SYLLABLES = (
    "bra",
    "ce",
    "dri",
    "fo",
    "glu",
    "ha",
    "ji",
    "klo",
    "mu",
    "nye",
    "po",
    "qua",
    "ro",
    "sti",
    "tve",
    "vu",
)

PUBLIC = "status: published"
WITHDRAWN = "status: withdrawn"
WITHHOLDING = {
    "draft": "status: draft",
    "private": "status: private",
    "embargoed": "status: published\nembargo:\n  until: 2031-03-01T00:01\n  zone: Europe/London",
}


@dataclass
class Canaries:
    """Invented words, each for one field of one secret; the same for the same order of asking."""

    secret: int
    words: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str) -> str:
        if name not in self.words:
            number, parts = 7919 * (len(self.words) + 1) + 104729 * self.secret, []
            for _ in range(6):
                number, digit = divmod(number, len(_SYLLABLES))
                parts.append(_SYLLABLES[digit])
            self.words[name] = "zx" + "".join(parts)
        return self.words[name]


def write_secret_paper(papers: Path, visibility: str, secret: int) -> Canaries:
    """Write one paper with a canary in every field; returns the canaries."""
    word = Canaries(secret)
    folder = papers / word("slug")
    (folder / "figures").mkdir(parents=True)
    (folder / "figures" / f"{word('file name')}.png").write_bytes(_picture(word))
    (folder / f"{word('data file')}.csv").write_text(f"{word('csv header')}\n{word('csv cell')}\n")
    (folder / "paper.md").write_text(_format_paper(word, visibility))
    with (papers.parent / "library.bib").open("a") as library:
        library.write(
            f"\n@book{{{word('bib key')},\n  author = {{{word('bib author')}, Ann}},\n"
            f"  title = {{{word('bib title')}}},\n  publisher = {{{word('bib publisher')}}},\n"
            "  year = {2001},\n}\n"
        )
    return word


def _picture(word: Canaries) -> bytes:
    text = PngInfo()
    text.add_text("Comment", word("image text"))
    image = Image.new("RGB", (40, 30), "navy")
    exif = image.getexif()
    exif[0x010E] = word("exif")
    buffer = BytesIO()
    image.save(buffer, "PNG", pnginfo=text, exif=exif)
    return buffer.getvalue()


def _format_paper(word: Canaries, visibility: str) -> str:
    filler = "This summary has enough words to stand alone in a list and to be read without the paper. " * 11
    return f"""---
title: {word("title")} and more
subtitle: {word("subtitle")}
series: paper
programmes: [democracy]
authors:
  - {{given: {word("given name")}, family: {word("family name")}, affiliation: {word("affiliation")}}}
published: 2026-02-02
{visibility}
summary: {word("summary")}. {filler}
key_points:
  - {word("key point")}.
  - A second.
  - A third.
keywords: [{word("keyword")}]
topics: [democracy]
funding:
  - {{funder: {word("funder")}, role: {word("role")}, statement: {word("statement")}}}
interests: [{word("interest")}]
acknowledgements: {word("acknowledgement")}
reviewers: [{word("reviewer")}]
data:
  - path: {word("data file")}.csv
    title: {word("data title")}
    source: {word("data source")}
    licence: CC0-1.0
contact: {{press: {word("contact")}@example.org}}
imprint: {word("imprint")}
---

# {word("heading")} {{#{word("anchor")}}}

{word("body")} is a word [@{word("bib key")}, p. 4].[^n]

[^n]: {word("footnote")}.

![{word("caption")}.](figures/{word("file name")}.png){{#fig-a alt="{word("alternative text")}"}}

| {word("table header")} | b |
|---|---|
| {word("table cell")} | 2 |

: {word("table caption")}. {{#tbl-a}}

::: {{.recommendation #{word("recommendation")}}}
{word("recommended")} this. $x_{{{word("formula")}}}$
:::
"""


def write_treasury(content: Path) -> None:
    """A department that every recommendation can name."""
    (content / "departments.yaml").write_text("hmt: {name: HM Treasury, abbreviation: HMT}\n")


def write_secret_ask(paper: Path, word: Canaries) -> None:
    """The record of the recommendation of a paper, with a canary in every field that holds words."""
    (paper / "recommendations.yaml").write_text(_format_ask(word))


def _format_ask(word: Canaries) -> str:
    return f"""{word("recommendation")}:
  title: {word("ask")}
  ask_type: legislate
  owner: {{lead_department: hmt, minister: {word("minister")}, bodies: [{word("public body")}]}}
  vehicle: {{kind: primary, power: {word("power")}, bill: {word("bill")}}}
  nations: {{england: reserved, wales: reserved, scotland: devolved}}
  extent: [england, wales, scotland]
  application: [england, wales, scotland]
  consent_motion: {{legislatures: [scotland], state: sought, note: {word("consent note")}}}
  why_now: {word("why now")}.
  cost:
    price_base: {word("price base")}
    lines: [{{year: 2027-28, kind: rdel, low: -3, central: -2, high: -1}}]
    method: {word("costing method")}.
    source: {word("costing source")}.
    uncertainty: {{data: low, modelling: low, behaviour: high, overall: medium}}
  timeline:
    phase: first-session
    milestones: [{{title: {word("milestone")}, day: 30}}]
  evidence:
    strength: limited
    basis: [{word("basis")}.]
    precedents:
      - {{where: {word("precedent place")}, when: {word("precedent time")},
         result: {word("precedent result")}, source: {word("precedent source")}}}
    gaps: {word("evidence gap")}.
  objections:
    - {{raised_by: treasury, ground: value-for-money, claim: {word("claim")}., response: {word("response")}.,
       direction_needed: true, source: {word("objection source")}}}
  lines_to_take: [{word("line to take")}.]
  qa: [{{q: "{word("question")}?", a: {word("answer")}., follow_up: {word("follow-up")}.}}]
  questions: ["{word("question for the minister")}?"]
  winners: {word("winners")}.
  losers: {word("losers")}.
  regional: {word("regional")}.
  equality: {word("equality")}.
  status:
    state: announced
    date: 2026-03-01
    source: {word("status source")}
    log: [{{state: adopted, date: 2026-02-02, source: {word("log source")}}}]
"""


def write_secret_department(folder: Path, number: int) -> Canaries:
    """A department among those of a folder, with a canary in every field."""
    word = Canaries(number)
    text = (
        f"{word('id')}:\n  name: {word('name')}\n  abbreviation: {word('abbreviation')}\n"
        f"  minister: {word('minister')}\n  accounting_officer: {word('accounting officer')}\n"
        f"  former_names: [{word('former name')}]\n  url: https://{word('address')}.example/\n"
    )
    with (folder / "departments.yaml").open("a") as departments:
        departments.write(text)
    return word


def write_secret_statistic(folder: Path, number: int) -> Canaries:
    """A statistic that nothing public uses."""
    word = Canaries(number)
    (folder / "statistics").mkdir(parents=True, exist_ok=True)
    (folder / "statistics" / f"{word('id')}.yaml").write_text(
        f"title: {word('title')}\nunit: {word('unit')}\nsentence: {word('sentence')} {{value}}.\n"
        f"source: {word('source')}\ndate: 2026-01-01\nlicence: {word('licence')}\n"
        f"geography: constituency-2024\ncomparators: {{uk: 12}}\nnote: {word('note')}\n"
    )
    (folder / "statistics" / f"{word('id')}.csv").write_text("code,value\nE14001063,987654.321\n")
    return word
