"""A think tank of any size, made of realistic papers: the same for the same seed."""

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

from policy_tools.scaffold import init_site

WORDS = (
    "the of and to in a is that for it on as with public policy finance investment bank capital growth "
    "region "
    "council treasury lending institution market failure evidence review cost benefit taxation wealth income "
    "housing infrastructure climate energy transition mandate statute governance would could should may more "
    "than between across programme department minister parliament committee report estimate figure decade "
    "household business local national international agreement framework"
).split()
REFERENCES = 5000
SECTIONS = 8
PARAGRAPHS = 6
SENTENCES = 4
CITATIONS = 30


def write_site(folder: Path, count: int, *, seed: int = 1) -> Path:
    """A site of `count` papers of about 4,000 words, 30 citations, 8 notes and 2 tables each."""
    chance = random.Random(seed)
    init_site(folder)
    (folder / "content/library.bib").write_text(format_bibliography(chance, range(REFERENCES)), "utf-8")
    shutil.rmtree(folder / "content/papers/a-first-paper")
    for number in range(1, count + 1):
        paper = folder / f"content/papers/paper-{number:04}/paper.md"
        paper.parent.mkdir()
        paper.write_text(format_paper(chance, number), "utf-8")
    return folder


def format_bibliography(chance: random.Random, numbers: range | list[int]) -> str:
    """BibLaTeX entries, one for each number."""
    return "\n".join(
        f"""@article{{key{number},
  author = {{Smith, Anna and Jones, Bob C.}},
  title = {{{format_sentence(chance, 8)[:-1]}}},
  journal = {{Journal of Public Things}},
  year = {{{1980 + number % 45}}},
  volume = {{{number % 40 + 1}}},
  pages = {{{number}--{number + 19}}},
  doi = {{10.1000/example.{number}}},
}}
"""
        for number in numbers
    )


def format_paper(chance: random.Random, number: int) -> str:
    """One paper, front matter and body."""
    published = date(2020, 1, 1) + timedelta(days=number)
    summary = " ".join(format_sentence(chance, 20) for _ in range(9))
    points = "".join(f"  - {format_sentence(chance, 12)}\n" for _ in range(4))
    return f"""---
title: Paper {number} on {format_sentence(chance, 5)[:-1].lower()}
series: paper
number: {number}
programmes: [democracy]
authors: [democracy-team]
published: {published}
status: published
summary: {summary}
key_points:
{points}keywords: [finance, growth]
topics: [democracy]
---

{format_body(chance)}"""


def format_body(chance: random.Random) -> str:
    """Sections of paragraphs with their citations, a note in each section, a table in two."""
    keys = iter(chance.sample(range(REFERENCES), CITATIONS))
    parts = []
    for section in range(SECTIONS):
        parts.append(f"# {format_sentence(chance, 5)[:-1]}\n")
        for paragraph in range(PARAGRAPHS):
            words = " ".join(format_sentence(chance) for _ in range(SENTENCES))
            key = next(keys, None)
            cited = f" [@key{key}, p. {chance.randint(1, 300)}]" if key is not None else ""
            note = f"[^{section}]" if paragraph == 0 else ""
            parts.append(f"{words[:-1]}{cited}.{note}\n")
        parts.append(f"[^{section}]: {format_sentence(chance)}\n")
        if section in {2, 5}:
            parts.append(format_table(chance, section))
    return "\n".join(parts)


def format_table(chance: random.Random, section: int) -> str:
    """A pipe table of eight rows with a caption and an id."""
    rows = "\n".join(
        f"| {2010 + row} | {chance.randint(1, 999)} | {chance.randint(1, 99)} |" for row in range(8)
    )
    caption = f": {format_sentence(chance, 6)} {{#tbl-{section}}}"
    return f"| Year | Amount | Share |\n|---|---:|---:|\n{rows}\n\n{caption}\n"


def format_sentence(chance: random.Random, words: int = 20) -> str:
    """Words in any order, with a capital and a full stop."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."
