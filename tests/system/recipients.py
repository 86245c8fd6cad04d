"""Two people in two offices, each with a private pack, and an invented word in every private field.

What stands in the public folder is the same with and without them. Of each word it is known who may read it.
"""

from pathlib import Path

from tests.system.secrets import Canaries, write_secret_paper

AMBER, BERYL = "amber-office", "beryl-office"
PACKS = {AMBER: "amber-pack", BERYL: "beryl-pack"}
PUBLIC_ASKS = ("pub-01", "pub-02", "pub-03")

_DEPARTMENTS = "hmt:\n  name: HM Treasury\n  abbreviation: HMT\n"
_SECONDMENT = """\
{id}:
  person: democracy-team
  host: {host}
  host_kind: committee
  office_of: {office}
  role: {role}
  start: 2026-02-01
  programme: democracy
  seconded_by: our-institute
  basis: commercial
  declared: {{to: {to}, date: 2026-02-02, reference: {reference}}}
"""
_ASK = """\
{id}:
  title: {title}
  ask_type: guidance
  owner: {{lead_department: hmt, minister: {minister}, bodies: [{body}]}}
  vehicle: {{kind: primary, power: {power}, bill: {bill}}}
  nations: {{england: reserved}}
  why_now: {why}.
  cost:
    price_base: cash
    lines: [{{year: 2027-28, kind: rdel, low: -3, central: -2, high: -1}}]
    method: {method}.
    source: {cost_source}.
    uncertainty: {{data: low, modelling: low, behaviour: low, overall: low}}
  timeline: {{phase: 100-days, milestones: [{{title: {milestone}, day: 9}}]}}
  evidence:
    strength: limited
    basis: [{basis}.]
    precedents: [{{where: {where}, when: "1948", result: {result}., source: {precedent}}}]
    gaps: {gaps}.
  objections:
    - {{raised_by: treasury, ground: feasibility, claim: {claim}., response: {response}., source: {objector}}}
  lines_to_take: [{line}.]
  qa: [{{q: {question}?, a: {answer}., follow_up: {follow_up}.}}]
  questions: [{asked}?]
  winners: {winners}.
  losers: {losers}.
  regional: {regional}.
  equality: {equality}.
  status:
    state: announced
    date: 2026-03-03
    source: {status_source}
    log: [{{state: proposed, date: 2026-02-02, source: {log_source}}}]
"""
_ASK_FIELDS = (
    "title minister body power bill why method cost_source milestone basis where result precedent gaps claim "
    "response objector line question answer follow_up asked winners losers regional equality status_source "
    "log_source"
).split()
_RECIPE = """\
title: {title}
subtitle: {subtitle}
summary: {summary}.
audience: secondment:{secondment}
handling: {handling}
select: {{papers: [a-public-paper, {paper}]}}
parts:
  - cover
  - {{part: changes, note: {note_on_changes}.}}
  - {{part: brief, title: {title_of_part}}}
  - introduction
  - asks
  - grid
  - bills
  - submission
  - objections
  - lines
  - costings
  - annexes
  - stakeholders
  - contacts
  - colophon
stakeholders: [{{name: {stakeholder}, interest: {interest}., position: {position}., source: {source}}}]
contacts: [{{name: {contact}, role: {contact_role}, email: {contact_email}@example.org}}]
note: {note}.
"""
_RECIPE_FIELDS = (
    "title subtitle summary handling note_on_changes title_of_part stakeholder interest position source "
    "contact contact_role contact_email note"
).split()
_NOTES = """\
{id}:
  concede: {concede}.
  fallback: {fallback}.
  do_not_say: [{do_not_say}.]
  if_pressed: {if_pressed}.
  only_for: [{secondments}]
"""


