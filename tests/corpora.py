"""Brings real documents by others into a site folder, as an author would who moves here.

`build_corpus_site(name, corpora_root, target)` writes a whole site: settings, one programme, one series,
the bibliography, and a paper for each chapter. What is done to the text is what any author would have to do:
R code becomes plain code blocks, front matter of other systems goes, and pictures, which the corpora do not
hold, become figures made of words.
"""

import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

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
    """Which files are chapters, and which is the bibliography; `stands_in` makes up the entries it lacks."""

    chapters: tuple[str, ...]
    bibliography: str
    stands_in: bool = False


CORPUS_NAMES = ("geographic-scale", "dime-handbook", "ohdsi", "noaa-tech-doc")
_CORPORA = {
    "geographic-scale": Corpus(("report/*.md",), "report/literature.bib"),
    "dime-handbook": Corpus(("chapters/*.Rmd", "auxiliary/*.Rmd"), "bibliography.bib"),
    "ohdsi": Corpus(("*.Rmd",), "book.bib"),
    # The copy of this corpus lacks the bibliography that its text cites.
    "noaa-tech-doc": Corpus(("chapters/*.[Rr]md",), "packages.bib", stands_in=True),
}
_FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<ticks>`{3,})[ \t]*\{(?P<name>\w+)[^\n]*\}[ \t]*$", re.MULTILINE)
_FOREIGN_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_PART = re.compile(r"^# \(PART\).*$", re.MULTILINE)
_IMAGE_START = re.compile(r"!\[")
_STAND_IN = "@misc{KEY,\n  author = {Stand-in, A.},\n  title = {Stand-in for KEY},\n  year = {2020}\n}\n"
_ANCHOR_LINK = re.compile(r"\[([^\[\]]*)\]\(#([^)\s]+)\)")
_FILE_LINK = re.compile(  # to a file that lay beside the original: the copy has none
    r"(?<!!)\[([^\[\]]*)\]\(\s*(?!\s|https?:|mailto:|ftp:|#|/)(?:[^()\s]|\([^()]*\))*\)"
)
_ENDINGS = {".md", ".Rmd", ".rmd", ".qmd", ".markdown"}
_NO_CHAPTERS = {"README", "LICENSE", "CONTRIBUTING", "CHANGELOG", "NEWS", "CODE_OF_CONDUCT"}
_KEY = re.compile(r"(?<![\w.])@([A-Za-z_][\w:.#$%&+?<>~/-]*\w)")


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
    return _write_site(Corpus(names, " ".join(bibliographies), stands_in=True), source, target)


def _write_site(corpus: Corpus, source: Path, target: Path) -> Path:
    content = target / "content"
    _write(target / "pelicanconf.py", _SETTINGS)
    for path, text in _RECORDS.items():
        _write(content / path, text)
    chapters = [path for pattern in corpus.chapters for path in sorted(source.glob(pattern))]
    bodies = lead_between_chapters(
        {_slug(path): prepare_body(path.read_text(encoding="utf-8")) for path in chapters}
    )
    for number, (slug, body) in enumerate(bodies.items(), 1):
        front = _FRONT.format(title=slug.replace("-", " ").capitalize(), number=number)
        _write(content / "papers" / slug / "paper.md", front + body)
    bibliography = "\n".join(
        (source / name).read_text(encoding="utf-8") for name in corpus.bibliography.split()
    )
    if corpus.stands_in:
        bibliography += _stand_ins(bibliography, "".join(bodies.values()))
    _write(content / "library.bib", bibliography)
    return target


def lead_between_chapters(bodies: dict[str, str]) -> dict[str, str]:
    """Links to an anchor of another chapter lead to that chapter; those to none become their words."""
    homes = {name: slug for slug, body in bodies.items() for name, _ in scan_body(body, 1, slug)[0].anchors}

    def lead(slug: str, link: re.Match[str]) -> str:
        home = homes.get(link[2])
        if home == slug:
            return link[0]
        return f"[{link[1]}](/papers/{home}/#{link[2]})" if home else link[1]

    return {slug: _ANCHOR_LINK.sub(partial(lead, slug), body) for slug, body in bodies.items()}


def prepare_body(text: str) -> str:
    """The Markdown of a chapter without what only its own system understands."""
    text = _FOREIGN_FRONT.sub("", text.replace("\r\n", "\n"))
    text = _FENCE.sub(r"\g<indent>\g<ticks>\g<name>", text)
    text = _without_pictures(_PART.sub("", text))
    return _FILE_LINK.sub(r"\1", text).strip() + "\n"


def _slug(path: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")


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


def _stand_ins(bibliography: str, text: str) -> str:
    present = set(re.findall(r"@\w+\s*\{\s*([^,\s]+)", bibliography))
    cited = dict.fromkeys(_KEY.findall(re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)))
    return "".join(f"\n{_STAND_IN.replace('KEY', key)}" for key in cited if key not in present)
