"""Brings real documents by others into a site folder, as an author would who moves here.

`build_corpus_site(name, corpora_root, target)` writes a whole site: settings, one programme, one series,
the bibliography, and a paper for each chapter. What is done to the text is what any author would have to do:
front matter of other systems, markup for one format and what is read in from other files go, links and
mentions from chapter to chapter lead there, and pictures, which the corpora do not hold and nobody draws,
become figures made of words.
"""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from policy_tools.load.bib.blocks import RawEntry, split_blocks
from policy_tools.load.bib.decoding import decode_file
from policy_tools.load.bib.entries import parse_bibliography
from policy_tools.load.bib.keys import is_citable
from policy_tools.load.body import scan_body

CORPORA = Path(__file__).parents[1].parent / "shared" / "corpora"

_SETTINGS = """from policy_tools.defaults import *  # noqa: F403

SITENAME = "Corpus"
SITESUBTITLE = "Real documents by others"
SITEURL = "https://corpus.example"
INSTITUTE = "corpus"
TIMEZONE = "Europe/London"
CSL = "harvard-cite-them-right"
"""
_RECORDS = {
    "series.yaml": """paper:
  title: Paper
  plural: Papers
  description: Chapters as they come.
  summary_words: [1, 300]
""",
    "topics.yaml": "chapters:\n  title: Chapters\n",
    "institutes/corpus.md": """---
id: corpus
name: Corpus
legal_form: A folder of tests
address: [No postal address]
publisher_place: London
series: [paper]
---
""",
    "programmes/reading.md": """---
id: reading
title: Reading
question: "Does it come out as it was written?"
summary: Documents to run against.
institute: corpus
---
""",
    "people/its-authors.md": """---
id: its-authors
kind: team
name: Its authors
programme: reading
---
""",
    "pages/about.md": """---
title: About
summary: What this is.
status: published
---

Documents to run against.
""",
}
_FRONT = """---
title: {title}
series: paper
number: {number}
programmes: [reading]
authors: [its-authors]
published: 2026-01-05
status: published
summary: A chapter of a real document, to run against.
key_points: [One, Two, Three]
---

"""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Which files are chapters, and which the bibliographies; `stands_in` makes up the entries it lacks."""

    chapters: tuple[str, ...]
    bibliographies: tuple[str, ...]
    stands_in: bool = False


CORPUS_NAMES = ("geographic-scale", "dime-handbook", "ohdsi", "noaa-tech-doc")
_CORPORA = {
    "geographic-scale": Corpus(("report/*.md",), ("report/literature.bib",)),
    "dime-handbook": Corpus(("chapters/*.Rmd", "auxiliary/*.Rmd"), ("bibliography.bib",)),
    "ohdsi": Corpus(("*.Rmd",), ("book.bib",)),
    # The copy of this corpus lacks the bibliography that its text cites.
    "noaa-tech-doc": Corpus(("chapters/*.[Rr]md",), ("packages.bib",), stands_in=True),
}
_DRAWN = re.compile(  # a block of code that draws a figure or makes a table, as Quarto names it
    r"^([ \t]*)(`{3,})[ \t]*\{\w.*\}[ \t]*\n(?:#\|.*\n)*?#\|[ \t]*label:[ \t]*((?:fig|tbl)-[\w:-]+)[ \t]*\n"
    r"[\s\S]*?^\1\2[ \t]*$",
    re.MULTILINE,
)
_RAW = re.compile(r"^[ \t]*(`{3,})[ \t]*\{=\w+\}[ \t]*\n[\s\S]*?^[ \t]*\1[ \t]*$", re.MULTILINE)
_FOREIGN_FRONT = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_READ_IN = re.compile(r"^[ \t]*\{\{<[ \t]*(?:include|embed)\b.*>\}\}[ \t]*$", re.MULTILINE)
_PART = re.compile(r"^# \(PART\).*$", re.MULTILINE)
_IMAGE_START = re.compile(r"!\[")
_STAND_IN = "@misc{KEY,\n  author = {Stand-in, A.},\n  title = {Stand-in for KEY},\n  year = {2020}\n}\n"
_MENTION = re.compile(r"(?<![\w\\])\[?-?@((?:[Ff]ig|[Tt]bl|[Ss]ec)-[\w:-]*\w)\]?")
_ANCHOR_LINK = re.compile(r"\[([^\[\]]*)\]\(#([^)\s]+)\)")
_FILE_LINK = re.compile(  # to a file that lay beside the original: the copy has none
    r"(?<!!)\[([^\[\]]*)\]\(\s*(?!\s|https?:|mailto:|ftp:|#|/)(?:[^()\s]|\([^()]*\))*\)"
)
_ENDINGS = {".md", ".Rmd", ".rmd", ".qmd", ".markdown"}
_NO_CHAPTERS = {"README", "LICENSE", "CONTRIBUTING", "CHANGELOG", "NEWS", "CODE_OF_CONDUCT"}


def build_corpus_site(name: str, corpora_root: Path, target: Path, *, complete: bool = False) -> Path:
    """Write the site of a corpus below `target` and return its folder.

    `complete` makes up the entries that the text cites and the bibliography lacks, so that the site builds.
    """
    corpus = replace(_CORPORA[name], stands_in=complete or _CORPORA[name].stands_in)
    return _write_site(corpus, corpora_root / name, target)


def build_folder_site(source: Path, target: Path) -> Path:
    """Write the site of any folder of Markdown chapters with one or more .bib files beside them."""
    chapters = [
        path for path in source.rglob("*") if path.suffix in _ENDINGS and path.stem not in _NO_CHAPTERS
    ]
    bibliographies = sorted(path.relative_to(source).as_posix() for path in source.rglob("*.bib"))
    names = tuple(sorted(path.relative_to(source).as_posix() for path in chapters))
    return _write_site(Corpus(names, tuple(bibliographies), stands_in=True), source, target)


def _write_site(corpus: Corpus, source: Path, target: Path) -> Path:
    content = target / "content"
    _write(target / "pelicanconf.py", _SETTINGS)
    for path, text in _RECORDS.items():
        _write(content / path, text)
    bodies: dict[str, str] = {}
    for file in (file for pattern in corpus.chapters for file in sorted(source.glob(pattern))):
        body = prepare_body(file.read_text(encoding="utf-8"))
        if body.strip():
            bodies[_slug(file.relative_to(source), bodies)] = body
    bodies = lead_between_chapters(bodies)
    for number, (slug, body) in enumerate(bodies.items(), 1):
        front = _FRONT.format(title=json.dumps(slug.replace("-", " ").capitalize()), number=number)
        _write(content / "papers" / slug / "paper.md", front + body)
    bibliography = join_bibliographies(source / name for name in corpus.bibliographies)
    if corpus.stands_in:
        bibliography += _stand_ins(bibliography, bodies.values())
    _write(content / "library.bib", bibliography)
    return target


def join_bibliographies(files: Iterable[Path]) -> str:
    """The entries of all, each key once, as whoever brings several files together has to see to."""
    pieces, taken = [], set[str]()
    for file in files:
        text = decode_file(file.read_bytes(), file.name).text
        keys, place = set(), 0
        for block in split_blocks(text):
            if isinstance(block, RawEntry) and block.key in taken:
                pieces.append(text[place : block.offset])
                place = block.offset + len(block.raw)
            elif isinstance(block, RawEntry):
                keys.add(block.key)
        pieces.append(text[place:] + "\n")
        taken |= keys
    return "".join(pieces)


def lead_between_chapters(bodies: dict[str, str]) -> dict[str, str]:
    """Links and mentions of a place in another chapter lead there; those of none become their words."""
    homes = {name: slug for slug, body in bodies.items() for name, _ in scan_body(body, 1, slug)[0].anchors}

    def lead(slug: str, words: str, name: str, as_written: str) -> str:
        home = homes.get(name)
        if home == slug:
            return as_written
        return f"[{words}](/papers/{home}/#{name})" if home else words

    def lead_all(slug: str, body: str) -> str:
        body = _ANCHOR_LINK.sub(lambda link: lead(slug, link[1], link[2], link[0]), body)
        return _MENTION.sub(lambda m: lead(slug, m[1], m[1][0].lower() + m[1][1:], m[0]), body)

    return {slug: lead_all(slug, body) for slug, body in bodies.items()}


def prepare_body(text: str) -> str:
    """The Markdown of a chapter without what only its own system understands."""
    text = _FOREIGN_FRONT.sub("", text.replace("\r\n", "\n"))
    text = _DRAWN.sub(r"\n\1::: {#\3}\n\1(A figure or table was drawn here.)\n\1:::\n", text)
    text = _without_pictures(_RAW.sub("", _READ_IN.sub("", _PART.sub("", text))))
    return _FILE_LINK.sub(r"\1", text).strip() + "\n"


def _slug(path: Path, taken: Collection[str]) -> str:
    """The name of the chapter's file; with that of its folder, where it is taken."""
    slug = ""
    for part in reversed(path.with_suffix("").parts):
        slug = re.sub(r"[^a-z0-9]+", "-", f"{part}-{slug}".lower()).strip("-")[:80].strip("-")
        if slug not in taken:
            break
    return slug


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _without_pictures(text: str) -> str:
    """Each picture as a figure of words, or as its words where it stands in a line."""
    pieces, end = [], 0
    for start in _IMAGE_START.finditer(text):
        words_end = _closing(text, start.end(), "[", "]")
        if start.start() < end or words_end < 0 or text[words_end : words_end + 1] != "(":
            continue
        stop = _closing(text, words_end + 1, "(", ")")
        if stop < 0:
            continue
        attributes = re.compile(r"\{[^{}]*\}").match(text, stop)
        after = attributes.end() if attributes else stop
        words = text[start.end() : words_end - 1]
        alone = text[: start.start()].endswith("\n\n") and text[after : after + 1] in {"", "\n"}
        identifier = re.search(r"#([\w:-]+)", attributes[0]) if attributes else None
        pieces += [text[end : start.start()], _figure(words, identifier) if alone else words]
        end = after
    return "".join(pieces) + text[end:]


def _figure(words: str, identifier: re.Match[str] | None) -> str:
    if identifier is None:
        return f"(A picture stood here.) {words}"
    name = identifier[1].removeprefix("fig:").removeprefix("fig-")
    return f"::: {{#fig-{name}}}\n(A picture stood here.)\n\n{words.strip()}\n:::\n"


def _closing(text: str, start: int, opening: str, closing: str) -> int:
    """The place after the bracket that closes the one before `start`, or -1."""
    depth = 1
    for match in re.compile(rf"\\.|[{re.escape(opening + closing)}]", re.DOTALL).finditer(text, start):
        depth += {opening: 1, closing: -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return -1


def _stand_ins(bibliography: str, bodies: Iterable[str]) -> str:
    present, _ = parse_bibliography(bibliography.encode(), "library.bib", is_private=False)
    cited = dict.fromkeys(key for body in bodies for key in scan_body(body, 1, "paper.md")[0].cited_keys)
    return "".join(
        f"\n{_STAND_IN.replace('KEY', key)}" for key in cited if key not in present and is_citable(key)
    )