def write_public_half(site: Path) -> None:
    """A department, a paper with three recommendations, and the public entry of one secondment."""
    content = site / "content"
    (content / "departments.yaml").write_text(_DEPARTMENTS)
    words = {
        "host": "An office",
        "office": "A post",
        "role": "Adviser",
        "to": "A register",
        "reference": "Item",
    }
    (content / "secondments.yaml").write_text(_SECONDMENT.format(id=AMBER, **words))
    folder = content / "papers/a-public-paper"
    folder.mkdir()
    first = (content / "papers/a-first-paper/paper.md").read_text("utf-8")
    front_matter = first.split("---\n", 2)[1].replace("number: 1\n", "").replace("draft", "published")
    boxes = "\n".join(f"::: {{.recommendation #{id_}}}\nDo {id_}.\n:::\n" for id_ in PUBLIC_ASKS)
    text = f"---\n{front_matter}---\n\n# Asks\n\nThere are three.\n\n{boxes}"
    (folder / "paper.md").write_text(text)
    plain = dict.fromkeys(_ASK_FIELDS, "Plain words")
    (folder / "recommendations.yaml").write_text(
        "\n".join(_ASK.format(id=id_, **plain) for id_ in PUBLIC_ASKS)
    )


def write_private_half(site: Path) -> dict[str, Canaries]:
    """Packs, notes, papers, entries of the register; returns each recipient's words, and the shared ones."""
    private = site / "content/private"
    private.mkdir(exist_ok=True)
    words = {AMBER: Canaries(40), BERYL: Canaries(41), "both": Canaries(42)}
    notes = {
        "pub-01": (words[AMBER], AMBER),
        "pub-02": (words[BERYL], BERYL),
        "pub-03": (words["both"], f"{AMBER}, {BERYL}"),
    }
    (private / "recommendation-notes.yaml").write_text(
        "".join(
            _NOTES.format(
                id=id_,
                secondments=secondments,
                **{name: word(name) for name in ("concede", "fallback", "do_not_say", "if_pressed")},
            )
            for id_, (word, secondments) in notes.items()
        )
    )
    (private / "secondment-notes.yaml").write_text(
        "".join(
            f"{secondment}:\n  email: {words[secondment]('email')}@example.org\n"
            f"  host_contact: {words[secondment]('host contact')}\n"
            f"  note: {words[secondment]('cover note')}.\n"
            for secondment in PACKS
        )
    )
    beryl = words[BERYL]
    entry = {name: beryl(name) for name in ("host", "office", "role", "to", "reference")}
    (private / "secondments.yaml").write_text(_SECONDMENT.format(id=BERYL, **entry))
    for number, secondment in enumerate(PACKS, start=43):
        _write_pack(
            private, secondment, words[secondment], write_own_paper(private, number, words[secondment])
        )
    return words


def write_own_paper(private: Path, number: int, word: Canaries) -> Canaries:
    """A private paper with its recommendation; its words are added to the recipient's own."""
    paper = write_secret_paper(private / "papers", "status: private", number)
    ask = {name: paper(f"record: {name}") for name in _ASK_FIELDS}
    (private / "papers" / paper("slug") / "recommendations.yaml").write_text(
        _ASK.format(id=paper("recommendation"), **ask)
    )
    word.words.update({f"paper: {name}": canary for name, canary in paper.words.items()})
    return paper


def _write_pack(private: Path, secondment: str, word: Canaries, paper: Canaries) -> None:
    (private / "packs").mkdir(exist_ok=True)
    recipe = {name: word(f"recipe: {name}") for name in _RECIPE_FIELDS}
    text = _RECIPE.format(secondment=secondment, paper=paper("slug"), **recipe)
    (private / "packs" / f"{PACKS[secondment]}.yaml").write_text(text)


def name_recipient(secondment: str, word: Canaries) -> list[str]:
    """The words of the command that issues a copy."""
    return [
        *("pack", "issue", PACKS[secondment], "--to", secondment, "--date", "2026-11-22"),
        *("--recipient", word("recipient"), "--organisation", word("organisation")),
        *("--role", word("role of recipient"), "--reason", word("reason")),
    ]
